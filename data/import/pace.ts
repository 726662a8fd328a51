/** Time as writers in the background need it; app/ hands in the real ones. */
export interface Ticks {
  /** milliseconds that only grow */
  elapsed(): number;
  rest(ms: number): Promise<void>;
}

/** A write, the breath of a few ms included that the embedded store takes after it: below, portions grow; above, shrink. */
const QUICK_MS = 15;
const SLOW_MS = 25;
const SMALLEST = 8;
/** Rows that the writer puts into one commit. */
const LARGEST = 250;

/**
 * Writes rows in portions that hold the store some 10 ms. A considerate writer then leaves it alone for as long as the
 * write took, so that a server on the same store keeps answering. The portion grows slowly and shrinks at once.
 */
export const paced = ({ elapsed, rest }: Ticks, considerate = true) => {
  let portion = 100;
  let longest = 0;
  let free = Number.NEGATIVE_INFINITY;
  return {
    /** rows of the next portion */
    portion: () => portion,
    /** the longest that one write has taken, in ms, waiting for the store included */
    longest: () => longest,
    async write<T>(rows: number, put: () => Promise<T>): Promise<T> {
      const early = free - elapsed();
      if (considerate && early > 0) await rest(early);
      const begun = elapsed();
      const result = await put();
      const ended = elapsed();
      const took = ended - begun;
      free = ended + took;
      longest = Math.max(longest, took);
      if (took > SLOW_MS) portion = Math.max(SMALLEST, Math.floor(portion * Math.max(0.5, SLOW_MS / took)));
      else if (took < QUICK_MS && rows >= portion) portion = Math.min(LARGEST, Math.ceil(portion * 1.1));
      return result;
    },
  };
};
export type Paced = ReturnType<typeof paced>;
