import { day, daysInMonth, monthIndex, monthOf } from '../../core/time';
import { todayIs } from './date';
import { isSign, phraseAt, phrases, plain, type Reading, says } from './reading';
import { yearAt, yearNumber } from './year';

export interface MonthRange {
  value: { from: string; to: string };
  to: number;
  /** no year was said */
  assumed: boolean;
}

const TILL_NOW = phrases('đến nay|tới nay|đến giờ|tới giờ|tới hiện tại|đến hiện tại|tới tháng này|đến tháng này');

const numbered = ({ tokens }: Reading, at: number): { month: number; to: number } | undefined => {
  const short = /^th?$/.test(tokens[at]?.typed ?? '') && tokens[at + 1]?.glued === true;
  if (!short && !says(tokens[at], 'tháng')) return undefined;
  const month = plain(tokens[at + 1], 2);
  return month !== undefined && month >= 1 && month <= 12 ? { month, to: at + 2 } : undefined;
};

const yearBehind = (reading: Reading, at: number): { value: number; to: number } | undefined => {
  const { tokens } = reading;
  const slash = isSign(tokens[at], '/', '-') && tokens[at]!.glued ? yearNumber(tokens, at + 1, true) : undefined;
  if (slash !== undefined) return { value: slash, to: at + 2 };
  const plainYear = yearNumber(tokens, at, false);
  return yearAt(reading, at) ?? (plainYear === undefined ? undefined : { value: plainYear, to: at + 1 });
};

/** "(từ) tháng 1 đến tháng 3", "t10/2025 tới t2/2026", "từ tháng 9 tới giờ": from the first day to the last. */
export const monthRange = (reading: Reading, at: number): MonthRange | undefined => {
  const { tokens, today } = reading;
  const opened = says(tokens[at], 'từ') ? 1 : 0;
  const first = numbered(reading, at + opened);
  if (!first) return undefined;
  const firstYear = yearBehind(reading, first.to);
  let i = firstYear?.to ?? first.to;
  const now = phraseAt(tokens, i, TILL_NOW);
  let month = today.month;
  let year = today.year;
  let said = firstYear !== undefined;
  if (now > 0) {
    if (!opened) return undefined;
    i += now;
  } else {
    if (!says(tokens[i], 'đến', 'tới', 'qua') && !isSign(tokens[i], '-', '→')) return undefined;
    i++;
    if (says(tokens[i], 'hết')) i++;
    const last = numbered(reading, i);
    if (!last) return undefined;
    const lastYear = yearBehind(reading, last.to);
    said ||= lastYear !== undefined;
    i = lastYear?.to ?? last.to;
    month = last.month;
    year =
      lastYear?.value ??
      (firstYear ? firstYear.value + (month < first.month ? 1 : 0) : today.year - (month > today.month ? 1 : 0));
  }
  const start = firstYear ? firstYear.value : year - (first.month > month ? 1 : 0);
  const months = monthIndex(year, month) - monthIndex(start, first.month);
  if (months < 1 || months > 36) return undefined;
  const end = monthOf(monthIndex(year, month));
  return {
    value: {
      from: day(start, first.month, 1),
      to: now > 0 ? todayIs(today) : day(end.year, end.month, daysInMonth(end.year, end.month)),
    },
    to: i,
    assumed: !said && now === 0,
  };
};
