import { choices, say } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import type { PeriodOf, Reading } from '../core/records';
import { type Day, day, dayOf, daysInMonth, monthIndex, monthOf, partsOf, showDay } from '../core/time';
import { type Account, type Asked, accountDialog } from './account';
import { want } from './choosing';
import { ruleOf } from './inforce';
import { PERSON } from './offers';
import { fact, monthText, recordKey } from './show';

const SMS = (utility: string, code: string, { period, month, year }: PeriodOf, on: Day) =>
  `${utility} thông báo lịch ghi điện kỳ ${period} tháng ${month}/${year} của KH ${code} là ngày ${showDay(on)}.`;
const WILL = (code: string, of: PeriodOf, on: Day) =>
  `Dạ lịch ghi điện ${monthText(of)} của mã ${code} là ngày ${showDay(on)}.`;
const WAS = (code: string, of: PeriodOf, on: Day) =>
  `Dạ công tơ của mã ${code} đã được ghi ${monthText(of)} vào ngày ${showDay(on)}.`;
const PLANNED = (code: string, of: PeriodOf, on: Day, tolerance: string) =>
  `Dạ theo lịch, công tơ của mã ${code} ghi ngày ${showDay(on)}${tolerance} cho ${monthText(of)}.`;
const TOLERANCE = (days: string | number) => ` (có thể lệch ${days} ngày)`;
const NO_RECORD = (code: string, of: string) => `Dạ em không thấy ngày ghi điện ${of} của mã ${code} ạ.`;

interface Scheduled {
  of: PeriodOf;
  on: Day;
  /** the reading, when there is one; otherwise the day comes from the meter's reading day */
  reading?: Reading;
  facts: Fact[];
}

/** The reading of the month asked for, or the next one; from its record, else from the reading day of the meter. */
const scheduled = async (turn: Turn, { house }: Account, asked?: Partial<PeriodOf>): Promise<Scheduled | undefined> => {
  const { records } = turn.services;
  const { year, month } = partsOf(turn.now);
  const today = dayOf(turn.now);
  const of = asked?.year ? { year: asked.year, month: asked.month! } : undefined;
  const rows = await records.readings(
    house.code,
    of && { ...of, ...(asked?.period ? { period: asked.period } : {}) },
    6,
  );
  const reading = of ? rows[0] : rows.filter(({ readOn }) => readOn >= today).at(-1);
  if (reading) {
    const key = recordKey('readings', house.code, reading);
    const { readOn: on, customer } = reading;
    const said = { what: 'reading.day', value: on, customer, month: reading, record: key };
    const { year, month, period } = reading;
    return { of: reading, on, reading, facts: [fact(turn.now, reading, { ...said, month: { year, month, period } })] };
  }
  const point = (await records.points(house.code))[0];
  if (!point || (of && monthIndex(of.year, of.month) < monthIndex(year, month))) return undefined;
  const dayIn = (index: number) => {
    const { year, month } = monthOf(index);
    return day(year, month, Math.min(point.readingDay, daysInMonth(year, month)));
  };
  const now = monthIndex(year, month);
  const index = of ? monthIndex(of.year, of.month) : dayIn(now) >= today ? now : now + 1;
  const on = dayIn(index);
  return {
    of: { ...monthOf(index), period: 1 },
    on,
    facts: [
      fact(turn.now, point, { what: 'reading.day', value: on, customer: house.code, record: `points/${point.id}` }),
    ],
  };
};

const answer = async (turn: Turn, { accounts, when }: Asked): Promise<Step> => {
  const texts: string[] = [];
  const facts: Fact[] = [];
  const today = dayOf(turn.now);
  const tolerance = ruleOf(turn, 'reading.tolerance_days');
  // a month carried over from a bill is not what "khi nào ghi điện" asks about
  const months = when.carried ? [] : when.months;
  for (const account of accounts) {
    const { code } = account.house;
    for (const month of months.length ? months : [undefined]) {
      const found = await scheduled(turn, account, month);
      facts.push(...(found?.facts ?? []));
      if (!found) texts.push(NO_RECORD(code, month ? monthText(month) : 'sắp tới'));
      else if (turn.channel.abilities.oneReply) texts.push(SMS(turn.utility.smsName, code, found.of, found.on));
      else if (!found.reading) {
        texts.push(PLANNED(code, found.of, found.on, tolerance ? TOLERANCE(tolerance.value) : ''));
        facts.push(...(tolerance ? [tolerance.fact] : []));
      } else texts.push((found.on < today ? WAS : WILL)(code, found.of, found.on));
    }
  }
  const { code } = accounts[0]!.house;
  const offers = [
    want('Chỉ số công tơ', 'reading.lookup', { code }),
    want('Tiền điện', 'bill.lookup', { code }),
    PERSON,
  ];
  const say_ = turn.channel.abilities.oneReply ? texts.map(say) : [choices(texts.join('\n'), offers)];
  return { say: say_, remember: { facts }, then: { is: 'done' } };
};

export const schedule = accountDialog({ id: 'schedule', version: 1, intents: ['reading.schedule'] }, answer);
