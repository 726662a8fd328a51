import { type FileHandle, open } from 'node:fs/promises';

/** A row that was not taken. */
export interface BadRow {
  file: string;
  line: number;
  column?: string;
  reason: string;
}

/** Where bad rows go. An import that goes on where it stopped takes the report back to the same place. */
export interface Report {
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

/** A report in a file, CSV or JSONL by its name; it is made with the first bad row. */
export const fileReport = (path: string): Report => {
  const form = path.endsWith('.csv') ? forms.csv : forms.jsonl;
  let handle: FileHandle | undefined;
  let position = 0;
  let waiting = '';
  return {
    add(row) {
      waiting += form.row(row);
    },
    async save() {
      if (waiting === '') return position;
      handle ??= await open(path, position > 0 ? 'r+' : 'w');
      const bytes = Buffer.from((position === 0 ? form.heading : '') + waiting);
      waiting = '';
      await handle.write(bytes, 0, bytes.length, position);
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
