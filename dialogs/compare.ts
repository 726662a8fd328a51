import { choices } from '../core/activity';
import type { Dialog, Fact } from '../core/dialog';
import { partsOf, showDay, showInstant } from '../core/time';
import { want } from './choosing';
import { PERSON } from './offers';
import { otherFigure, recordText } from './other-figure';
import { ageText, money, near, number } from './show';

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
    const from = recordText(ours);
    const hour = hourIn(turn.text);
    const right = hour !== undefined && isTime(ours.value) && partsOf(ours.value).hour === hour;
    // a time that was never said: all that was said from that record
    const beside = (one: Fact) => one.record === ours.record && one.saidAt === ours.saidAt && isTime(one.value);
    const told = !right && isTime(ours.value) ? turn.memory.facts.filter(beside) : [ours];
    const what = told.map((one) => `${CALLED[one.what] ?? ''} ${shown(one)}`.trim()).join(', ');
    const said = `Dạ ${right ? 'đúng ạ, ' : ''}lúc ${showInstant(ours.saidAt)} em báo ${what}, theo ${from}, ${ageText(ours.asOf)}.`;
    const theirs = quoted.find((one) => typeof ours.value !== 'number' || !near(one, ours.value));
    const other = theirs === undefined ? undefined : await otherFigure(turn, ours, theirs);
    const again =
      turn.memory.lastIntent &&
      want('Xem lại bây giờ', turn.memory.lastIntent, ours.customer ? { code: ours.customer } : {});
    return {
      say: [
        choices(`${said} ${other?.why ?? NOTHING_ELSE}`, [...(again && theirs === undefined ? [again] : []), PERSON]),
      ],
      remember: { facts: other?.facts ?? [] },
      ...(other?.orders.length && { orders: other.orders }),
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => compare.start(turn),
};
