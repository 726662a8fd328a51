import { type FileHandle, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomdomError } from '../../core/errors';

/** A row that was not taken. */
export interface BadRow {
  file: string;
  line: number;
  column?: string;
  reason: string;
}

/** Where bad rows go. An import that goes on where it stopped takes the report back to the same place. */
export interface Report {
  /**
   * Looks whether the report may be written where it is meant to be, before anything is.
   * @throws DomdomError BAD_PATH where it would destroy the imported file, or another one that is no report
   */
  ready(imported: string): Promise<void>;
  add(row: BadRow): void;
  /** writes what was added; gives the position after it */
  save(): Promise<number>;
  /** forgets everything after a position */
  back(to: number): Promise<void>;
  close(): Promise<void>;
}

const cell = (text: string) => `"${text.replace(/^[=+\-@]/, "'$&").replaceAll('"', '""')}"`;

const forms = {
  jsonl: { heading: '', row: (row: BadRow) => JSON.stringify(row) + '\n' },
  csv: {
    heading: 'file,line,column,reason\n',
    row: ({ file, line, column, reason }: BadRow) => `${cell(file)},${line},${cell(column ?? '')},${cell(reason)}\n`,
  },
};

const unwritable = (why: string, cause?: unknown) =>
  new DomdomError('BAD_PATH', `The report of bad rows ${why}.`, { cause });

/** An error of the file system as one sentence. */
const named = async <T>(work: Promise<T>): Promise<T> =>
  work.catch((cause: NodeJS.ErrnoException) => {
    throw unwritable(`cannot be written (${cause.code})`, cause);
  });

/** What every report begins with, so that a file of another kind is known before it is written over. */
const BEGINNINGS = [forms.csv.heading, '{"file":"'];

const isReport = async (path: string): Promise<boolean> => {
  const handle = await named(open(path, 'r'));
  try {
    const { buffer, bytesRead } = await named(handle.read(Buffer.alloc(64), 0, 64, 0));
    const head = buffer.toString('utf8', 0, bytesRead);
    return BEGINNINGS.some((beginning) => head.startsWith(beginning.slice(0, bytesRead)));
  } finally {
    await handle.close();
  }
};

/** A report in a file, CSV or JSONL by its name; it is made with the first bad row. */
export const fileReport = (path: string): Report => {
  const form = path.endsWith('.csv') ? forms.csv : forms.jsonl;
  let handle: FileHandle | undefined;
  let position = 0;
  let waiting = '';
  return {
    async ready(imported) {
      const at = (file: string) => stat(file, { bigint: true });
      const there = await at(path).catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === 'ENOENT') return undefined;
        throw unwritable(`cannot be written (${cause.code})`, cause);
      });
      if (!there) {
        // a link that leads nowhere is found where it is opened
        if ((await named(stat(dirname(path)))).isDirectory()) return;
        throw unwritable('cannot be written (ENOTDIR)');
      }
      if (there.isDirectory()) throw unwritable('cannot be written: there is a folder of its name');
      if (there.isCharacterDevice()) return;
      if (!there.isFile()) throw unwritable('cannot be written: what has its name is no file');
      const source = await at(imported);
      if (there.dev === source.dev && there.ino === source.ino)
        throw unwritable('would be written over the very file that is imported: give it another name');
      if (there.size > 0n && !(await isReport(path)))
        throw unwritable('would be written over a file that is no such report: give it another name');
    },
    add(row) {
      waiting += form.row(row);
    },
    async save() {
      if (waiting === '') return position;
      handle ??= await named(open(path, position > 0 ? 'r+' : 'w'));
      const bytes = Buffer.from((position === 0 ? form.heading : '') + waiting);
      waiting = '';
      await named(handle.write(bytes, 0, bytes.length, position));
      position += bytes.length;
      return position;
    },
    async back(to) {
      if (to === 0) return;
      // A report that was taken away meanwhile begins anew.
      handle = await open(path, 'r+').catch(() => undefined);
      const { size } = (await handle?.stat()) ?? { size: 0 };
      position = Math.min(to, size);
      await handle?.truncate(position);
    },
    async close() {
      await handle?.close();
    },
  };
};
