import { setTimeout as pause } from 'node:timers/promises';
import type { Ticks } from '../../data/import/pace';

/** The real time, for writers that pace themselves. */
export const ticks: Ticks = {
  elapsed: () => performance.now(),
  rest: async (ms) => {
    await pause(ms);
  },
};

const WIDTH = 28;
const EVERY_MS = 100;

/** One line on stderr that is drawn over itself; nothing where stderr is no terminal. `share` is 0 to 1. */
export const progressBar = (quiet = false) => {
  const shown = process.stderr.isTTY && !quiet;
  let drawnAt = 0;
  return {
    draw(share: number, words: string) {
      if (!shown || (performance.now() - drawnAt < EVERY_MS && share < 1)) return;
      drawnAt = performance.now();
      const full = Math.round(Math.min(1, share) * WIDTH);
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
      process.stderr.write(`\r${bar} ${String(Math.floor(share * 100)).padStart(3)} % ${words}\u001b[K`);
    },
    end() {
      if (shown && drawnAt > 0) process.stderr.write('\n');
    },
  };
};

/** Ctrl-C and TERM stop between two portions instead of in the middle of one. */
export const stopSignal = (): AbortSignal => {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
};
