import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instant } from '../../core/time';
import type { Utility } from '../../core/utility';
import { openEmbedded, storesOf } from '../../data';
import { demoCustomers, type LoadOptions, loadSample, sampleUtility } from '../../data/sample';
import type { RecordWriter, Stores } from '../../data/stores';
import { loadUtility } from '../../data/utilities';
import { computeBill } from '../../tariff';

const DOCUMENT = 'PP05000974006';
const ticks = { elapsed: () => performance.now(), rest: () => new Promise<void>((resolve) => setImmediate(resolve)) };

let utility: Utility;
let folder: string;
let stores: Stores;

beforeAll(async () => {
  utility = await loadUtility('sample');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sample-'));
  stores = storesOf(await openEmbedded({ dir: folder }), 'sample');
});
afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true });
});

const counting = () => {
  const written: Record<string, number> = {};
  const writer: RecordWriter = {
    ...stores.writer,
    put(kind, rows) {
      written[kind] = (written[kind] ?? 0) + rows.length;
      return stores.writer.put(kind, rows);
    },
  };
  return { written, writer };
};

const load = (options: Partial<LoadOptions> = {}, writer = stores.writer) =>
  loadSample(writer, stores.meta, {
    now: instant('2026-03-12', '9:00'),
    customers: 40,
    utility,
    computeBill,
    ticks,
    ...options,
  });

test('fills the store once; afterwards only outages are renewed', async () => {
  const progress: number[] = [];
  expect(await load({ onProgress: ({ customers }) => progress.push(customers) })).toBe('loaded');
  expect(progress.at(-1)).toBe(39);
  expect(await stores.writer.count('customers')).toBe(40);
  expect(await stores.meta.get('sample')).toEqual({ until: { year: 2026, month: 3 }, customers: 40 });
  const now = instant('2026-03-12', '9:00');
  const { records } = stores;
  for (const code of demoCustomers()) expect(await records.bills(code, undefined, 100)).toHaveLength(24);
  expect((await records.bills(demoCustomers()[0]!))[0]).toMatchObject({ year: 2026, month: 3 });
  expect(await records.debts(demoCustomers()[1]!)).toHaveLength(1);
  expect(await records.bills(DOCUMENT, { year: 2016, month: 10 })).toMatchObject([{ total: 500_550 }]);
  const stations = (await records.points(DOCUMENT)).map(({ station }) => station);
  expect(await records.plannedOutages({ stations }, now)).toEqual([]);
  expect(await records.plannedOutages({ stations }, instant('2016-09-30', '9:00'))).toHaveLength(1);

  const { written, writer } = counting();
  expect(await load({ now: instant('2026-04-20') }, writer)).toBe('renewed');
  expect(await stores.meta.get('sample')).toEqual({ until: { year: 2026, month: 3 }, customers: 40 });
  expect(Object.keys(written).sort()).toEqual(['incidents', 'planned_outages']);
});

test('goes on where a stopped run stopped, with the clock of its beginning', async () => {
  const stop = new AbortController();
  const stopped = load({
    customers: 300,
    signal: stop.signal,
    onProgress: ({ customers }) => customers >= 200 && stop.abort(),
  });
  expect(await stopped).toBe('stopped');
  expect(await stores.meta.get('sample')).toBeUndefined();
  const { written, writer } = counting();
  expect(await load({ customers: 300, now: instant('2026-03-13') }, writer)).toBe('loaded');
  expect(await stores.writer.count('customers')).toBe(300);
  expect(written.customers).toBeLessThanOrEqual(110);
  const sources = await Promise.all(demoCustomers().map(async (code) => (await stores.records.customer(code))?.source));
  expect(new Set(sources.map((source) => source?.at))).toEqual(new Set([instant('2026-03-12', '9:00')]));
});

test('a later month settles what was owed', async () => {
  await load({ customers: 120 });
  await load({ customers: 120, until: { year: 2026, month: 6 }, now: instant('2026-06-20') });
  const debtor = demoCustomers()[1]!;
  expect((await stores.records.debts(debtor)).map(({ month }) => month)).toEqual([6]);
  expect((await stores.records.bills(debtor))[0]).toMatchObject({ year: 2026, month: 6 });
});

describe('the same month is the same sample, whatever was there before', () => {
  const JUNE = instant('2026-06-20');
  const march = { year: 2026, month: 3 };
  const june = { year: 2026, month: 6 };
  const KINDS = ['customers', 'points', 'readings', 'bills', 'debts', 'planned_outages', 'incidents'] as const;

  /** Everything of a store that a customer can be told. */
  const contentOf = async ({ records, writer }: Stores) => {
    const codes = [...sampleUtility({ until: march, now: JUNE, customers: 300, utility, computeBill })].flatMap(
      (batch) => (batch.kind === 'customers' ? batch.rows.map(({ code }) => code) : []),
    );
    const of = await Promise.all(
      codes.map(async (code) => [
        await records.customer(code),
        await records.points(code),
        await records.readings(code, undefined, 1000),
        await records.bills(code, undefined, 1000),
        await records.debts(code),
      ]),
    );
    return { of, counts: await Promise.all(KINDS.map((kind) => writer.count(kind))) };
  };
  const afresh = async (options: Partial<LoadOptions>) => {
    const dir = await mkdtemp(join(tmpdir(), 'sample-'));
    const other = storesOf(await openEmbedded({ dir }), 'sample');
    await loadSample(other.writer, other.meta, { now: JUNE, customers: 60, utility, computeBill, ticks, ...options });
    const content = await contentOf(other);
    await other.close();
    await rm(dir, { recursive: true });
    return content;
  };
  const again = (options: Partial<LoadOptions>) => load({ now: JUNE, customers: 60, ...options });

  test.each<[string, Partial<LoadOptions>, Partial<LoadOptions>]>([
    ['a later month', { until: june }, { until: march }],
    ['an earlier month', { until: march }, { until: june }],
    ['more customers', { until: march, customers: 160 }, { until: march }],
    ['fewer customers', { until: june, customers: 40 }, { until: march }],
  ])('%s', async (_name, first, then) => {
    await again(first);
    expect(await again(then)).toBe('loaded');
    expect(await contentOf(stores)).toEqual(await afresh(then));
    expect(await stores.meta.get('sample')).toEqual({ until: then.until, customers: 60 });
  });

  test('one that was stopped, and stopped again for another', async () => {
    for (const [until, customers] of [
      [june, 300],
      [march, 250],
    ] as const) {
      const stop = new AbortController();
      const onProgress = ({ customers }: { customers: number }) => customers >= 100 && stop.abort();
      expect(await again({ until, customers, signal: stop.signal, onProgress })).toBe('stopped');
    }
    expect(await again({ until: march })).toBe('loaded');
    expect(await contentOf(stores)).toEqual(await afresh({ until: march }));
  });

  test('a replacement that was stopped goes on, with no month named', async () => {
    await again({ until: june, customers: 160 });
    const stop = new AbortController();
    expect(await again({ until: march, customers: 160, signal: stop.signal, onProgress: () => stop.abort() })).toBe(
      'stopped',
    );
    expect(await load({ now: JUNE, customers: 160 })).toBe('loaded');
    expect(await contentOf(stores)).toEqual(await afresh({ until: march, customers: 160 }));
  });

  test('what was imported stays', async () => {
    await again({ until: june });
    const [bill] = await stores.records.bills(demoCustomers()[0]!, june);
    await stores.writer.put('bills', [{ ...bill!, source: { ...bill!.source, kind: 'import' } }]);
    await again({ until: march });
    expect((await stores.records.bills(demoCustomers()[0]!)).slice(0, 2)).toMatchObject([{ month: 6 }, { month: 3 }]);
  });
});
