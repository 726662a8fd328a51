import type { Fact, Order, Turn } from '../core/dialog';
import { recordedAt, wishOf } from './handover';
import { ageText, money, monthText, near } from './show';

const STORES: Record<string, string> = {
  bills: 'hóa đơn',
  debts: 'sổ nợ',
  readings: 'bảng chỉ số',
  points: 'thông tin điểm đo',
  planned_outages: 'lịch ngừng cấp điện',
  incidents: 'tin sự cố',
  reports: 'tin báo mất điện',
  rules: 'quy định',
  tariff: 'biểu giá điện',
  hotlines: 'danh bạ tổng đài',
};
const UNEXPLAINED = (theirs: string) =>
  `Con số ${theirs} thì em không thấy trong dữ liệu đang có, nên em chưa dám giải thích phần chênh. Anh/chị để nhân viên đối chiếu giúp nhé.`;
const TICKET = (theirs: string) =>
  `Con số ${theirs} thì em không thấy trong dữ liệu đang có (số của em có thể cũ hơn nơi kia), nên em chưa dám giải thích phần chênh. Em đã ghi yêu cầu đối chiếu cho nhân viên; anh/chị giữ lại hình con số đó giúp em nhé.`;

/** Which record a figure came from: "hóa đơn tháng 11/2026 của mã PP01…". */
export const recordText = ({ record, month, customer }: Fact): string =>
  [
    STORES[record.split('/')[0]!] ?? 'dữ liệu',
    ...(month ? [monthText(month)] : []),
    ...(customer ? [`của mã ${customer}`] : []),
  ].join(' ');

/** What the customer's other figure is, as far as the records of this customer show. */
const explained = async (turn: Turn, ours: Fact, theirs: number): Promise<string | undefined> => {
  if (!ours.customer || typeof ours.value !== 'number') return undefined;
  const { records } = turn.services;
  const bills = await records.bills(ours.customer, undefined, 24);
  const bill = bills.find((one) => ours.record.endsWith(`/${one.year}-${one.month}-${one.period}`));
  const debts = await records.debts(ours.customer);
  const owed = debts.reduce((sum, { total }) => sum + total, 0);
  const figure = money(theirs);
  if (bill && !bill.printed && bill.amount !== undefined && near(theirs, bill.amount))
    return `${figure} khớp với tiền điện chưa thuế (${money(bill.amount)}); số của em đã gồm thuế GTGT ${money(bill.vat ?? bill.total - bill.amount)}.`;
  const sameMonth = bills.filter((one) => bill && one.year === bill.year && one.month === bill.month);
  const month = sameMonth.reduce((sum, { total }) => sum + total, 0);
  if (sameMonth.length > 1 && near(theirs, month))
    return `${figure} khớp với ${sameMonth.length} kỳ của ${monthText({ year: bill!.year, month: bill!.month })} cộng lại (${money(month)}); số của em là một kỳ.`;
  const others = debts.filter(
    ({ year, month, period }) => !bill || year !== bill.year || month !== bill.month || period !== bill.period,
  );
  const older = others.reduce((sum, { total }) => sum + total, 0);
  if (bill && older > 0 && near(theirs, bill.total + older))
    return `${figure} khớp với hóa đơn này cộng nợ cũ ${money(older)} (${others.map((debt) => monthText(debt)).join(', ')}).`;
  if (owed > 0 && owed !== ours.value && near(theirs, owed))
    return `${figure} khớp với tổng nợ hiện tại là ${money(owed)}.`;
  const other = bills.find((one) => (one !== bill || ours.what !== 'bill.total') && near(theirs, one.total));
  if (other) return `${figure} khớp với hóa đơn ${monthText(other)} (${money(other.total)}).`;
  const untaxed = bills.find((one) => one.amount !== undefined && !one.printed && near(theirs, one.amount));
  return untaxed && `${figure} khớp với tiền điện chưa thuế của ${monthText(untaxed)} (${money(untaxed.amount!)}).`;
};

/**
 * What is said of an amount that stands elsewhere and is not ours; what no record explains is for a person: one ticket, however
 * often it is asked.
 */
export const otherFigure = async (
  turn: Turn,
  ours: Fact,
  theirs: number,
): Promise<{ why: string; facts: Fact[]; orders: Order[] }> => {
  const reason = await explained(turn, ours, theirs);
  const ticket = reason === undefined && ours.customer && /total$/.test(ours.what) && !turn.channel.abilities.oneReply;
  const opened = ticket && !wishOf(turn);
  const about = `Đối chiếu số tiền: ${recordText(ours)}, em báo ${money(Number(ours.value))}, nơi khác ghi ${money(theirs)}`;
  return {
    why: reason ?? (ticket ? TICKET : UNEXPLAINED)(money(theirs)),
    facts: opened ? [recordedAt(turn.now)] : [],
    orders: opened ? [{ kind: 'hand-over', handOver: { why: about } }] : [],
  };
};

const HELD = (ours: Fact) =>
  `Dạ theo ${recordText(ours)} (${ageText(ours.asOf)}), số tiền là ${money(Number(ours.value))}.`;

/** The same, where ours was not told before. */
export const heldAgainstRecord = async (
  turn: Turn,
  ours: Fact,
  theirs: number,
): Promise<{ text: string; facts: Fact[]; orders: Order[] }> => {
  const { why, ...rest } = await otherFigure(turn, ours, theirs);
  return { text: `${HELD(ours)} ${why}`, ...rest };
};
