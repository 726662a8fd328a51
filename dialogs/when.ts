import type { Turn } from '../core/dialog';
import type { Month } from '../core/services';
import { monthIndex, monthOf, partsOf } from '../core/time';
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
const RECENT = /(\d{1,2}|hai|ba|bon|nam|sau) (?:thang|ky|ki) (?:gan|vua|qua|moi|truoc day)/;
const SEVERAL = /(\d{1,2}|hai|ba|bon|nam|sau) (?:thang|ky|ki)(?! \d)/;
const FROM_TO = /\btu\b.*\b(?:den|toi)\b/;
const MOST_MONTHS = 12;

/** Months as said, else as asked before (`kept`), else carried over from the last question. */
export const whenOf = (turn: Turn, kept?: When): When => {
  const { now, memory } = turn;
  const today = partsOf(now);
  const range = valueSaid(turn, 'date_range');
  const years = entitiesOf(turn, 'year');
  const periods = entitiesOf(turn, 'period');
  let months = entitiesOf(turn, 'month').filter((m) => !m.impossible);
  if (turn.meaning.cues.correcting) months = months.slice(-1);
  const recent = RECENT.exec(fold(turn.text)) ?? (turn.meaning.cues.totalling && SEVERAL.exec(fold(turn.text)));
  if (recent) {
    const words = ['hai', 'ba', 'bon', 'nam', 'sau'].indexOf(recent[1]!) + 2;
    return { months: [], latest: Math.min(24, Math.max(1, words > 1 ? words : Number(recent[1]))) };
  }
  const [shift] = months;
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
    return { months: named.filter((one, n) => named.findIndex((other) => alike(one, other)) === n) };
  }
  const date = valueSaid(turn, 'date');
  if (range) return { months: between(monthOfDay(range.from), monthOfDay(range.to)) };
  if (date) return { months: [monthOfDay(date)] };
  if (kept?.months.length || kept?.latest || kept?.year) return kept;
  const said = memory.month && memory.facts.find(({ month }) => month && sameMonth(month, memory.month!));
  const carried = said && now.getTime() - Date.parse(said.saidAt) <= CARRIED_MS ? memory.month : undefined;
  const period = periods[0]?.value;
  if (years[0] && carried) return { months: [{ ...carried, year: years[0].value, ...(period ? { period } : {}) }] };
  if (years[0]) return { months: [], year: years[0].value };
  if (carried) return { months: [{ ...carried, ...(period ? { period } : {}) }], carried: true };
  return { months: [] };
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
