import { link, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { openEmbedded, storesOf } from '../../data';
import { fileReport, importFile } from '../../data/import';
import type { Stores } from '../../data/stores';

const ticks = { elapsed: () => performance.now(), rest: () => new Promise<void>((resolve) => setImmediate(resolve)) };
const CONTENT = 'customer,year,month,net,tax,total\nPP01000777001,2026,10,1,1,9\n';

let folder: string;
let file: string;
let stores: Stores;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'report-'));
  file = join(folder, 'debts.csv');
  await writeFile(file, CONTENT);
  stores = storesOf(await openEmbedded({ dir: join(folder, 'store') }), 'sample');
});
afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true });
});

const load = (report: string) =>
  importFile({
    kind: 'debts',
    file,
    writer: stores.writer,
    meta: stores.meta,
    report: fileReport(report),
    ticks,
  });

const refused = async (report: string, why: RegExp) => {
  await expect(load(report)).rejects.toMatchObject({ code: 'BAD_PATH', message: expect.stringMatching(why) });
  expect(await readFile(file, 'utf8')).toBe(CONTENT);
};

describe('a report is never written over the file that is imported', () => {
  test('by its own name, or another spelling of it', async () => {
    await refused(file, /the very file that is imported/);
    await refused(join(folder, 'store/../debts.csv').replace('debts', './debts'), /very file/);
    await refused(`${folder}/store/../debts.csv`, /very file/);
    await refused(relative(process.cwd(), file), /very file/);
  });

  test('nor by a symbolic or a hard link', async () => {
    await symlink(file, join(folder, 'soft.jsonl'));
    await link(file, join(folder, 'hard.jsonl'));
    for (const name of ['soft.jsonl', 'hard.jsonl']) await refused(join(folder, name), /very file/);
  });

  test('nor over any other file that is no report', async () => {
    const other = join(folder, 'customers.csv');
    await writeFile(other, 'code,name\n');
    await refused(other, /no such report/);
    expect(await readFile(other, 'utf8')).toBe('code,name\n');
    await refused(join(folder, 'store/domdom.db'), /no such report/);
  });

  test.each(['bad.jsonl', 'bad.csv'])('but over an earlier report: %s', async (name) => {
    const report = join(folder, name);
    await writeFile(report, '');
    for (let n = 0; n < 2; n++) expect(await load(report)).toMatchObject({ bad: 1 });
    expect((await readFile(report, 'utf8')).trim().split('\n')).toHaveLength(name === 'bad.csv' ? 2 : 1);
  });
});

test('where no report can be is said in one sentence before anything is read', async () => {
  await mkdir(join(folder, 'd.csv'));
  await refused(join(folder, 'd.csv'), /a folder of its name/);
  await refused(join(folder, 'nowhere/x.jsonl'), /cannot be written \(ENOENT\)/);
  await refused(join(file, 'x.jsonl'), /cannot be written \(ENOTDIR\)/);
  await refused(join(folder, `${'x'.repeat(300)}.jsonl`), /cannot be written \(ENAMETOOLONG\)/);
  await symlink(join(folder, 'nowhere/x.jsonl'), join(folder, 'dangling.jsonl'));
  await refused(join(folder, 'dangling.jsonl'), /cannot be written \(ENOENT\)/);
});

test('a report that takes no more is said in one sentence', async () => {
  await refused('/dev/full', /cannot be written \(ENOSPC\)/);
});
