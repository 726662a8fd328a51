import { choices } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import { openCode } from './account';
import { want } from './choosing';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { valueSaid } from './slots';
import { suspensionOf } from './suspension';

const STAGE = (suspension: string, line: string) =>
  `Dạ ${suspension} ạ. Anh/chị vừa đóng tiền thì hệ thống có thể chưa kịp ghi nhận; cần hỏi thêm về việc này anh/chị gọi ${line} nhé.`;
const STAGE_BRIEF = (suspension: string, line: string) => `${suspension}. Hỏi thêm gọi ${line}.`;

/** Where the debt of the code said, or in use, stands on its way to suspension; undefined without a code that may be read. */
export const cutoffStep = async (turn: Turn): Promise<Step | undefined> => {
  const code = valueSaid(turn, 'customer_code') ?? turn.memory.code;
  if (!code || (await openCode(turn, code)).is !== 'open') return undefined;
  const suspension = await suspensionOf(turn, code);
  if (!suspension) return undefined;
  const line = careLine(turn);
  const text = (turn.channel.abilities.oneReply ? STAGE_BRIEF : STAGE)(suspension.text, line.text);
  return {
    say: [choices(text, [...(suspension.stage ? [want('Cách thanh toán', 'bill.pay', { code })] : []), PERSON])],
    remember: { code, houses: [{ code }], facts: [...suspension.facts, ...line.facts] },
    then: { is: 'done' },
  };
};
