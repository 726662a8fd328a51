/**
 * Freezes and draws a list of five million entrants over 21 provinces, stopped in the middle and gone on with:
 *   npm run bench:draw -- [entrants]
 * Each step runs in a process of its own, whose peak memory is told.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { progressBar } from '../app/commands/progress';
import { drawList, writeList } from '../app/lists';
import { readCampaign } from '../campaigns/definition';
import { winnersFile } from '../campaigns/draw';
import { columnsOf } from '../campaigns/kinds';
import { packageRoot } from '../data/package-root';

const PORTION = 1000;
const CAMPAIGN = 'evnspc-2021-app';
const CHANCE = { seed: 'a'.repeat(64), publicNumber: '123456' };

const file = `${CAMPAIGN}.yaml`;
const rules = readCampaign(file, readFileSync(join(packageRoot(), 'data/campaigns', file), 'utf8'));
const provinces = rules.selection.kind === 'stratified' ? rules.selection.strata.map(({ name }) => name) : [];

function* entrants(count: number): Generator<string[]> {
  for (let from = 0; from < count; from += PORTION)
    yield Array.from({ length: Math.min(PORTION, count - from) }, (_, n) => {
      const key = createHash('sha256')
        .update(String(from + n))
        .digest('base64url')
        .slice(0, 22);
      return `${key},${provinces[(from + n) % provinces.length]}`;
    });
}

interface Told {
  seconds: number;
  peakMb: number;
  rows?: number;
  winners?: number;
  hash?: string;
}

/** One step, in the child. `stopAt`: the share at which the draw is stopped. */
const step = async (what: string, list: string, count: number, stopAt: number): Promise<void> => {
  const bar = progressBar();
  const begun = performance.now();
  let told: Omit<Told, 'seconds' | 'peakMb'> = {};
  if (what === 'freeze') told = { rows: (await writeList(list, columnsOf(rules), entrants(count), true)).count };
  else {
    const stop = new AbortController();
    const drawn = await drawList({
      rules,
      list,
      rows: count,
      chance: CHANCE,
      signal: stop.signal,
      onProgress(share, words) {
        bar.draw(share, words);
        if (share >= stopAt) stop.abort();
      },
    });
    bar.end();
    const winners = drawn && winnersFile(drawn);
    told = winners ? { winners: drawn.length, hash: createHash('sha256').update(winners).digest('hex') } : {};
  }
  const seconds = (performance.now() - begun) / 1000;
  process.send!({ ...told, seconds, peakMb: process.resourceUsage().maxRSS / 1024 } satisfies Told);
  process.disconnect();
};

const main = async (): Promise<void> => {
  const count = Number(process.argv[2] ?? 5_000_000);
  const dir = mkdtempSync(join(tmpdir(), 'domdom-draw-'));
  const list = join(dir, 'entrants.csv');
  const run = async (what: string, stopAt = 2): Promise<Told> => {
    const child = fork(process.argv[1]!, [what, list, String(count), String(stopAt)]);
    const [told] = (await once(child, 'message')) as [Told];
    return told;
  };
  const say = (what: string, { seconds, peakMb, ...rest }: Told) =>
    process.stdout.write(
      `${what.padEnd(28)}${seconds.toFixed(1).padStart(7)} s   peak ${peakMb.toFixed(0)} MB   ${JSON.stringify(rest)}\n`,
    );
  try {
    say('frozen, sorted and hashed', await run('freeze'));
    process.stdout.write(`the list: ${(statSync(list).size / 1e6).toFixed(0)} MB\n`);
    const whole = await run('draw');
    say('drawn in one go', whole);
    say('drawn, stopped in the middle', await run('draw', 0.5));
    const resumed = await run('draw');
    say('gone on with to the end', resumed);
    process.stdout.write(`the same winners: ${whole.hash === resumed.hash}\n`);
    if (whole.hash !== resumed.hash) process.exitCode = 1;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
};

const [, , what, list, count, stopAt] = process.argv;
void (what === 'freeze' || what === 'draw' ? step(what, list!, Number(count), Number(stopAt)) : main());
