import type { Source } from '../../core/records';
import { addDays, type Day, day, dayOf, type Instant, monthIndex, monthOf } from '../../core/time';
import type { Utility } from '../../core/utility';
import { CAST } from './cast';
import { type Batch, documentCustomer } from './document';
import { incidents, plannedOutages } from './outages';
import { household } from './people';
import { type ComputeBill, FIRST_MONTH, historyOf, MONTHS, type World } from './usage';

export interface SampleOptions {
  /** month of the newest bills */
  until: { year: number; month: number };
  now: Instant;
  utility: Utility;
  computeBill: ComputeBill;
  /** 5,000 by default; the cast and the customer of the document are always among them */
  customers?: number;
}

/** A batch, and how many customers are complete once it is written. */
export type SampleBatch = Batch & { done: number };

export const CUSTOMERS = 5_000;
const CHUNK = 50;

const sourceAt = (at: Instant): Source => ({ kind: 'sample', name: 'sample utility 1', at });

/** What is planned and going on around `now`: short-lived, so it is written again at each start. */
export const outageBatches = (utility: Utility, now: Instant): Batch[] => [
  { kind: 'planned_outages', rows: plannedOutages(utility.units, now, sourceAt(now)) },
  { kind: 'incidents', rows: incidents(utility.units, now, sourceAt(now)) },
];

/** The world's last day: `now` in the month of `until`, else the last day of that month. */
const todayOf = (until: number, now: Instant): Day => {
  const on = dayOf(now);
  const { year, month } = monthOf(until);
  if (on.startsWith(day(year, month, 1).slice(0, 8))) return on;
  const next = monthOf(until + 1);
  return addDays(day(next.year, next.month, 1), -1);
};

/** Households of a sample of so many customers: all but the one of the document, and the whole cast. */
const householdsIn = (customers: number): number => Math.max(CAST.length, customers - 1);

/** The codes that a sample of so many customers has and a smaller one has not. */
export const surplusCodes = (utility: Utility, customers: number, smaller: number): string[] => {
  const source = sourceAt('');
  const codes: string[] = [];
  for (let n = householdsIn(smaller); n < householdsIn(customers); n++)
    codes.push(household(n, utility, source).customer.code);
  return codes;
};

/**
 * The invented utility, batch by batch: nothing in it depends on chance, the time of day or the order of batches.
 * First the customer of the document and the outages, then the households with their 24 months, the cast first.
 * `from` customers are left out, for one that goes on where an earlier run stopped.
 * @throws RangeError when `until` is earlier than the sample's meters reach back
 */
export function* sampleUtility(options: SampleOptions, from = 0): Generator<SampleBatch> {
  const { utility, now, computeBill } = options;
  const until = monthIndex(options.until.year, options.until.month);
  if (!(until >= FIRST_MONTH + MONTHS && until < monthIndex(2100, 1)))
    throw new RangeError('the sample ends with a month from 2024-01 on');
  const source = sourceAt(now);
  const world: World = {
    today: todayOf(until, now),
    until,
    dueDays: Number(utility.rules.find(({ key }) => key === 'debt.due_days')?.value ?? 7),
    computeBill,
    source,
  };

  for (const batch of documentCustomer) yield { ...batch, done: from };
  for (const batch of outageBatches(utility, now)) yield { ...batch, done: from };

  const households = householdsIn(options.customers ?? CUSTOMERS);
  for (let start = from; start < households; start += CHUNK) {
    const end = Math.min(start + CHUNK, households);
    const people = Array.from({ length: end - start }, (_, n) => household(start + n, utility, source));
    const histories = people.map((one) => historyOf(one, world));
    // The customer comes last: whoever is found has a complete history.
    yield { kind: 'readings', rows: histories.flatMap(({ readings }) => readings), done: start };
    yield { kind: 'bills', rows: histories.flatMap(({ bills }) => bills), done: start };
    yield { kind: 'debts', rows: histories.flatMap(({ debts }) => debts), done: start };
    yield { kind: 'points', rows: people.map(({ point }) => point), done: start };
    yield { kind: 'customers', rows: people.map(({ customer }) => customer), done: end };
  }
}
