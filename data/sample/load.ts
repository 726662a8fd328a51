import type { RecordKind, RecordKinds } from '../../core/records';
import { type Instant, monthIndex, monthOf, partsOf } from '../../core/time';
import { type Paced, paced, type Ticks } from '../import/pace';
import type { Meta, RecordWriter } from '../stores';
import type { Batch } from './document';
import { CUSTOMERS, outageBatches, type SampleOptions, sampleUtility } from './generate';

export interface LoadProgress {
  customers: number;
  of: number;
}

export interface LoadOptions extends Omit<SampleOptions, 'until'> {
  /** the month of the sample that is there, or that of `now`, by default */
  until?: { year: number; month: number };
  ticks: Ticks;
  onProgress?: (progress: LoadProgress) => void;
  /** stops between two portions; the next load goes on from there */
  signal?: AbortSignal;
}

/** In meta once a sample is there whole. */
export interface LoadedSample {
  until: { year: number; month: number };
  customers: number;
}

/** In meta while one is being loaded: with the clock of its beginning, so that it can be gone on with. */
interface Plan extends LoadedSample {
  now: Instant;
  debtsFrom: { year: number; month: number };
  done: number;
}

const LOADED = 'sample';
const PLAN = 'sample.plan';
const MARK_EVERY = 100;

const sameSample = (a: LoadedSample, b: LoadedSample) =>
  a.until.year === b.until.year && a.until.month === b.until.month && a.customers === b.customers;

const put = async <K extends RecordKind>(
  writer: RecordWriter,
  pace: Paced,
  { kind, rows }: { kind: K; rows: readonly RecordKinds[K][] },
) => {
  for (let start = 0; start < rows.length; ) {
    const some = rows.slice(start, start + pace.portion());
    await pace.write(some.length, () => writer.put(kind, some));
    start += some.length;
  }
};

/**
 * Fills the store with the sample utility, politely. What a stopped run has written is not written again. Of a sample that
 * is there already, only what is planned and going on is renewed, a few rows around `now`.
 */
export const loadSample = async (
  writer: RecordWriter,
  meta: Meta,
  options: LoadOptions,
): Promise<'loaded' | 'renewed' | 'stopped'> => {
  const { utility, onProgress, signal } = options;
  // Considerate enough by the breath of the store: nobody can ask before the first sample is there.
  const pace = paced(options.ticks, false);
  const write = (batch: Batch) => put(writer, pace, batch as never);
  const loaded = await meta.get<LoadedSample>(LOADED);
  const begun = await meta.get<Plan>(PLAN);

  const { year, month } = partsOf(options.now);
  const wanted = {
    until: options.until ?? loaded?.until ?? begun?.until ?? { year, month },
    customers: options.customers ?? loaded?.customers ?? begun?.customers ?? CUSTOMERS,
  };
  if (loaded && sameSample(loaded, wanted)) {
    for (const batch of outageBatches(utility, options.now)) await write(batch);
    return 'renewed';
  }

  const last = monthIndex(wanted.until.year, wanted.until.month);
  const before = loaded ? monthIndex(loaded.until.year, loaded.until.month) : last;
  const debtsFrom = monthOf(Math.min(before, last) - 3);
  const goesOn = begun && sameSample(begun, wanted);
  const plan: Plan = goesOn ? begun : { ...wanted, now: options.now, debtsFrom, done: 0 };
  if (!goesOn) await meta.set(PLAN, plan);
  let { done } = plan;
  for (const batch of sampleUtility({ ...options, ...plan }, done)) {
    if (signal?.aborted) return 'stopped';
    await write(batch);
    if (batch.done - done >= MARK_EVERY) {
      done = batch.done;
      await meta.set(PLAN, { ...plan, done });
    }
    if (batch.kind === 'customers') onProgress?.({ customers: batch.done, of: plan.customers });
  }
  await meta.set(LOADED, wanted);
  await meta.set(PLAN, null);
  return 'loaded';
};
