import { shuffle } from './random';

/** Rows of a sparse matrix, features renumbered densely. */
export interface Rows {
  /** where row i begins in `ids` and `weights`; one longer than the number of rows */
  from: Int32Array;
  ids: Int32Array;
  weights: Float32Array;
  features: number;
}

/**
 * One class against the rest: linear SVM with squared hinge loss by dual coordinate descent with shrinking
 * (Hsieh et al., ICML 2008). `cost` is C, `positive` multiplies it for the class's own rows. Returns the weights, the last one the bias.
 */
export const trainOne = (
  rows: Rows,
  positiveRow: (row: number) => boolean,
  { cost, positive, epochs, random }: { cost: number; positive: number; epochs: number; random: () => number },
): Float32Array => {
  const n = rows.from.length - 1;
  const w = new Float32Array(rows.features + 1);
  const bias = rows.features;
  const alpha = new Float32Array(n);
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  const { from, ids, weights } = rows;
  let active = n;
  let limit = Number.POSITIVE_INFINITY;
  for (let epoch = 0; epoch < epochs; epoch++) {
    shuffle(order.subarray(0, active), random);
    let highest = Number.NEGATIVE_INFINITY;
    let lowest = Number.POSITIVE_INFINITY;
    for (let k = 0; k < active; k++) {
      const i = order[k]!;
      const y = positiveRow(i) ? 1 : -1;
      const diagonal = 0.5 / (y > 0 ? cost * positive : cost);
      let dot = w[bias]!;
      const end = from[i + 1]!;
      for (let p = from[i]!; p < end; p++) dot += w[ids[p]!]! * weights[p]!;
      const gradient = y * dot - 1 + alpha[i]! * diagonal;
      let projected = gradient;
      if (alpha[i] === 0) {
        if (gradient > limit) {
          order[k] = order[--active]!;
          order[active] = i;
          k--;
          continue;
        }
        if (gradient > 0) projected = 0;
      }
      if (projected > highest) highest = projected;
      if (projected < lowest) lowest = projected;
      if (Math.abs(projected) < 1e-12) continue;
      const old = alpha[i]!;
      // rows have length 1, and the bias feature adds 1
      const next = Math.max(old - gradient / (2 + diagonal), 0);
      alpha[i] = next;
      const step = (next - old) * y;
      for (let p = from[i]!; p < end; p++) w[ids[p]!] = w[ids[p]!]! + step * weights[p]!;
      w[bias] = w[bias]! + step;
    }
    if (highest - lowest < 0.1) {
      if (active === n) break;
      active = n;
      limit = Number.POSITIVE_INFINITY;
      continue;
    }
    limit = highest <= 0 ? Number.POSITIVE_INFINITY : highest;
  }
  return w;
};
