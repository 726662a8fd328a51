import type { RecordKind, RecordKinds } from '../../core/records';
import { type Instant, partsOf } from '../../core/time';
import { type Paced, paced, type Ticks } from '../import/pace';
import type { CustomerKind, Meta, RecordWriter } from '../stores';
import type { Batch } from './document';
import { CUSTOMERS, outageBatches, type SampleOptions, sampleUtility, surplusCodes } from './generate';

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
  done: number;
  /** the most customers of samples before it, of another month or number, whose rows may be there */
  before?: number;
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

const CHANGING = ['readings', 'bills', 'debts'] as const;
const OF_CUSTOMER: readonly CustomerKind[] = ['customers', 'points', ...CHANGING];

/** Removes what an earlier sample said of the customers of a batch, and the rows of this one do not say. */
const outdated = (writer: RecordWriter) => {
  const rows: { [K in (typeof CHANGING)[number]]?: readonly RecordKinds[K][] } = {};
  return async (batch: Batch) => {
    if (batch.kind === 'readings') rows.readings = batch.rows;
    if (batch.kind === 'bills') rows.bills = batch.rows;
    if (batch.kind === 'debts') rows.debts = batch.rows;
    if (batch.kind !== 'customers') return;
    await Promise.all(
      batch.rows.flatMap(({ code }) =>
        CHANGING.map((kind) =>
          writer.remove(
            kind,
            code,
            'sample',
            (rows[kind] ?? []).filter(({ customer }) => customer === code),
          ),
        ),
      ),
    );
  };
};

/**
 * Fills the store with the sample utility, politely. What a stopped run has written is not written again. Of a sample that
 * is there already, only what is planned and going on is renewed, a few rows around `now`; one of another month or number
 * of customers is replaced, so that the same month is the same sample whatever was there before.
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
  const begun = await meta.get<Plan | null>(PLAN);

  const { year, month } = partsOf(options.now);
  const there = begun ?? loaded;
  const wanted = {
    until: options.until ?? there?.until ?? { year, month },
    customers: options.customers ?? there?.customers ?? CUSTOMERS,
  };
  if (loaded && !begun && sameSample(loaded, wanted)) {
    for (const batch of outageBatches(utility, options.now)) await write(batch);
    return 'renewed';
  }

  const goesOn = begun && sameSample(begun, wanted);
  const before = Math.max(loaded?.customers ?? 0, begun?.customers ?? 0, begun?.before ?? 0);
  const plan: Plan = goesOn ? begun : { ...wanted, now: options.now, done: 0, ...(before > 0 && { before }) };
  if (!goesOn) await meta.set(PLAN, plan);
  const removeOutdated = plan.before === undefined ? undefined : outdated(writer);
  let { done } = plan;
  for (const batch of sampleUtility({ ...options, ...plan }, done)) {
    if (signal?.aborted) return 'stopped';
    await removeOutdated?.(batch);
    await write(batch);
    if (batch.done - done >= MARK_EVERY) {
      done = batch.done;
      await meta.set(PLAN, { ...plan, done });
    }
    if (batch.kind === 'customers') onProgress?.({ customers: batch.done, of: plan.customers });
  }
  for (const code of surplusCodes(utility, plan.before ?? 0, plan.customers)) {
    if (signal?.aborted) return 'stopped';
    await Promise.all(OF_CUSTOMER.map((kind) => writer.remove(kind, code, 'sample')));
  }
  await meta.set(LOADED, wanted);
  await meta.set(PLAN, null);
  return 'loaded';
};
