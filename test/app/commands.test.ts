import { spawnSync } from 'node:child_process';
import { openSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { linesOf } from '../../app/commands/lines';
import { timeOption } from '../../app/commands/options';
import { bundled, scratch } from '../processes';

let cli: string;
let store: ReturnType<typeof scratch>;
beforeAll(async () => {
  ({ cli } = await bundled());
  store = scratch();
}, 60_000);
afterAll(() => store.remove());

const run = (args: string[], env: Record<string, string> = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    env: { PATH: process.env.PATH, DATA_DIR: store.dir, SAMPLE_CUSTOMERS: '10', LOG_LEVEL: 'error', ...env },
    encoding: 'utf8',
    timeout: 60_000,
  });
  return { status, stdout, stderr };
};

describe('times', () => {
  test.each([
    ['2016-09-30T09:00:00', '2016-09-30T02:00:00.000Z'],
    ['2016-09-30T09:00', '2016-09-30T02:00:00.000Z'],
    ['2016-09-30', '2016-09-29T17:00:00.000Z'],
    ['2016-09-30T09:00:00.5Z', '2016-09-30T09:00:00.500Z'],
    ['2016-09-30T09:00:00-05:00', '2016-09-30T14:00:00.000Z'],
  ])('%s', (text, instant) => expect(timeOption(text).toISOString()).toBe(instant));

  test.each([
    '1',
    '2016',
    'March 7',
    '30/09/2016',
    '2016-02-30T09:00',
    '2016-9-1',
    '2016-09-30T25:00',
    '2016-09-30 09:00',
    '',
  ])('%j is none', (text) => expect(() => timeOption(text)).toThrow('ISO 8601'));

  test('a time without a zone is of Vietnam, wherever the machine stands', () => {
    const [here, there] = ['Asia/Ho_Chi_Minh', 'America/New_York'].map(
      (TZ) => run(['nlu', 'parse', 'hôm qua', '--json', '--now', '2016-10-01T02:00:00'], { TZ }).stdout,
    );
    expect(here).toBe(there);
    expect(here).toContain('2016-09-30');
  });
});

test.each([
  [['nlu', 'parse', 'a', '--now', 'foo'], /^error: .*--now.*ISO 8601/],
  [['nlu', 'review', '--days', 'x'], /^error: .*--days.*whole number/],
  [['nlu', 'evaluate', '--phrases', '/nope'], /^BAD_PATH: There is no \/nope\. .+\n$/],
  [['store', 'unsure', '--resend', 'xxx'], /^BAD_ARGUMENT: No message .*--help.*\n$/],
  [['campaign', 'open', 'nothing'], /^BAD_ARGUMENT: There is no campaign .*--help.*\n$/],
])('%j: what is wrong is said, and no setting is blamed', (args, sentence) => {
  const { status, stderr } = run(args);
  expect(status).toBe(1);
  expect(stderr).toMatch(sentence);
  expect(stderr).not.toMatch(/env\.example/);
});

test('nlu parse --json is one line', () => {
  const { stdout } = run(['nlu', 'parse', 'tiền điện tháng 9', '--json']);
  expect(stdout).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(stdout).intents[0].name).toBe('bill.lookup');
});

test.each([
  [['xin\rchao\n'], ['xin\rchao']],
  [['menu\r', '\n'], ['menu']],
  [
    ['a\r\n', '\r\nb\n', '\n', 'c'],
    ['a', '', 'b', '', 'c'],
  ],
  [[Buffer.from('điện').subarray(0, 2), Buffer.from('điện').subarray(2), Buffer.from('\n')], ['điện']],
  [
    ['x'.repeat(900_000), 'x'.repeat(900_000), 'x\nb\n'],
    ['x'.repeat(1_000_000), 'b'],
  ],
  [[], []],
])('lines end where they do: %#', async (chunks, lines) => {
  const read: string[] = [];
  for await (const line of linesOf(Readable.from(chunks))) read.push(line);
  expect(read).toEqual(lines);
});

test('the help of every command has examples', () => {
  const without: string[] = [];
  const look = (path: string[]): void => {
    const { stdout } = run([...path, '--help']);
    if (!/^Examples?:/m.test(stdout)) without.push(path.join(' '));
    const [, listed = ''] = stdout.split(/^Commands:$/m);
    for (const [, name] of listed.split(/^\S/m)[0]!.matchAll(/^ {2}(\w+)/gm))
      if (name !== 'help') look([...path, name!]);
  };
  look([]);
  expect(without).toEqual([]);
}, 60_000);

test.each([
  ['from its head', 0],
  ['in the middle', 20_000],
])('a damaged store is told as that: %s', (_where, from) => {
  const own = scratch();
  const env = { DATA_DIR: own.dir };
  expect(run(['sample', '--until', '2026-10', '--quiet'], env).status).toBe(0);
  const file = join(own.dir, 'domdom.db');
  const size = readFileSync(file).length;
  writeSync(openSync(file, 'r+'), Buffer.alloc(size - from, 'x'), 0, size - from, from);
  writeFileSync(`${file}-wal`, '');
  const { status, stderr } = run(['store', 'status'], env);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^STORE_UNREACHABLE: The file domdom\.db in DATA_DIR is damaged.+\n$/);
  own.remove();
});
