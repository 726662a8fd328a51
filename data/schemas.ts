import { z } from 'zod';
import type { RecordKind, RecordKinds } from '../core/records';

/**
 * The seven record kinds as zod schemas: one definition validates what is imported and is held, at compile time, to the
 * types of core/records. Instants are brought to one spelling (UTC, milliseconds), for they are compared as text.
 */

const text = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'holds control characters');
const customerCode = z.string().regex(/^P[A-Z][0-9A-Z]{4}\d{7}$/, 'is no customer code: P, a letter, 4 more, 7 digits');
const unitCode = z.string().regex(/^P[A-Z][0-9A-Z]{4}$/, 'is no unit code: the first six characters of its customers');
const day = z.iso.date();
const instant = z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString());
const dong = z.int().min(0).max(1e13);
const kwh = z.number().min(0).max(1e9);
const index = z.number().min(0).max(1e9);
const multiplier = z.number().positive().max(1e6);
const register = z.string().regex(/^[A-Z0-9]{1,6}$/, 'is no register set, such as KT, BT, CD, TD');

const source = z.object({ kind: z.enum(['import', 'sample', 'document', 'live']), name: text(200), at: instant });
const sourced = { source, printed: z.boolean().optional() };
const periodOf = {
  year: z.int().min(1990).max(2100),
  month: z.int().min(1).max(12),
  period: z.int().min(1).max(9),
};

const customers = z.object({
  ...sourced,
  code: customerCode,
  name: text(200),
  address: text(400),
  unit: unitCode,
  phone: z
    .string()
    .regex(/^\+?\d{8,15}$/, 'is no phone number: 8 to 15 digits')
    .optional(),
  kind: z.enum(['household', 'business', 'production', 'administrative']),
  households: z.int().min(1).max(10_000),
});

const points = z
  .object({
    ...sourced,
    id: text(32),
    customer: customerCode,
    meter: text(40),
    register,
    multiplier,
    station: text(80),
    unit: unitCode,
    readingDay: z.int().min(1).max(31),
  })
  .refine((row) => row.id.startsWith(row.customer), { path: ['id'], error: 'begins with the customer code' });

const readings = z
  .object({
    ...sourced,
    ...periodOf,
    customer: customerCode,
    point: text(32),
    register,
    multiplier,
    readOn: day,
    previousOn: day.optional(),
    old: index,
    new: index,
    kwh,
    how: z.enum(['read', 'estimated']),
  })
  .refine((row) => row.printed || Math.abs((row.new - row.old) * row.multiplier - row.kwh) < 1e-6, {
    path: ['kwh'],
    error: 'is not (new - old) × multiplier',
  });

const bills = z
  .object({
    ...sourced,
    ...periodOf,
    customer: customerCode,
    from: day.optional(),
    to: day.optional(),
    kwh: kwh.optional(),
    households: z.int().min(1).max(10_000).optional(),
    lines: z
      .array(
        z.object({
          tier: z.int().min(0).max(99),
          kwh,
          price: z.number().min(0).max(1e7),
          amount: dong,
          decision: text(60),
        }),
      )
      .max(200),
    amount: dong.optional(),
    vatRate: z.number().min(0).max(100).optional(),
    vat: dong.optional(),
    total: dong,
    issuedOn: day.optional(),
    dueOn: day.optional(),
    paidOn: day.optional(),
    invoiceUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
  })
  .superRefine((row, issues) => {
    const wrong = (path: string, message: string) => issues.addIssue({ code: 'custom', path: [path], message });
    if (row.printed) {
      if (row.lines.length > 0) wrong('lines', 'a bill as printed carries no lines');
      return;
    }
    const { amount, vat, lines } = row;
    if (amount !== undefined && vat !== undefined && amount + vat !== row.total) wrong('total', 'is not amount + vat');
    if (lines.length === 0) return;
    if (amount !== undefined && lines.reduce((sum, line) => sum + line.amount, 0) !== amount)
      wrong('amount', 'is not the sum of the lines');
    if (row.kwh !== undefined && Math.abs(lines.reduce((sum, line) => sum + line.kwh, 0) - row.kwh) > 1e-6)
      wrong('kwh', 'is not the sum of the lines');
  });

const debts = z
  .object({
    ...sourced,
    ...periodOf,
    customer: customerCode,
    net: dong,
    tax: dong,
    total: dong,
    dueOn: day.optional(),
    paidOn: day.optional(),
    stage: z.enum(['due', 'overdue', 'notified-once', 'notified-twice', 'suspension-planned', 'suspended']),
    stageOn: day.optional(),
  })
  .refine((row) => row.printed || row.net + row.tax === row.total, { path: ['total'], error: 'is not net + tax' });

const outage = { ...sourced, id: text(100), unit: unitCode, station: text(80), area: text(1000) };

const planned_outages = z
  .object({ ...outage, from: instant, to: instant, reason: text(1000), cancelled: z.boolean().optional() })
  .refine((row) => row.from < row.to, { path: ['to'], error: 'is not after from' });

const incidents = z
  .object({
    ...outage,
    startedAt: instant,
    cause: text(1000).optional(),
    expectedAt: instant.optional(),
    restoredAt: instant.optional(),
  })
  .refine((row) => row.restoredAt === undefined || row.startedAt <= row.restoredAt, {
    path: ['restoredAt'],
    error: 'is before startedAt',
  });

/** By record kind. `schemas.bills.safeParse(row)` gives issues whose `path[0]` is the column. */
export const schemas = { customers, points, readings, bills, debts, planned_outages, incidents } satisfies {
  [K in RecordKind]: z.ZodType<RecordKinds[K]>;
};

/** A field missing here, or one too many, makes one of these two lines a type error. */
type Parsed = { [K in RecordKind]: Required<z.output<(typeof schemas)[K]>> };
type Declared = { [K in RecordKind]: Required<RecordKinds[K]> };
const _same: [Parsed, Declared] extends [Declared, Parsed] ? true : never = true;
void _same;

/** What makes a row the same row when it comes again: its id within a kind and a utility. */
export const naturalKey: { [K in RecordKind]: (row: RecordKinds[K]) => string } = {
  customers: (row) => row.code,
  points: (row) => row.id,
  readings: (row) => `${row.point}/${row.year}/${row.month}/${row.period}/${row.register}`,
  bills: (row) => `${row.customer}/${row.year}/${row.month}/${row.period}`,
  debts: (row) => `${row.customer}/${row.year}/${row.month}/${row.period}`,
  planned_outages: (row) => row.id,
  incidents: (row) => row.id,
};
