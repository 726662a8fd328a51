import { createHash } from 'node:crypto';
import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DomdomError } from '../../core/errors';
import type { RecordKind, RecordKinds, Source } from '../../core/records';
import type { Instant } from '../../core/time';
import type { Meta, RecordWriter } from '../stores';
import { checkHead, HEAD } from './head';
import { linesOf } from './lines';
import { paced, type Ticks } from './pace';
import type { Report } from './report';
import { csvRows, heading, jsonRows, type RowReader } from './rows';

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
  /** stops between two portions; the next import of the file goes on from there */
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
export const importFile = async (options: ImportOptions): Promise<ImportSummary> => {
  let handle: FileHandle | undefined;
  const unopened = (cause: NodeJS.ErrnoException) => {
    throw new DomdomError('BAD_FILE', `The file cannot be opened (${cause.code}).`);
  };
  try {
    // Asked first, for opening a pipe would wait for somebody to write.
    if (!(await stat(options.file).catch(unopened)).isFile()) throw new DomdomError('BAD_FILE', 'That is no file.');
    await options.report.ready(options.file);
    handle = await open(options.file, 'r').catch(unopened);
    return await importFrom(handle, options);
  } finally {
    await handle?.close();
    await options.report.close();
  }
};

const importFrom = async (handle: FileHandle, options: ImportOptions): Promise<ImportSummary> => {
  const { kind, meta, writer, report, dryRun, signal, onProgress } = options;
  const { size, mtime, mtimeMs } = await handle.stat();
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
  const head = buffer.subarray(0, bytesRead);
  const first = checkHead(head);

  const file = basename(options.file)
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 150);
  const source: Source = { kind: 'import', name: file, at: options.taken ?? mtime.toISOString() };
  const { read, begin } = await beginning(handle, first, options, source);

  const key = `import.${kind}.${createHash('sha256').update(`${file}|${size}|${mtimeMs}|`).update(head).digest('hex')}`;
  const before = dryRun ? undefined : await meta.get<Mark | null>(key);
  const counts: ImportCounts = before ? pick(before) : { rows: 0, added: 0, changed: 0, same: 0, bad: 0 };
  if (before) await report.back(before.report);

  const pace = paced(options.ticks);
  let at = before ? { offset: before.offset, line: before.line } : begin;
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

  try {
    for await (const lines of linesOf(handle, { from: at.offset, line: at.line })) {
      for (const { number, end, text } of lines) {
        if (text === undefined || text.trim() !== '') {
          const one = text === undefined ? { fault: { reason: 'is not UTF-8' } } : read(text);
          if ('row' in one) waiting.push(one.row as RecordKinds[typeof kind]);
          else {
            counts.rows++;
            counts.bad++;
            report.add({ file, line: number, ...one.fault });
          }
        }
        at = { offset: end, line: number };
        if (waiting.length >= pace.portion()) {
          await flush();
          if (signal?.aborted) {
            await mark();
            return summary('stopped');
          }
        }
      }
      await report.save();
      onProgress?.({ ...counts, bytes: at.offset, size });
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

/** How rows are read, and where the first one is: after the heading of a CSV file. */
const beginning = async (
  handle: FileHandle,
  from: number,
  { kind, file }: ImportOptions,
  source: Source,
): Promise<{ read: RowReader<RecordKind>; begin: { offset: number; line: number } }> => {
  if (/\.(jsonl|ndjson)$/i.test(file)) {
    for await (const [line] of linesOf(handle, { from }))
      if (!line?.text?.trimStart().startsWith('{'))
        throw new DomdomError('BAD_FILE', 'Line 1 is not a JSON object: a JSONL file has one on each line.');
      else break;
    return { read: jsonRows(kind, source) as RowReader<RecordKind>, begin: { offset: from, line: 0 } };
  }
  if (!/\.csv$/i.test(file)) throw new DomdomError('BAD_FILE', 'The name of the file ends in neither .csv nor .jsonl.');
  for await (const [line] of linesOf(handle, { from })) {
    const found = heading(kind, line!.text ?? '');
    if ('wrong' in found) throw new DomdomError('BAD_FILE', found.wrong);
    return {
      read: csvRows(kind, found, source) as RowReader<RecordKind>,
      begin: { offset: line!.end, line: 1 },
    };
  }
  throw new DomdomError('BAD_FILE', 'The file is empty.');
};
