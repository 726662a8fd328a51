/** Time as writers in the background need it; app/ hands in the real ones. */
export interface Ticks {
  /** milliseconds that only grow */
  elapsed(): number;
  rest(ms: number): Promise<void>;
}

/** Of a whole write, the breath of a few ms included that the embedded store takes after it. */
const AIM_MS = 15;
const SMALLEST = 8;
/** Rows that the writer puts into one commit. */
const LARGEST = 250;

/**
 * Writes rows in portions that hold the store some 10 ms. A considerate writer then rests as long as the write took, so
 * that a server on the same store keeps answering. The portion grows slowly and shrinks at once.
 */
export const paced = ({ elapsed, rest }: Ticks, considerate = true) => {
  let portion = 100;
  let longest = 0;
  return {
    /** rows of the next portion */
    portion: () => portion,
    /** the longest that one write has taken, in ms, waiting for the store included */
    longest: () => longest,
    async write<T>(rows: number, put: () => Promise<T>): Promise<T> {
      const begun = elapsed();
      const result = await put();
      const took = elapsed() - begun;
      longest = Math.max(longest, took);
      if (took > AIM_MS) portion = Math.max(SMALLEST, Math.floor(portion * Math.max(0.5, AIM_MS / took)));
      else if (rows >= portion) portion = Math.min(LARGEST, Math.ceil(portion * 1.1));
      if (considerate) await rest(took);
      return result;
    },
  };
};
export type Paced = ReturnType<typeof paced>;
