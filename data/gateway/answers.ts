import { z } from 'zod';
import type { RecordKind, RecordKinds } from '../../core/records';
import type { Month } from '../../core/services';
import { dayOf, type Instant, monthIndex, partsOf } from '../../core/time';
import { schemas } from '../schemas';

/** What is asked of the utility's own system: a customer code, or where outages are looked for. */
export type Question = { customer: string; when?: Month; limit?: number } | { stations: string[] } | { unit: string };

export interface Answer<K extends RecordKind> {
  /** when the utility's system took the data */
  asOf: Instant;
  rows: RecordKinds[K][];
}

/** An answer that cannot be true; `why` names no person and no figure. */
export class Untrue extends Error {}

const SKEW_MS = 5 * 60_000;
const MOST_ROWS = 1_000;
/** no price of electricity has come near it */
const HIGHEST_PRICE = 20_000;

const envelope = z.object({
  asOf: z.iso.datetime({ offset: true }),
  rows: z.array(z.record(z.string(), z.unknown())).max(MOST_ROWS),
});

const isOf: { [K in RecordKind]: (row: RecordKinds[K], question: Question) => boolean } = {
  customers: ({ code }, q) => 'customer' in q && code === q.customer,
  points: ({ customer }, q) => 'customer' in q && customer === q.customer,
  readings: (row, q) => ofCustomer(row, q),
  bills: (row, q) => ofCustomer(row, q),
  debts: (row, q) => ofCustomer(row, q) && row.paidOn === undefined,
  planned_outages: (row, q) => ofPlace(row, q),
  incidents: (row, q) => ofPlace(row, q),
};

const ofCustomer = (row: { customer: string; year: number; month: number; period: number }, q: Question): boolean =>
  'customer' in q &&
  row.customer === q.customer &&
  (!q.when || (row.year === q.when.year && row.month === q.when.month && (q.when.period ?? row.period) === row.period));

const ofPlace = (row: { station: string; unit: string }, q: Question): boolean =>
  'stations' in q ? q.stations.includes(row.station) : 'unit' in q && row.unit === q.unit;

/** Figures that fit each other and the calendar. The schemas hold sums; this is what they leave open. */
const isPossible = (
  kind: RecordKind,
  row: Partial<RecordKinds['bills'] & RecordKinds['readings']>,
  now: Date,
): boolean => {
  const { year, month } = partsOf(now);
  if (row.year && row.month && monthIndex(row.year, row.month) > monthIndex(year, month) + 1) return false;
  if (kind !== 'bills') return true;
  const { lines = [], kwh, amount, issuedOn, paidOn } = row;
  const today = dayOf(new Date(now.getTime() + SKEW_MS));
  if ((issuedOn && issuedOn > today) || (paidOn && paidOn > today)) return false;
  if (kwh !== undefined && amount !== undefined && amount > kwh * HIGHEST_PRICE) return false;
  return lines.every((line) => line.price <= HIGHEST_PRICE && Math.abs(line.kwh * line.price - line.amount) <= 1);
};

/**
 * The answer of a utility's system, believed only when it is of the form agreed on, about what was asked and possible.
 * @throws Untrue
 */
export const believed = <K extends RecordKind>(kind: K, json: unknown, question: Question, now: Date): Answer<K> => {
  const whole = envelope.safeParse(json);
  if (!whole.success) throw new Untrue('the answer is not of the agreed form');
  const { asOf, rows } = whole.data;
  const at = Date.parse(asOf);
  if (at > now.getTime() + SKEW_MS) throw new Untrue('the answer is from the future');
  const source = { kind: 'live', name: 'gateway', at: new Date(at).toISOString() } as const;
  return {
    asOf: source.at,
    rows: rows.map((row) => {
      if ('printed' in row) throw new Untrue(`a row of ${kind} claims to be a copy from paper`);
      const checked = schemas[kind].safeParse({ ...row, source });
      if (!checked.success)
        throw new Untrue(
          `a row of ${kind} is not of the agreed form: ${String(checked.error.issues[0]?.path[0] ?? '')}`,
        );
      const one = checked.data as RecordKinds[K];
      if (!isOf[kind](one, question)) throw new Untrue(`a row of ${kind} is not what was asked for`);
      if (!isPossible(kind, one as never, now)) throw new Untrue(`a row of ${kind} is not possible`);
      return one;
    }),
  };
};
