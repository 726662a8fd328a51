import type { Bill, BillLine } from '../core/records';
import type { BillRequest, ExplainRequest, Explanation, Finding } from '../core/tariff';
import { daysBetween, daysInMonth, monthIndex } from '../core/time';
import { billWith, regularDays } from './bill';
import { divide, rowOn, type Tables } from './rows';

/** A line for what was used in another month (truy thu): tier 0 under a name that is no price decision. */
export const isCorrection = ({ tier, decision }: BillLine): boolean => tier === 0 && !/\/QĐ-/.test(decision);

/** A daily mean this many times that of before is worth a look at the wiring. */
const JUMP = 1.5;
/** days by which a reading may stray without having been moved */
const STRAY = 3;

type Facts = Pick<Explanation, 'daily' | 'neutral' | 'tiers'> & {
  /** the bill now, as the tariff can compute it */
  request?: BillRequest | undefined;
};
type Check = (tables: Tables, request: ExplainRequest, facts: Facts) => Finding[];

const lengthOf = (tables: Tables, { from, to }: Bill) => {
  if (!from || !to) return undefined;
  const days = daysBetween(from, to);
  const usual = regularDays(to, days);
  return { days, usual, odd: Math.abs(days - usual) > rowOn(tables.scaling, to).toleranceDays };
};

/** The same bill with tiers as wide as in a regular month. */
const unscaled = (tables: Tables, request: BillRequest): number =>
  billWith({ ...tables, scaling: tables.scaling.map((row) => ({ ...row, toleranceDays: 10_000 })) })(request).total;

const periods: Check = (tables, { before, now }, { request }) => {
  const months = monthIndex(now.year, now.month) - monthIndex(before.year, before.month);
  const gap = months > 1 && before.to === now.from;
  if (gap) return [{ what: 'merged', months }];
  return ([now, before] as const).flatMap((bill): Finding[] => {
    const length = lengthOf(tables, bill);
    if (!length?.odd) return [];
    const of = { what: 'period', days: length.days, usual: length.usual } as const;
    if (bill === before) return [{ ...of, which: 'before' }];
    const saved = request ? unscaled(tables, request) - billWith(tables)(request).total : 0;
    return [{ ...of, which: 'now', ...(saved > 0 && { saved }) }];
  });
};

const dateOf = (on: string): number => Number(on.slice(8));
const lastOfMonth = (on: string): boolean => dateOf(on) === daysInMonth(Number(on.slice(0, 4)), Number(on.slice(5, 7)));

const moved: Check = (_, { now, before, readingDay }) =>
  [now, before].flatMap(({ from, to }): Finding[] => {
    if (!from || !to || readingDay === undefined || (lastOfMonth(from) && lastOfMonth(to))) return [];
    const [was, is] = [dateOf(from), dateOf(to)];
    return Math.abs(was - is) > STRAY && Math.abs(is - readingDay) <= 1 && Math.abs(was - readingDay) > STRAY
      ? [{ what: 'moved', from: was, to: is }]
      : [];
  });

const prices: Check = (tables, { before, now, customer }) => {
  if (!before.to || !now.from || !now.to || customer.kind !== 'household') return [];
  const start = before.from ?? before.to;
  const change = tables.household.findLast(({ from }) => from > start && from < now.to!);
  if (!change) return [];
  // a change early in the period before is no difference between both
  return [{ what: 'price', on: change.from, decision: change.decision, inside: change.from > now.from }];
};

const vat: Check = (_, { before, now }) =>
  before.vatRate !== undefined && now.vatRate !== undefined && before.vatRate !== now.vatRate
    ? [{ what: 'vat', from: before.vatRate, to: now.vatRate }]
    : [];

const tiers: Check = (_, __, { tiers }) =>
  tiers && tiers[0] > 0 && tiers[1] > 0 && tiers[0] !== tiers[1] ? [{ what: 'tier', from: tiers[0], to: tiers[1] }] : []; // biome-ignore format: one record

const lastYear: Check = (_, { yearAgo: { now } }) =>
  now?.kwh === undefined || !now.from || !now.to
    ? []
    : [{ what: 'year-ago', kwh: now.kwh, daily: Math.round((now.kwh * 100) / daysBetween(now.from, now.to)) }];

const estimated: Check = (_, { readings }) =>
  (['now', 'before'] as const).flatMap((which): Finding[] =>
    readings[which]?.how === 'estimated' ? [{ what: 'estimated', which }] : [],
  );

const repeated: Check = (_, { readings, now, before }) => {
  const found: Finding[] = [];
  const stood = (which: 'now' | 'before') => readings[which] && readings[which].old === readings[which].new;
  if (stood('before') && (now.kwh ?? 0) > 0)
    found.push({ what: 'repeated', which: 'before', index: readings.before!.new });
  if (stood('now') && (before.kwh ?? 0) > 0) found.push({ what: 'repeated', which: 'now', index: readings.now!.new });
  const adjacent = before.to === now.from && readings.before?.point === readings.now?.point;
  if (readings.before && readings.now && adjacent && readings.before.new !== readings.now.old)
    found.push({ what: 'broken', old: readings.now.old, expected: readings.before.new });
  return found;
};

const multiplier: Check = (_, { readings: { now, before } }) => {
  if (!now) return [];
  const changed = before !== undefined && before.multiplier !== now.multiplier;
  if (now.multiplier === 1 && !changed) return [];
  const rest = changed ? { before: before.multiplier } : {};
  return [{ what: 'multiplier', multiplier: now.multiplier, steps: now.new - now.old, ...rest }];
};

const households: Check = (_, { before, now }) =>
  before.households !== undefined && now.households !== undefined && before.households !== now.households
    ? [{ what: 'households', from: before.households, to: now.households }]
    : [];

const backBilled: Check = (_, { now }) => {
  const lines = now.lines.filter(isCorrection);
  return [...new Set(lines.map(({ decision }) => decision))].map((note) => {
    const own = lines.filter(({ decision }) => decision === note);
    const sum = (of: (line: BillLine) => number) => own.reduce((all, line) => all + of(line), 0);
    const amount = divide(sum((line) => line.amount) * (100 + (now.vatRate ?? 0)), 100);
    return { what: 'back-billing', amount, kwh: sum(({ kwh }) => kwh), note };
  });
};

const unreproduced: Check = (tables, { now, customer }, { request }) => {
  if (request === undefined || customer.kind !== 'household') return [];
  const corrections = now.lines.filter(isCorrection).reduce((sum, { amount }) => sum + amount, 0);
  const by = now.total - billWith(tables)(request).total - divide(corrections * (100 + (now.vatRate ?? 0)), 100);
  // VAT of the whole is rounded once, here in two pieces
  return Math.abs(by) > 1 ? [{ what: 'unreproduced', by }] : [];
};

const jump: Check = (_, __, { daily, neutral }) => {
  if (!daily || daily[0] === 0) return [];
  const times = (neutral ?? daily[1]) / daily[0];
  return times >= JUMP ? [{ what: 'jump', times: Math.round(times * 10) / 10 }] : [];
};

/** In the order in which a clerk would look: period, reading day, prices, tiers, last year, readings, households, corrections. */
const CHECKS: readonly Check[] = [
  periods, moved, prices, vat, tiers, lastYear, estimated, repeated, multiplier, households, backBilled, unreproduced, jump,
]; // biome-ignore format: an order

export const findingsOf: (...args: Parameters<Check>) => Finding[] = (tables, request, facts) =>
  CHECKS.flatMap((check) => check(tables, request, facts));
