import { randomFrom, shuffle } from '../classifier/random';
import { heldOf, SIZE } from '../held';
import { strip } from '../text/characters';
import { type Common, wordsOf } from './features';
import type { Tagger } from './model';
import { type Step, search, type TagSet, tagSetOf } from './search';

/** One text with the tag of each word: `O`, `B-<kind>`, `I-<kind>`. */
export interface Tagged {
  words: string[];
  tags: string[];
}

export interface TaggerOptions {
  seed: number;
  epochs?: number;
  /** ways that the search follows at once */
  beam?: number;
  /** how common a word is, where that is known */
  common?: Common;
  /** weights are kept in as many steps to either side */
  steps?: number;
  /** entries kept at most, the heaviest */
  entries?: number;
}

const EPOCHS = 6;
const BEAM = 4;
/** with so few, a whole row is added faster than a list of its tags is followed */
const FEW_TAGS = 16;

/** Averaged structured perceptron with beam search, on accented and stripped copies. The same texts and seed give the same tagger. */
export const trainTagger = (
  texts: readonly Tagged[],
  { seed, epochs = EPOCHS, beam = BEAM, common, steps = 32767, entries = Number.POSITIVE_INFINITY }: TaggerOptions,
): Tagger => {
  const set = tagSetOf(['O', ...texts.flatMap((text) => text.tags)], beam);
  const size = set.tags.length;
  const index = new Map(set.tags.map((tag, i) => [tag, i]));
  const examples = texts
    .filter((text) => text.words.length > 0)
    .flatMap(({ words, tags }) => {
      const gold = tags.map((tag) => index.get(tag)!);
      const bare = words.map(strip);
      const copies = bare.every((word, i) => word === words[i]) ? [words] : [words, bare];
      return copies.map((copy) => ({ words: wordsOf(copy, common), gold }));
    });
  const rowOf = new Int32Array(SIZE).fill(-1);
  /** the tags that a feature has spoken of, so that most of a row is never looked at */
  const spoken: number[][] = [];
  const ids: number[] = [];
  let weights = new Float32Array(size << 12);
  let sums = new Float32Array(size << 12);
  const wider = (old: Float32Array) => {
    const room = new Float32Array(old.length * 2);
    room.set(old);
    return room;
  };
  let turn = 1;
  const change = (feature: number, tag: number, by: number) => {
    let row = rowOf[feature]!;
    if (row < 0) {
      row = rowOf[feature] = spoken.length;
      spoken.push([]);
      ids.push(feature);
      if (spoken.length * size > weights.length) [weights, sums] = [wider(weights), wider(sums)];
    }
    if (!spoken[row]!.includes(tag)) spoken[row]!.push(tag);
    const at = row * size + tag;
    weights[at] = weights[at]! + by;
    sums[at] = sums[at]! + by * turn;
  };
  const weigh = (features: Int32Array, into: Float64Array) => {
    for (let k = 0; k < features.length; k++) {
      const row = rowOf[features[k]!]!;
      if (row < 0) continue;
      const at = row * size;
      if (size <= FEW_TAGS) for (let tag = 0; tag < size; tag++) into[tag] = into[tag]! + weights[at + tag]!;
      else for (const tag of spoken[row]!) into[tag] = into[tag]! + weights[at + tag]!;
    }
  };
  const random = randomFrom(seed);
  const order = Int32Array.from(examples, (_, i) => i);
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order, random);
    for (const k of order) {
      const { words, gold } = examples[k]!;
      const { right, wrong } = search(set, words, weigh, gold);
      turn++;
      const mended = (step: Step | undefined, by: number, other: Step | undefined) => {
        for (let a = step, b = other; a && b; a = a.before, b = b.before) {
          if (a.tag !== b.tag) for (const feature of words.features[a.at]!) change(feature, a.tag, by);
          for (const feature of a.history) change(feature, a.tag, by);
        }
      };
      if (!sameWay(right, wrong)) {
        mended(right, 1, wrong);
        mended(wrong, -1, right);
      }
    }
  }
  const weighed: Entry[] = [];
  spoken.forEach((tags, row) => {
    for (const tag of [...tags].sort((a, b) => a - b)) {
      const at = row * size + tag;
      weighed.push({ feature: ids[row]!, tag, weight: weights[at]! - sums[at]! / turn });
    }
  });
  return packed(set, weighed, steps, entries);
};

const sameWay = (a: Step | undefined, b: Step | undefined): boolean => {
  for (; a && b; a = a.before, b = b.before) if (a.tag !== b.tag) return false;
  return true;
};

interface Entry {
  feature: number;
  tag: number;
  weight: number;
}

/** Weights in steps of the largest; what rounds to nothing is left out. */
const packed = (set: TagSet, weighed: Entry[], most: number, entries: number): Tagger => {
  const largest = weighed.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 1e-9);
  const scale = largest / most;
  const sizes = Float64Array.from(weighed, ({ weight }) => Math.abs(weight)).sort();
  const least = sizes.length > entries ? sizes[sizes.length - entries]! : 0;
  const kept = weighed
    .filter(({ weight }) => Math.abs(weight) >= least)
    .map((entry) => ({ ...entry, steps: Math.round(entry.weight / scale) }))
    .filter(({ steps }) => steps !== 0)
    .sort((a, b) => a.feature - b.feature || a.tag - b.tag);
  const ids: number[] = [];
  const from: number[] = [];
  for (const [entry, { feature }] of kept.entries())
    if (feature !== ids.at(-1)) {
      ids.push(feature);
      from.push(entry);
    }
  return {
    set,
    held: heldOf(ids),
    from: Int32Array.from([...from, kept.length]),
    entryTag: Uint8Array.from(kept, ({ tag }) => tag),
    entryWeight: Int16Array.from(kept, ({ steps }) => steps),
  };
};
