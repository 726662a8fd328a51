import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded, storesOf } from '../../data';
import { bundled, scratch } from '../processes';

const SAMPLES = join(__dirname, '../../data/import/samples');

let cli: string;
let work: ReturnType<typeof scratch>;
beforeAll(async () => {
  ({ cli } = await bundled());
});
beforeEach(() => {
  work = scratch();
});
afterEach(() => work.remove());

const start = (args: string[], env: Record<string, string> = {}) =>
  spawn(process.execPath, [cli, ...args], {
    cwd: work.dir,
    env: { PATH: process.env.PATH ?? '', DATA_DIR: join(work.dir, 'store'), ...env },
  });

const finished = async (child: ReturnType<typeof start>) => {
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
};
const domdom = (...args: string[]) => finished(start(args));

test('0: every row was good, with a summary for people and for programs', async () => {
  const people = await domdom('import', 'readings', join(SAMPLES, 'readings.csv'));
  expect(people).toMatchObject({ code: 0, err: '' });
  expect(people.out).toMatch(
    /^readings from readings\.csv: 2 rows in [\d.]+ s: 2 new, 0 changed, 0 as before, 0 bad\.\n$/,
  );
  const { code, out } = await domdom('import', 'readings', join(SAMPLES, 'readings.csv'), '--json');
  expect([code, JSON.parse(out)]).toMatchObject([0, { outcome: 'imported', rows: 2, same: 2, bad: 0 }]);
  expect(existsSync(join(work.dir, 'readings.csv.bad.jsonl'))).toBe(false);
});

test('2: some rows were bad, and where they are listed', async () => {
  const file = join(work.dir, 'mixed.csv');
  await writeFile(file, (await readFile(join(SAMPLES, 'debts.csv'), 'utf8')).replace('1111644', '1111645'));
  const { code, out } = await domdom('import', 'debts', file);
  expect(code).toBe(2);
  expect(out).toContain('Bad rows: 1, listed in mixed.csv.bad.jsonl.');
  expect(JSON.parse(await readFile(join(work.dir, 'mixed.csv.bad.jsonl'), 'utf8'))).toEqual({
    file: 'mixed.csv',
    line: 2,
    column: 'total',
    reason: 'is not net + tax',
  });
  expect((await domdom('import', 'debts', file, '--report', 'bad.csv', '--dry-run')).code).toBe(2);
  expect(await readFile(join(work.dir, 'bad.csv'), 'utf8')).toMatch(/^file,line,column,reason\n"mixed\.csv",2,"total"/);
});

test('1: the file cannot be read, in one sentence', async () => {
  const { code, out, err } = await domdom('import', 'readings', join(SAMPLES, 'bills.csv'));
  expect([code, out]).toEqual([1, '']);
  expect(err).toMatch(/^BAD_FILE: The first line is no heading of readings: of its 17 columns 12 \(.*\n$/);
  expect((await domdom('import', 'meters', 'x.csv')).code).toBe(1);
  expect((await domdom('import', 'readings', 'nowhere.csv')).err).toMatch(
    /^BAD_FILE: The file cannot be opened \(ENOENT\)/,
  );
});

test('a kill in the middle is gone on with', async () => {
  const file = join(work.dir, 'readings.csv');
  const rows = Array.from({ length: 15_000 }, (_, n) => {
    const code = `PP0100${String(n).padStart(7, '0')}`;
    return `${code},${code}001,2026,10,2026-10-05,100,220,120`;
  });
  await writeFile(file, ['customer,point,year,month,read_on,old,new,kwh', ...rows, ''].join('\n'));
  const first = start(['import', 'readings', file]);
  const ended = finished(first);
  // Killed once some rows are in, however fast this machine is.
  const dir = join(work.dir, 'store');
  while (first.exitCode === null && !existsSync(join(dir, 'domdom.db'))) await pause(5);
  const stores = storesOf(await openEmbedded({ dir }), 'sample');
  while (first.exitCode === null && (await stores.writer.count('readings')) < 6000) await pause(5);
  await stores.close();
  first.kill('SIGKILL');
  await ended;
  const { code, out } = await domdom('import', 'readings', file, '--json');
  const summary = JSON.parse(out);
  expect([code, summary]).toMatchObject([0, { outcome: 'imported', rows: 15_000, changed: 0, bad: 0 }]);
  expect(summary.wentOnAfter).toBeGreaterThan(1000);
  const whole = storesOf(await openEmbedded({ dir }), 'sample');
  expect(await whole.writer.count('readings')).toBe(15_000);
  await whole.close();
});

test.each([
  [[], 'Stopped. The same command goes on from here.'],
  [['--dry-run'], 'Stopped. Checking begins anew with the same command.'],
])('Ctrl-C ends it while only bad rows are read, too: %j', async (options, words) => {
  const file = join(work.dir, 'debts.csv');
  await writeFile(file, `customer,year,month,net,tax,total\n${'x,2026,10,1,1,2\n'.repeat(1_000_000)}`);
  const child = start(['import', 'debts', file, ...options]);
  const ended = finished(child);
  while (child.exitCode === null && !existsSync(join(work.dir, 'debts.csv.bad.jsonl'))) await pause(5);
  child.kill('SIGINT');
  const { code, out } = await ended;
  expect(code).toBe(1);
  expect(out).toContain(words);
  expect(Number(/(\d+) rows/.exec(out)![1])).toBeLessThan(1_000_000);
});

test('domdom sample fills a store, and --help has examples', async () => {
  const env = { SAMPLE_CUSTOMERS: '40' };
  const first = await finished(start(['sample', '--until', '2026-03', '--json'], env));
  expect([first.code, JSON.parse(first.out)]).toEqual([
    0,
    { outcome: 'loaded', until: { year: 2026, month: 3 }, customers: 40 },
  ]);
  expect(await finished(start(['sample', '--quiet'], env))).toEqual({ code: 0, out: '', err: '' });
  expect((await finished(start(['sample', '--until', '2026-13'], env))).code).toBe(1);
  for (const command of ['import', 'sample']) expect((await domdom(command, '--help')).out).toContain('Examples:');
});
