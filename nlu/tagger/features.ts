import { SIZE } from '../held';
import { strip } from '../text/characters';

export const mix = (h: number): number => {
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  h ^= h >>> 12;
  return (h >>> 0) & (SIZE - 1);
};

export const hashOf = (word: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < word.length; i++) h = Math.imul(h ^ word.charCodeAt(i), 0x01000193);
  return h;
};

export const join = (a: number, b: number): number => Math.imul(a ^ 0x51ed270b, 0x5bd1e995) + Math.imul(b, 0x27d4eb2f);

const BEFORE = 0x1357;
const AFTER = 0x2468;

const hasDigit = (word: string): boolean => {
  for (let i = 0; i < word.length; i++) {
    const code = word.charCodeAt(i);
    if (code >= 48 && code <= 57) return true;
  }
  return false;
};

/** Digits count by how many there are: "19h30" is "00a00". Undefined for a word without digits. */
const shapeOf = (word: string): string | undefined => {
  if (!hasDigit(word)) return undefined;
  if (/^\d+$/.test(word)) return `#${Math.min(word.length, 5)}`;
  return word
    .replace(/\d/g, '0')
    .replace(/[^0:/.,-]+/g, 'a')
    .slice(0, 8);
};

/** offsets of the words that are looked at together, around the word to be tagged; a small tagger looks at the first of them */
const WINDOWS = [
  [0], [-1], [1], [-1, 0], [0, 1], [-2, -1], [1, 2], [-1, 0, 1],
  [-2], [2], [-3], [3], [-1, 1], [-2, -1, 0], [0, 1, 2], [-3, -2, -1], [1, 2, 3],
]; // biome-ignore format: a table
const SMALL = 8;

/** How common a word is, in few steps: names are made of words that are rare in the trade. */
export type Common = (bare: string) => number;

/** offsets whose steps of common are looked at together, and a word beside them */
const RARE: [number[], number?][] = [
  [[0]], [[-1, 0]], [[0, 1]], [[-1, 0, 1]], [[0, 1, 2]], [[0], -1], [[0], 1], [[0, 1], -1], [[-1, 0], 1],
]; // biome-ignore format: a table

export interface Words {
  count: number;
  /** hash of each word without diacritics */
  bare: Int32Array;
  /** hashed features of each position that do not depend on the tags before it */
  features: Int32Array[];
}

/** Words are lower case. Features are counted as typed and without diacritics, so that a tagger needs no diacritics. */
export const wordsOf = (words: readonly string[], common?: Common): Words => {
  const windows = common ? WINDOWS.slice(0, SMALL) : WINDOWS;
  const count = words.length;
  const typed = new Int32Array(count);
  const bare = new Int32Array(count);
  const shapes = new Int32Array(count);
  const plain: string[] = [];
  words.forEach((word, i) => {
    const shape = shapeOf(word);
    const masked = shape !== undefined && !/^\d{1,2}$/.test(word) ? shape : word;
    plain.push(strip(masked));
    typed[i] = hashOf(masked);
    bare[i] = hashOf(plain[i]!);
    shapes[i] = shape === undefined ? 0 : hashOf(shape);
  });
  const steps = common && Int32Array.from(plain, common);
  const at = (list: Int32Array, i: number) => (i < 0 ? BEFORE : i >= count ? AFTER : list[i]!);
  const features: Int32Array[] = [];
  const found: number[] = [];
  for (let i = 0; i < count; i++) {
    found.length = 0;
    found.push(mix(0x77));
    for (let k = 0; k < windows.length; k++) {
      const window = windows[k]!;
      let asTyped = k * 2 + 101;
      let without = asTyped;
      for (let n = 0; n < window.length; n++) {
        asTyped = join(asTyped, at(typed, i + window[n]!));
        without = join(without, at(bare, i + window[n]!));
      }
      found.push(mix(without));
      if (asTyped !== without) found.push(mix(asTyped + 1));
    }
    if (steps)
      for (let k = 0; k < RARE.length; k++) {
        const [offsets, word] = RARE[k]!;
        let h = 601 + k;
        for (let n = 0; n < offsets.length; n++) h = join(h, at(steps, i + offsets[n]!));
        found.push(mix(word === undefined ? h : join(h, at(bare, i + word))));
      }
    for (let offset = -1; offset <= 1; offset++)
      if (!steps || at(shapes, i + offset) !== 0) found.push(mix(join(offset + 501, at(shapes, i + offset))));
    if (!steps) {
      const word = plain[i]!;
      for (let length = 1; length <= 3; length++) {
        found.push(mix(join(510 + length, hashOf(word.slice(0, length)))));
        found.push(mix(join(520 + length, hashOf(word.slice(-length)))));
      }
    }
    features.push(new Int32Array(found));
  }
  return { count, bare, features };
};
