import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { appendFile, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Chance, draw, type SavedDraw } from '../campaigns/draw';
import type { Drawn } from '../campaigns/kind';
import type { Folder } from '../campaigns/published';
import type { Campaign } from '../core/campaign';

/** Rows of a shelf that wait in memory. */
const PAGE = 1000;

/**
 * Writes a list and gives its hash. `sorted`: rows in the order of their keys, one a key, by way of a file for each first
 * sign of the keys, so that memory holds only a part of them.
 */
export const writeList = async (
  file: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
  sorted: boolean,
): Promise<{ listHash: string; count: number }> => {
  const partial = `${file}.part`;
  const out = await open(partial, 'w');
  const digest = createHash('sha256');
  let count = 0;
  const write = async (lines: readonly string[]) => {
    if (lines.length === 0) return;
    const bytes = Buffer.from(`${lines.join('\n')}\n`);
    digest.update(bytes);
    await out.write(bytes);
  };
  await write([columns.join(',')]);
  if (sorted) {
    const shelves = new Map<string, { path: string; lines: string[] }>();
    const store = async ({ path, lines }: { path: string; lines: string[] }) => {
      await appendFile(path, `${lines.splice(0).join('\n')}\n`);
    };
    for await (const lines of rows)
      for (const line of lines) {
        const sign = line[0]!;
        let shelf = shelves.get(sign);
        if (!shelf) {
          shelf = { path: `${file}.${sign.charCodeAt(0)}.part`, lines: [] };
          shelves.set(sign, shelf);
          await rm(shelf.path, { force: true });
        }
        shelf.lines.push(line);
        if (shelf.lines.length >= PAGE) await store(shelf);
      }
    for (const sign of [...shelves.keys()].sort()) {
      const shelf = shelves.get(sign)!;
      await store(shelf);
      const lines = (await readFile(shelf.path, 'utf8')).split('\n').filter(Boolean).sort();
      const once = lines.filter((line, n) => line.split(',', 1)[0] !== lines[n - 1]?.split(',', 1)[0]);
      count += once.length;
      await write(once);
      await rm(shelf.path);
    }
  } else {
    for await (const lines of rows) {
      count += lines.length;
      await write(lines);
    }
  }
  await out.sync();
  await out.close();
  await rename(partial, file);
  return { listHash: digest.digest('hex'), count };
};

/** A list on the disk, in portions of lines; from an offset that is the beginning of a row. */
export async function* linesOf(file: string, from = 0): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of createReadStream(file, { start: from, encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield lines;
  }
  // a file that was cut short is no list of ours: its last line is there as it is
  if (rest !== '') yield [rest];
}

export const hashOf = async (file: string): Promise<string> => {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) digest.update(chunk);
  return digest.digest('hex');
};

/** A draw that was interrupted goes on after this row. */
interface Mark extends SavedDraw {
  listHash: string;
  chance: string;
  offset: number;
}

const MARK_EVERY = 250_000;

export interface DrawFileOptions {
  rules: Campaign;
  list: string;
  rows: number;
  chance?: Chance;
  onProgress?: ((share: number, words: string) => void) | undefined;
  signal?: AbortSignal | undefined;
}

/**
 * Draws over a list on the disk in bounded memory. What it has come to stands in a file beside the list, so that a draw that
 * was stopped, or died, goes on there. @returns undefined when it was stopped
 */
export const drawList = async ({
  rules,
  list,
  rows,
  chance,
  onProgress,
  signal,
}: DrawFileOptions): Promise<Drawn[] | undefined> => {
  const markFile = `${list}.mark.json`;
  const listHash = await hashOf(list);
  const chanceHash = createHash('sha256')
    .update(JSON.stringify(chance ?? null))
    .digest('hex');
  const found = existsSync(markFile) ? (JSON.parse(await readFile(markFile, 'utf8')) as Mark) : undefined;
  const mark = found?.listHash === listHash && found.chance === chanceHash ? found : undefined;
  let offset = mark?.offset ?? 0;
  let marked = mark?.rows ?? 0;
  let stopped = false;
  async function* portions(): AsyncGenerator<string[]> {
    for await (const lines of linesOf(list, offset)) {
      offset += lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
      yield lines;
      if (stopped) return;
    }
  }
  const drawn = await draw({
    rules,
    lines: portions(),
    listHash,
    ...(chance && { chance }),
    ...(mark && { saved: { rows: mark.rows, state: mark.state } }),
    onPortion: async (count, saved) => {
      onProgress?.(count / Math.max(rows, 1), `${count} entrants`);
      stopped = signal?.aborted === true;
      if (count - marked < MARK_EVERY && !stopped) return;
      marked = count;
      const content: Mark = { ...saved(), listHash, chance: chanceHash, offset };
      await writeFile(`${markFile}.part`, JSON.stringify(content));
      await rename(`${markFile}.part`, markFile);
    },
  });
  if (stopped) return undefined;
  await rm(markFile, { force: true });
  return drawn;
};

/** A published folder on the disk, for `verify`. */
export const folderAt = (path: string): Folder => ({
  read: (name) => readFile(join(path, name), 'utf8').catch(() => undefined),
  hash: (name) => hashOf(join(path, name)).catch(() => undefined),
  lines: (name) => linesOf(join(path, name)),
});
