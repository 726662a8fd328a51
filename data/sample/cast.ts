import type { Debt } from '../../core/records';

/**
 * Customers with a fixed part: the same codes whatever the size and the last month of the sample, read on the first day
 * of each month, so that the bill of this month is always there. The first three are offered by the demo page.
 */
export interface CastMember {
  code: string;
  part: string;
  /** number of its station within the unit: 1 has no outage, 2 a planned one, 3 an incident (outages.ts) */
  station: number;
  households?: number;
  /** the last bills that are not paid */
  unpaid?: number;
  /** stage of the oldest unpaid bill; `due` becomes `overdue` when its day has passed */
  stage?: Debt['stage'];
  /** the newest period has 35 days (or the month before it, where the newest cannot have) */
  longPeriod?: boolean;
  /** how far the use follows the seasons: 1 as the region does, 0 not at all */
  airCon?: number;
  /** as much every day of every month */
  steady?: boolean;
  /** month of the first bill, where there are more than the usual 24 */
  since?: { year: number; month: number };
  /** day of the month on which the meter is read since the month before the newest */
  movedTo?: number;
  /** households until the month before the newest */
  householdsBefore?: number;
  /** the index of the month before the newest stood still; the newest bill has both months */
  stuck?: boolean;
  /** of the meter; 1 elsewhere */
  multiplier?: number;
  /** kWh of the month before that the newest bill charges later */
  backBilled?: number;
}

export const CAST: readonly CastMember[] = [
  { code: 'PP01000123456', part: 'ordinary', station: 1 },
  { code: 'PC05020234567', part: 'debt', station: 1, unpaid: 1, stage: 'due' },
  { code: 'PC03020345678', part: 'planned outage', station: 2 },
  { code: 'PP03000456789', part: 'incident with cause and expected end', station: 3 },
  { code: 'PC05030567890', part: 'incident of which nothing is known yet', station: 3 },
  { code: 'PQ01000678901', part: 'incident restored', station: 3 },
  { code: 'PP02000789012', part: 'two households', station: 1, households: 2 },
  { code: 'PP04000890123', part: 'period of 35 days', station: 1, longPeriod: true },
  { code: 'PC05010901234', part: 'notified once', station: 1, unpaid: 2, stage: 'notified-once' },
  { code: 'PC03010112233', part: 'notified twice', station: 1, unpaid: 2, stage: 'notified-twice' },
  { code: 'PQ02000223344', part: 'suspension planned', station: 1, unpaid: 2, stage: 'suspension-planned' },
  { code: 'PP05000334455', part: 'suspended', station: 1, unpaid: 3, stage: 'suspended' },
  { code: 'PP01000445566', part: 'jumps in summer', station: 1, airCon: 1.7 },
  { code: 'PP03000556677', part: 'the same every day', station: 1, steady: true, since: { year: 2022, month: 11 } },
  { code: 'PP04000667788', part: 'reading day moved', station: 1, steady: true, movedTo: 10 },
  { code: 'PC05020778899', part: 'two households lost', station: 1, householdsBefore: 3 },
  { code: 'PC05030889900', part: 'index that stood still', station: 1, stuck: true },
  { code: 'PC03020990011', part: 'meter with a multiplier', station: 1, multiplier: 20 },
  { code: 'PQ01000110022', part: 'charged later', station: 1, backBilled: 60 },
];

/** Three codes with current bills, the same in every sample: an ordinary one, one with a debt, one with a planned outage. */
export const demoCustomers = (): string[] => CAST.slice(0, 3).map(({ code }) => code);
