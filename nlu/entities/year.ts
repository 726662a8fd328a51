import { digitAt } from './numbers';
import { type Found, type Grammar, isSign, plain, type Reading, says } from './reading';

/** A year in digits: 2016, or 16 / '16 where two digits can only be a year. */
export const yearNumber = (tokens: Reading['tokens'], at: number, twoDigits: boolean): number | undefined => {
  const value = plain(tokens[at], 4);
  if (value === undefined) return undefined;
  const digits = tokens[at]!.typed.length;
  if (digits === 4 && value >= 1990 && value <= 2099) return value;
  if (digits === 2 && twoDigits && value >= 10 && value <= 49) return 2000 + value;
  return undefined;
};

/** Inside digits that are read out: "… hai ba bốn năm sáu". */
const dictated = (tokens: Reading['tokens'], at: number): boolean =>
  [1, 2, 3].every((back) => digitAt(tokens, at - back) !== undefined);

/** "năm 2025", "năm ngoái", "năm nay", "2k25", at this token. */
export const yearAt = ({ tokens, today }: Reading, at: number): { value: number; to: number } | undefined => {
  if (
    plain(tokens[at], 1) === 2 &&
    says(tokens[at + 1], 'k') === false &&
    tokens[at + 1]?.typed === 'k' &&
    tokens[at + 1]!.glued &&
    tokens[at + 2]?.glued
  ) {
    const two = plain(tokens[at + 2], 2);
    if (two !== undefined) return { value: 2000 + two, to: at + 3 };
  }
  if (!says(tokens[at], 'năm') || dictated(tokens, at)) return undefined;
  const next = tokens[at + 1];
  if (says(next, 'ngoái', 'trước', 'rồi', 'qua', 'ngoai')) return { value: today.year - 1, to: at + 2 };
  if (says(next, 'vừa') && says(tokens[at + 2], 'rồi', 'qua')) return { value: today.year - 1, to: at + 3 };
  if (says(next, 'nay', 'này', 'ni')) return { value: today.year, to: at + 2 };
  if (says(next, 'kia') || (says(next, 'kìa') && next!.word !== 'kia')) return { value: today.year - 2, to: at + 2 };
  // "từ đầu năm tới giờ"
  if (says(next, 'tới') && says(tokens[at + 2], 'giờ', 'nay', 'bây', 'hiện', 'ni')) return undefined;
  if (says(next, 'sau', 'tới')) return { value: today.year + 1, to: at + 2 };
  const value = yearNumber(tokens, at + 1, true);
  return value === undefined ? undefined : { value, to: at + 2 };
};

/** Years said on their own; those that belong to a month or a date are read there. */
export const year: Grammar = (reading) => {
  const { tokens, expects } = reading;
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const at = yearAt(reading, i);
    if (at) {
      found.push({ type: 'year', value: at.value, from: i, to: at.to, sureness: 0.98 });
      i = at.to - 1;
      continue;
    }
    const bareYear = yearNumber(tokens, i, false);
    if (
      bareYear === undefined ||
      tokens[i]!.glued ||
      (tokens[i + 1]?.glued && !isSign(tokens[i + 1], '?', '.', ',', '!'))
    )
      continue;
    if (says(tokens[i - 1], 'số', 'là') && !expects.has('year')) continue;
    if (Math.abs(bareYear - reading.today.year) > 15) continue;
    found.push({ type: 'year', value: bareYear, from: i, to: i + 1, sureness: expects.has('year') ? 0.95 : 0.6 });
  }
  return found;
};
