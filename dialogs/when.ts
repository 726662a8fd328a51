import type { Fact, Turn } from '../core/dialog';
import type { Month } from '../core/services';
import { monthIndex, monthOf, partsOf } from '../core/time';
import { asksComparison, asksWhichHouse, asksWhy, asksYearAgo } from './comparison';
import { entitiesOf, valueSaid } from './said';
import { fold } from './words';

/** Which months a question is about. None and no `latest`: the newest there is. */
export interface When {
  months: Month[];
  /** "3 tháng gần đây" */
  latest?: number;
  /** "năm ngoái", when no month is known: every month of that year */
  year?: number;
  /** taken over from the question before */
  carried?: boolean;
}

const sameMonth = (a: Month, b: Month) => a.year === b.year && a.month === b.month;

const alike = (a: Month, b: Month) => sameMonth(a, b) && a.period === b.period;

/** How long a month is carried into the next question. */
const CARRIED_MS = 60 * 60_000;

/** "3 tháng gần đây"; and with a sum "tổng cộng 3 tháng" */
const RECENT = /\b(\d{1,2}|hai|ba|bon|nam|sau) (?:thang|ky|ki) (?:gan|vua|qua|moi|truoc day)/;
const SEVERAL = /\b(\d{1,2}|hai|ba|bon|nam|sau) (?:thang|ky|ki)(?! \d)/;
const FROM_TO = /\btu\b.*\b(?:den|toi)\b/;
const WHOLE_YEAR = /\bca nam\b|\bnguyen nam\b/;
const MOST_MONTHS = 12;

const isRecent = ({ now }: Turn, { saidAt }: Fact): boolean => now.getTime() - Date.parse(saidAt) <= CARRIED_MS;

const OF_MONTHS = /^(?:bill\.total|usage\.kwh|reading\.kwh)$/;

/** The months that were spoken of a moment ago, newest first: those of the last answer, or of the last questions one by one. */
export const spokenMonths = (turn: Turn): Month[] => {
  const { memory } = turn;
  const told = memory.facts.filter((one) => OF_MONTHS.test(one.what) && one.month && isRecent(turn, one));
  if (!told.length) return [];
  if (memory.months) return memory.months;
  const own = told.filter(({ customer }) => customer === told[0]!.customer).map(({ month }) => month!);
  return own.filter((one, n) => own.findIndex((other) => sameMonth(one, other)) === n);
};

/** "nhà nào cao hơn": houses are held against each other, in one month. */
const ofHouses = ({ text, meaning, memory }: Turn): boolean =>
  meaning.cues.houses.length > 1 ||
  meaning.entities.filter(({ type }) => type === 'customer_code').length > 1 ||
  asksWhichHouse(text) ||
  (memory.houses.length > 1 && !memory.code);

const yearsBefore = ({ year, ...month }: Month, years = 1): Month => ({ ...month, year: year - years });

/** What one figure is held against where the other month is not said: "so với cùng kỳ", "tháng nào nhiều hơn", "tăng hay giảm". */
const sidesOf = (turn: Turn, said: Month[], year: number | undefined): When | undefined => {
  const spoken = spokenMonths(turn);
  const [one] = said.length ? said : spoken;
  if (said.length > 1) return undefined;
  const back = asksYearAgo(turn.text) ? 1 : year === undefined || said.length || !one ? 0 : one.year - year;
  if (back && one) return { months: [one, yearsBefore(one, back)] };
  const other = spoken.find((month) => one && !sameMonth(month, one));
  if (said.length && other && /\bso\b/.test(fold(turn.text))) return { months: [one!, spoken[0]!] };
  if (!said.length && spoken.length > 1) return { months: spoken };
  return one ? { months: [one, monthOf(monthIndex(one.year, one.month) - 1)] } : { months: [], latest: 2 };
};

/** Months as said, else as asked before (`kept`), else carried over from the last question. */
export const whenOf = (turn: Turn, kept?: When): When => {
  const { now, memory } = turn;
  const today = partsOf(now);
  const range = valueSaid(turn, 'date_range');
  const years = entitiesOf(turn, 'year');
  const periods = entitiesOf(turn, 'period');
  let months = entitiesOf(turn, 'month').filter((m) => !m.impossible);
  if (turn.meaning.cues.correcting) months = months.slice(-1);
  const comparing = turn.chosen === undefined && asksComparison(turn.text) && !ofHouses(turn);
  const several = turn.meaning.cues.totalling || comparing ? SEVERAL.exec(fold(turn.text)) : undefined;
  const recent = RECENT.exec(fold(turn.text)) ?? several;
  if (recent) {
    const words = ['hai', 'ba', 'bon', 'nam', 'sau'].indexOf(recent[1]!) + 2;
    const count = Math.min(24, Math.max(1, words > 1 ? words : Number(recent[1])));
    const spoken = spokenMonths(turn);
    return recent === several && spoken.length >= count
      ? { months: spoken.slice(0, count) }
      : { months: [], latest: count };
  }
  const [shift] = months;
  // "so với tháng trước" of nothing that was spoken of: the newest
  if (comparing && months.length === 1 && shift?.relative === -1 && !spokenMonths(turn).length)
    return { months: [], latest: 2 };
  if (shift?.relative && memory.month && months.length === 1)
    return { months: besides(turn, memory.month, shift.relative) };
  if (months.length) {
    const said = years.filter((y) => !y.assumed);
    const named = months.slice(0, MOST_MONTHS).map((m, i): Month => {
      const year = said.find((y) => y.start >= m.start && y.start <= m.end + 12) ?? said[i] ?? said[0];
      const period = (periods[i] ?? periods[0])?.value;
      return { year: year?.value ?? yearMeant(m.value, today), month: m.value, ...(period ? { period } : {}) };
    });
    const [first, second] = named;
    // "tháng 2 và tháng 2 năm ngoái"
    if (second && sameMonth(first!, second)) first!.year = yearMeant(first!.month, today);
    if (named.length === 2 && FROM_TO.test(fold(turn.text))) return { months: between(first!, second!) };
    const against = comparing && sidesOf(turn, named, undefined);
    if (against) return against;
    return { months: named.filter((one, n) => named.findIndex((other) => alike(one, other)) === n) };
  }
  const date = valueSaid(turn, 'date');
  if (range) return { months: between(monthOfDay(range.from), monthOfDay(range.to)) };
  if (date) return { months: [monthOfDay(date)] };
  if (kept?.months.length || kept?.latest || kept?.year) return kept;
  const [year] = years;
  if (comparing) return sidesOf(turn, [], year?.value)!;
  const spoken = spokenMonths(turn);
  if (asksWhy(turn.text) && !year && !memory.month && memory.months?.length === 2 && spoken.length)
    return { months: spoken };
  if (turn.meaning.cues.totalling && !year && spoken.length > 1 && (memory.months || memory.houses.length < 2))
    return { months: spoken };
  const ofYear = year && { year: year.value };
  if (ofYear && memory.months && spoken.length && !WHOLE_YEAR.test(fold(turn.text)))
    return { months: memory.months.map((month) => ({ ...month, ...ofYear })) };
  const told = memory.month && memory.facts.find(({ month }) => month && sameMonth(month, memory.month!));
  const fresh = told ? isRecent(turn, told) : year && memory.facts.every((fact) => isRecent(turn, fact));
  const period = periods[0] && { period: periods[0].value };
  if (memory.month && fresh)
    return { months: [{ ...memory.month, ...ofYear, ...period }], ...(year ? {} : { carried: true }) };
  if (memory.months && spoken.length && turn.meaning.cues.following && !year) return { months: spoken, carried: true };
  return { months: [], ...ofYear };
};

/** "tháng trước đó" counts from the month spoken of; "so với tháng trước" needs that month too, unless it compares itself. */
const besides = ({ text, meaning, memory }: Turn, { year, month }: Month, steps: number): Month[] => {
  const other = monthOf(monthIndex(year, month) + steps);
  if (!/\b(?:so|hon)\b/.test(fold(text))) return [other];
  const want = meaning.wants[0]?.intent ?? memory.lastIntent;
  return want === 'usage.lookup' ? [{ year, month }] : [{ year, month }, other];
};

/** The year of a bare "tháng 12": this year, next month or the one after it too, otherwise the year before. */
const yearMeant = (month: number, today: { year: number; month: number }): number =>
  month - today.month > 2 ? today.year - 1 : today.year;

/** Every month from one to the other, newest first. */
const between = (from: Month, to: Month): Month[] => {
  const last = monthIndex(to.year, to.month);
  const count = Math.min(MOST_MONTHS, Math.max(1, last - monthIndex(from.year, from.month) + 1));
  return Array.from({ length: count }, (_, i) => monthOf(last - i));
};

const monthOfDay = (day: string): Month => ({ year: Number(day.slice(0, 4)), month: Number(day.slice(5, 7)) });
