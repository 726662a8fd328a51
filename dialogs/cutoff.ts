import { choices } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import { openCode } from './account';
import { want } from './choosing';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { valueSaid } from './slots';
import { suspensionOf } from './suspension';
import { mentions, phrases } from './words';

const STAGE = (suspension: string, line: string) =>
  `Dạ ${suspension} ạ. Anh/chị vừa đóng tiền thì hệ thống có thể chưa kịp ghi nhận; cần hỏi thêm về việc này anh/chị gọi ${line} nhé.`;
const STAGE_BRIEF = (suspension: string, line: string) => `${suspension}. Hỏi thêm gọi ${line}.`;

const GRACE =
  phrases(`gia hạn, khất, khất nợ, xin trễ, đóng trễ vài, trễ vài ngày, trễ vài bữa, thư thư, hoãn, trả góp, trả dần, chia ra trả, đóng dần, trả trước một nửa,
  đóng một nửa, đóng trước một phần, cho thiếu, cho nợ`);
const NOT_OURS = (line: string) =>
  `Dạ gia hạn hay trả dần thì người của điện lực xét, em không dám tự hứa ạ. Anh/chị gặp nhân viên hoặc gọi ${line} nhé.`;

/** Where the debt of the code said, or in use, stands on its way to suspension; undefined without a code that may be read. */
export const cutoffStep = async (turn: Turn): Promise<Step | undefined> => {
  const code = valueSaid(turn, 'customer_code') ?? turn.memory.code;
  if (!code || (await openCode(turn, code)).is !== 'open') return undefined;
  const suspension = await suspensionOf(turn, code);
  if (!suspension) return undefined;
  const line = careLine(turn);
  const stated = `${suspension.text[0]!.toUpperCase()}${suspension.text.slice(1)}.`;
  const text = mentions(turn.text, GRACE)
    ? `${NOT_OURS(line.text)} ${stated}`
    : (turn.channel.abilities.oneReply ? STAGE_BRIEF : STAGE)(suspension.text, line.text);
  return {
    say: [choices(text, [...(suspension.stage ? [want('Cách thanh toán', 'bill.pay', { code })] : []), PERSON])],
    remember: { code, houses: [{ code }], facts: [...suspension.facts, ...line.facts] },
    then: { is: 'done' },
  };
};

const NAGGED = phrases(`
  nhắn tin hoài, nhắn hoài, nhắn tin miết, nhắn mãi, nhắn tin cho, nhắc hoài, nhắc mãi, gọi hoài, gọi mãi, thông báo hoài`);

/** "sao nhắn tin hoài vậy" after a debt is about the notices of that debt; undefined when it is not that. */
export const naggedStep = async (turn: Turn): Promise<Step | undefined> =>
  mentions(turn.text, NAGGED) && turn.memory.facts.slice(0, 4).some(({ what }) => what.startsWith('debt.'))
    ? cutoffStep(turn)
    : undefined;
