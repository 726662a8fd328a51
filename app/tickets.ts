import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { z } from 'zod';
import { counts } from '../campaigns/entry';
import { type Campaign, type TicketRequest, TRIGGERS } from '../core/campaign';
import { DomdomError } from '../core/errors';
import type { Report } from '../data/import';
import { cellsOf, Refused } from '../data/import/cells';
import { linesOf } from '../data/import/lines';
import type { Stores } from '../data/stores';

const name = z.string().regex(/^[a-z][a-z0-9._-]{0,39}$/, 'is no name: lower-case letters, digits, dots, dashes');
const clean = (max: number) =>
  z
    .string()
    .normalize('NFC')
    .max(max)
    .regex(/^[^\p{Cc}=+@-][^\p{Cc}]*$/u, 'holds control characters, or begins like a formula');

const row = z
  .strictObject({
    at: z
      .string()
      .transform((at) =>
        at.replace(
          /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d)?$/,
          (_, day, hours, s = ':00') => `${day}T${hours}${s}+07:00`,
        ),
      )
      .pipe(z.iso.datetime({ offset: true }))
      .transform((at) => new Date(at).toISOString()),
    channel: name,
    number: clean(80),
    trigger: z.enum(TRIGGERS).default('ticket'),
    want: name.default('other'),
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
    points: z.coerce.number().int().min(0).max(1000).optional(),
    guess: z.coerce.number().int().min(0).max(1e9).optional(),
  })
  .refine(({ customer, phone }) => customer ?? phone, {
    path: ['customer'],
    error: 'is empty, and so is phone: nobody brings it',
  });

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
export const importTickets = async (options: TicketImport): Promise<TicketImportSummary> => {
  const { file, stores, hash, report, dryRun, signal, onProgress } = options;
  const handle = await open(file, 'r').catch((cause: NodeJS.ErrnoException) => {
    throw new DomdomError('BAD_FILE', `The file cannot be opened (${cause.code}).`);
  });
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
  const { size } = await handle.stat();
  let heading: { names: string[]; separator: string } | undefined;
  const jsonl = /\.(jsonl|ndjson)$/i.test(file);

  const take = async (text: string): Promise<string | undefined> => {
    const given = jsonl ? objectOf(text) : recordOf(text, heading!);
    const read = row.safeParse(given);
    if (!read.success)
      return [read.error.issues[0]!.path.join('.'), read.error.issues[0]!.message].filter(Boolean).join(' ');
    const { trigger, number, want, met, ...rest } = read.data;
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

  try {
    for await (const lines of linesOf(handle)) {
      const rows = lines.filter(({ text }) => text?.trim() !== '');
      if (!jsonl && !heading) heading = headingOf(rows.shift()?.text?.replace(/^\uFEFF/, '') ?? '');
      for (let n = 0; n < rows.length && !signal?.aborted; n += 1000) {
        const some = rows.slice(n, n + 1000);
        const faults = await Promise.all(
          some.map(async ({ text }) => {
            try {
              return text === undefined ? 'is not UTF-8' : await take(text);
            } catch (error) {
              if (error instanceof Refused || error instanceof SyntaxError) return error.message.slice(0, 80);
              throw error;
            }
          }),
        );
        for (const [at, fault] of faults.entries()) {
          sum.rows++;
          if (fault === undefined) continue;
          sum.bad++;
          report.add({ file: basename(file), line: some[at]!.number, reason: fault });
        }
        await report.save();
        onProgress?.(some.at(-1)!.end / size, `${sum.rows} rows`);
      }
      if (signal?.aborted) return { ...sum, outcome: 'stopped' };
    }
    return sum;
  } finally {
    await handle.close();
    await report.close();
  }
};

const COLUMNS = Object.keys(row.shape);

const headingOf = (text: string) => {
  const separator = [',', ';', '\t'].find((mark) => text.includes(mark)) ?? ',';
  const names = text.split(separator).map((one) => one.trim());
  const unknown = names.find((one) => !COLUMNS.includes(one));
  if (unknown !== undefined || new Set(names).size !== names.length)
    throw new DomdomError(
      'BAD_FILE',
      `The heading has a column that tickets do not have, or one twice. They are: ${COLUMNS.join(', ')}.`,
    );
  return { names, separator };
};

const recordOf = (text: string, { names, separator }: { names: string[]; separator: string }) => {
  const cells = cellsOf(text, separator);
  if (cells.length !== names.length) throw new Refused(`has ${cells.length} cells, the heading has ${names.length}`);
  return Object.fromEntries(names.flatMap((one, n) => (cells[n]!.trim() ? [[one, cells[n]!.trim()]] : [])));
};

const objectOf = (text: string): unknown => {
  const given: unknown = JSON.parse(text);
  if (typeof given !== 'object' || given === null) throw new Refused('is not a JSON object');
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== ''));
};
