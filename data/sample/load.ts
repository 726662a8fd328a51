import type { RecordKind, RecordKinds } from '../../core/records';
import { type Instant, monthIndex, monthOf } from '../../core/time';
import { type Paced, paced, type Ticks } from '../import/pace';
import type { Meta, RecordWriter } from '../stores';
import { CUSTOMERS, outageBatches, type SampleOptions, sampleUtility } from './generate';

export interface LoadProgress {
  customers: number;
  of: number;
}

export interface LoadOptions extends SampleOptions {
  ticks: Ticks;
  onProgress?: (progress: LoadProgress) => void;
  /** stops between two portions; the next load goes on from there */
  signal?: AbortSignal;
}

/** Kept in meta: which sample is being loaded, with the clock of its beginning, and how far it has come. */
interface SampleMark {
  until: { year: number; month: number };
  customers: number;
  now: Instant;
  debtsFrom: { year: number; month: number };
  done: number;
  complete: boolean;
}

const MARK = 'sample';
const MARK_EVERY = 100;

const sameMonth = (a: { year: number; month: number }, b: { year: number; month: number }) =>
  a.year === b.year && a.month === b.month;

const putInPortions = async <K extends RecordKind>(
  writer: RecordWriter,
  pace: Paced,
  kind: K,
  rows: readonly RecordKinds[K][],
) => {
  for (let start = 0; start < rows.length; ) {
    const some = rows.slice(start, start + pace.portion());
    await pace.write(some.length, () => writer.put(kind, some));
    start += some.length;
  }
};

/**
 * Fills the store with the sample utility, politely. What a stopped run has written is not written again. A sample that
 * is there already costs a few rows: only what is planned and going on is renewed.
 */
export const loadSample = async (
  writer: RecordWriter,
  meta: Meta,
  options: LoadOptions,
): Promise<'loaded' | 'renewed' | 'stopped'> => {
  const { until, customers = CUSTOMERS, onProgress, signal } = options;
  const pace = paced(options.ticks);
  const before = await meta.get<SampleMark>(MARK);
  const same = before && sameMonth(before.until, until) && before.customers >= customers;

  if (same && before.complete) {
    for (const { kind, rows } of outageBatches(options.utility, options.now))
      await putInPortions(writer, pace, kind, rows as RecordKinds[typeof kind][]);
    return 'renewed';
  }

  const month = monthIndex(until.year, until.month);
  const earlier = before ? monthIndex(before.until.year, before.until.month) : month;
  const mark: SampleMark = same
    ? before
    : {
        until,
        customers,
        now: options.now,
        debtsFrom: monthOf(Math.min(earlier, month) - 3),
        done: 0,
        complete: false,
      };
  if (!same) await meta.set(MARK, mark);
  const plan = { ...options, customers: mark.customers, now: mark.now, debtsFrom: mark.debtsFrom };
  let marked = mark.done;
  for (const batch of sampleUtility(plan, mark.done)) {
    if (signal?.aborted) return 'stopped';
    await putInPortions(writer, pace, batch.kind, batch.rows as RecordKinds[typeof batch.kind][]);
    if (batch.done - marked >= MARK_EVERY) {
      marked = batch.done;
      await meta.set(MARK, { ...mark, done: marked });
    }
    if (batch.kind === 'customers') onProgress?.({ customers: batch.done, of: mark.customers });
  }
  await meta.set(MARK, { ...mark, done: mark.customers, complete: true });
  return 'loaded';
};
