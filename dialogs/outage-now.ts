import type { Fact, Turn } from '../core/dialog';
import type { Incident, PlannedOutage } from '../core/records';
import { showInstant } from '../core/time';
import { careLine } from './inforce';
import { fact, recordKey } from './show';
import { incidentsFor, plannedFor, type Supply } from './supply';
import { mentions, phrases } from './words';

const INCIDENT = (called: string, o: Incident) =>
  `Dạ ${called} đang bị mất điện do sự cố${o.cause ? `: ${o.cause}` : ' (chưa ghi nguyên nhân)'}, từ ${showInstant(o.startedAt)}.`;
const EXPECTED = (at: string) => ` Dự kiến có điện lại lúc ${showInstant(at)}.`;
const NOT_YET = ' Chưa có giờ dự kiến có điện lại, nên em chưa dám hẹn giờ với anh/chị ạ.';
const LATE = (at: string) =>
  ` Giờ dự kiến có điện lại ghi nhận trước đó là ${showInstant(at)}, đã qua mà chưa có giờ mới ạ.`;
const PLANNED = (called: string, o: PlannedOutage) =>
  `Dạ ${called} đang trong đợt tạm ngừng cung cấp điện theo kế hoạch từ ${showInstant(o.from)}, dự kiến có điện lại lúc ${showInstant(o.to)}.${o.reason ? ` Lý do: ${o.reason}.` : ''}`;
const PAID = (called: string, line: string) =>
  `Dạ ${called} đang ghi là tạm ngừng cấp điện vì tiền điện; anh/chị vừa đóng thì có thể hệ thống chưa kịp ghi nhận ạ. Anh/chị giữ biên nhận và gọi ${line} để được đóng điện lại; em chưa có giờ nên không dám hẹn.`;
const SUSPENDED = (called: string, line: string) =>
  `Dạ ${called} đang tạm ngừng cấp điện vì còn tiền điện chưa thanh toán ạ. Anh/chị thanh toán xong thì gọi ${line} để được hướng dẫn đóng điện lại, vì việc này em chưa làm được ở đây.`;
const MAYBE_NOT = ' Nếu nhà mình không thuộc khu vực này, anh/chị cho em mã khách hàng để xem đúng trạm điện ạ.';
const RESTORED = (called: string, o: Incident) =>
  `Dạ sự cố của ${called}${o.cause ? ` (${o.cause})` : ''} lúc ${showInstant(o.startedAt)} được ghi là đã khắc phục lúc ${showInstant(o.restoredAt!)}.`;

const NEXT = (o: PlannedOutage) => ` Lịch cắt điện gần nhất là từ ${showInstant(o.from)} đến ${showInstant(o.to)}.`;
const NO_INCIDENT = (called: string) => `Dạ hiện giờ em chưa thấy sự cố nào được ghi nhận cho ${called}.`;
const BRIEF = (called: string) => `Chưa thấy sự cố nào của ${called}.`;
const NOTHING_BRIEF = (called: string) => `Chưa thấy sự cố hay lịch cắt điện của ${called}.`;
const NOTHING = (called: string) => `Dạ em chưa thấy sự cố hay lịch cắt điện nào được ghi nhận cho ${called}.`;

const HAS_PAID = phrases(`
  đóng rồi, đã đóng, mới đóng, vừa đóng, đóng xong, đóng tiền rồi, đóng đủ, trả rồi, đã trả, trả tiền rồi,
  thanh toán rồi, đã thanh toán, mới thanh toán, vừa thanh toán, thanh toán xong, nộp rồi, đã nộp, chuyển khoản rồi`);

/** in the middle of a sentence */
const areaOf = ({ area }: { area: string }): string => area.replace(/^Một phần/, 'một phần');

export interface Known {
  /** going: explains why there is no light now; restored: over, says the record; none: nothing recorded */
  is: 'going' | 'restored' | 'none';
  text: string;
  facts: Fact[];
}

/** The soonest planned interruption that is still to come, as a sentence that follows another; '' where none is planned. */
export const nextPlan = async (turn: Turn, supply: Supply): Promise<{ text: string; facts: Fact[] }> => {
  const next = (await plannedFor(turn, supply)).find(({ from }) => from > turn.now.toISOString());
  if (!next) return { text: '', facts: [] };
  const of = {
    record: `planned_outages/${next.id}`,
    ...(supply.house ? { customer: supply.house.code } : {}),
  };
  return {
    text: NEXT(next),
    facts: [
      fact(turn.now, next, { what: 'outage.from', value: next.from, ...of }),
      fact(turn.now, next, { what: 'outage.to', value: next.to, ...of }),
    ],
  };
};

/** That nothing explains a loss of supply at this moment; a plan for later is no "no plan". */
export const nothingNow = async (turn: Turn, supply: Supply): Promise<{ text: string; facts: Fact[] }> => {
  const next = await nextPlan(turn, supply);
  return next.text
    ? { text: NO_INCIDENT(supply.called) + next.text, facts: next.facts }
    : { text: NOTHING(supply.called), facts: [] };
};

/** The same in one SMS. */
export const nothingBrief = async (turn: Turn, supply: Supply): Promise<{ text: string; facts: Fact[] }> => {
  const next = await nextPlan(turn, supply);
  return next.text
    ? { text: BRIEF(supply.called) + next.text, facts: next.facts }
    : { text: NOTHING_BRIEF(supply.called), facts: [] };
};

/** Suspended for debt: said kindly, and never against who has just paid; undefined when it is not. */
export const suspendedNow = async (turn: Turn, { house, called }: Supply): Promise<Omit<Known, 'is'> | undefined> => {
  const debts = house && turn.disclosure.amounts ? await turn.services.records.debts(house.code) : [];
  const suspended = debts.find(({ stage }) => stage === 'suspended');
  if (!suspended) return undefined;
  const line = careLine(turn);
  const record = recordKey('debts', suspended.customer, suspended);
  const of = { record, customer: suspended.customer };
  return {
    text: (mentions(turn.text, HAS_PAID) ? PAID : SUSPENDED)(called, line.text),
    facts: [fact(turn.now, suspended, { what: 'debt.stage', value: 'suspended', ...of }), ...line.facts],
  };
};

/** What the records say about a supply at this moment: incident, planned work, suspension for debt, in that order. */
export const knownNow = async (turn: Turn, supply: Supply): Promise<Known> => {
  const now = turn.now.toISOString();
  const { called, house } = supply;
  const customer = house ? { customer: house.code } : {};
  const incidents = await incidentsFor(turn, supply);
  const texts: string[] = [];
  const facts: Fact[] = [];
  const going = incidents.find(({ restoredAt, startedAt }) => startedAt <= now && (!restoredAt || restoredAt > now));
  if (going) {
    const { expectedAt } = going;
    texts.push(
      INCIDENT(house ? called : areaOf(going), going) +
        (!expectedAt ? NOT_YET : expectedAt > now ? EXPECTED(expectedAt) : LATE(expectedAt)),
    );
    const of = { record: `incidents/${going.id}`, ...customer };
    facts.push(fact(turn.now, going, { what: 'outage.since', value: going.startedAt, ...of }));
    if (expectedAt) facts.push(fact(turn.now, going, { what: 'outage.expected', value: expectedAt, ...of }));
  }
  const planned = (await plannedFor(turn, supply)).find(({ from }) => from <= now);
  if (planned && !going) {
    texts.push(PLANNED(house ? called : areaOf(planned), planned));
    const of = { record: `planned_outages/${planned.id}`, ...customer };
    facts.push(fact(turn.now, planned, { what: 'outage.from', value: planned.from, ...of }));
    facts.push(fact(turn.now, planned, { what: 'outage.to', value: planned.to, ...of }));
  }
  const suspended = await suspendedNow(turn, supply);
  // told to another want of this message already
  const told = turn.toldNow.some(({ what, ...of }) => what === 'debt.stage' && of.customer === house?.code);
  if (suspended && !told) {
    texts.push(suspended.text);
    facts.push(...suspended.facts);
  }
  if (texts.length || suspended) return { is: 'going', text: texts.join('\n') + (house ? '' : MAYBE_NOT), facts };
  const over = incidents.find(({ restoredAt }) => restoredAt && restoredAt <= now);
  if (!over) return { is: 'none', text: '', facts };
  const record = `incidents/${over.id}`;
  facts.push(fact(turn.now, over, { what: 'outage.restored', value: over.restoredAt!, record, ...customer }));
  return { is: 'restored', text: RESTORED(house ? called : areaOf(over), over), facts };
};
