import { digitAt } from './numbers';
import { type Found, type Grammar, isSign, type Reading } from './reading';

const MOBILE = /^84[35789]\d{8}$/;
const LANDLINE = /^842\d{9}$/;

/** "09O5123456": one piece of ten characters, digits but for an O or l */
const withLetters = (tokens: Reading['tokens'], at: number): { value: string; to: number } | undefined => {
  let typed = '';
  let letters = 0;
  let to = at;
  for (; to < tokens.length && typed.length < 12 && (to === at || tokens[to]!.glued); to++) {
    const token = tokens[to]!;
    if (token.kind === 'word' && /^[oil]{1,3}$/.test(token.typed)) {
      if (tokens[to - 1]?.start === token.start) continue;
      letters += token.typed.length;
      typed += token.typed.replace(/o/g, '0').replace(/[il]/g, '1');
    } else if (token.kind === 'number') typed += token.typed;
    else break;
  }
  return letters > 0 && letters <= 4 && /^0[35789]\d{8}$/.test(typed)
    ? { value: `84${typed.slice(1)}`, to }
    : undefined;
};

/** "không chín một tám …": ten digits in words or figures, most of them in words. */
const dictated = (tokens: Reading['tokens'], at: number): { value: string; to: number } | undefined => {
  let digits = '';
  let words = 0;
  let to = at;
  for (; digits.length < 10; to++) {
    const word = digitAt(tokens, to);
    if (word === undefined && tokens[to]?.kind !== 'number') break;
    if (word !== undefined) words++;
    digits += word ?? tokens[to]!.typed;
  }
  return words >= 6 && /^0[35789]\d{8}$/.test(digits) ? { value: `84${digits.slice(1)}`, to } : undefined;
};

/** Vietnamese numbers, mobile and landline, as 84…: "0912 345 678", "+84-912.345.678". Hotlines (1900…) are no customer's phone. */
export const phone: Grammar = ({ tokens }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const head = tokens[i]!;
    const spoken = head.bare === 'khong' ? dictated(tokens, i) : undefined;
    if (spoken) {
      found.push({ type: 'phone', value: spoken.value, from: i, to: spoken.to, sureness: 0.9, confirm: true });
      i = spoken.to - 1;
      continue;
    }
    if (head.kind !== 'number' || (head.glued && tokens[i - 1]!.kind !== 'sign')) continue;
    const slipped = withLetters(tokens, i);
    if (slipped) {
      found.push({ type: 'phone', value: slipped.value, from: i, to: slipped.to, sureness: 0.85, confirm: true });
      i = slipped.to - 1;
      continue;
    }
    if (!head.typed.startsWith('0') && !head.typed.startsWith('84') && !head.typed.startsWith('9')) continue;
    let digits = '';
    let best = 0;
    let value = '';
    for (let j = i; j < tokens.length && digits.length < 13; j++) {
      const token = tokens[j]!;
      if (token.kind === 'sign') {
        if (!isSign(token, '.', '-', ' ', '(', ')') || token.typed.length > 1) break;
        continue;
      }
      if (token.kind !== 'number') break;
      digits += token.typed;
      const national = digits.startsWith('84') ? digits : digits.startsWith('0') ? `84${digits.slice(1)}` : '';
      if (
        (MOBILE.test(national) || LANDLINE.test(national)) &&
        !(tokens[j + 1]?.glued && tokens[j + 1]!.kind !== 'sign')
      ) {
        best = j + 1;
        value = national;
      }
    }
    if (best > 0) {
      const plus = (isSign(tokens[i - 1], '+') || isSign(tokens[i - 1], '(')) && head.glued ? 1 : 0;
      found.push({ type: 'phone', value, from: i - plus, to: best, sureness: 0.95 });
      i = best - 1;
    }
  }
  return found;
};
