import type { Stores } from '../data/stores';
import type { Log } from './logger';

/** Whoever asks within this time is told what the last look found: a flood of questions is no flood of writes. */
const FRESH_MS = 1_000;
const PATIENCE_MS = 3_000;

/** Whether the store keeps what it is given: looked at by a small write, for a full disk can still be read. */
export const storeCheck = ({ meta }: Pick<Stores, 'meta'>, log: Log): (() => Promise<boolean>) => {
  let looking: Promise<void> | undefined;
  let keeps = true;
  let lookedAt = Number.NEGATIVE_INFINITY;
  const found = (now: boolean, error?: unknown): void => {
    if (keeps && !now) log.error({ code: 'STORE_UNREACHABLE', err: error }, 'the store keeps nothing');
    if (!keeps && now) log.info('the store keeps again');
    keeps = now;
    lookedAt = performance.now();
  };
  const look = async (): Promise<void> => {
    const late = setTimeout(() => found(false, new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
    try {
      await meta.set('looked', new Date().toISOString());
      found(true);
    } catch (error) {
      found(false, error);
    } finally {
      clearTimeout(late);
      looking = undefined;
    }
  };
  return async () => {
    if (performance.now() - lookedAt < FRESH_MS) return keeps;
    looking ??= look();
    let patience: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([looking, new Promise<void>((go) => (patience = setTimeout(go, PATIENCE_MS)))]);
    clearTimeout(patience);
    return keeps;
  };
};
