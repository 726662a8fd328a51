import { type FileHandle, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { DomdomError } from '../../core/errors';
import { checkHead, HEAD, notUtf8 } from './head';
import { heading } from './heading';
import { linesOf } from './lines';
import type { Report } from './report';
import { csvRows, type Format, jsonRows, type RowReader } from './rows';

/** A file that can be meant as one of rows, by its first bytes. */
export interface OpenedFile {
  handle: FileHandle;
  path: string;
  /** its name, fit to be printed and kept */
  name: string;
  size: number;
  modified: Date;
  /** its first bytes */
  head: Buffer;
  /** where its text begins: after a byte order mark */
  begins: number;
}

const bad = (why: string) => new DomdomError('BAD_FILE', why);

/** @throws DomdomError BAD_FILE when there is no such file, or its first bytes are not those of text in UTF-8 */
const openFile = async (path: string): Promise<OpenedFile> => {
  const unopened = (cause: NodeJS.ErrnoException) => {
    throw new DomdomError('BAD_FILE', `The file cannot be opened (${cause.code}).`, { cause });
  };
  // Asked first, for opening a pipe would wait for somebody to write.
  if (!(await stat(path).catch(unopened)).isFile()) throw bad('That is no file.');
  const handle = await open(path, 'r').catch(unopened);
  try {
    const { size, mtime } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0);
    const head = buffer.subarray(0, bytesRead);
    const name = basename(path)
      .replace(/\p{Cc}/gu, ' ')
      .slice(0, 150);
    return { handle, path, name, size, modified: mtime, head, begins: checkHead(head) };
  } catch (error) {
    await handle.close();
    throw error;
  }
};

/** A place between two lines of a file. */
export interface Place {
  offset: number;
  line: number;
}

/**
 * How the rows of a file are read, and where the first one is: after the heading of a CSV file.
 * @throws DomdomError BAD_FILE when it has another name, another heading or nothing at all
 */
export const rowsOf = async <Row>(
  { handle, path, begins }: OpenedFile,
  format: Format<Row>,
): Promise<{ read: RowReader<Row>; first: Place }> => {
  const json = /\.(jsonl|ndjson)$/i.test(path);
  if (!json && !/\.csv$/i.test(path)) throw bad('The name of the file ends in neither .csv nor .jsonl.');
  for await (const lines of linesOf(handle, { from: begins }))
    for (const { text, end, number } of lines) {
      if (text?.trim() === '') continue;
      if (json) {
        if (text === undefined || text.trimStart().startsWith('{'))
          return { read: jsonRows(format), first: { offset: begins, line: 0 } };
        throw bad(`Line ${number} is not a JSON object: a JSONL file has one on each line.`);
      }
      if (text === undefined) throw notUtf8(number);
      const found = heading(format.kind, format.columns, text);
      if ('wrong' in found) throw bad(found.wrong);
      return { read: csvRows(format, found), first: { offset: end, line: number } };
    }
  throw bad('The file is empty.');
};

/** Opens a file and its report for one import, and closes both whatever becomes of it. */
export const withFile = async <Summary>(
  { file, report }: { file: string; report: Pick<Report, 'ready' | 'close'> },
  run: (opened: OpenedFile) => Promise<Summary>,
): Promise<Summary> => {
  let opened: OpenedFile | undefined;
  try {
    opened = await openFile(file);
    await report.ready(file);
    return await run(opened);
  } finally {
    await opened?.handle.close();
    await report.close();
  }
};
