import { z } from 'zod';
import { counts } from '../campaigns/entry';
import { type Campaign, type TicketRequest, TRIGGERS } from '../core/campaign';
import type { Report } from '../data/import';
import type { Column } from '../data/import/columns';
import { linesOf } from '../data/import/lines';
import { type OpenedFile, rowsOf, withFile } from '../data/import/opened';
import type { Fault, Format } from '../data/import/rows';
import type { Stores } from '../data/stores';

const name = z.string().regex(/^[a-z][a-z0-9._-]{0,39}$/, 'is no name: lower-case letters, digits, dots, dashes');
const clean = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u, 'holds control characters');

const row = z
  .object({
    at: z.iso.datetime({ offset: true }).transform((at) => new Date(at).toISOString()),
    channel: name,
    number: clean(80),
    trigger: z.enum(TRIGGERS),
    want: name,
    customer: z
      .string()
      .regex(/^P[A-Z][0-9A-Z]{4}\d{7}$/, 'is no customer code')
      .optional(),
    phone: z
      .string()
      .regex(/^\+?\d{8,15}$/, 'is no phone number')
      .optional(),
    name: clean(200).optional(),
    kind: z.enum(['household', 'business', 'production', 'administrative']).optional(),
    met: z
      .string()
      .transform((met) => met.split('|').filter(Boolean))
      .pipe(z.array(name).max(20))
      .optional(),
    points: z.int().min(0).max(1000).optional(),
    guess: z.int().min(0).max(1e9).optional(),
  })
  .refine(({ customer, phone }) => customer ?? phone, {
    path: ['customer'],
    error: 'is empty, and so is phone: nobody brings it',
  });

const column = (name: keyof z.input<typeof row>, cell: Column['cell'], empty: Column['empty'] = 'nothing'): Column => ({
  name,
  field: name,
  cell,
  empty,
});

const TICKETS: Format<z.output<typeof row>> = {
  kind: 'tickets',
  columns: [
    column('at', 'instant', 'required'),
    column('channel', 'code', 'required'),
    column('number', 'free', 'required'),
    column('trigger', 'code', { means: 'ticket' }),
    column('want', 'code', { means: 'other' }),
    column('customer', 'code'),
    column('phone', 'code'),
    column('name', 'free'),
    column('kind', 'code'),
    column('met', 'code'),
    column('points', 'whole'),
    column('guess', 'whole'),
  ],
  parse: (fields) => row.safeParse(fields),
};

/** Rows whose numbers are taken at the same time. */
const TOGETHER = 1000;

export interface TicketImport {
  file: string;
  stores: Stores;
  campaigns: readonly Campaign[];
  hash(text: string): string;
  report: Report;
  dryRun?: boolean;
  signal?: AbortSignal;
  onProgress?(share: number, words: string): void;
}

export interface TicketImportSummary {
  outcome: 'imported' | 'checked' | 'stopped';
  rows: number;
  bad: number;
  /** numbers given */
  added: number;
  /** wants that had a number already */
  same: number;
  /** rows that count in no campaign that is open */
  nowhere: number;
}

/**
 * Tickets of the call centre, the counter, e-mail and partners, one a row; they share the counter with those of conversations.
 * A file can be imported again: a want keeps its number.
 * @throws DomdomError BAD_FILE when the file cannot be meant
 */
export const importTickets = (options: TicketImport): Promise<TicketImportSummary> =>
  withFile(options, (opened) => importFrom(opened, options));

const importFrom = async (opened: OpenedFile, options: TicketImport): Promise<TicketImportSummary> => {
  const { stores, hash, report, dryRun, signal, onProgress } = options;
  const { handle, name: file, size } = opened;
  const { read, first } = await rowsOf(opened, TICKETS);
  const sum: TicketImportSummary = {
    outcome: dryRun ? 'checked' : 'imported',
    rows: 0,
    bad: 0,
    added: 0,
    same: 0,
    nowhere: 0,
  };
  const states = await Promise.all(options.campaigns.map(({ id }) => stores.campaigns.get(id)));
  const running = options.campaigns.filter((_, n) => states[n]?.state === 'open');

  const take = async (text: string | undefined): Promise<Fault | undefined> => {
    if (text === undefined) return { reason: 'is not UTF-8' };
    const one = read(text);
    if ('fault' in one) return one.fault;
    const { trigger, number, want, met, ...rest } = one.row;
    const of = running.filter((campaign) => counts(campaign, trigger, rest));
    if (of.length === 0) sum.nowhere++;
    if (dryRun) return undefined;
    const request = JSON.parse(
      JSON.stringify({
        ...rest,
        met,
        who: hash(rest.customer ? `code|${rest.customer}` : `phone|${rest.phone!.replace(/^\+?84/, '0')}`),
        want: trigger === 'ticket' ? want : trigger,
        origin: `${rest.channel}:${number}`,
      }),
    ) as TicketRequest;
    for (const campaign of of) {
      const given = await stores.tickets.take(campaign, request);
      if (given.is === 'new') sum.added++;
      else if (given.is === 'repeat') sum.same++;
      else sum.nowhere++;
    }
    return undefined;
  };

  for await (const lines of linesOf(handle, { from: first.offset, line: first.line })) {
    const rows = lines.filter(({ text }) => text?.trim() !== '');
    for (let n = 0; n < rows.length && !signal?.aborted; n += TOGETHER) {
      const some = rows.slice(n, n + TOGETHER);
      const faults = await Promise.all(some.map(({ text }) => take(text)));
      for (const [at, fault] of faults.entries()) {
        sum.rows++;
        if (!fault) continue;
        sum.bad++;
        report.add({ file, line: some[at]!.number, ...fault });
      }
      await report.save();
      onProgress?.(some.at(-1)!.end / size, `${sum.rows} rows`);
    }
    if (signal?.aborted) return { ...sum, outcome: 'stopped' };
  }
  return sum;
};
