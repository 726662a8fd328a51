import type { Campaigns } from './campaign';
import type { Knowledge } from './knowledge';
import type {
  Bill,
  Customer,
  Debt,
  Incident,
  MeteringPoint,
  OutageReport,
  PaymentClaim,
  PlannedOutage,
  Reading,
} from './records';
import type { Tariff } from './tariff';
import type { Instant } from './time';

/** A month, and within it a period when one was named. */
export interface Month {
  year: number;
  month: number;
  period?: number;
}

/** The utility's records, read only. All lists are newest first unless said otherwise. */
export interface Records {
  customer(code: string): Promise<Customer | undefined>;
  points(code: string): Promise<MeteringPoint[]>;
  /** one month when given (every period of it, or the one named), else the newest `limit` */
  bills(code: string, when?: Month, limit?: number): Promise<Bill[]>;
  readings(code: string, when?: Month, limit?: number): Promise<Reading[]>;
  /** unpaid rows only, oldest first */
  debts(code: string): Promise<Debt[]>;
  /** not cancelled, ending after `now`, soonest first */
  plannedOutages(where: { stations: string[] } | { unit: string }, now: Instant): Promise<PlannedOutage[]>;
  /** going on, or ended within the last day, newest first */
  incidents(where: { stations: string[] } | { unit: string }, now: Instant): Promise<Incident[]>;
}

/**
 * The gate before any record is read by customer code. A write, atomic over processes, and idempotent per (who, day, code).
 * `closed`: this person or network address has reached its codes of the day, or walks over neighbouring codes; answer the
 * same for known and unknown codes, and say nothing of the record.
 */
export type Admit = (code: string) => Promise<'open' | 'closed'>;

/** Why records are not of this moment, and from when they are; without `asOf` nobody knows. `old`: the utility's system itself lags. */
export interface Lag {
  why: 'down' | 'slow' | 'wrong' | 'old';
  asOf?: Instant;
}

/** What a dialog may read during a turn. Writes are orders. */
export interface Services {
  records: Records;
  /** of what was read in this turn so far; absent where records are imported and carry their own age */
  lag?(): Lag | undefined;
  tariff: Tariff;
  admit: Admit;
  /** the newest report of this person, or of this customer code */
  latestReport(customer?: string): Promise<OutageReport | undefined>;
  /** the newest claim of this person that a debt of this customer code is paid */
  latestClaim(customer: string): Promise<PaymentClaim | undefined>;
  knowledge: Knowledge;
  campaigns: Campaigns;
}
