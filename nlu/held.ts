/** Bits of a hashed feature. */
export const BITS = 20;
export const SIZE = 1 << BITS;

/**
 * Which of 2^BITS hashed features a model holds, and as which row: for each 32 of them their bits, then how many are held
 * before them. A quarter of a megabyte, where a table of rows would miss the cache at nearly every look.
 */
export type Held = Int32Array;

/** `ids` in ascending order; row n is of the n-th. */
export const heldOf = (ids: Iterable<number>): Held => {
  const held = new Int32Array(SIZE >> 4);
  for (const id of ids) {
    const at = (id >> 5) << 1;
    held[at] = held[at]! | (1 << (id & 31));
  }
  let rows = 0;
  for (let at = 0; at < held.length; at += 2) {
    held[at + 1] = rows;
    rows += onesIn(held[at]!);
  }
  return held;
};

/** The row of a feature, -1 when it is not held. */
export const rowOf = (held: Held, id: number): number => {
  const at = (id >> 5) << 1;
  const bits = held[at]!;
  const bit = 1 << (id & 31);
  return bits & bit ? held[at + 1]! + onesIn(bits & (bit - 1)) : -1;
};

/** All held features, ascending. */
export const idsOf = (held: Held): number[] => {
  const ids: number[] = [];
  for (let id = 0; id < SIZE; id++) if (held[(id >> 5) << 1]! & (1 << (id & 31))) ids.push(id);
  return ids;
};

const onesIn = (bits: number): number => {
  bits -= (bits >>> 1) & 0x55555555;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};
