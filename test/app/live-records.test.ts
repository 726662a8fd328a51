import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Bill, Customer } from '../../core/records';
import { openGateway } from '../../data/gateway';
import { fakeGateway, type Mood, TOKEN } from '../fakes/gateway';
import { hookedHouse, NOW, scriptedChannel } from './hooked-house';

const CODE = 'PP05000974006';
const document = load(readFileSync(join(__dirname, '../../docs/gateway.openapi.yaml'), 'utf8')) as {
  paths: Record<string, { post: { responses: { 200: { content: Record<string, { example: { rows: never } }> } } } }>;
};
const example = (path: string): Record<string, unknown>[] =>
  document.paths[`/v1/${path}`]!.post.responses['200'].content['application/json']!.example.rows;

const platform = scriptedChannel('telegram');
let system: Awaited<ReturnType<typeof fakeGateway>>;
let house: Awaited<ReturnType<typeof hookedHouse>>;
let deadline: AbortController;
let count = 0;

beforeEach(async () => {
  const rows = Object.fromEntries(
    ['customers', 'bills', 'debts'].map((path) => [path, structuredClone(example(path))]),
  );
  system = await fakeGateway(rows, '2026-03-12T01:55:00Z');
  house = await hookedHouse({ telegram: platform.channel }, (stores) =>
    openGateway({
      url: system.url,
      token: TOKEN,
      fetch,
      clock: () => new Date(NOW),
      deadline: () => {
        deadline = new AbortController();
        return deadline.signal;
      },
      imported: stores.records,
      patienceMs: 2500,
      freshMs: 0,
      alarm: () => {},
    }),
  );
  // the import of yesterday has another amount
  const source = { kind: 'import', name: 'bills.csv', at: '2026-03-11T16:00:00.000Z' } as const;
  const [bill] = example('bills');
  await house.stores.writer.put('customers', [{ ...example('customers')[0], source } as unknown as Customer]);
  await house.stores.writer.put('bills', [
    { ...bill, lines: [], amount: 100_000, vat: 8_000, total: 108_000, source } as unknown as Bill,
  ]);
  platform.sent.length = 0;
});
afterEach(async () => {
  await house.close();
  await system.close();
});

const ask = async (text: string, meanwhile?: () => Promise<void>): Promise<string> => {
  const person = `p${++count}`;
  const activity = { type: 'message', id: `e${count}`, from: { id: person }, conversation: { id: person }, text };
  await house.http.inject({
    method: 'POST',
    url: '/hooks/telegram',
    headers: { 'x-secret': 'open', 'content-type': 'application/json' },
    payload: JSON.stringify([activity]),
  });
  await meanwhile?.();
  await house.house.worker.idle(true);
  return platform.sent.map((one) => one.text).join('\n');
};

const QUESTION = `tiền điện tháng 3/2026 mã ${CODE}`;

test('a system that is well answers, and nothing is said of age', async () => {
  const said = await ask(QUESTION);
  expect(said).toContain('269.244 đ');
  expect(said).not.toMatch(/dữ liệu lúc|Hệ thống dữ liệu/);
});

const TROUBLES: [string, Mood, string][] = [
  ['down', { is: 'drops' }, 'đang không trả lời'],
  ['closed for the night', { is: 'refuses', status: 503 }, 'đang không trả lời'],
  ['wrong', { is: 'html' }, 'đang trả về dữ liệu không đúng'],
  ['lying about whose bill it is', { is: 'lies', rows: (rows) => rows.map((row) => ('code' in row ? row : { ...row, customer: 'PP05000974007' })) }, 'đang trả về dữ liệu không đúng'],
  ['lying about the amount', { is: 'lies', rows: (rows) => rows.map((row) => ('code' in row ? row : { ...row, total: 9_999_999 })) }, 'đang trả về dữ liệu không đúng'],
]; // biome-ignore format: a table

test.each(TROUBLES)('a system that is %s: the import answers, and its age is said', async (_, mood, why) => {
  system.is(mood);
  const said = await ask(QUESTION);
  expect(said).toContain('108.000 đ');
  expect(said).toContain(
    `Hệ thống dữ liệu của điện lực ${why}, nên em trả lời theo dữ liệu lúc 23:00 ngày 11/03/2026.`,
  );
  expect(said).not.toMatch(/269\.244|9\.999\.999|PP05000974007/);
});

test('a system that is slow: the turn waits for its one deadline and no longer', async () => {
  system.is({ is: 'hangs' });
  const heard = system.heard();
  const said = await ask(QUESTION, async () => {
    await heard;
    deadline.abort();
  });
  expect(said).toContain('108.000 đ');
  expect(said).toMatch(/đang trả lời chậm, nên em trả lời theo dữ liệu lúc 23:00 ngày 11\/03\/2026\.$/);
  expect(system.asked).toHaveLength(1);
});

test('what needs no record says nothing of the system', async () => {
  system.is({ is: 'drops' });
  expect(await ask('xin chào')).not.toContain('Hệ thống dữ liệu');
  expect(system.asked).toHaveLength(0);
});
