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
/** the furthest offset */
const FAR = 3;

/** How common a word is, in few steps: names are made of words that are rare in the trade. */
export type Common = (bare: string) => number;

/** offsets whose steps of common are looked at together, and a word beside them */
const RARE: [number[], number?][] = [
  [[0]], [[-1, 0]], [[0, 1]], [[-1, 0, 1]], [[0, 1, 2]], [[0], -1], [[0], 1], [[0, 1], -1], [[-1, 0], 1],
]; // biome-ignore format: a table

/** of one word, at most */
const found = new Int32Array(2 * WINDOWS.length + RARE.length + 16);

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
  // with what stands before the first word and after the last
  const around = () => {
    const list = new Int32Array(count + 2 * FAR);
    for (let k = 0; k < FAR; k++) [list[k], list[count + FAR + k]] = [BEFORE, AFTER];
    return list;
  };
  const typed = around();
  const bare = around();
  const shapes = around();
  const steps = around();
  const plain: string[] = [];
  for (let i = 0; i < count; i++) {
    const word = words[i]!;
    const shape = shapeOf(word);
    const masked = shape !== undefined && !/^\d{1,2}$/.test(word) ? shape : word;
    const without = strip(masked);
    plain.push(without);
    typed[i + FAR] = hashOf(masked);
    bare[i + FAR] = without === masked ? typed[i + FAR]! : hashOf(without);
    shapes[i + FAR] = shape === undefined ? 0 : hashOf(shape);
    if (common) steps[i + FAR] = common(without);
  }
  const features: Int32Array[] = [];
  for (let i = 0; i < count; i++) {
    const at = i + FAR;
    let n = 0;
    const put = (h: number) => {
      found[n++] = mix(h);
    };
    put(0x77);
    for (let k = 0; k < windows.length; k++) {
      const window = windows[k]!;
      let asTyped = k * 2 + 101;
      let without = asTyped;
      for (let w = 0; w < window.length; w++) {
        asTyped = join(asTyped, typed[at + window[w]!]!);
        without = join(without, bare[at + window[w]!]!);
      }
      put(without);
      if (asTyped !== without) put(asTyped + 1);
    }
    if (common)
      for (let k = 0; k < RARE.length; k++) {
        const [offsets, word] = RARE[k]!;
        let h = 601 + k;
        for (let o = 0; o < offsets.length; o++) h = join(h, steps[at + offsets[o]!]!);
        put(word === undefined ? h : join(h, bare[at + word]!));
      }
    for (let offset = -1; offset <= 1; offset++)
      if (!common || shapes[at + offset] !== 0) put(join(offset + 501, shapes[at + offset]!));
    if (!common) {
      const word = plain[i]!;
      for (let length = 1; length <= 3; length++) {
        put(join(510 + length, hashOf(word.slice(0, length))));
        put(join(520 + length, hashOf(word.slice(-length))));
      }
    }
    features.push(found.slice(0, n));
  }
  return { count, bare: bare.subarray(FAR, FAR + count), features };
};
