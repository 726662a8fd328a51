import { SIZE } from '../held';
import type { Phrases } from '../phrases';
import { strip } from '../text/characters';
import { mended, type Spelling, spellingFrom, wordsOften } from '../text/spelling';
import { type Token, tokenize } from '../text/tokens';
import { type Features, featuresOf, gistOf, hashOf, RARITY_STEPS } from './features';
import { type Model, recordsOf, rowsByRarity, type Scorer, scoresOf, weighed } from './model';
import { slip } from './noise';
import { randomFrom } from './random';
import { type Rows, trainOne } from './svm';

export interface TrainingOptions {
  seed: number;
  /** entries kept at most; two bytes each in the file */
  entries?: number;
}

interface Example {
  tokens: readonly Token[];
  label: number;
  /** kept from the model that sureness is calibrated on */
  apart: boolean;
  noisy: boolean;
}

/** Each phrase as written, stripped, and twice with slips of its own, so that an added phrase changes no other's. */
const copiesOf = (phrases: Phrases, classes: string[], seed: number): Example[] => {
  const copies: Example[] = [];
  for (const [intent, lines] of phrases) {
    const label = classes.indexOf(intent);
    lines.forEach((line, i) => {
      // blocks, for neighbours in a file resemble each other
      const apart = Math.floor((i * 10) / lines.length) % 5 === 2;
      const lower = line.normalize('NFC').toLowerCase();
      const random = randomFrom(seed ^ hashOf(lower));
      const plain = new Set([lower, strip(lower)]);
      for (const copy of new Set([...plain, slip(lower, random), strip(slip(lower, random))]))
        copies.push({ tokens: tokenize(copy), label, apart, noisy: !plain.has(copy) });
    });
  }
  return copies;
};

/** Features of the examples before rarity is known, one after another: hashed ids and weights. */
interface Raw {
  /** where example i begins; one longer than the number of examples */
  from: Int32Array;
  ids: Int32Array;
  weights: Float32Array;
}

const rawOf = (examples: readonly Example[], spelling: Spelling): Raw => {
  const from = new Int32Array(examples.length + 1);
  let ids = new Int32Array(examples.length * 256);
  let weights = new Float32Array(ids.length);
  let end = 0;
  examples.forEach(({ tokens }, i) => {
    const features = featuresOf(gistOf(mended(tokens, spelling)));
    while (end + features.count > ids.length) {
      const [oldIds, oldWeights] = [ids, weights];
      ids = new Int32Array(oldIds.length * 2);
      weights = new Float32Array(ids.length);
      ids.set(oldIds);
      weights.set(oldWeights);
    }
    ids.set(features.ids.subarray(0, features.count), end);
    weights.set(features.weights.subarray(0, features.count), end);
    end += features.count;
    from[i + 1] = end;
  });
  return { from, ids, weights };
};

const rawFeatures = ({ from, ids, weights }: Raw, example: number): Features => {
  const [begin, end] = [from[example]!, from[example + 1]!];
  return { ids: ids.subarray(begin, end), weights: weights.subarray(begin, end), count: end - begin };
};

/** Of each hashed feature. */
type Rarity = Uint8Array;

/** Rarity of features over the chosen examples: 1 + ln((texts + 1) / (texts with it + 1)). */
const rarityOf = ({ from, ids }: Raw, chosen: Int32Array): Rarity => {
  const seen = new Int32Array(SIZE);
  for (const i of chosen) for (let k = from[i]!; k < from[i + 1]!; k++) seen[ids[k]!]!++;
  const ofTimes = Uint8Array.from({ length: chosen.length + 1 }, (_, times) =>
    Math.min(255, Math.round((1 + Math.log((chosen.length + 1) / (times + 1))) * RARITY_STEPS)),
  );
  const rarity = new Uint8Array(SIZE);
  for (let id = 0; id < SIZE; id++) rarity[id] = ofTimes[seen[id]!]!;
  return rarity;
};

/** The chosen examples as rows, weighted by rarity and of length 1, with the hashed id of each feature. */
const fitRows = (raw: Raw, chosen: Int32Array, rarity: Rarity): { rows: Rows; hashed: Int32Array } => {
  const seen = new Uint8Array(SIZE);
  for (const i of chosen) for (let k = raw.from[i]!; k < raw.from[i + 1]!; k++) seen[raw.ids[k]!] = 1;
  // what is common lies together, so that most looks hit the cache
  const ascending = Int32Array.from(seen.keys()).filter((id) => seen[id] === 1);
  const hashed = rowsByRarity(rarity.filter((_, id) => seen[id] === 1)).map((row) => ascending[row]!);
  const dense = new Int32Array(SIZE);
  hashed.forEach((id, feature) => {
    dense[id] = feature;
  });
  const from = new Int32Array(chosen.length + 1);
  for (let i = 0; i < chosen.length; i++) from[i + 1] = from[i]! + raw.from[chosen[i]! + 1]! - raw.from[chosen[i]!]!;
  const ids = new Int32Array(from[chosen.length]!);
  const weights = new Float32Array(ids.length);
  for (let i = 0; i < chosen.length; i++) {
    const [begin, end] = [from[i]!, from[i + 1]!];
    const shift = raw.from[chosen[i]!]! - begin;
    let sum = 0;
    for (let k = begin; k < end; k++) {
      const id = raw.ids[k + shift]!;
      ids[k] = dense[id]!;
      weights[k] = raw.weights[k + shift]! * rarity[id]!;
      sum += weights[k]! * weights[k]!;
    }
    const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
    for (let k = begin; k < end; k++) weights[k] = weights[k]! * scale;
  }
  return { rows: { from, ids, weights, features: hashed.length }, hashed };
};

const train = (
  examples: readonly Example[],
  raw: Raw,
  chosen: Int32Array,
  classes: string[],
  seed: number,
  most: number,
  copies: boolean,
): Scorer => {
  const rarity = rarityOf(raw, chosen);
  const { rows, hashed } = fitRows(raw, chosen, rarity);
  const labels = chosen.map((i) => examples[i]!.label);
  const weights = classes.map((_, c) =>
    trainOne(
      rows,
      (row) => labels[row] === c,
      // the copies of one phrase lie side by side: some of them say as much as all
      (row) => (row + c) % (copies ? 3 : 2) === 0,
      randomFrom(seed * 1000 + c),
    ),
  );
  // prune: a histogram of sizes gives the threshold that leaves `most` entries
  let largest = 0;
  for (const { values } of weights) for (const value of values) largest = Math.max(largest, Math.abs(value));
  const BINS = 1 << 16;
  const histogram = new Int32Array(BINS + 1);
  const perUnit = BINS / largest;
  for (const { values } of weights) for (const value of values) histogram[(Math.abs(value) * perUnit) | 0]!++;
  let kept = 0;
  let bin = BINS;
  while (bin > 1 && kept + histogram[bin]! <= most) kept += histogram[bin--]!;
  const scale = largest / 127;
  const rarest = rarity.reduce((most, r) => Math.max(most, r), 0);
  const threshold = Math.max(((bin + 1) / BINS) * largest, scale / 2);
  // counting sort of what is kept, by hashed feature; classes stay in order
  const counts = new Int32Array(SIZE);
  const each = (keep: (f: number, c: number, value: number) => void) =>
    weights.forEach(({ features, values }, c) => {
      for (let k = 0; k < values.length; k++)
        if (values[k]! >= threshold || values[k]! <= -threshold) keep(features[k]!, c, values[k]!);
    });
  each((f) => counts[hashed[f]!]!++);
  const ids = hashed.filter((id) => counts[id]! > 0).sort();
  const from = new Int32Array(ids.length + 1);
  const next = counts;
  ids.forEach((id, row) => {
    from[row + 1] = from[row]! + counts[id]!;
    next[id] = from[row]!;
  });
  const entryClass = new Uint8Array(from[ids.length]!);
  const entryWeight = new Int8Array(entryClass.length);
  each((f, c, value) => {
    const at = next[hashed[f]!]!++;
    entryClass[at] = c;
    entryWeight[at] = Math.round(value / scale);
  });
  return {
    classes,
    // features that were pruned away count as never seen, in the saved model as in this one
    ...recordsOf({ rarest, ids, rarity: Uint8Array.from(ids, (id) => rarity[id]!), from, entryClass, entryWeight }),
    scale,
    sharpness: 4,
    nothing: -0.6,
  };
};

/** Finds the sharpness of the softmax that makes sureness honest on phrases that the model has not seen. */
const calibrate = (model: Scorer, examples: readonly Example[], raw: Raw): number => {
  const scored = examples.flatMap(({ apart, label }, i) =>
    apart ? [{ scores: scoresOf(model, weighed(model, rawFeatures(raw, i))), label }] : [],
  );
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let sharpness = 1; sharpness <= 14; sharpness += 0.25) {
    let loss = 0;
    for (const { scores, label } of scored) {
      let total = 0;
      for (const score of scores) total += Math.exp((score - scores[label]!) * sharpness);
      loss += Math.log(total);
    }
    // the loss has one valley
    if (loss > least) break;
    [best, least] = [sharpness, loss];
  }
  return best;
};

/** Trains on accented, stripped and noisy copies of the phrases. The same phrases and seed give the same bytes. */
export const trainModel = (phrases: Phrases, { seed, entries = 600_000 }: TrainingOptions): Model => {
  const classes = [...phrases.keys()].sort();
  const examples = copiesOf(phrases, classes, seed);
  const words = wordsOften(examples.flatMap(({ tokens, noisy }) => (noisy ? [] : [tokens])));
  const spelling = spellingFrom(words);
  const raw = rawOf(examples, spelling);
  const all = Int32Array.from(examples, (_, i) => i);
  // a model of one copy of each phrase is near enough to calibrate on
  const seen = all.filter((i) => !examples[i]!.apart && !examples[i]!.noisy).filter((_, i) => i % 2 === 0);
  const sharpness = calibrate(train(examples, raw, seen, classes, seed, entries, false), examples, raw);
  return { ...train(examples, raw, all, classes, seed, entries, true), sharpness, words, spelling };
};
