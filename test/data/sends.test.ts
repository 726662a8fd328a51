import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { openSends, type SendsOptions } from '../../data/sends';
import { scratch } from '../processes';

const NOW = Date.parse('2026-03-12T02:00:00.000Z');
let place: ReturnType<typeof scratch>;
let living: Set<number>;
beforeEach(() => {
  place = scratch();
  living = new Set();
});
afterEach(() => place.remove());

const boot = (name: string, more: Partial<SendsOptions> = {}) =>
  openSends({
    dir: join(place.dir, 'sends'),
    boot: name,
    pid: 100,
    host: 'here',
    machine: 'first start',
    alive: (pid) => living.has(pid),
    now: NOW,
    ...more,
  });
const files = () => readdirSync(join(place.dir, 'sends'));

test('the next process knows what was not begun, what was taken, and that the rest is not known', () => {
  const killed = boot('killed');
  killed.unsent(['a', 'b', 'c', 'd']);
  killed.begun('b');
  killed.sent('b', 'm_1');
  killed.begun('c');
  killed.begun('d');
  killed.unsent(['d']);
  killed.sent('e');
  const next = boot('next', { pid: 101 });
  expect(['a', 'b', 'c', 'd', 'e', 'f'].map((key) => next.fate('killed', key))).toEqual([
    { is: 'unsent' },
    { is: 'sent', platformId: 'm_1' },
    { is: 'unknown' },
    { is: 'unsent' },
    { is: 'sent' },
    { is: 'unknown' },
  ]);
});

test.each<[string, Partial<SendsOptions>]>([
  ['another start of the machine', { machine: 'second start' }],
  ['another host', { host: 'there' }],
])('nothing is known after %s', (_what, more) => {
  boot('killed').unsent(['a']);
  expect(boot('next', { pid: 101, ...more }).fate('killed', 'a')).toEqual({ is: 'unknown' });
});

test('nothing is known of a process that may still live, of oneself, or of none; a pid that is ours again is no living one', () => {
  const other = boot('other');
  other.unsent(['a']);
  living.add(100);
  expect(boot('next', { pid: 101 }).fate('other', 'a')).toEqual({ is: 'unknown' });
  expect(boot('again', { pid: 100 }).fate('other', 'a')).toEqual({ is: 'unsent' });
  expect(other.fate('other', 'a')).toEqual({ is: 'unknown' });
  for (const name of ['', '../other', 'nobody']) expect(other.fate(name, 'a')).toEqual({ is: 'unknown' });
});

test('a line that was cut short tells nothing', () => {
  boot('killed').unsent(['a']);
  const file = join(place.dir, 'sends', 'killed');
  const whole = readFileSync(file, 'utf8').split('\n')[1]!;
  appendFileSync(file, whole.slice(0, 10));
  expect(boot('next', { pid: 101 }).fate('killed', 'a')).toEqual({ is: 'unsent' });
});

test('the file holds no key, stays short, and what is open survives its being written anew', () => {
  const killed = boot('killed', { longest: 2000 });
  killed.unsent(['sms:84912000111|1:0.0']);
  for (let n = 0; n < 500; n += 1) {
    killed.unsent([`k${n}`]);
    killed.begun(`k${n}`);
    killed.sent(`k${n}`, `m_${n}`);
    killed.settled([`k${n}`]);
  }
  const file = join(place.dir, 'sends', 'killed');
  expect(statSync(file).size).toBeLessThan(2100);
  expect(readFileSync(file, 'utf8')).not.toContain('84912');
  const next = boot('next', { pid: 101 });
  expect(next.fate('killed', 'sms:84912000111|1:0.0')).toEqual({ is: 'unsent' });
  expect(next.fate('killed', 'k3')).toEqual({ is: 'unknown' });
});

test('a process that ends in order leaves no file, and old ones are cleared away', () => {
  boot('killed').unsent(['a']);
  const ending = boot('ending', { pid: 101 });
  ending.unsent(['b']);
  ending.settled(['b']);
  ending.close();
  expect(files()).toEqual(['killed']);
  const old = new Date(NOW - 8 * 86_400_000);
  utimesSync(join(place.dir, 'sends', 'killed'), old, old);
  boot('next', { pid: 101 }).unsent(['c']);
  expect(files()).toEqual(['next']);
});

test('where it cannot be written, nothing is told and nothing is thrown', () => {
  const file = join(place.dir, 'a file');
  appendFileSync(file, '');
  const broken = boot('broken', { dir: join(file, 'sends') });
  broken.unsent(['a']);
  broken.sent('a');
  broken.close();
  expect(boot('next', { dir: join(file, 'sends'), pid: 101 }).fate('broken', 'a')).toEqual({ is: 'unknown' });
});
