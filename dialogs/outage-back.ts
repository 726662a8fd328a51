import { say } from '../core/activity';
import type { Order, Step, Turn } from '../core/dialog';
import { careLine } from './inforce';
import { recentReport } from './outage-status';
import { slotsOf } from './slots';
import { aroundIn } from './symptoms';
import { mentions, phrases } from './words';

const GLAD = (line: string) =>
  `Dạ có điện lại là em mừng rồi ạ. Nếu mất lại hay cầu dao còn nhảy thì anh/chị đừng cố gạt lên, nhắn em hoặc gọi ${line} nhé.`;
const CLOSED = ' Em ghi thêm vào tin báo là đã có điện lại.';

const BACK = phrases(`
  có điện lại, có lại rồi, có điện rồi, có điện lại rồi, có lại điện, đã có điện, điện có lại rồi, điện có rồi,
  sáng lại rồi, sáng rồi, có điện trở lại`);
const NOT_BACK = phrases(`
  chưa, khi nào, bao giờ, mấy giờ, chừng nào, lúc nào, bao lâu, không, ko, lại mất, lại cúp, mất nữa, cúp nữa, mất tiếp`);

/** That supply has come back, told and not asked. */
export const tellsBackOn = ({ text, meaning }: Turn): boolean =>
  mentions(text, BACK) && !mentions(text, NOT_BACK) && !meaning.cues.question && aroundIn(text) === undefined;

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
  return {
    say: [say(GLAD(line.text) + (report ? CLOSED : ''))],
    remember: { facts: line.facts },
    ...(orders ? { orders } : {}),
    then: { is: 'done' },
  };
};
