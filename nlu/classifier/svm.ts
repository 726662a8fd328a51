import { shuffle } from './random';

/** Rows of a sparse matrix, features renumbered densely. Each row has length 1. */
export interface Rows {
  /** where row i begins in `ids` and `weights`; one longer than the number of rows */
  from: Int32Array;
  ids: Int32Array;
  weights: Float32Array;
  features: number;
}

/** The weights that one class gives to features, and the features, without those that it gives none. */
export interface Weights {
  features: Int32Array;
  values: Float32Array;
}

const weightsIn = (w: Float32Array): Weights => {
  let count = 0;
  for (let f = 0; f < w.length; f++) if (w[f] !== 0) count++;
  const [features, values] = [new Int32Array(count), new Float32Array(count)];
  for (let f = 0, k = 0; f < w.length; f++)
    if (w[f] !== 0) {
      features[k] = f;
      values[k++] = w[f]!;
    }
  return { features, values };
};

/** what a text scores for a class that none of its features speak for */
export const BIAS = -1;
/** a row beyond its margin by this much is left alone until the review */
const EASY = 0.15;
const REVIEW = 2;
const EPOCHS = 4;
const COST = 3;
/** own rows are few, and weigh more */
const OWN_COST = 9;

/**
 * One class against the rest: linear SVM with squared hinge loss by dual coordinate descent (Hsieh et al., ICML 2008).
 * The bias is fixed and own rows go first, so that nearly all other rows are easy at first sight and are parked;
 * they are looked at once more, for the weights have moved. `other` says which rows stand for the rest.
 */
export const trainOne = (
  { from, ids, weights, features }: Rows,
  own: (row: number) => boolean,
  other: (row: number) => boolean,
  random: () => number,
): Weights => {
  const n = from.length - 1;
  const w = new Float32Array(features);
  const alpha = new Float32Array(n);
  const order = new Int32Array(n);
  let rowsUsed = 0;
  for (let i = 0; i < n; i++) if (own(i)) order[rowsUsed++] = i;
  for (let i = 0; i < n; i++) if (!own(i) && other(i)) order[rowsUsed++] = i;
  let active = rowsUsed;
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    if (epoch === REVIEW) active = rowsUsed;
    if (epoch > 0) shuffle(order.subarray(0, active), random);
    for (let k = 0; k < active; k++) {
      const i = order[k]!;
      const y = own(i) ? 1 : -1;
      const slack = 0.5 / (y > 0 ? OWN_COST : COST);
      let dot = BIAS;
      const end = from[i + 1]!;
      for (let p = from[i]!; p < end; p++) dot += w[ids[p]!]! * weights[p]!;
      const old = alpha[i]!;
      const gradient = y * dot - 1 + old * slack;
      if (old === 0 && gradient >= 0) {
        if (gradient > EASY) {
          order[k] = order[--active]!;
          order[active] = i;
          k--;
        }
        continue;
      }
      const next = Math.max(old - gradient / (1 + slack), 0);
      alpha[i] = next;
      const step = (next - old) * y;
      for (let p = from[i]!; p < end; p++) w[ids[p]!] = w[ids[p]!]! + step * weights[p]!;
    }
  }
  return weightsIn(w);
};
