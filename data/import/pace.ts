/** Time as writers in the background need it; app/ hands in the real ones. */
export interface Ticks {
  /** milliseconds that only grow */
  elapsed(): number;
  rest(ms: number): Promise<void>;
}

const AIM_MS = 10;
const SMALLEST = 8;
const LARGEST = 2_000;

/**
 * Writes rows in portions that hold the store about 10 ms, and rests as long as it held it, so that a server on the same
 * store keeps answering. The portion grows slowly and shrinks at once.
 */
export const paced = ({ elapsed, rest }: Ticks, options: { first?: number; polite?: boolean } = {}) => {
  let portion = options.first ?? 100;
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
      else if (rows >= portion && took < AIM_MS * 0.8) portion = Math.min(LARGEST, Math.ceil(portion * 1.1));
      if (options.polite !== false) await rest(took);
      return result;
    },
  };
};
export type Paced = ReturnType<typeof paced>;
