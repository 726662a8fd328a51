import type { Collection, Doc, Query } from '../engine';
import type { Gone } from './boots';

interface Leased extends Doc {
  leaseBy: string | null;
  leaseUntil: number | null;
}

/**
 * Documents of an index ending in `leaseUntil` whose lease is over or whose holder is gone: first the oldest leases.
 * `equal` leaves only the lease open.
 */
export const leaseless = async <T extends Leased>(
  from: Collection<T>,
  query: Pick<Query, 'index' | 'equal'>,
  { now, limit, gone }: { now: number; limit: number; gone: Gone },
): Promise<T[]> => {
  const found = await from.find({ ...query, range: { before: now }, limit });
  if (found.length >= limit) return found;
  const held = await from.find({ ...query, range: { from: now }, limit });
  return [...found, ...held.filter(({ leaseBy }) => leaseBy !== null && gone(leaseBy))].slice(0, limit);
};
