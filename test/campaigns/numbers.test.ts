import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { openMongo, storesOf } from '../../data';
import type { Engine } from '../../data/engine';
import { embeddedPlace } from '../data/places';
import { FINDING_MS, mongoDatabase } from '../mongo';
import { bundledScript } from '../processes';

/** Numbers under several processes that are killed in the middle; the whole load of the issue with CONTACTS=10000. The stand-in for MongoDB is slow. */

const LOAD = { embedded: { processes: 8, contacts: 250 }, mongodb: { processes: 4, contacts: 100 } };
const CONTACTS = Number(process.env.CONTACTS ?? 0);
const loadOf = ({ kind }: Engine) => (CONTACTS ? { processes: 8, contacts: CONTACTS } : LOAD[kind]);
let script: string;

beforeAll(async () => {
  script = await bundledScript('test/campaigns/ticket-storm.ts');
});

/** Runs one process to its end, or kills it after so many lines and runs it again: what it was given it is given again. */
const run = async (place: string, name: string, contacts: number, kills: number[]): Promise<string[]> => {
  const lines: string[] = [];
  for (const after of [...kills, undefined]) {
    const child = spawn(process.execPath, [script, place, name, String(contacts)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const reader = createInterface({ input: child.stdout! });
    let said = 0;
    reader.on('line', (line) => {
      if (line === 'ready') return;
      lines.push(line);
      if (++said === after) child.kill('SIGKILL');
    });
    await Promise.all([once(child, 'exit'), once(reader, 'close')]);
  }
  return lines;
};

const storm = async (place: string, engine: Engine): Promise<void> => {
  const { tickets } = storesOf(engine, 'storm');
  const { processes, contacts } = loadOf(engine);
  const all = await Promise.all(
    Array.from({ length: processes }, (_, n) =>
      run(place, `p${n}`, contacts, n % 2 ? [Math.floor(contacts / 3) + n, Math.floor(contacts / 2)] : []),
    ),
  );
  const last = await tickets.close('storm');
  expect(await tickets.close('storm')).toBe(last);
  const given = new Map<string, string>();
  for (const [number, , ...who] of all.flat().map((line) => line.split(' '))) {
    const person = who.join(' ');
    expect([person, given.get(person) ?? number]).toEqual([person, number]);
    given.set(person, number!);
  }
  const kept = [];
  for (let number = 0; number < last; ) {
    const page = await tickets.after('storm', number, 1000);
    kept.push(...page);
    number = page.at(-1)!.number;
  }
  expect(kept.map(({ number }) => number)).toEqual(Array.from({ length: last }, (_, n) => n + 1));
  const people = kept.map(({ who }) => who);
  expect(new Set(people).size).toBe(people.length);
  const expected = processes * (contacts - Math.floor(contacts / 10)) + Math.floor(contacts / 100);
  expect(people.length).toBe(expected);
  expect([...given.keys()].sort()).toEqual([...people].sort());
  expect(
    await tickets.take(
      { id: 'storm', per: 'day' },
      { who: 'late', want: 'x', at: '2026-12-02T03:00:00.000Z', channel: 'web', origin: 'late' },
    ),
  ).toEqual({ is: 'closed' });
  console.info(`${engine.describe}: ${last} numbers from ${processes} processes × ${contacts} contacts`);
};

const LONG = Math.max(120_000, CONTACTS * 200);

test(
  'embedded: gapless, none twice, whatever is killed',
  async () => {
    const place = await embeddedPlace();
    const engine = (await place.open())!;
    await storm(place.dir, engine);
    await engine.close();
    await place.remove();
  },
  LONG,
);

test(
  'MongoDB: gapless, none twice, whatever is killed',
  async () => {
    const uri = await mongoDatabase();
    if (!uri) return console.warn('no MongoDB server can be had: not tested');
    const engine = await openMongo({ uri });
    await storm(uri, engine);
    await engine.close();
  },
  LONG + FINDING_MS,
);
