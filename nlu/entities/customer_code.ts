import type { Token } from '../text/tokens';
import { digitAt } from './numbers';
import { type Found, type Grammar, isSign } from './reading';

export const CODE = /^P[ABCDEHKMNPQ][0-9A-Z]{4}\d{7}$/;

const LOOKS_DIGIT: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', S: '5', Z: '2', B: '8' };
const digitsOf = (letters: string) => [...letters].map((c) => LOOKS_DIGIT[c] ?? c).join('');

/** Upper case; O and I where a digit must stand. The third and fourth characters are digits in nearly all codes, letters in a few ("PNNB…"). */
const normalise = (typed: string): string => {
  const upper = typed.toUpperCase();
  const middle = upper.slice(2, 6);
  return upper.slice(0, 2) + (/\d/.test(middle) ? middle.replace(/O/g, '0') : middle) + digitsOf(upper.slice(6));
};

const onlyDigitLike = (token: Token) =>
  token.kind === 'number' || (token.kind === 'word' && /^[oqil]+$/.test(token.typed));

/** "pp không một không …": the letters, then eleven digits in words or figures, at least half of them in words. */
const dictated = (tokens: readonly Token[], at: number): Found | undefined => {
  const letters =
    tokens[at]!.typed.length === 1 ? tokens[at]!.typed + (tokens[at + 1]?.typed ?? '') : tokens[at]!.typed;
  if (!/^p[abcdehkmnpq]$/.test(letters)) return undefined;
  let to = at + (tokens[at]!.typed.length === 1 ? 2 : 1);
  let digits = '';
  let words = 0;
  for (; digits.length < 11; to++) {
    const word = digitAt(tokens, to);
    if (word !== undefined) words++;
    else if (tokens[to]?.kind !== 'number') break;
    digits += word ?? tokens[to]!.typed;
  }
  return digits.length === 11 && words >= 6
    ? { type: 'customer_code', value: letters.toUpperCase() + digits, from: at, to, sureness: 0.92, confirm: true }
    : undefined;
};

/**
 * 13 characters beginning with P (domain.md §2: `^P[ABCDEHKMNPQ][0-9A-Z]{4}\d{7}$`), typed in one piece or in groups, any case.
 * What begins like a code and has 11 to 14 characters but is none is reported with low sureness, so that a dialog can say so.
 */
export const customerCode: Grammar = ({ tokens, expects }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const head = tokens[i]!;
    if (head.kind === 'number') {
      if (!expects.has('customer_code') || head.glued) continue;
      // digits alone, when a code is awaited
      let typed = '';
      let j = i;
      while (tokens[j]?.kind === 'number' && typed.length < 14) typed += tokens[j++]!.typed;
      if (
        typed.length >= 7 &&
        typed.length <= 13 &&
        !/^(0[35789]\d{8}|84[35789]\d{8})$/.test(typed) &&
        !tokens[j]?.glued
      ) {
        found.push({ type: 'customer_code', value: typed, from: i, to: j, sureness: 0.25 });
        i = j - 1;
      }
      continue;
    }
    if (head.kind !== 'word' || !/^p[a-z]*$/.test(head.typed) || (head.glued && tokens[i - 1]?.kind !== 'sign'))
      continue;
    if (head.typed.length > 8) continue;
    const spoken = dictated(tokens, i);
    if (spoken) {
      found.push(spoken);
      i = spoken.to - 1;
      continue;
    }
    let typed = '';
    let best: Found | undefined;
    let glue = '';
    for (let j = i; j < tokens.length && typed.length < 15; j++) {
      const token = tokens[j]!;
      if (j > i && token.start === tokens[j - 1]!.start) continue;
      if (token.kind === 'sign') {
        if (!isSign(token, '.', '-', '_', '/', ' ', ':') || token.typed.length > 1 || j === i) break;
        continue;
      }
      const gap = j > i && !(token.glued && tokens[j - 1]!.kind !== 'sign');
      if (
        gap &&
        !(
          onlyDigitLike(token) ||
          (typed.length === 1 && token.typed.length === 1) ||
          (typed.length < 6 && tokens[j + 1]?.glued && /^[a-z]{1,2}$/.test(token.typed))
        )
      )
        break;
      // what was typed in one piece of eleven or more is a whole code, right or wrong
      if (gap && glue.length >= 11 && glue === typed) {
        const value = normalise(typed + token.typed);
        const more = tokens[j + 1];
        if (!(CODE.test(value) && !(more && onlyDigitLike(more)))) break;
      }
      typed += token.typed;
      if (!gap) glue += token.typed;
      const next = tokens[j + 1];
      if (next?.glued && next.kind !== 'sign') continue;
      const value = normalise(typed);
      if (glue !== typed && /[szb]/i.test(typed.slice(6))) break;
      if (typed.length === 13 && CODE.test(value)) {
        best = {
          type: 'customer_code',
          value,
          from: i,
          to: j + 1,
          sureness: glue === typed ? 1 : 0.97,
          // S for 5, Z for 2, B for 8 is a guess
          ...(/[szb]/i.test(typed.slice(6)) ? { confirm: true } : {}),
        };
        break;
      }
      if (typed.length >= 11 && typed.length <= 14 && (value.match(/\d/g)?.length ?? 0) >= 7)
        best = { type: 'customer_code', value, from: i, to: j + 1, sureness: 0.3 };
    }
    if (best) {
      found.push(best);
      i = best.to - 1;
    }
  }
  return found;
};
