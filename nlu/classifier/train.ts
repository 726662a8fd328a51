import type { Phrases } from '../phrases';
import { strip } from '../text/characters';
import { tokenize } from '../text/tokens';
import { BITS, featuresOf, type Gist, gistOf, type Rarity, rarityOf } from './features';
import { type Model, scoresOf } from './model';
import { slip } from './noise';
import { randomFrom } from './random';
import { type Rows, trainOne } from './svm';

export interface TrainingOptions {
  seed: number;
  /** entries kept at most; two bytes each in the file */
  entries?: number;
}

interface Example {
  gist: Gist;
  label: number;
  /** kept from the model that sureness is calibrated on */
  apart: boolean;
  noisy: boolean;
}

const examplesOf = (phrases: Phrases, classes: string[], random: () => number): Example[] => {
  const examples: Example[] = [];
  for (const [intent, lines] of phrases) {
    const label = classes.indexOf(intent);
    lines.forEach((line, i) => {
      // blocks, for neighbours in a file resemble each other
      const apart = Math.floor((i * 10) / lines.length) % 5 === 2;
      const lower = line.normalize('NFC').toLowerCase();
      const plain = new Set([lower, strip(lower)]);
      for (const copy of new Set([...plain, slip(lower, random), strip(slip(lower, random))]))
        examples.push({ gist: gistOf(tokenize(copy)), label, apart, noisy: !plain.has(copy) });
    });
  }
  return examples;
};

interface Fit {
  rows: Rows;
  /** hashed id of each feature */
  hashed: Int32Array;
  labels: Int32Array;
}

const fitRows = (examples: readonly Example[], rarity: Rarity): Fit => {
  const dense = new Int32Array(1 << BITS).fill(-1);
  const hashed: number[] = [];
  const from = new Int32Array(examples.length + 1);
  const ids: number[] = [];
  const weights: number[] = [];
  examples.forEach((example, i) => {
    const features = featuresOf(example.gist, rarity);
    for (let k = 0; k < features.count; k++) {
      const id = features.ids[k]!;
      if (dense[id]! < 0) {
        dense[id] = hashed.length;
        hashed.push(id);
      }
      ids.push(dense[id]!);
      weights.push(features.weights[k]!);
    }
    from[i + 1] = ids.length;
  });
  return {
    rows: { from, ids: Int32Array.from(ids), weights: Float32Array.from(weights), features: hashed.length },
    hashed: Int32Array.from(hashed),
    labels: Int32Array.from(examples, (e) => e.label),
  };
};

const train = (
  examples: readonly Example[],
  classes: string[],
  seed: number,
  entries: number,
  copies: boolean,
): Model => {
  const rarity = rarityOf(examples.map((example) => example.gist));
  const { rows, hashed, labels } = fitRows(examples, rarity);
  const weights = classes.map((_, c) =>
    trainOne(
      rows,
      (row) => labels[row] === c,
      // the copies of one phrase lie side by side: every other copy says as much as all of them
      (row) => !copies || (row + c) % 2 === 0,
      randomFrom(seed * 1000 + c),
    ),
  );
  // prune: a histogram of sizes gives the threshold that leaves `entries`
  let largest = 0;
  for (const w of weights) for (let f = 0; f < hashed.length; f++) largest = Math.max(largest, Math.abs(w[f]!));
  const BINS = 1 << 16;
  const histogram = new Int32Array(BINS + 1);
  const perUnit = BINS / largest;
  for (const w of weights)
    for (let f = 0; f < hashed.length; f++) if (w[f] !== 0) histogram[((w[f]! < 0 ? -w[f]! : w[f]!) * perUnit) | 0]!++;
  let kept = 0;
  let bin = BINS;
  while (bin > 1 && kept + histogram[bin]! <= entries) kept += histogram[bin--]!;
  const scale = largest / 127;
  const rarest = rarity.reduce((most, r) => Math.max(most, r), 0);
  const threshold = Math.max(((bin + 1) / BINS) * largest, scale / 2);
  // counting sort of what is kept, by hashed feature; classes stay in order
  const from = new Int32Array((1 << BITS) + 1);
  const each = (keep: (f: number, c: number, value: number) => void) =>
    weights.forEach((w, c) => {
      for (let f = 0; f < hashed.length; f++) if (w[f]! >= threshold || w[f]! <= -threshold) keep(f, c, w[f]!);
    });
  each((f) => from[hashed[f]! + 1]!++);
  for (let id = 0; id < 1 << BITS; id++) from[id + 1]! += from[id]!;
  const next = from.slice();
  const entryClass = new Uint8Array(from[1 << BITS]!);
  const entryWeight = new Int8Array(from[1 << BITS]!);
  each((f, c, value) => {
    const at = next[hashed[f]!]!++;
    entryClass[at] = c;
    entryWeight[at] = Math.round(value / scale);
  });
  return {
    classes,
    from,
    entryClass,
    entryWeight,
    scale,
    rarity: heldRarity(rarity, from, rarest),
    rarest,
    sharpness: 4,
    nothing: -0.6,
  };
};

/** Features that were pruned away count as never seen, in the saved model as in this one. */
const heldRarity = (rarity: Rarity, from: Int32Array, rarest: number): Rarity =>
  rarity.map((r, id) => (from[id + 1]! > from[id]! ? r : rarest));

/** Finds the sharpness of the softmax that makes sureness honest on phrases that the model has not seen. */
const calibrate = (model: Model, unseen: readonly Example[]): number => {
  const scored = unseen.map((example) => ({
    scores: scoresOf(model, featuresOf(example.gist, model.rarity)),
    label: example.label,
  }));
  const loss = (sharpness: number) => {
    let sum = 0;
    for (const { scores, label } of scored) {
      let total = 0;
      for (const score of scores) total += Math.exp((score - scores[label]!) * sharpness);
      sum += Math.log(total);
    }
    return sum;
  };
  let best = 1;
  for (let sharpness = 1; sharpness <= 14; sharpness += 0.25) if (loss(sharpness) < loss(best)) best = sharpness;
  return best;
};

/** Trains on accented, stripped and noisy copies of the phrases. The same phrases and seed give the same bytes. */
export const trainModel = (phrases: Phrases, { seed, entries = 640_000 }: TrainingOptions): Model => {
  const classes = [...phrases.keys()].sort();
  const examples = examplesOf(phrases, classes, randomFrom(seed));
  // a model of one copy of each phrase is near enough to calibrate on
  const seen = examples.filter((e) => !e.apart && !e.noisy).filter((_, i) => i % 2 === 0);
  const probe = train(seen, classes, seed, entries, false);
  const sharpness = calibrate(
    probe,
    examples.filter((e) => e.apart),
  );
  return { ...train(examples, classes, seed, entries, true), sharpness };
};
