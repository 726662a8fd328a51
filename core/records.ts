import type { Day, Instant } from './time';

/** Where a record came from and when, so that every figure said can be traced and its age told. */
export interface Source {
  /** import: a file of the utility. sample: made by the generator. document: as printed in a founding document */
  kind: 'import' | 'sample' | 'document' | 'live';
  /** file name, generator version or document, never a path */
  name: string;
  /** when the utility's data was taken */
  at: Instant;
}

interface Sourced {
  source: Source;
  /** copied from paper: no lines, no arithmetic checks, shown but never explained */
  printed?: boolean;
}

/** A reading period: `period` is the kỳ within the month (1; large customers 2 or 3). */
export interface PeriodOf {
  year: number;
  month: number;
  period: number;
}

export interface Customer extends Sourced {
  /** 13 characters, normalised: P, a letter, 11 more */
  code: string;
  name: string;
  address: string;
  /** power unit: the first six characters of its codes */
  unit: string;
  phone?: string;
  kind: 'household' | 'business' | 'production' | 'administrative';
  /** households sharing the meter: each tier is that many times as wide */
  households: number;
}

export interface MeteringPoint extends Sourced {
  /** customer code + 001, 002 … */
  id: string;
  customer: string;
  meter: string;
  /** register set: KT single, BT normal, CD peak, TD off-peak */
  register: string;
  /** HSN */
  multiplier: number;
  /** transformer station that feeds it: what outages are declared by */
  station: string;
  unit: string;
  /** day of the month on which the meter is read */
  readingDay: number;
}

export interface Reading extends Sourced, PeriodOf {
  customer: string;
  point: string;
  register: string;
  multiplier: number;
  /** day of the reading; before it has come, the day planned */
  readOn: Day;
  previousOn?: Day;
  old: number;
  new: number;
  /** (new - old) × multiplier */
  kwh: number;
  how: 'read' | 'estimated';
}

export interface BillLine {
  tier: number;
  kwh: number;
  /** đồng per kWh, before VAT */
  price: number;
  amount: number;
  /** the price decision, such as 1279/QĐ-BCT */
  decision: string;
}

/** Amounts in whole đồng. */
export interface Bill extends Sourced, PeriodOf {
  customer: string;
  /** reading days that bound it */
  from?: Day;
  to?: Day;
  kwh?: number;
  households?: number;
  lines: BillLine[];
  /** before VAT */
  amount?: number;
  /** in per cent */
  vatRate?: number;
  vat?: number;
  total: number;
  issuedOn?: Day;
  dueOn?: Day;
  paidOn?: Day;
  invoiceUrl?: string;
}

/** What is owed on one bill; a row disappears from the answers when `paidOn` is set. */
export interface Debt extends Sourced, PeriodOf {
  customer: string;
  net: number;
  tax: number;
  total: number;
  dueOn?: Day;
  paidOn?: Day;
  /** none: not yet due. Notices and suspension as Electricity Law 61/2024, Art. 48 */
  stage: 'due' | 'overdue' | 'notified-once' | 'notified-twice' | 'suspension-planned' | 'suspended';
  stageOn?: Day;
}

/** A planned interruption of one station. */
export interface PlannedOutage extends Sourced {
  /** the utility's number + station */
  id: string;
  unit: string;
  station: string;
  area: string;
  from: Instant;
  to: Instant;
  reason: string;
  cancelled?: boolean;
}

/** An interruption that is going on, or has ended, of one station. */
export interface Incident extends Sourced {
  id: string;
  unit: string;
  station: string;
  area: string;
  startedAt: Instant;
  cause?: string;
  /** expected restoration, when the crew has given one */
  expectedAt?: Instant;
  restoredAt?: Instant;
}

/** What a customer told us about a loss of supply; written by an order, never by an import. */
export interface OutageReport {
  id: string;
  conversation: string;
  person: string;
  customer?: string;
  unit?: string;
  place?: string;
  phone?: string;
  what: string;
  /** when it was first told of, where this repeats an earlier report */
  since?: Instant;
  at: Instant;
}

/** A customer says that an open debt is paid; written by an order, for who reconciles payments. */
export interface PaymentClaim {
  id: string;
  conversation: string;
  person: string;
  customer: string;
  months: PeriodOf[];
  /** of the debts, whole đồng */
  total: number;
  paidOn?: Day;
  /** what they say they paid, whole đồng */
  amount?: number;
  /** in their words, at most 300 characters */
  note?: string;
  at: Instant;
}

/** A wish to talk with a person, waiting for one. */
export interface HandOver {
  id: string;
  conversation: string;
  person: string;
  why: string;
  at: Instant;
}

export interface RecordKinds {
  customers: Customer;
  points: MeteringPoint;
  readings: Reading;
  bills: Bill;
  debts: Debt;
  planned_outages: PlannedOutage;
  incidents: Incident;
}
export type RecordKind = keyof RecordKinds;
