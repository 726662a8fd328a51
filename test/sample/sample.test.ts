import type { RecordKind, RecordKinds } from '../../core/records';
import { addDays, daysBetween, instant, monthIndex } from '../../core/time';
import type { Utility } from '../../core/utility';
import { CAST, demoCustomers, type SampleOptions, sampleUtility } from '../../data/sample';
import { naturalKey, schemas } from '../../data/schemas';
import { loadUtility } from '../../data/utilities';
import { computeBill } from '../../tariff';

const DOCUMENT = 'PP05000974006';
type World = { [K in RecordKind]: RecordKinds[K][] };

let utility: Utility;
beforeAll(async () => {
  utility = await loadUtility('sample');
});

const build = (options: Partial<SampleOptions> = {}): World => {
  const world = { customers: [], points: [], readings: [], bills: [], debts: [], planned_outages: [], incidents: [] };
  const all = { until: { year: 2026, month: 3 }, now: instant('2026-03-12', '9:00'), utility, computeBill };
  for (const { kind, rows } of sampleUtility({ ...all, customers: 120, ...options }))
    (world[kind] as unknown[]).push(...rows);
  return world;
};

test('is the same every time', () => {
  const [one, another] = [build(), build()].map((world) => JSON.stringify(world));
  expect(one === another).toBe(true);
});

test('fits the schemas, and no key comes twice', () => {
  const world = build();
  for (const kind of Object.keys(world) as RecordKind[]) {
    const keys = world[kind].map((row) => (naturalKey[kind] as (row: unknown) => string)(row));
    expect(new Set(keys).size).toBe(keys.length);
    expect(world[kind].map((row) => schemas[kind].parse(row))).toEqual(world[kind]);
  }
  expect(world.customers).toHaveLength(120);
});

test('has 24 months each, the readings chained, the bills those of the tariff', () => {
  const world = build();
  const told = new Set(
    CAST.filter((one) => one.since || one.backBilled || one.householdsBefore).map(({ code }) => code),
  );
  const rest = world.customers.filter(({ code }) => code !== DOCUMENT && !told.has(code));
  for (const { code, households } of rest.slice(0, 50)) {
    const readings = world.readings.filter((row) => row.customer === code);
    const bills = world.bills.filter((row) => row.customer === code);
    expect([readings.length, bills.length]).toEqual([24, 24]);
    readings.forEach((reading, n) => {
      const { from, to, kwh, lines, amount, vatRate, vat, total } = bills[n]!;
      expect({ from, to, kwh }).toEqual({ from: reading.previousOn, to: reading.readOn, kwh: reading.kwh });
      expect({ lines, amount, vatRate, vat, total }).toMatchObject(
        (({ days, monthDays, scaled, ...bill }) => bill)(computeBill({ from: from!, to: to!, kwh: kwh!, households })),
      );
      const before = readings[n - 1];
      if (before) expect([reading.old, reading.previousOn]).toEqual([before.new, before.readOn]);
      expect(reading.readOn <= '2026-03-12').toBe(true);
    });
  }
});

test('holds price changes inside a period, long periods, shared meters and summer peaks', () => {
  const { bills, customers } = build();
  expect(bills.some(({ lines }) => new Set(lines.map(({ decision }) => decision)).size > 1)).toBe(true);
  const long = CAST.find(({ longPeriod }) => longPeriod)!.code;
  expect(bills.filter(({ customer }) => customer === long).map(({ from, to }) => daysBetween(from!, to!))).toContain(
    35,
  );
  expect(customers.filter(({ households }) => households > 1).length).toBeGreaterThan(2);
  const mean = (month: number) => {
    const some = bills.filter((bill) => bill.month === month && bill.customer !== DOCUMENT);
    return some.reduce((sum, { kwh }) => sum + kwh!, 0) / some.length;
  };
  expect(mean(7)).toBeGreaterThan(1.4 * mean(1));
});

test('has the stories that a bill is explained by', () => {
  const world = build();
  const of = (part: string) => {
    const { code } = CAST.find((one) => one.part === part)!;
    const newest = <T extends { customer: string }>(rows: T[]) =>
      rows.filter(({ customer }) => customer === code).reverse();
    return { bills: newest(world.bills), readings: newest(world.readings) };
  };
  expect(of('the same every day').bills.map(({ vatRate }) => vatRate)).toEqual(expect.arrayContaining([8, 10]));
  expect(
    of('reading day moved')
      .readings.slice(0, 3)
      .map(({ readOn }) => readOn),
  ).toEqual(['2026-03-10', '2026-02-10', '2026-01-01']);
  expect(
    of('two households lost')
      .bills.slice(0, 2)
      .map(({ households }) => households),
  ).toEqual([1, 3]);
  const [now, stood] = of('index that stood still').readings;
  expect([stood!.new, stood!.kwh, now!.old]).toEqual([stood!.old, 0, stood!.new]);
  const [metered] = of('meter with a multiplier').readings;
  expect([metered!.multiplier, (metered!.new - metered!.old) * 20]).toEqual([20, metered!.kwh]);
  const later = of('charged later').bills[0]!.lines.filter(({ tier }) => tier === 0);
  expect(later.reduce((sum, { kwh }) => sum + kwh, 0)).toBe(60);
  const [may, june] = [5, 7].map((month) => of('jumps in summer').bills.find((bill) => bill.month === month)!);
  expect(june!.total).toBeGreaterThan(1.3 * may!.total);
});

test('has debts in every stage, and each is the bill that it is for', () => {
  const { debts, bills } = build({ customers: 300 });
  const open = debts.filter(({ paidOn }) => !paidOn);
  expect(new Set(open.map(({ stage }) => stage))).toEqual(
    new Set(['due', 'overdue', 'notified-once', 'notified-twice', 'suspension-planned', 'suspended']),
  );
  const key = naturalKey.bills;
  const byKey = new Map(bills.map((bill) => [key(bill), bill]));
  for (const debt of debts.filter(({ customer }) => customer !== DOCUMENT)) {
    const { amount, vat, total, paidOn } = byKey.get(naturalKey.debts(debt))!;
    expect([debt.net, debt.tax, debt.total, debt.paidOn]).toEqual([amount, vat, total, paidOn]);
  }
});

describe('the customer of the document', () => {
  test('is there as printed, and has nothing else', () => {
    const world = build();
    const of = (rows: { customer: string }[]) => rows.filter(({ customer }) => customer === DOCUMENT);
    const printed = { printed: true, source: { kind: 'document' } };
    expect(of(world.readings)).toMatchObject([
      {
        year: 2016,
        month: 10,
        period: 1,
        readOn: '2016-10-06',
        old: 9618,
        new: 10004,
        kwh: 386,
        register: 'KT',
        ...printed,
      },
    ]);
    expect(of(world.bills)).toMatchObject([
      { year: 2016, month: 10, period: 1, total: 500_550, lines: [], ...printed },
    ]);
    expect(of(world.debts)).toMatchObject([{ net: 650_000, tax: 65_000, total: 715_000, ...printed }]);
    const { station } = world.points.find(({ customer }) => customer === DOCUMENT)!;
    expect(world.points.filter((point) => point.station === station)).toHaveLength(1);
    expect(world.planned_outages.filter((outage) => outage.station === station)).toMatchObject([
      { from: '2016-10-01T02:30:00.000Z', to: '2016-10-20T08:00:00.000Z', ...printed },
    ]);
    expect(world.incidents.filter((incident) => incident.station === station)).toEqual([]);
  });
});

describe('the codes of the demo page', () => {
  // The whole year, the first and the last day of a month among them.
  const days = Array.from({ length: 12 }, (_, n) => addDays('2026-01-01', n * 29)).concat('2026-11-30', '2026-12-01');

  test.each(days)('show what they are for on %s', (on) => {
    const [year, month] = on.split('-').map(Number) as [number, number];
    const world = build({ until: { year, month }, now: instant(on, '10:00'), customers: 40 });
    const [ordinary, debtor, outage] = demoCustomers() as [string, string, string];
    const stationOf = (code: string) => world.points.find(({ customer }) => customer === code)!.station;
    const debtsOf = (code: string) => world.debts.filter(({ customer, paidOn }) => customer === code && !paidOn);
    const coming = (code: string) =>
      world.planned_outages.filter(
        (row) => row.station === stationOf(code) && row.to > instant(on, '10:00') && !row.cancelled,
      );
    for (const code of [ordinary, debtor, outage])
      expect(world.bills.some((bill) => bill.customer === code && bill.year === year && bill.month === month)).toBe(
        true,
      );
    expect([ordinary, debtor, outage].map((code) => debtsOf(code).length)).toEqual([0, 1, 0]);
    expect([ordinary, debtor, outage].map((code) => coming(code).length)).toEqual([0, 0, 4]);
    expect(world.incidents.map(({ station }) => station)).not.toContain(stationOf(ordinary));
  });

  test('are never neighbours of each other', () => {
    const codes = CAST.map(({ code }) => [code.slice(0, 6), Number(code.slice(6))] as const);
    for (const [unit, number] of codes)
      for (const [otherUnit, other] of codes)
        if (unit === otherUnit && number !== other) expect(Math.abs(number - other)).toBeGreaterThan(10_000);
  });
});

test('an earlier month looks back from its own end', () => {
  const { bills, debts } = build({ until: { year: 2025, month: 6 } });
  expect(
    bills
      .filter(({ customer }) => customer !== DOCUMENT)
      .every(({ year, month }) => monthIndex(year, month) <= monthIndex(2025, 6)),
  ).toBe(true);
  expect(debts.filter(({ customer, paidOn }) => customer !== DOCUMENT && paidOn && paidOn > '2025-06-30')).toEqual([]);
});

test('months in common have the same figures, whatever the last month', () => {
  const spring = build();
  const summer = build({ until: { year: 2026, month: 6 }, now: instant('2026-06-20') });
  const moving = CAST.filter((one) => one.longPeriod || one.movedTo || one.stuck).map(({ code }) => code);
  const later = new Map(summer.readings.map((row) => [naturalKey.readings(row), row]));
  const shared = spring.readings.filter((row) => !moving.includes(row.customer) && later.has(naturalKey.readings(row)));
  expect(shared.length).toBeGreaterThan(2000);
  expect(shared.map((row) => ({ ...later.get(naturalKey.readings(row)), source: row.source }))).toEqual(shared);
});

test.each([
  { year: 2023, month: 12 },
  { year: 2016, month: 9 },
  { year: 3000, month: 1 },
  { year: Number.NaN, month: 1 },
])('refuses to end with %j', (until) => {
  expect(() => build({ until })).toThrow(RangeError);
});
