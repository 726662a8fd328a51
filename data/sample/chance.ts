/** A number in [0, 1) that depends on nothing but its key: the sample is the same in every run, in any order. */
export const chance = (key: string): number => {
  let hash = 0x811c9dc5;
  for (let n = 0; n < key.length; n++) hash = Math.imul(hash ^ key.charCodeAt(n), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};

/** A whole number from `low` to `high`, both included. */
export const between = (low: number, high: number, key: string): number =>
  low + Math.floor(chance(key) * (high - low + 1));

export const pick = <T>(from: readonly T[], key: string): T => from[Math.floor(chance(key) * from.length)]!;
