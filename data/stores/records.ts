import type { RecordKind, RecordKinds } from '../../core/records';
import type { Month, Records } from '../../core/services';
import { monthIndex } from '../../core/time';
import type { Collection, Doc, Engine, Index, Scalar, Shape } from '../engine';
import { naturalKey } from '../schemas';
import { ofUtility } from '../shapes';

/** A record under its natural key; `monthly` counts months, so that they can be ordered. */
type RecordDoc<K extends RecordKind> = Doc & { row: RecordKinds[K]; monthly?: number } & Partial<
    Record<'customer' | 'station' | 'unit' | 'to' | 'restoredAt' | 'paidOn', string | null>
  > & { period?: number };

const MONTHLY: Index = { name: 'monthly', fields: ['customer', 'monthly', 'period'] };
const INDEXES: { [K in RecordKind]: Index[] } = {
  customers: [],
  points: [{ name: 'customer', fields: ['customer'] }],
  readings: [MONTHLY],
  bills: [MONTHLY],
  debts: [{ name: 'unpaid', fields: ['customer', 'paidOn', 'monthly', 'period'] }],
  planned_outages: [
    { name: 'station', fields: ['station', 'to'] },
    { name: 'unit', fields: ['unit', 'to'] },
  ],
  incidents: [
    { name: 'station', fields: ['station', 'restoredAt'] },
    { name: 'unit', fields: ['unit', 'restoredAt'] },
  ],
};

const shapeOf = <K extends RecordKind>(kind: K): Shape<RecordDoc<K>> => ({
  name: kind,
  version: 1,
  indexes: INDEXES[kind],
});

export type RecordCollections = { [K in RecordKind]: Collection<RecordDoc<K>> };

export const recordCollections = (engine: Engine, utility: string): RecordCollections => {
  const of = <K extends RecordKind>(kind: K) => engine.collection(ofUtility(utility, shapeOf(kind)));
  return {
    customers: of('customers'),
    points: of('points'),
    readings: of('readings'),
    bills: of('bills'),
    debts: of('debts'),
    planned_outages: of('planned_outages'),
    incidents: of('incidents'),
  };
};

/** The document of a record: the record itself, and beside it what its kind is found by. */
export const documentOf = <K extends RecordKind>(kind: K, row: RecordKinds[K]): RecordDoc<K> => {
  const doc: Record<string, unknown> = { id: naturalKey[kind](row), row };
  const fields = row as unknown as Record<string, unknown>;
  for (const field of new Set(INDEXES[kind].flatMap(({ fields }) => fields))) {
    if (field === 'monthly') doc.monthly = monthIndex(fields.year as number, fields.month as number);
    else doc[field] = fields[field] ?? null;
  }
  return doc as unknown as RecordDoc<K>;
};

const DAY_MS = 86_400_000;
/** More outages than this of one unit are not told apart in a conversation. */
const OUTAGES = 200;
const NEWEST = 24;

export const recordsStore = (collections: RecordCollections): Records => {
  const monthly = async <K extends 'bills' | 'readings'>(
    kind: K,
    customer: string,
    when: Month | undefined,
    limit = NEWEST,
  ): Promise<RecordKinds[K][]> => {
    const from = collections[kind] as Collection<RecordDoc<K>>;
    const equal: Record<string, Scalar> = { customer };
    if (when) equal.monthly = monthIndex(when.year, when.month);
    if (when?.period !== undefined) equal.period = when.period;
    return (await from.find({ index: 'monthly', equal, descending: true, limit })).map(({ row }) => row);
  };

  const placed = (where: { stations: string[] } | { unit: string }) =>
    'unit' in where
      ? [{ index: 'unit', equal: { unit: where.unit } }]
      : [...new Set(where.stations)].map((station) => ({ index: 'station', equal: { station } }));

  return {
    customer: async (code) => (await collections.customers.get(code))?.row,
    points: async (customer) =>
      (await collections.points.find({ index: 'customer', equal: { customer } }))
        .map(({ row }) => row)
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
    bills: (code, when, limit) => monthly('bills', code, when, limit),
    readings: (code, when, limit) => monthly('readings', code, when, limit),
    debts: async (customer) =>
      (await collections.debts.find({ index: 'unpaid', equal: { customer, paidOn: null } })).map(({ row }) => row),
    async plannedOutages(where, now) {
      const found = await Promise.all(
        placed(where).map((at) => collections.planned_outages.find({ ...at, range: { after: now }, limit: OUTAGES })),
      );
      return found
        .flat()
        .map(({ row }) => row)
        .filter(({ cancelled }) => !cancelled)
        .sort((a, b) => (a.from < b.from ? -1 : 1));
    },
    async incidents(where, now) {
      const since = new Date(Date.parse(now) - DAY_MS).toISOString();
      const found = await Promise.all(
        placed(where).flatMap(({ index, equal }) => [
          collections.incidents.find({ index, equal: { ...equal, restoredAt: null }, limit: OUTAGES }),
          collections.incidents.find({ index, equal, range: { from: since }, limit: OUTAGES }),
        ]),
      );
      return found
        .flat()
        .map(({ row }) => row)
        .filter(({ startedAt }) => startedAt <= now)
        .sort((a, b) => (a.startedAt > b.startedAt ? -1 : 1));
    },
  };
};
