/**
 * Imports a million readings into the embedded store, while another process writes to the same store as a server does:
 *   node scripts/run.mjs bench/import.ts [rows]
 * Prints rows per second, peak memory, reported rows, how long the other process waited for its commits, and how long the
 * store was held, as a third process finds that never takes it.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { openEmbedded, storesOf } from '../data';
import { fileReport, type ImportSummary, importFile } from '../data/import';

const PROBE_EVERY_MS = 20;

const openStores = async (dir: string) => storesOf(await openEmbedded({ dir }), 'bench');

interface Spread {
  count: number;
  p50: number;
  p99: number;
  longest: number;
}

/** Milliseconds, to a tenth. */
const spread = (times: number[]): Spread => {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) / 10;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), longest: at(1) };
};
const said = ({ count, p50, p99, longest }: Spread) => `${count}: p50 ${p50} ms, p99 ${p99} ms, longest ${longest} ms`;

/** One small durable write every 20 ms, as of a server with little to do, until the parent says stop. */
const probe = async (dir: string) => {
  const stores = await openStores(dir);
  const waited: number[] = [];
  let going = true;
  process.once('message', () => {
    going = false;
  });
  process.send!('ready');
  for (let n = 0; going; n++) {
    const begun = performance.now();
    await stores.meta.set('probe', n);
    waited.push(performance.now() - begun);
    await pause(PROBE_EVERY_MS);
  }
  await stores.close();
  process.send!(spread(waited));
  process.disconnect();
};

const LOOK_EVERY_MS = 1;
/** What was seen over a longer gap between two looks may be two holds, or the machine's own pause. */
const ASLEEP_MS = 10;

/** Asks for the write lock all the time and gives it back at once: for how long in one piece somebody else had it. */
const watch = async (dir: string) => {
  const db = new Database(join(dir, 'domdom.db'), { timeout: 0 });
  const [begin, rollback] = [db.prepare('BEGIN IMMEDIATE'), db.prepare('ROLLBACK')];
  const [held, slept]: [number[], number[]] = [[], []];
  let since: number | undefined;
  let looked = performance.now();
  let asleep = false;
  let going = true;
  process.once('message', () => {
    going = false;
  });
  process.send!('ready');
  while (going) {
    const now = performance.now();
    if (now - looked > ASLEEP_MS) asleep = true;
    looked = now;
    try {
      begin.run([]);
      rollback.run([]);
      if (since !== undefined) (asleep ? slept : held).push(now - since);
      since = undefined;
      asleep = false;
    } catch (error) {
      if (!String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) throw error;
      since ??= now;
    }
    await pause(LOOK_EVERY_MS);
  }
  db.close();
  process.send!({ held: spread(held), slept: spread(slept) });
  process.disconnect();
};

const run = async (dir: string, file: string) => {
  const stores = await openStores(dir);
  const begun = performance.now();
  const summary = await importFile({
    kind: 'readings',
    file,
    writer: stores.writer,
    meta: stores.meta,
    report: fileReport(`${file}.bad.jsonl`),
    ticks: { elapsed: () => performance.now(), rest: (ms) => pause(ms) },
  });
  const seconds = (performance.now() - begun) / 1000;
  await stores.close();
  process.send!({ summary, seconds, peak: process.resourceUsage().maxRSS / 1024 });
  process.disconnect();
};

const makeFile = async (file: string, rows: number, badEvery: number) => {
  const out = createWriteStream(file);
  out.write('customer,point,year,month,period,register,multiplier,read_on,previous_on,old,new,kwh,how\n');
  for (let n = 0; n < rows; n++) {
    const customer = `PP0100${String(Math.floor(n / 10)).padStart(7, '0')}`;
    const month = 1 + (n % 10);
    const wrong = badEvery > 0 && n % badEvery === badEvery - 1 ? 1 : 0;
    const old = 1000 + month * 150;
    const use = 100 + ((n * 7919) % 300);
    const days = `2026-${String(month + 1).padStart(2, '0')}-05,2026-${String(month).padStart(2, '0')}-05`;
    const row = `${customer},${customer}001,2026,${month},1,KT,1,${days},${old},${old + use},${use + wrong},read\n`;
    if (!out.write(row)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
};

const child = (...args: string[]) => fork(process.argv[1]!, args);
const next = async <T>(process: ReturnType<typeof child>) => ((await once(process, 'message')) as [T])[0];

const measure = async (name: string, dir: string, file: string) => {
  const beside = child('probe', dir);
  await next(beside);
  const watching = child('watch', dir);
  await next(watching);
  const { summary, seconds, peak } = await next<{ summary: ImportSummary; seconds: number; peak: number }>(
    child('run', dir, file),
  );
  beside.send('stop');
  watching.send('stop');
  const [waits, { held, slept }] = await Promise.all([
    next<Spread>(beside),
    next<{ held: Spread; slept: Spread }>(watching),
  ]);
  const size = Math.round(statSync(file).size / 1e6);
  const { rows, added, changed, same, bad, longestWrite } = summary;
  console.log(`${name}: ${rows} rows (${size} MB) in ${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s`);
  console.log(`  ${added} new, ${changed} changed, ${same} as before, ${bad} bad; peak memory ${Math.round(peak)} MB`);
  console.log(`  longest write ${longestWrite} ms, waiting included`);
  console.log(`  commits of another process meanwhile ${said(waits)}`);
  console.log(`  the store was held ${said(held)}`);
  console.log(`  and where the watcher slept more than ${ASLEEP_MS} ms, at most ${said(slept)}`);
};

const main = async (rows: number) => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-import-'));
  try {
    const [good, mixed] = [join(folder, 'good.csv'), join(folder, 'mixed.csv')];
    await makeFile(good, rows, 0);
    await makeFile(mixed, rows, 100);
    await measure('good rows', join(folder, 'a'), good);
    await measure('the same again', join(folder, 'a'), good);
    await measure('1 % bad rows', join(folder, 'b'), mixed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const [role, dir, file] = process.argv.slice(2);
if (role === 'probe') void probe(dir!);
else if (role === 'watch') void watch(dir!);
else if (role === 'run') void run(dir!, file!);
else void main(Number(role ?? 1_000_000));
