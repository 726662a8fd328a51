import { SIZE } from '../held';
import type { Token } from '../text/tokens';
import { meaningsOf } from './meanings';

/** Features of one text: hashed ids without repeats, each with its weight. */
export interface Features {
  ids: Int32Array;
  weights: Float32Array;
  count: number;
}

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

/** Rarity of features is kept in steps of 1/RARITY_STEPS. */
export const RARITY_STEPS = 20;

/** a meaning, and a pair of meanings (meanings.ts) */
const MEANING = 1;
const MEANINGS = 0.8;

/** What features are made of. */
export interface Gist {
  words: string[];
  /** the words without diacritics */
  bares: string[];
  meanings: string[];
}

export const gistOf = (tokens: readonly Token[]): Gist => ({ ...featureWords(tokens), meanings: meaningsOf(tokens) });

/** digits of a code or a phone number */
const LONG = 6;

/** The words that features are made of: what differs from customer to customer (digits, codes) is masked. */
const featureWords = (tokens: readonly Token[]): Pick<Gist, 'words' | 'bares'> => {
  const words: string[] = [];
  const bares: string[] = [];
  const put = (word: string, bare = word) => {
    words.push(word);
    bares.push(bare);
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!;
    if (token.kind === 'word') {
      // "PP" of "PP05000974006" is a part of the code
      const next = tokens[i + 1];
      if (next?.glued && next.kind === 'number' && next.typed.length >= LONG) continue;
      put(token.word, token.bare);
    } else if (token.kind === 'number') {
      // a long run of digits and letters is a code or a phone number
      put(token.typed.length >= LONG ? '#long' : token.typed.length >= 3 ? '#mid' : '#');
    } else if (token.word === '?' || token.word === '%') put(token.word);
  }
  return { words, bares };
};

const mix = (h: number): number => {
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return (h >>> 0) & (SIZE - 1);
};

const ids = new Int32Array(MOST);
const weights = new Float32Array(MOST);

/** The ids of this text by open addressing, each marked with the round of its text: small, so that it stays in the cache. */
const SLOTS = 2 * MOST;
const slots = new Int32Array(SLOTS);
const ROUNDS = (2 ** 31 - 1) / SIZE;
let round = 0;

export const hashOf = (word: string): number => {
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

export const wordsOfGram = ({ words, bares }: Gist, { first, length, bare }: Gram): string =>
  (bare ? bares : words).slice(first, first + length).join(' ');

/**
 * Hashed word 1–3-grams and pairs, typed and bare, and character 2–5-grams. The arrays returned are reused by the next call.
 * `name`, when given, is told each word n-gram as it is counted.
 */
export const featuresOf = ({ words, bares, meanings }: Gist, name?: (gram: Gram) => void): Features => {
  let count = 0;
  if (++round >= ROUNDS) {
    slots.fill(0);
    round = 1;
  }
  const put = (hash: number, weight: number): boolean => {
    const id = mix(hash);
    if (count >= MOST) return false;
    const mark = round * SIZE + id;
    let slot = id & (SLOTS - 1);
    for (; slots[slot]! >= round * SIZE; slot = (slot + 1) & (SLOTS - 1)) if (slots[slot] === mark) return false;
    slots[slot] = mark;
    ids[count] = id;
    weights[count++] = weight;
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
  grams(bares, BARE);
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
  return { ids, weights, count };
};
