import type { Memory, Turn } from '../core/dialog';
import type { Month } from '../core/services';
import { newestMeant } from './months';
import { entityOf } from './said';
import { monthText } from './show';
import { spokenMonths, type When } from './when';
import { mentions, phrases } from './words';

const MOST = phrases('nhiều nhất, cao nhất, lớn nhất, tốn nhất, nặng nhất');
const LEAST = phrases('ít nhất, thấp nhất, nhỏ nhất, rẻ nhất');
const MEAN = phrases('trung bình, bình quân');
const OF_DAYS = ['ngày'];
const asksMean = (text: string): boolean => mentions(text, MEAN) && !mentions(text, OF_DAYS);
/** where no span is said */
const SPAN = 12;

export const asksOutstanding = (text: string): boolean =>
  mentions(text, MOST) || mentions(text, LEAST) || asksMean(text);

/** "tháng nào nhiều nhất" is about a year that is said, the months just shown, or the last twelve. */
export const spanFor = (turn: Turn, when: When): When => {
  if (!asksOutstanding(turn.text) || entityOf(turn, 'month') || entityOf(turn, 'date_range')) return when;
  const year = entityOf(turn, 'year');
  if (year) return { months: [], year: year.value };
  if (turn.memory.months?.length) return { months: spokenMonths(turn) };
  return newestMeant(when) || when.carried ? { months: [], latest: SPAN } : when;
};

/** The sentences that answer "tháng nào nhiều nhất", "trung bình mỗi tháng", of one customer's months; '' where neither is asked. */
export const outstanding = (
  text: string,
  months: (Month & { value: number })[],
  { most, least, show }: { most: string; least: string; show(value: number): string },
): string => {
  if (months.length < 2) return '';
  const ordered = [...months].sort((a, b) => b.value - a.value);
  const told = (name: string, one: Month & { value: number }) => `${name} là ${monthText(one)}: ${show(one.value)}.`;
  const mean = Math.round(months.reduce((sum, { value }) => sum + value, 0) / months.length);
  return [
    mentions(text, MOST) && told(most, ordered[0]!),
    mentions(text, LEAST) && told(least, ordered.at(-1)!),
    asksMean(text) && `Trung bình mỗi tháng ${show(mean)}.`,
  ]
    .filter(Boolean)
    .join(' ');
};

const MOST_KEPT = 24;

/** The months of an answer, for what is asked of them next; one that stands out is the one spoken of ("tại sao"). */
export const spokenOf = (
  text: string,
  answered: readonly (Month & { total?: number; kwh?: number })[],
): Partial<Memory> => {
  const months = answered
    .map(({ year, month, period }) => ({ year, month, ...(period && period > 1 ? { period } : {}) }))
    .filter((one, n, all) => all.findIndex(({ year, month }) => year === one.year && month === one.month) === n);
  if (months.length < 2) return { months: undefined };
  const figure = ({ total, kwh }: { total?: number; kwh?: number }) => total ?? kwh ?? 0;
  const ordered = [...answered].sort((a, b) => figure(b) - figure(a));
  const stands = mentions(text, MOST) ? ordered[0] : mentions(text, LEAST) ? ordered.at(-1) : undefined;
  return {
    months: months.slice(0, MOST_KEPT),
    month: stands && { year: stands.year, month: stands.month },
  };
};
