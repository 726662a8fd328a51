import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import type { Bill, Customer, Debt } from '../../core/records';
import type { Records } from '../../core/services';
import { openGateway } from '../../data/gateway';
import { believed, type Question } from '../../data/gateway/answers';
import { fakeGateway, type Mood, TOKEN } from '../fakes/gateway';

const NOW = Date.parse('2026-03-12T02:00:00.000Z');
const AS_OF = '2026-03-12T01:55:00.000Z';
const IMPORTED = '2026-03-11T16:00:00.000Z';
const CODE = 'PP05000974006';

interface Operation {
  requestBody: { content: { 'application/json': { example: Question } } };
  responses: {
    200: { content: { 'application/json': { example: { asOf: string; rows: Record<string, unknown>[] } } } };
  };
}
const document = load(readFileSync(join(__dirname, '../../docs/gateway.openapi.yaml'), 'utf8')) as {
  paths: Record<string, { post: Operation }>;
};
const exampleOf = (path: string) => {
  const { requestBody, responses } = document.paths[`/v1/${path}`]!.post;
  return {
    question: requestBody.content['application/json'].example,
    answer: responses[200].content['application/json'].example,
  };
};
const KINDS = { customers: 'customers', points: 'points', readings: 'readings', bills: 'bills', debts: 'debts', 'planned-outages': 'planned_outages', incidents: 'incidents' } as const; // biome-ignore format: pairs

const rows = () =>
  Object.fromEntries(Object.keys(KINDS).map((path) => [path, structuredClone(exampleOf(path).answer.rows)]));

const imported = (at = IMPORTED): Records => {
  const source = { kind: 'import', name: 'x.csv', at } as const;
  const customer = { ...rows().customers![0], name: 'Bản nhập', source } as unknown as Customer;
  const bill = { ...rows().bills![0], source } as unknown as Bill;
  return {
    customer: async (code) => (code === CODE ? customer : undefined),
    points: async () => [],
    bills: async (code) => (code === CODE ? [bill] : []),
    readings: async () => [],
    debts: async () => [] as Debt[],
    plannedOutages: async () => [],
    incidents: async () => [],
  };
};

let server: Awaited<ReturnType<typeof fakeGateway>>;
let time: number;
let alarms: string[];
let deadlines: AbortController[];

beforeEach(async () => {
  server = await fakeGateway(rows(), AS_OF);
  // the breaker rests by the clock of the machine
  jest.useFakeTimers({ now: NOW, doNotFake: ['hrtime', 'nextTick', 'performance', 'queueMicrotask', 'requestAnimationFrame', 'cancelAnimationFrame', 'requestIdleCallback', 'cancelIdleCallback', 'setImmediate', 'clearImmediate', 'setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] }); // biome-ignore format: all but Date
  time = NOW;
  alarms = [];
  deadlines = [];
});
afterEach(async () => {
  jest.useRealTimers();
  await server.close();
});

const gateway = (more: Partial<Parameters<typeof openGateway>[0]> = {}) =>
  openGateway({
    url: server.url,
    token: TOKEN,
    fetch,
    clock: () => new Date(time),
    deadline: () => {
      const one = new AbortController();
      deadlines.push(one);
      return one.signal;
    },
    imported: imported(),
    patienceMs: 2500,
    freshMs: 60_000,
    alarm: (what, facts) => alarms.push(`${what} ${JSON.stringify(facts ?? {})}`),
    ...more,
  });

test('each example of the document is an answer that is believed, and no path is missing from it', () => {
  expect(Object.keys(document.paths).sort()).toEqual(
    Object.keys(KINDS)
      .map((path) => `/v1/${path}`)
      .sort(),
  );
  for (const [path, kind] of Object.entries(KINDS)) {
    const { question, answer } = exampleOf(path);
    expect(believed(kind, answer, question, new Date(NOW)).rows).toHaveLength(1);
  }
});

test('everything is asked live, with the code in no address, and is of now', async () => {
  const { records, lag } = gateway().open();
  const found = [
    await records.customer(CODE),
    ...(await records.points(CODE)),
    ...(await records.readings(CODE)),
    ...(await records.bills(CODE, { year: 2026, month: 3 })),
    ...(await records.debts(CODE)),
    ...(await records.plannedOutages({ stations: ['PP0500-T03'] }, AS_OF)),
    ...(await records.incidents({ unit: 'PP0500' }, AS_OF)),
  ];
  expect(found).toHaveLength(7);
  for (const one of found) expect(one!.source).toEqual({ kind: 'live', name: 'gateway', at: AS_OF });
  expect(lag()).toBeUndefined();
  expect(server.asked.map(({ path }) => path).sort()).toEqual(Object.keys(KINDS).sort());
  expect(server.urls.join()).not.toContain(CODE);
  expect(await records.customer('PP05000974007')).toBeUndefined();
});

test('an answer of the last minute is not asked for again', async () => {
  const one = gateway();
  await one.open().records.debts(CODE);
  time += 59_000;
  await one.open().records.debts(CODE);
  expect(server.asked).toHaveLength(1);
  time += 2_000;
  await one.open().records.debts(CODE);
  expect(server.asked).toHaveLength(2);
});

const LIES: [string, (rows: Record<string, unknown>[]) => unknown][] = [
  ['another customer’s bill', ([bill]) => [{ ...bill, customer: 'PP05000974007' }]],
  ['another month’s bill', ([bill]) => [{ ...bill, month: 2 }]],
  ['a total that is no sum', ([bill]) => [{ ...bill, total: 269_245 }]],
  ['a negative amount', ([bill]) => [{ ...bill, amount: -1, vat: 1, total: 0, lines: [] }]],
  ['a price nobody ever paid', ([bill]) => [{ ...bill, lines: [], kwh: 1, amount: 249_300 }]],
  ['a line that is not kWh × price', ([bill]) => [{ ...bill, kwh: 120, lines: [{ tier: 1, kwh: 120, price: 1, amount: 249_300, decision: 'x' }] }]],
  ['a bill issued tomorrow', ([bill]) => [{ ...bill, issuedOn: '2026-03-13' }]],
  ['text for a number', ([bill]) => [{ ...bill, total: '269244' }]],
  ['a copy from paper', ([bill]) => [{ ...bill, printed: true }]],
  ['rows that are none', () => 'none'],
  ['rows of nothing', () => [null]],
  ['too many rows', ([bill]) => Array.from({ length: 1_001 }, () => bill)],
  ['one false row among true ones', ([bill]) => [bill, { ...bill, customer: 'PP05000974007' }]],
]; // biome-ignore format: a table

test.each(LIES)('a lie is not told on: %s', async (_, lie) => {
  server.is({ is: 'lies', rows: lie });
  const { records, lag } = gateway().open();
  const [bill] = await records.bills(CODE, { year: 2026, month: 3 });
  expect(bill).toMatchObject({ customer: CODE, total: 269_244, source: { kind: 'import', at: IMPORTED } });
  expect(lag()).toEqual({ why: 'wrong', asOf: IMPORTED });
  expect(alarms.join()).toMatch(/answers wrongly/);
  expect(alarms.join()).not.toMatch(/PP0500|269/);
});

const TROUBLES: [Mood, string][] = [
  [{ is: 'drops' }, 'down'],
  [{ is: 'refuses', status: 500 }, 'down'],
  [{ is: 'refuses', status: 503 }, 'down'],
  [{ is: 'refuses', status: 429 }, 'down'],
  [{ is: 'refuses', status: 401 }, 'wrong'],
  [{ is: 'refuses', status: 404 }, 'wrong'],
  [{ is: 'html' }, 'wrong'],
  [{ is: 'cut' }, 'wrong'],
  [{ is: 'huge' }, 'wrong'],
  [{ is: 'redirects' }, 'down'],
  [{ is: 'dated', asOf: '2026-03-12T02:30:00Z' }, 'wrong'],
  [{ is: 'dated', asOf: 'gestern' }, 'wrong'],
];

test.each(TROUBLES)('%j: the import answers, with its age', async (mood, why) => {
  server.is(mood);
  const { records, lag } = gateway().open();
  expect((await records.customer(CODE))?.name).toBe('Bản nhập');
  expect(lag()).toEqual({ why, asOf: IMPORTED });
});

test.each(['hangs', 'trickles'] as const)(
  'it %s: one deadline for the whole turn, then nothing is waited for',
  async (is) => {
    server.is({ is });
    const { records, lag } = gateway().open();
    const heard = server.heard();
    const waiting = records.customer(CODE);
    await heard;
    deadlines[0]!.abort();
    expect((await waiting)?.name).toBe('Bản nhập');
    expect(await records.bills(CODE)).toHaveLength(1);
    expect(await records.debts(CODE)).toEqual([]);
    expect(deadlines).toHaveLength(1);
    expect(server.asked).toHaveLength(1);
    expect(lag()).toEqual({ why: 'slow', asOf: IMPORTED });
  },
);

test('the patience with a turn is at most three seconds, whatever is set', async () => {
  const given: number[] = [];
  const patient = (patienceMs: number) =>
    gateway({
      patienceMs,
      deadline(ms) {
        given.push(ms);
        return new AbortController().signal;
      },
    });
  await patient(60_000).open().records.customer(CODE);
  await patient(700).open().records.customer(CODE);
  expect(given).toEqual([3_000, 700]);
});

test('a real timer stops a real wait within three seconds', async () => {
  server.is({ is: 'hangs' });
  const { records, lag } = gateway({ patienceMs: 150, deadline: (ms) => AbortSignal.timeout(ms) }).open();
  const start = performance.now();
  await Promise.all([records.customer(CODE), records.bills(CODE), records.debts(CODE)]);
  expect(performance.now() - start).toBeLessThan(3_000);
  expect(lag()?.why).toBe('slow');
});

test('its last answer is used while it is newer than the import, and not after a day', async () => {
  const one = gateway();
  await one.open().records.customer(CODE);
  server.is({ is: 'refuses', status: 503 });
  time += 3_600_000;
  const hour = one.open();
  expect((await hour.records.customer(CODE))?.source.kind).toBe('live');
  expect(hour.lag()).toEqual({ why: 'down', asOf: AS_OF });
  time += 24 * 3_600_000;
  const day = one.open();
  expect((await day.records.customer(CODE))?.name).toBe('Bản nhập');
  expect(day.lag()).toEqual({ why: 'down', asOf: IMPORTED });
});

test('an import that is newer than the last answer is preferred', async () => {
  const newer = '2026-03-12T02:30:00.000Z';
  const one = gateway({ imported: imported(newer) });
  await one.open().records.customer(CODE);
  server.is({ is: 'refuses', status: 503 });
  time += 3_600_000;
  const later = one.open();
  expect((await later.records.customer(CODE))?.name).toBe('Bản nhập');
  expect(later.lag()).toEqual({ why: 'down', asOf: newer });
});

test('a system that answers with old data is said to lag', async () => {
  server.is({ is: 'dated', asOf: '2026-03-10T00:00:00Z' });
  const { records, lag } = gateway().open();
  await records.customer(CODE);
  expect(lag()).toEqual({ why: 'old', asOf: '2026-03-10T00:00:00.000Z' });
});

test('after three failures it is left alone for twenty seconds, then asked once', async () => {
  server.is({ is: 'refuses', status: 503 });
  const one = gateway({ freshMs: 0 });
  for (let n = 0; n < 10; n += 1) await one.open().records.customer(CODE);
  expect(server.asked).toHaveLength(3);
  expect(alarms).toEqual(['the gateway of the utility fails and is left alone for a while {}']);
  server.is({ is: 'well' });
  jest.setSystemTime(NOW + 21_000);
  const back = one.open();
  expect((await back.records.customer(CODE))?.source.kind).toBe('live');
  expect(back.lag()).toBeUndefined();
  await one.open().records.customer(CODE);
  expect(server.asked).toHaveLength(5);
});

test('the lag of a turn is that of its oldest part', async () => {
  server.is({ is: 'refuses', status: 503 });
  const { records, lag } = gateway().open();
  await records.customer(CODE);
  await records.incidents({ unit: 'PP0500' }, AS_OF);
  // nobody knows how old "no incident" is
  expect(lag()).toEqual({ why: 'down' });
});
