import { createHash } from 'node:crypto';
import { DomdomError } from '../../core/errors';
import type { RecordKind, RecordKinds, Source } from '../../core/records';
import type { Instant } from '../../core/time';
import type { Meta, RecordWriter } from '../stores';
import { linesOf } from './lines';
import { type OpenedFile, rowsOf, withFile } from './opened';
import { paced, type Ticks } from './pace';
import { recordFormat } from './records';
import type { Report } from './report';

export { COLUMNS } from './columns';
export type { Ticks } from './pace';
export { type BadRow, fileReport, type Report } from './report';

export interface ImportCounts {
  rows: number;
  added: number;
  changed: number;
  same: number;
  bad: number;
}

export interface ImportSummary extends ImportCounts {
  outcome: 'imported' | 'checked' | 'stopped';
  /** line after which an earlier run of the same file had stopped */
  wentOnAfter?: number;
  /** the longest that one write took, in ms */
  longestWrite: number;
}

export interface ImportOptions {
  kind: RecordKind;
  /** path of a .csv, .jsonl or .ndjson file */
  file: string;
  writer: RecordWriter;
  meta: Meta;
  report: Report;
  ticks: Ticks;
  /** when the utility's data was taken; the time of the file by default */
  taken?: Instant;
  /** reads and checks everything, and writes nothing but the report */
  dryRun?: boolean;
  onProgress?: (progress: ImportCounts & { bytes: number; size: number }) => void;
  /** stops between two portions, or after some bad rows; the next import of the file goes on from there */
  signal?: AbortSignal;
}

/** In meta while a file is being imported. */
interface Mark extends ImportCounts {
  offset: number;
  line: number;
  report: number;
}

const MARK_EVERY = 20;

/**
 * Imports one file of one record kind, row by row in bounded memory. Rows that are wrong go to the report and stop
 * nothing; rows that are there already stay as they are. A file that is imported again after a stop goes on there.
 * @throws DomdomError BAD_FILE when the file cannot be meant: nothing readable, another encoding, a wrong heading
 */
export const importFile = (options: ImportOptions): Promise<ImportSummary> =>
  withFile(options, (opened) => importFrom(opened, options));

const importFrom = async (opened: OpenedFile, options: ImportOptions): Promise<ImportSummary> => {
  const { kind, meta, writer, report, dryRun, signal, onProgress } = options;
  const { handle, name: file, size, modified, head } = opened;
  const source: Source = { kind: 'import', name: file, at: options.taken ?? modified.toISOString() };
  const { read, first } = await rowsOf(opened, recordFormat(kind, source));

  const key = `import.${kind}.${createHash('sha256').update(`${file}|${size}|${modified.getTime()}|`).update(head).digest('hex')}`;
  const before = dryRun ? undefined : await meta.get<Mark | null>(key);
  const counts: ImportCounts = before ? pick(before) : { rows: 0, added: 0, changed: 0, same: 0, bad: 0 };
  if (before) await report.back(before.report);

  const pace = paced(options.ticks);
  let at = before ? { offset: before.offset, line: before.line } : first;
  let waiting: RecordKinds[typeof kind][] = [];
  let portions = 0;

  const mark = async () => {
    const position = await report.save();
    if (!dryRun) await meta.set(key, { ...counts, ...at, report: position } satisfies Mark);
  };
  const flush = async () => {
    const rows = waiting;
    waiting = [];
    if (rows.length > 0 && !dryRun) {
      const { added, changed, same } = await pace.write(rows.length, () => writer.put(kind, rows));
      counts.added += added;
      counts.changed += changed;
      counts.same += same;
    }
    counts.rows += rows.length;
    if (++portions % MARK_EVERY === 0) await mark();
    onProgress?.({ ...counts, bytes: at.offset, size });
  };
  const summary = (outcome: ImportSummary['outcome']): ImportSummary => ({
    ...counts,
    outcome,
    ...(before && { wentOnAfter: before.line }),
    longestWrite: Math.round(pace.longest()),
  });
  const stopped = async () => {
    await flush();
    await mark();
    return summary('stopped');
  };

  try {
    for await (const lines of linesOf(handle, { from: at.offset, line: at.line })) {
      for (const { number, end, text } of lines) {
        if (text === undefined || text.trim() !== '') {
          const one = text === undefined ? { fault: { reason: 'is not UTF-8' } } : read(text);
          if ('row' in one) waiting.push(one.row);
          else {
            counts.rows++;
            counts.bad++;
            report.add({ file, line: number, ...one.fault });
          }
        }
        at = { offset: end, line: number };
        if (waiting.length >= pace.portion()) {
          await flush();
          if (signal?.aborted) return await stopped();
        }
      }
      await report.save();
      onProgress?.({ ...counts, bytes: at.offset, size });
      // where every row is bad, no portion is ever full
      if (signal?.aborted) return await stopped();
      if (waiting.length === 0) await mark();
    }
  } catch (error) {
    if (!(error instanceof DomdomError && error.code === 'BAD_FILE')) throw error;
    await flush();
    await mark();
    throw dryRun
      ? error
      : new DomdomError('BAD_FILE', `${error.message} The ${counts.rows - counts.bad} good rows before it are in.`);
  }
  await flush();
  await report.save();
  if (!dryRun) await meta.set(key, null);
  return summary(dryRun ? 'checked' : 'imported');
};

const pick = ({ rows, added, changed, same, bad }: ImportCounts): ImportCounts => ({ rows, added, changed, same, bad });
