import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readLine } from '../../app/chat';
import type { Activity } from '../../core/activity';
import { bundled, scratch } from '../processes';

let cli: string;
let store: ReturnType<typeof scratch>;

const run = (args: string[], input = ''): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [cli, ...args], {
      env: {
        PATH: process.env.PATH ?? '',
        DATA_DIR: store.dir,
        SAMPLE_CUSTOMERS: '40',
        LOG_LEVEL: 'error',
        NO_COLOR: '1',
      },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk) => (out += chunk));
    child.stderr.on('data', (chunk) => (err += chunk));
    child.on('close', (code) => resolve({ code, out, err }));
    child.stdin.end(input);
  });

const ask = async (lines: string[], ...args: string[]): Promise<Activity[][]> => {
  const { out, code, err } = await run(['chat', '--json', ...args], lines.map((line) => line + '\n').join(''));
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Activity[]);
};

beforeAll(async () => {
  ({ cli } = await bundled());
  store = scratch();
  expect(await run(['sample', '--until', '2026-10', '--quiet'])).toMatchObject({ code: 0 });
}, 120_000);
afterAll(() => store.remove());

const THEN = ['--now', '2016-09-30T09:00:00+07:00'];

test.each([
  ['LGD PP05000974006 1 10 2016', ['06/10/2016']],
  ['lgd_pp05000974006_1_10_2016', ['06/10/2016']],
  ['CS PP05000974006 1 10 2016', ['KT', '9618', '10004', '386']],
  ['TD PP05000974006 1 10 2016', ['500550']],
  ['td.pp05000974006.10/2016', ['500550']],
  ['NTD PP05000974006', ['650000', '65000', '715000']],
  ['LCD PP05000974006', ['9:30', '01/10/2016', '15:00', '20/10/2016']],
])('by SMS in 2016: %s', async (command, facts) => {
  const [[reply, ...more]] = (await ask([command], '--channel', 'sms', ...THEN)) as [[Activity, ...Activity[]]];
  expect(more).toEqual([]);
  for (const fact of facts) expect(reply.text).toContain(fact);
  expect(reply.text).toMatch(/^[\x20-\x7e\n]+$/);
  expect(reply.text).not.toContain('?');
  expect(reply.channelData).toMatchObject({ encoding: 'GSM-7', segments: expect.any(Number) });
});

test('with the clock of today no outage is planned for that customer', async () => {
  const [[reply]] = (await ask(['LCD PP05000974006'], '--channel', 'sms', '--now', '2026-11-22T09:00:00+07:00')) as [
    [Activity],
  ];
  expect(reply.text).toMatch(/(chua|khong) co lich/i);
  expect(reply.text).not.toContain('2016');
});

test('one array a line, whatever the line holds', async () => {
  const lines = [
    'xin chào',
    '',
    '{"type":"message","text":"TC","id":"m-1"}',
    '{"type":"message","text":"TC","id":"m-1"}',
    '{"type":"typing"}',
    '["con ơi","cho bà hỏi","mã PP05000974006 tháng 10/2016 hết nhiêu tiền"]',
    '{"broken',
    '[1,2]',
    'x'.repeat(70_000),
  ];
  const replies = await ask(lines, '--channel', 'web', '--conversation', 'lines', ...THEN);
  expect(replies).toHaveLength(lines.length);
  expect(replies[0]!.length).toBeGreaterThan(0);
  expect(replies[1]).toEqual([]);
  expect(replies[2]!.length).toBeGreaterThan(0);
  expect(replies[3]).toEqual(replies[2]);
  expect(replies[4]).toEqual([]);
  expect(replies[5]!.map(({ text }) => text).join('\n')).toContain('500.550');
  expect(replies[6]).toMatchObject([{ channelData: { error: 'BAD_JSON' } }]);
  expect(replies[7]).toMatchObject([{ channelData: { error: 'BAD_JSON' } }]);
  expect(replies[8]).toMatchObject([{ channelData: { error: 'TOO_LARGE' } }]);
});

test('a carriage return within a line does not end it', async () => {
  const { out } = await run(['chat', '--json', '--channel', 'web', ...THEN], 'xin\rchao\nmenu\r\n');
  expect(out.trimEnd().split('\n')).toHaveLength(2);
});

test('thousands of pieces in a line are refused at once; as many as a person sends are one message', async () => {
  const pieces = [...Array(99).fill('con ơi'), 'mã PP05000974006 tháng 10/2016 hết nhiêu tiền'];
  const [many, some] = await ask(
    [JSON.stringify(Array(6000).fill('a')), JSON.stringify(pieces)],
    '--channel',
    'web',
    ...THEN,
  );
  expect(many).toMatchObject([{ channelData: { error: 'TOO_LARGE' } }]);
  expect(some!.map(({ text }) => text).join('\n')).toContain('500.550');
});

test('a conversation is resumed by its id, and only by it', async () => {
  await ask(['tiền điện tháng 10/2016 mã PP05000974006'], '--conversation', 'resumed', ...THEN);
  const [again] = await ask(['còn nợ không?'], '--conversation', 'resumed', ...THEN);
  expect(again!.map(({ text }) => text).join('\n')).toContain('715.000');
  const [stranger] = await ask(['còn nợ không?'], '--conversation', 'another', ...THEN);
  expect(stranger!.map(({ text }) => text).join('\n')).not.toContain('715.000');
});

test('the first talk on an empty store fills it with the sample, and says so on stderr only', async () => {
  const filled = store;
  store = scratch();
  const command = ['chat', '--json', '--channel', 'sms', ...THEN];
  const first = await run(command, 'TD PP05000974006 1 10 2016\n');
  const second = await run(command, 'TD PP05000974006 1 10 2016\n');
  store.remove();
  store = filled;
  for (const { code, out } of [first, second]) {
    expect(code).toBe(0);
    expect(JSON.parse(out)[0].text).toContain('500550');
  }
  expect(first.err).toMatch(/^The store is empty: .+\n$/);
  expect(second.err).toBe('');
});

test('help shows examples, a wrong flag is one sentence and exit code 1', async () => {
  const help = await run(['chat', '--help']);
  expect(help).toMatchObject({ code: 0, out: expect.stringContaining('Examples:') });
  const wrong = await run(['chat', '--now', 'yesterday']);
  expect(wrong.code).toBe(1);
  expect(wrong.err).toContain('ISO 8601');
});

test('readLine takes texts, activities and arrays of both', () => {
  expect(readLine('chào')).toEqual([{ type: 'message', text: 'chào' }]);
  expect(readLine('["a",{"type":"message","text":"b"}]')).toHaveLength(2);
  expect(readLine('{"type":"message","text":5}')).toBe('BAD_JSON');
  expect(readLine('{"type":"__proto__"}')).toBe('BAD_JSON');
  expect(readLine('[[]]')).toBe('BAD_JSON');
  expect(readLine(JSON.stringify(Array(100).fill('a')))).toHaveLength(100);
  expect(readLine(JSON.stringify(Array(101).fill('a')))).toBe('TOO_LARGE');
});

test('who reads the output may stop: the command ends without a fault', async () => {
  const child = spawn(process.execPath, [cli, 'nlu', 'parse', '--jsonl'], { env: { PATH: process.env.PATH ?? '' } });
  let err = '';
  child.stderr.on('data', (chunk) => (err += chunk));
  const ended = once(child, 'close');
  child.stdin.write('{"text":"xin chào"}\n');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.stdin.end('{"text":"tiền điện tháng 9"}\n'.repeat(200));
  expect([(await ended)[0], err]).toEqual([0, '']);
});
