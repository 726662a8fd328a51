import type { Token } from '../text/tokens';
import { isSign, lexicon, lookAt, says } from './reading';

export interface Spelled {
  value: number;
  to: number;
  /** said in words, or digits */
  words: boolean;
  /** digits in groups of three: "500.550" */
  grouped: boolean;
}

const UNITS = lexicon([
  [0, 'không'],
  [1, 'một|mốt'],
  [2, 'hai'],
  [3, 'ba'],
  [4, 'bốn|tư'],
  [5, 'năm|lăm|nhăm'],
  [6, 'sáu'],
  [7, 'bảy|bẩy'],
  [8, 'tám'],
  [9, 'chín'],
]);

const unit = (tokens: readonly Token[], at: number): number | undefined => lookAt(tokens, at, UNITS)?.value;

/** One digit in words, as in a code that is read out. */
export const digitAt = (tokens: readonly Token[], at: number): number | undefined =>
  tokens[at]?.kind === 'word' ? unit(tokens, at) : undefined;

/** Numbers below 1000 in words: "mười một", "hai mươi lăm", "một trăm linh năm". */
export const spelled = (tokens: readonly Token[], at: number): { value: number; to: number } | undefined => {
  let i = at;
  let value = 0;
  let any = false;
  const first = unit(tokens, i);
  if (first !== undefined && says(tokens[i + 1], 'trăm')) {
    value = first * 100;
    i += 2;
    any = true;
    if (says(tokens[i], 'linh', 'lẻ')) {
      const ones = unit(tokens, i + 1);
      if (ones !== undefined) return { value: value + ones, to: i + 2 };
    }
    if (says(tokens[i], 'rưỡi')) return { value: value + 50, to: i + 1 };
  }
  const tens = unit(tokens, i);
  if (says(tokens[i], 'mười')) {
    const ones = unit(tokens, i + 1);
    return ones === undefined || ones === 0
      ? { value: value + 10, to: i + 1 }
      : { value: value + 10 + ones, to: i + 2 };
  }
  if (tens !== undefined && tens > 1 && (says(tokens[i + 1], 'mươi') || says(tokens[i + 1], 'chục'))) {
    const ones = unit(tokens, i + 2);
    return ones === undefined || ones === 0
      ? { value: value + tens * 10, to: i + 2 }
      : { value: value + tens * 10 + ones, to: i + 3 };
  }
  if (tens !== undefined) {
    // "hai lăm", "ba mốt"
    if (says(tokens[i + 1], 'lăm', 'mốt') && tokens[i + 1]!.word !== tokens[i + 1]!.bare && tens > 1)
      return { value: value + tens * 10 + unit(tokens, i + 1)!, to: i + 2 };
    return { value: value + tens, to: i + 1 };
  }
  return any ? { value, to: i } : undefined;
};

/** A number in digits ("450", "1.200.000", "1,5") or in words. */
export const numberAt = (tokens: readonly Token[], at: number): Spelled | undefined => {
  const first = tokens[at];
  if (first?.kind !== 'number') {
    const said = spelled(tokens, at);
    return said && { ...said, words: true, grouped: false };
  }
  if (first.typed.length > 12) return undefined;
  let to = at + 1;
  let digits = first.typed;
  let grouped = false;
  if (digits.length <= 3) {
    while (
      isSign(tokens[to], '.', ',') &&
      tokens[to]!.glued &&
      tokens[to + 1]?.kind === 'number' &&
      tokens[to + 1]!.glued &&
      tokens[to + 1]!.typed.length === 3 &&
      tokens[to]!.typed.length === 1
    ) {
      digits += tokens[to + 1]!.typed;
      to += 2;
      grouped = true;
    }
    // "1 200 000"
    if (!grouped)
      while (
        tokens[to]?.kind === 'number' &&
        tokens[to]!.typed.length === 3 &&
        !tokens[to]!.glued &&
        (grouped || (tokens[to + 1]?.kind === 'number' && tokens[to + 1]!.typed.length === 3))
      ) {
        digits += tokens[to]!.typed;
        to++;
        grouped = true;
      }
  }
  let value = Number(digits);
  const fraction = tokens[to + 1];
  if (
    isSign(tokens[to], '.', ',') &&
    tokens[to]!.glued &&
    tokens[to]!.typed.length === 1 &&
    fraction?.kind === 'number' &&
    fraction.glued &&
    fraction.typed.length <= (grouped ? 6 : 2)
  ) {
    value += Number(`0.${fraction.typed}`);
    to += 2;
  }
  return { value, to, words: false, grouped };
};
