import { type Activity, choices, say } from '../core/activity';
import type { Order, Step, Turn } from '../core/dialog';
import { dayOf, showInstant } from '../core/time';
import { inForce } from '../core/utility';
import { careLine } from './inforce';
import { PERSON, REPORT } from './offers';
import { nothingBrief } from './outage-now';
import { valueSaid } from './slots';
import { rememberSupply, type Supply } from './supply';
import { type Around, type Trouble, troubleText } from './symptoms';

const NO_TIME = {
  'no-supply': (line: string) =>
    `Em chưa có giờ dự kiến có điện lại nên không dám hẹn; cần gấp anh/chị gọi ${line}. Lát nữa anh/chị nhắn “báo mất điện tới đâu rồi”, em xem lại cho ạ.`,
  other: (line: string) =>
    `Em chưa có giờ xử lý nên không dám hẹn; cần gấp anh/chị gọi ${line}. Lát nữa anh/chị nhắn “tin báo tới đâu rồi”, em xem lại cho ạ.`,
};
const TAKEN = (trouble: string, called: string, at: string, unit: string, then: string) =>
  `Dạ em đã ghi tin báo ${trouble} tại ${called} lúc ${at}${unit ? `, khu vực của ${unit}` : ''}. ${then}`;
const ALONE = (called: string) => `${called}, chỉ riêng nhà mình,`;
const TAKEN_BRIEF = (none: string, trouble: string, line: string) =>
  `${none} Đã ghi tin báo ${trouble}. Cần gấp gọi ${line}.`;
const NOT_TAKEN_BRIEF = (none: string, line: string) => `${none} Nếu đang mất điện, gọi ${line}.`;
const NOT_TAKEN = (line: string) =>
  `Dạ vậy em chưa ghi tin báo nào. Nếu nhà mình đang mất điện thì anh/chị báo giúp em, hoặc gọi ${line} ạ.`;

export const reportOf = (
  turn: Turn,
  supply: Supply,
  trouble: Trouble,
  around: Around | undefined,
  phone = valueSaid(turn, 'phone'),
): Order => {
  return {
    kind: 'report-outage',
    report: {
      what: around && around !== 'unknown' ? `${trouble}:${around}` : trouble,
      ...(supply.house ? { customer: supply.house.code } : {}),
      ...(supply.unit ? { unit: supply.unit } : {}),
      ...(supply.place ? { place: supply.place } : {}),
      ...(phone ? { phone } : {}),
    },
  };
};

/** Asked, and never told that there is no light: nothing is filed, and how to report is said. */
export const notTaken = async (turn: Turn, supply: Supply): Promise<Step> => {
  const line = careLine(turn);
  const brief = turn.channel.abilities.oneReply ? await nothingBrief(turn, supply) : undefined;
  return {
    say: [brief ? say(NOT_TAKEN_BRIEF(brief.text, line.text)) : choices(NOT_TAKEN(line.text), [REPORT, PERSON])],
    remember: { ...rememberSupply([supply]), facts: [...line.facts, ...(brief?.facts ?? [])] },
    then: { is: 'done' },
  };
};

/** The report is filed and said, after what has to be said before it. */
export const taken = async (
  turn: Turn,
  supply: Supply,
  trouble: Trouble,
  around: Around | undefined,
  before: Activity[],
  phone: string | undefined,
): Promise<Step> => {
  const line = careLine(turn);
  const now = turn.now.toISOString();
  const brief = turn.channel.abilities.oneReply ? await nothingBrief(turn, supply) : undefined;
  const unit = inForce(turn.utility.units, dayOf(turn.now)).find(({ code }) => code === supply.unit)?.name ?? '';
  const words = troubleText(trouble);
  const then = NO_TIME[trouble === 'no-supply' ? trouble : 'other'](line.text);
  const said = brief
    ? say(TAKEN_BRIEF(brief.text, words, line.text))
    : choices(TAKEN(words, around === 'fine' ? ALONE(supply.called) : supply.called, showInstant(now), unit, then), [
        PERSON,
      ]);
  // newest: what is asked next ("mấy giờ có lại") is about this, not about a plan for another day
  const told = { what: 'report.at', value: now, record: `reports/${now}`, asOf: now, saidAt: now };
  return {
    say: [...before, said],
    remember: { ...rememberSupply([supply]), facts: [told, ...(brief?.facts ?? []), ...line.facts] },
    orders: [reportOf(turn, supply, trouble, around, phone)],
    then: { is: 'done' },
  };
};
