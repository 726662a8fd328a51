import { strip } from '../text/characters';
import type { Token } from '../text/tokens';
import { meaningsOf } from './meanings';

/** Features of one text: hashed ids without repeats, each with its weight; the vector has length 1. */
export interface Features {
  ids: Int32Array;
  weights: Float32Array;
  count: number;
}

export const BITS = 20;
const SIZE = 1 << BITS;
const MOST = 4096;

const WORD_GRAMS = [1.5, 1.3, 0.7];
/** weight of word pairs with one word left out between them */
const SKIPPED = 0.4;
/** word n-grams count once as typed and once without diacritics, at this weight */
const BARE = 0.7;
/** the first and the last word of a message */
const EDGE = 0.5;
/** weight of character n-grams by length, 2 to 5 */
const CHAR_GRAMS = [0, 0, 0.35, 0.5, 0.6, 0.6];

/** Rarity of each hashed feature in the training texts, in steps of 1/RARITY_STEPS; what was never seen is as rare as can be. */
export type Rarity = Uint8Array;
export const RARITY_STEPS = 20;

/** a meaning, and a pair of meanings (meanings.ts) */
const MEANING = 1;
const MEANINGS = 0.8;

/** What features are made of. */
export interface Gist {
  words: string[];
  meanings: string[];
}

export const gistOf = (tokens: readonly Token[]): Gist => ({
  words: featureWords(tokens),
  meanings: meaningsOf(tokens),
});

/** digits of a code or a phone number */
const LONG = 6;

/** The words that features are made of: what differs from customer to customer (digits, codes) is masked. */
const featureWords = (tokens: readonly Token[]): string[] => {
  const words: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === 'word') {
      // "PP" of "PP05000974006" is a part of the code
      const next = tokens[i + 1];
      if (next?.glued && next.kind === 'number' && next.typed.length >= LONG) continue;
      words.push(token.word);
    } else if (token.kind === 'number') {
      // a long run of digits and letters is a code or a phone number
      words.push(token.typed.length >= LONG ? '#long' : token.typed.length >= 3 ? '#mid' : '#');
    } else if (token.word === '?' || token.word === '%') words.push(token.word);
  }
  return words;
};

const mix = (h: number): number => {
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return (h >>> 0) & (SIZE - 1);
};

const ids = new Int32Array(MOST);
const weights = new Float32Array(MOST);
const stamp = new Int32Array(SIZE);
let round = 0;

const hashOf = (word: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  return h;
};

/** A word n-gram: its place among the features, its first word, its length, and whether diacritics were taken off. */
export interface Gram {
  at: number;
  first: number;
  length: number;
  bare: boolean;
}

export const wordsOfGram = ({ words }: Gist, { first, length, bare }: Gram): string => {
  const said = words.slice(first, first + length).join(' ');
  return bare ? strip(said) : said;
};

/**
 * Hashed word 1–3-grams and pairs, typed and bare, and character 2–5-grams. The arrays returned are reused by the next call.
 * `name`, when given, is told each word n-gram as it is counted.
 */
export const featuresOf = (
  { words, meanings }: Gist,
  rarity: Rarity | undefined,
  name?: (gram: Gram) => void,
): Features => {
  let count = 0;
  round++;
  const put = (hash: number, weight: number): boolean => {
    const id = mix(hash);
    if (count >= MOST || stamp[id] === round) return false;
    stamp[id] = round;
    ids[count] = id;
    weights[count++] = rarity === undefined ? weight : weight * rarity[id]!;
    return true;
  };
  const grams = (list: readonly string[], factor: number) => {
    const hashes = list.map(hashOf);
    for (let i = 0; i < list.length; i++) {
      let h = 0x51ed270b;
      for (let n = 0; n < WORD_GRAMS.length && i + n < list.length; n++) {
        h = Math.imul(h ^ hashes[i + n]!, 0x5bd1e995) + n;
        if (put(h, WORD_GRAMS[n]! * factor) && name)
          name({ at: count - 1, first: i, length: n + 1, bare: list !== words });
      }
      if (i + 2 < list.length) put(Math.imul(hashes[i]! ^ 0x777, 0x5bd1e995) ^ (hashes[i + 2]! + 99), SKIPPED * factor);
    }
    if (list.length > 0) {
      put(Math.imul(hashes[0]!, 31) + 7, EDGE);
      put(Math.imul(hashes[list.length - 1]!, 37) + 9, EDGE);
    }
  };
  grams(words, 1);
  grams(words.map(strip), BARE);
  const text = ` ${words.join(' ')} `;
  for (let i = 0; i < text.length; i++) {
    let h = 0x9747b28c;
    for (let n = 1; n <= 5 && i + n <= text.length; n++) {
      h = Math.imul(h ^ text.charCodeAt(i + n - 1), 0x01000193);
      if (CHAR_GRAMS[n]! > 0) put(h + n, CHAR_GRAMS[n]!);
    }
  }
  const tags = meanings.map(hashOf).sort((a, b) => a - b);
  for (let i = 0; i < tags.length; i++) {
    put(Math.imul(tags[i]!, 0x2f3b) + 11, MEANING);
    for (let j = i + 1; j < tags.length; j++) put(Math.imul(tags[i]! ^ 0x1234567, 0x5bd1e995) + tags[j]!, MEANINGS);
  }
  let sum = 0;
  for (let i = 0; i < count; i++) sum += weights[i]! * weights[i]!;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < count; i++) weights[i] = weights[i]! * scale;
  return { ids, weights, count };
};
