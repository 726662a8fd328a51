import { addDays, day, daysBetween } from '../../core/time';
import { solarOf } from './lunar';
import { spelled } from './numbers';
import { isSign, phraseAt, phrases, plain, type Reading, says } from './reading';

const LUNAR = phrases('âm lịch|lịch âm|âm|ta|al');
const TET = phrases('tết âm lịch|tết nguyên đán|tết ta|tết');

/** A lunar day of the year that puts it nearest to today, half a year either way. Days run from 1 to 30. */
const nearest = (d: number, m: number, { today }: Reading): string => {
  const now = day(today.year, today.month, today.day);
  let best = '';
  for (const year of [today.year - 1, today.year, today.year + 1]) {
    const solar = solarOf(d, m, year);
    const on = day(solar.year, solar.month, solar.day);
    if (best === '' || Math.abs(daysBetween(now, on)) < Math.abs(daysBetween(now, best))) best = on;
  }
  return best;
};

/** "mùng 5 Tết", "28 Tết", "giao thừa", "rằm tháng giêng", "mùng 1 tháng 2 âm", "10/2 âm lịch": converted, and to be confirmed. */
export const lunarDay = (
  reading: Reading,
  at: number,
): { value: string; to: number; sureness: number; confirm: true } | undefined => {
  const { tokens } = reading;
  const put = (value: string, to: number) => ({ value, to, sureness: 0.85, confirm: true as const });
  if (says(tokens[at], 'giao') && says(tokens[at + 1], 'thừa')) return put(addDays(nearest(1, 1, reading), -1), at + 2);
  let i = at;
  if (says(tokens[i], 'ngày', 'hôm', 'bữa')) i++;
  const early = says(tokens[i], 'mùng', 'mồng');
  if (early) i++;
  const full = says(tokens[i], 'rằm');
  const said = full ? { value: 15, to: i + 1 } : dayNumber(reading, i);
  if (!said || said.value < 1 || said.value > 30) return undefined;
  const d = said.value;
  i = said.to;
  const tet = phraseAt(tokens, i, TET);
  if (tet > 0 && (early || i > at + 1 || d >= 20) && !full)
    return put(
      d >= 20 ? addDays(nearest(1, 1, reading), d - 31 + shortYear(reading)) : nearest(d, 1, reading),
      i + tet,
    );
  const m = monthNumber(reading, i);
  if (!m) return undefined;
  const lunar = phraseAt(tokens, m.to, LUNAR);
  // a full moon is of the lunar calendar without saying so
  return lunar > 0 || full ? put(nearest(d, m.value, reading), m.to + lunar) : undefined;
};

const dayNumber = ({ tokens }: Reading, at: number) => {
  const digits = plain(tokens[at], 2);
  return digits === undefined ? spelled(tokens, at) : { value: digits, to: at + 1 };
};

const monthNumber = ({ tokens }: Reading, at: number): { value: number; to: number } | undefined => {
  const slash = isSign(tokens[at], '/', '-') && tokens[at]!.glued;
  if (!slash && !says(tokens[at], 'tháng')) return undefined;
  if (says(tokens[at + 1], 'giêng')) return { value: 1, to: at + 2 };
  if (says(tokens[at + 1], 'chạp')) return { value: 12, to: at + 2 };
  const digits = plain(tokens[at + 1], 2);
  const month = digits === undefined ? spelled(tokens, at + 1) : { value: digits, to: at + 2 };
  return month && month.value >= 1 && month.value <= 12 ? month : undefined;
};

/** 1 when the lunar year that ends at the nearest Tết has a last month of 29 days: then "29 Tết" is its last day. */
const shortYear = (reading: Reading): number => {
  const tet = nearest(1, 1, reading);
  const year = Number(tet.slice(0, 4));
  const first = solarOf(1, 12, year - 1);
  return daysBetween(day(first.year, first.month, first.day), tet) === 29 ? 1 : 0;
};
