const mix = (hash: number, word: number): number => {
  const mixed = Math.imul(hash ^ word, 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) ^ (mixed >>> 13);
};

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let n = 0; n < text.length; n++) hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193);
  return hash;
};

const unit = (hash: number): number => (mix(hash, hash >>> 16) >>> 0) / 2 ** 32;

/** A number in [0, 1) that depends on nothing but its key: the sample is the same in every run, in any order. */
export const chance = (key: string): number => unit(mix(hashOf(key), key.length));

/** The same for a key and a month, some twenty times as fast: hash the key once. */
export const monthly = (key: string): ((month: number) => number) => {
  const hash = hashOf(key);
  return (month) => unit(mix(hash, month));
};

/** A whole number from `low` to `high`, both included. */
export const between = (low: number, high: number, key: string): number => spread(low, high, chance(key));
export const spread = (low: number, high: number, at: number): number => low + Math.floor(at * (high - low + 1));

export const pick = <T>(from: readonly T[], key: string): T => from[Math.floor(chance(key) * from.length)]!;
