import fc from 'fast-check';
import type { Bill, Customer, Reading } from '../../core/records';
import type { Finding, Part } from '../../core/tariff';
import { addDays } from '../../core/time';
import { tariff } from '../../tariff';

const source = { kind: 'sample', name: 'test', at: '2026-03-12T00:00:00.000Z' } as const;
const customer: Customer = {
  code: 'PP01000123456',
  name: 'An',
  address: 'Đà Nẵng',
  unit: 'PP0100',
  kind: 'household',
  households: 1,
  source,
};

interface Of {
  from: string;
  to: string;
  kwh: number;
  households?: number;
  extra?: Bill['lines'];
}

const billOf = ({ from, to, kwh, households = 1, extra = [] }: Of): Bill => {
  const { lines, vatRate, amount } = tariff.bill({ from, to, kwh, households });
  const net = amount + extra.reduce((sum, line) => sum + line.amount, 0);
  const vat = Math.round((net * vatRate) / 100);
  const [year, month] = to.split('-').map(Number) as [number, number];
  return {
    customer: customer.code,
    year,
    month,
    period: 1,
    from,
    to,
    kwh: kwh + extra.reduce((sum, line) => sum + line.kwh, 0),
    households,
    lines: [...lines, ...extra],
    amount: net,
    vatRate,
    vat,
    total: net + vat,
    source,
  };
};

const readingOf = (bill: Bill, old: number, rest: Partial<Reading> = {}): Reading => ({
  customer: bill.customer,
  year: bill.year,
  month: bill.month,
  period: 1,
  point: `${bill.customer}001`,
  register: 'KT',
  multiplier: 1,
  readOn: bill.to!,
  old,
  new: old + bill.kwh!,
  kwh: bill.kwh!,
  how: 'read',
  source,
  ...rest,
});

const explain = (before: Bill, now: Bill, rest: Partial<Parameters<typeof tariff.explain>[0]> = {}) =>
  tariff.explain({ before, now, customer, readings: {}, yearAgo: {}, ...rest });

const found = (findings: Finding[]) => findings.map(({ what }) => what);
const nonZero = (parts: { part: Part; amount: number }[]) =>
  Object.fromEntries(parts.filter(({ amount }) => amount !== 0).map(({ part, amount }) => [part, amount]));

describe('the parts of a difference', () => {
  const seldom = <T>(one: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 5, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: one });
  const bill = fc
    .record({
      from: fc.integer({ min: 0, max: 3600 }).map((n) => addDays('2018-01-05', n)),
      days: fc.integer({ min: 1, max: 70 }),
      kwh: fc.oneof(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 200_000 })),
      households: fc.integer({ min: 1, max: 9 }),
      back: seldom(fc.record({ kwh: fc.integer({ min: 1, max: 900 }), amount: fc.integer({ min: 1, max: 3e6 }) })),
      off: seldom(fc.integer({ min: -50_000, max: 50_000 })),
      sparse: seldom(fc.constantFrom('kwh', 'from', 'vatRate', 'amount', 'households')),
    })
    .map(({ from, days, back, off, sparse, ...rest }): Bill => {
      const extra = back ? [{ tier: 0, price: 1, decision: 'Truy thu tháng 1/2020', ...back }] : [];
      const one = billOf({ from, to: addDays(from, days), extra, ...rest });
      one.total = Math.max(0, one.total + (off ?? 0));
      if (sparse) delete one[sparse];
      return one;
    });
  const kind = fc.constantFrom<Customer['kind']>('household', 'business', 'production', 'administrative');

  test('always add up to it, whatever the records say', () => {
    let exact = 0;
    fc.assert(
      fc.property(bill, bill, bill, kind, (before, now, yearAgo, of) => {
        const told = tariff.explain({
          before,
          now,
          customer: { ...customer, kind: of },
          readings: { before: readingOf(before, 7), now: readingOf(now, 9) },
          yearAgo: { now: yearAgo, before: yearAgo },
        });
        expect(told.parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(now.total - before.total);
        for (const { amount } of told.parts) expect(Number.isSafeInteger(amount)).toBe(true);
        if (told.exact) {
          exact += 1;
          expect(told.parts.find(({ part }) => part === 'corrections')!.amount).toBe(0);
        }
      }),
      { numRuns: 1500 },
    );
    expect(exact).toBeGreaterThan(80);
  });

  test('of two bills alike are nothing', () => {
    const one = billOf({ from: '2026-01-05', to: '2026-02-05', kwh: 220 });
    expect(nonZero(explain(one, { ...one }).parts)).toEqual({});
  });

  test('change their sign when the two are exchanged and only the kWh differ', () => {
    const days = { from: '2025-08-05', to: '2025-09-05' };
    const [less, more] = [billOf({ ...days, kwh: 180 }), billOf({ ...days, kwh: 260 })];
    const up = nonZero(explain(less, more).parts);
    // 80 kWh at tier 3, 60 of them dearer by the step to tier 4
    expect(up).toEqual({ quantity: (80 * 2380 * 108) / 100, tier: Math.round(60 * (2998 - 2380) * 1.08) });
    expect(nonZero(explain(more, less).parts)).toEqual({ quantity: -up.quantity!, tier: -up.tier! });
  });
});

describe('one thing changed', () => {
  const march = { from: '2026-02-01', to: '2026-03-01' };

  test('days: as much a day, and a longer period', () => {
    const before = billOf({ from: '2025-08-05', to: '2025-09-05', kwh: 310 });
    const now = billOf({ from: '2025-09-05', to: '2025-10-10', kwh: 350 });
    const { parts, findings, daily } = explain(before, now, { readingDay: 5 });
    const month = { from: '2025-09-05', to: '2025-10-05' };
    expect(daily).toEqual([1000, 1000]);
    expect(nonZero(parts)).toEqual({ days: now.total - before.total });
    expect(findings[0]).toEqual({
      what: 'period',
      which: 'now',
      days: 35,
      usual: 30,
      saved: tariff.bill({ ...month, kwh: 350 }).total - now.total,
    });
  });

  test('a reading day that was moved is told from one that was late', () => {
    const before = billOf({ from: '2025-08-05', to: '2025-09-05', kwh: 310 });
    const now = billOf({ from: '2025-09-05', to: '2025-10-15', kwh: 400 });
    expect(found(explain(before, now, { readingDay: 15 }).findings)).toEqual(['period', 'moved', 'tier']);
    expect(found(explain(before, now, { readingDay: 5 }).findings)).toEqual(['period', 'tier']);
  });

  test('households: two of three lost', () => {
    const before = billOf({ from: '2026-01-01', to: '2026-02-01', kwh: 310, households: 3 });
    const now = billOf({ ...march, kwh: 280, households: 1 });
    const { parts, findings } = explain(before, now);
    const { households } = nonZero(parts);
    expect(households).toBe(now.total - tariff.bill({ ...march, kwh: 280, households: 3 }).total);
    expect(findings).toContainEqual({ what: 'households', from: 3, to: 1 });
  });

  test('price: the same kWh of the same days, at prices that changed in the middle', () => {
    const before = billOf({ from: '2025-04-01', to: '2025-05-01', kwh: 300 });
    const now = billOf({ from: '2025-05-01', to: '2025-06-01', kwh: 310 });
    const { parts, findings } = explain(before, now);
    expect(Object.keys(nonZero(parts))).toEqual(['days', 'price']);
    expect(now.total).toBe(823_776);
    expect(findings).toContainEqual({ what: 'price', on: '2025-05-10', decision: '1279/QĐ-BCT', inside: true });
  });

  test('VAT: on 1 January', () => {
    const before = billOf({ from: '2026-11-01', to: '2026-12-01', kwh: 300 });
    const now = billOf({ from: '2026-12-01', to: '2027-01-01', kwh: 310 });
    const { parts, findings } = explain(before, now);
    expect(nonZero(parts).vat).toBe(
      now.total - tariff.bill({ from: now.from!, to: now.to!, kwh: 310, vatRate: 8 }).total,
    );
    expect(findings).toContainEqual({ what: 'vat', from: 8, to: 10 });
  });

  test('back-billing: what belongs to another month stands apart', () => {
    const extra = [{ tier: 0, kwh: 60, price: 2380, amount: 142_800, decision: 'Truy thu tháng 12/2025' }];
    const before = billOf({ from: '2026-01-01', to: '2026-02-01', kwh: 200 });
    const now = billOf({ from: '2026-02-01', to: '2026-03-01', kwh: 200, extra });
    const { parts, findings, exact } = explain(before, now);
    expect(nonZero(parts).corrections).toBe((142_800 * 108) / 100);
    expect(findings).toContainEqual({ what: 'back-billing', amount: 154_224, kwh: 60, note: 'Truy thu tháng 12/2025' });
    expect(found(findings)).not.toContain('unreproduced');
    expect(exact).toBe(false);
  });

  test('a total that the tariff does not give is said', () => {
    const before = billOf({ from: '2026-01-01', to: '2026-02-01', kwh: 200 });
    const now = billOf({ ...march, kwh: 200 });
    now.total += 10_000;
    expect(explain(before, now).findings).toContainEqual({ what: 'unreproduced', by: 10_000 });
  });
});

describe('readings', () => {
  const before = billOf({ from: '2026-01-01', to: '2026-02-01', kwh: 0 });
  const now = billOf({ from: '2026-02-01', to: '2026-03-01', kwh: 420 });

  test('an index that stood still, then caught up', () => {
    const readings = { before: readingOf(before, 5000), now: readingOf(now, 5000) };
    expect(explain(before, now, { readings }).findings).toContainEqual({
      what: 'repeated',
      which: 'before',
      index: 5000,
    });
  });

  test('an estimate, a chain that is broken, a multiplier', () => {
    const readings = {
      before: readingOf(before, 5000, { how: 'estimated', new: 5010, kwh: 10 }),
      now: readingOf(now, 5020, { multiplier: 20, new: 5041 }),
    };
    const { findings } = explain(before, now, { readings });
    expect(findings).toContainEqual({ what: 'estimated', which: 'before' });
    expect(findings).toContainEqual({ what: 'broken', old: 5020, expected: 5010 });
    expect(findings).toContainEqual({ what: 'multiplier', multiplier: 20, steps: 21, before: 1 });
  });

  test('a jump counts only beyond what the same months did a year earlier', () => {
    const [june, july] = [
      billOf({ from: '2025-05-05', to: '2025-06-05', kwh: 200 }),
      billOf({ from: '2025-06-05', to: '2025-07-05', kwh: 400 }),
    ];
    const yearAgo = {
      before: billOf({ from: '2024-05-05', to: '2024-06-05', kwh: 190 }),
      now: billOf({ from: '2024-06-05', to: '2024-07-05', kwh: 370 }),
    };
    expect(found(explain(june, july).findings)).toContain('jump');
    const told = explain(june, july, { yearAgo });
    expect(found(told.findings)).not.toContain('jump');
    expect(told.neutral).toBeLessThan(700);
  });
});
