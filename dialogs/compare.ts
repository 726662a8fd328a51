import { choices } from '../core/activity';
import type { Dialog, Fact, Turn } from '../core/dialog';
import { partsOf, showDay, showInstant } from '../core/time';
import { want } from './choosing';
import { recordedAt, wishOf } from './handover';
import { PERSON } from './offers';
import { ageText, money, monthText, near, number } from './show';

const CALLED: Record<string, string> = {
  'bill.total': 'tiền điện',
  'bill.kwh': 'sản lượng',
  'bill.difference': 'phần chênh lệch',
  'estimate.amount': 'số tiền tính thử',
  'estimate.kwh': 'số kWh tính thử',
  'tariff.price': 'giá một kWh chưa thuế',
  'tariff.tenant': 'giá một kWh chưa thuế cho người thuê',
  'bill.due': 'hạn thanh toán',
  'debt.total': 'tiền nợ',
  'reading.kwh': 'sản lượng',
  'usage.kwh': 'sản lượng',
  'reading.new': 'chỉ số mới',
  'reading.old': 'chỉ số cũ',
  'reading.day': 'ngày ghi điện',
  'outage.expected': 'giờ dự kiến có điện lại là',
  'outage.restored': 'giờ đã có điện lại là',
  'outage.since': 'giờ bắt đầu mất điện là',
  'outage.from': 'giờ bắt đầu ngừng điện là',
  'outage.to': 'giờ có điện lại theo lịch là',
  'report.at': 'giờ báo mất điện là',
};
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
const NOTHING_ELSE = 'Nếu nơi khác báo khác, anh/chị để nhân viên đối chiếu giúp nhé.';

const isTime = (value: Fact['value']): value is string => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value);

const shown = ({ what, value }: Fact): string =>
  isTime(value)
    ? value.length > 10
      ? showInstant(value)
      : showDay(value)
    : typeof value === 'number'
      ? /kwh$/i.test(what)
        ? `${number(value)} kWh`
        : /^reading\./.test(what)
          ? number(value)
          : money(value)
      : value;

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

const hourIn = (text: string): number | undefined => {
  const hour = /(\d{1,2}) ?(?:h|g|giờ|gio|:)/iu.exec(text)?.[1];
  return hour === undefined ? undefined : Number(hour);
};

/** The fact that is held against something: one whose figure was quoted, else the newest of the kind spoken of. */
const disputed = (facts: Fact[], quoted: number[], hour: number | undefined): Fact | undefined => {
  const told = facts.filter(({ record }) => !/^(hotlines|rules|knowledge)\//.test(record));
  const numbers = told.filter(({ value }) => typeof value === 'number' && value > 0);
  const byFigure = numbers.find(({ value }) => quoted.some((one) => near(one, value as number)));
  if (byFigure) return byFigure;
  if (quoted.length) return numbers.find(({ what }) => /total$/.test(what)) ?? numbers[0];
  const times = told.filter(({ value }) => isTime(value) && value.length > 10);
  if (hour !== undefined && times.length)
    return times.find(({ value }) => partsOf(String(value)).hour === hour) ?? times[0];
  return told[0] ?? facts[0];
};

/** "app ghi 742k sao bạn nói 687k", "hồi nãy em nói 15h": what ours was, from which record, how old, and what explains the rest. */
export const compare: Dialog = {
  id: 'compare',
  version: 1,
  intents: [],
  async start(turn) {
    const quoted = turn.meaning.entities
      .filter(({ type }) => type === 'money' || type === 'kwh')
      .map(({ value }) => Number(value));
    const ours = disputed(turn.memory.facts, quoted, hourIn(turn.text));
    if (!ours) return { say: [choices(NOTHING_ELSE, [PERSON])], then: { is: 'done' } };
    const store = ours.record.split('/')[0]!;
    const from = [
      STORES[store] ?? 'dữ liệu',
      ...(ours.month ? [monthText(ours.month)] : []),
      ...(ours.customer ? [`của mã ${ours.customer}`] : []),
    ].join(' ');
    const hour = hourIn(turn.text);
    const right = hour !== undefined && isTime(ours.value) && partsOf(ours.value).hour === hour;
    // a time that was never said: all that was said from that record
    const beside = (one: Fact) => one.record === ours.record && one.saidAt === ours.saidAt && isTime(one.value);
    const told = !right && isTime(ours.value) ? turn.memory.facts.filter(beside) : [ours];
    const what = told.map((one) => `${CALLED[one.what] ?? ''} ${shown(one)}`.trim()).join(', ');
    const said = `Dạ ${right ? 'đúng ạ, ' : ''}lúc ${showInstant(ours.saidAt)} em báo ${what}, theo ${from}, ${ageText(ours.asOf)}.`;
    const theirs = quoted.find((one) => typeof ours.value !== 'number' || !near(one, ours.value));
    const reason = theirs === undefined ? NOTHING_ELSE : await explained(turn, ours, theirs);
    // what no record explains is for a person: one ticket, however often it is asked
    const ticket =
      reason === undefined && ours.customer && /total$/.test(ours.what) && !turn.channel.abilities.oneReply;
    const why = reason ?? (ticket ? TICKET : UNEXPLAINED)(money(theirs!));
    const opened = ticket && !wishOf(turn);
    const about = `Đối chiếu số tiền: ${from}, em báo ${shown(ours)}, nơi khác ghi ${money(theirs ?? 0)}`;
    const again =
      turn.memory.lastIntent &&
      want('Xem lại bây giờ', turn.memory.lastIntent, ours.customer ? { code: ours.customer } : {});
    return {
      say: [choices(`${said} ${why}`, [...(again && theirs === undefined ? [again] : []), PERSON])],
      ...(opened && {
        remember: { facts: [recordedAt(turn.now)] },
        orders: [{ kind: 'hand-over' as const, handOver: { why: about } }],
      }),
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => compare.start(turn),
};
