import { say } from '../core/activity';
import type { Order, Step, Turn } from '../core/dialog';
import { careLine } from './inforce';
import { recentReport } from './outage-noted';
import { slotsOf } from './slots';
import { aroundTold } from './symptoms';
import { beforeTakingBack } from './taking-back';
import { mentions, phrases } from './words';

const GLAD = (line: string) =>
  `Dạ có điện lại là em mừng rồi ạ. Nếu mất lại hay cầu dao còn nhảy thì anh/chị đừng cố gạt lên, nhắn em hoặc gọi ${line} nhé.`;
const STEADY = (line: string) =>
  `Dạ điện ổn lại là em mừng rồi ạ. Nếu bị lại thì anh/chị nhắn em hoặc gọi ${line} nhé.`;
const OVER = ' Em ghi thêm vào tin báo là đã ổn.';
const CLOSED = ' Em ghi thêm vào tin báo là đã có điện lại.';

const BACK = phrases(`
  có điện lại, có lại rồi, có điện rồi, có lại điện, đã có điện, có điện trở lại, điện có lại, điện có rồi, điện lại rồi, điện về rồi, điện về lại, điện sáng lại, điện lên rồi,
  lên điện rồi, sáng lại, sáng rồi, sáng đèn rồi, sáng điện rồi, đèn sáng rồi, đèn lên rồi, lên đèn rồi, hết mất điện, hết cúp điện, hết cúp rồi, hết mất rồi,
  sáng trở lại, có trở lại, lên trở lại, trở lại rồi, trở lại bình thường, hết chập chờn, hết yếu, ổn rồi, ổn lại, bình thường lại, bình thường rồi`);
const NOT_BACK = phrases(`
  chưa, vẫn, còn nhà, trừ nhà, riêng nhà, tối thui, khi nào, bao giờ, mấy giờ, chừng nào, lúc nào, bao lâu, không, ko, lại mất, lại cúp, mất nữa, cúp nữa, mất tiếp`);

/** That supply has come back, told and not asked. */
export const tellsBackOn = ({ text, meaning }: Pick<Turn, 'text' | 'meaning'>): boolean =>
  mentions(text, BACK) &&
  !mentions(beforeTakingBack(text), NOT_BACK) &&
  !meaning.cues.question &&
  aroundTold(text) !== 'fine';

/** "có điện lại rồi em nhé": glad to hear it, and the report of this trouble gets that word; undefined when it is not that. */
export const backOn = async (turn: Turn): Promise<Step | undefined> => {
  if (!tellsBackOn(turn)) return undefined;
  const line = careLine(turn);
  const code = slotsOf(turn).houses[0]?.code;
  const report = await recentReport(turn, code);
  const orders: Order[] | undefined = report
    ? [
        {
          kind: 'report-outage',
          report: {
            what: 'restored',
            ...(report.customer ? { customer: report.customer } : {}),
            ...(report.unit ? { unit: report.unit } : {}),
            ...(report.place ? { place: report.place } : {}),
          },
        },
      ]
    : undefined;
  const weak = report && !report.what.startsWith('no-supply');
  return {
    say: [say(weak ? STEADY(line.text) + OVER : GLAD(line.text) + (report ? CLOSED : ''))],
    remember: { facts: line.facts },
    ...(orders ? { orders } : {}),
    then: { is: 'done' },
  };
};
