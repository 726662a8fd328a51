import fc from 'fast-check';
import { addDays, daysInMonth } from '../../core/time';
import { computeBill } from '../../tariff';
import { HOUSEHOLD, SCALING, VAT } from '../../tariff/decisions';

const month = { from: '2026-09-05', to: '2026-10-05' };
const sums = ({ amount, vat, total }: { amount: number; vat: number; total: number }) => [amount, vat, total];

describe('the household tariff in force', () => {
  test.each([
    [120, 1, 249_300, 19_944, 269_244],
    [250, 1, 589_600, 47_168, 636_768],
    [450, 1, 1_247_500, 99_800, 1_347_300],
    [450, 2, 1_029_300, 82_344, 1_111_644],
  ])('%i kWh, %i household(s)', (kwh, households, ...expected) => {
    expect(sums(computeBill({ ...month, kwh, households }))).toEqual(expected);
  });

  test.each([
    [0, 0],
    [50, 107_136],
    [100, 217_836],
    [200, 474_876],
    [300, 798_660],
    [400, 1_160_460],
  ])('at the edge of a tier: %i kWh', (kwh, total) => {
    expect(computeBill({ ...month, kwh }).total).toBe(total);
  });

  test('has a line for each tier that was reached', () => {
    const { lines, scaled } = computeBill({ ...month, kwh: 120 });
    expect(scaled).toBe(false);
    expect(lines).toEqual([
      { tier: 1, kwh: 50, price: 1984, amount: 99_200, decision: '1279/QĐ-BCT' },
      { tier: 2, kwh: 50, price: 2050, amount: 102_500, decision: '1279/QĐ-BCT' },
      { tier: 3, kwh: 20, price: 2380, amount: 47_600, decision: '1279/QĐ-BCT' },
    ]);
  });
});

describe('a price change inside the period', () => {
  test('halves the tiers of 25 April to 25 May 2025', () => {
    const bill = computeBill({ from: '2025-04-25', to: '2025-05-25', kwh: 300 });
    expect(bill.scaled).toBe(true);
    expect(bill.lines.map(({ decision, kwh }) => `${decision} ${kwh}`)).toEqual([
      ...[25, 25, 50, 50].map((kwh) => `2699/QĐ-BCT ${kwh}`),
      ...[25, 25, 50, 50].map((kwh) => `1279/QĐ-BCT ${kwh}`),
    ]);
    expect(sums(bill)).toEqual([722_525, 57_802, 780_327]);
  });

  test('rounds kWh and widths half up', () => {
    const bill = computeBill({ from: '2025-05-01', to: '2025-06-01', kwh: 310 });
    const of = (decision: string) => bill.lines.filter((line) => line.decision === decision);
    const total = (decision: string) => of(decision).reduce((sum, { amount }) => sum + amount, 0);
    expect(of('2699/QĐ-BCT').map(({ kwh }) => kwh)).toEqual([15, 15, 29, 29, 2]);
    expect(of('1279/QĐ-BCT').map(({ kwh }) => kwh)).toEqual([35, 35, 71, 71, 8]);
    expect([total('2699/QĐ-BCT'), total('1279/QĐ-BCT')]).toEqual([212_928, 549_828]);
    expect(sums(bill)).toEqual([762_756, 61_020, 823_776]);
  });

  test('takes the reading of that day instead, where there is one', () => {
    const bill = computeBill({
      from: '2025-04-25',
      to: '2025-05-25',
      kwh: 300,
      readAtChange: { '2025-05-10': 100 },
    });
    expect(bill.lines.filter(({ decision }) => decision === '2699/QĐ-BCT').map(({ kwh }) => kwh)).toEqual([25, 25, 50]);
    expect(bill.lines.reduce((sum, { kwh }) => sum + kwh, 0)).toBe(300);
  });

  test('on the first or last day of the period changes nothing inside it', () => {
    expect(computeBill({ from: '2025-05-10', to: '2025-06-10', kwh: 300 }).lines[0]).toMatchObject({ price: 1984 });
    expect(computeBill({ from: '2025-04-10', to: '2025-05-10', kwh: 300 }).lines[0]).toMatchObject({ price: 1893 });
    expect(computeBill({ from: '2025-04-10', to: '2025-05-10', kwh: 300 }).scaled).toBe(false);
  });
});

describe('the length of the period', () => {
  test('of 35 days widens the tiers', () => {
    const bill = computeBill({ from: '2026-08-05', to: '2026-09-09', kwh: 300 });
    expect(bill).toMatchObject({ scaled: true, days: 35, monthDays: 31 });
    expect(bill.lines.map(({ kwh }) => kwh)).toEqual([56, 56, 113, 75]);
    expect(sums(bill)).toEqual([719_694, 57_576, 777_270]);
  });

  test('of ten days, for a new customer, narrows them', () => {
    const { lines, scaled } = computeBill({ from: '2026-09-25', to: '2026-10-05', kwh: 60 });
    expect(scaled).toBe(true);
    expect(lines.map(({ kwh }) => kwh)).toEqual([17, 17, 26]);
  });

  test('within the tolerance of two readings changes nothing', () => {
    const usual = computeBill({ ...month, kwh: 300 }).total;
    for (const days of [-2, -1, 1, 2])
      expect(computeBill({ from: month.from, to: addDays(month.to, days), kwh: 300 }).total).toBe(usual);
    expect(computeBill({ from: month.from, to: addDays(month.to, 3), kwh: 300 }).total).toBeLessThan(usual);
  });

  test('is regular every month, whatever the reading day, the last of the month included', () => {
    for (let readingDay = 1; readingDay <= 31; readingDay++)
      for (let n = 0; n < 24; n++) {
        const on = (index: number) => {
          const [year, month] = [2024 + Math.floor(index / 12), (index % 12) + 1];
          const date = Math.min(readingDay, daysInMonth(year, month));
          return `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
        };
        const [from, to] = [on(n), on(n + 1)];
        const changed = HOUSEHOLD.some((row) => row.from > from && row.from < to);
        expect([from, to, computeBill({ from, to, kwh: 100 }).scaled]).toEqual([from, to, changed]);
      }
  });
});

describe('dated rows', () => {
  test.each([
    ['2024-09-05', '2024-10-05', [1806, 1866, 2167, 2729, 3050, 3151]],
    ['2024-11-05', '2024-12-05', [1893, 1956, 2271, 2860, 3197, 3302]],
    ['2023-08-05', '2023-09-05', [1728, 1786, 2074, 2612, 2919, 3015]],
    ['2019-08-05', '2019-09-05', [1678, 1734, 2014, 2536, 2834, 2927]],
  ])('%s to %s', (from, to, prices) => {
    expect(computeBill({ from, to, kwh: 500 }).lines.map(({ price }) => price)).toEqual(prices);
  });

  test('VAT is that of the day of the reading', () => {
    expect(computeBill({ from: '2026-11-30', to: '2026-12-31', kwh: 100 }).vatRate).toBe(8);
    expect(computeBill({ from: '2026-12-05', to: '2027-01-05', kwh: 100 }).vatRate).toBe(10);
    expect(computeBill({ from: '2019-08-05', to: '2019-09-05', kwh: 100 }).vatRate).toBe(10);
  });

  test('prices in force are the mean price times the percentages of the structure, rounded', () => {
    const mean = 2204.0655;
    expect(HOUSEHOLD.at(-1)?.tiers.map(({ price }) => price)).toEqual(
      [90, 93, 108, 136, 152, 157].map((percent) => Math.round((mean * percent) / 100)),
    );
  });

  test('come oldest first, each with a citation', () => {
    for (const rows of [HOUSEHOLD, VAT, SCALING]) {
      expect(rows.map(({ from }) => from)).toEqual(rows.map(({ from }) => from).sort());
      for (const { citation } of rows) expect(citation).not.toBe('');
    }
  });
});

describe('every bill', () => {
  const request = fc
    .record({
      from: fc.integer({ min: 0, max: 1000 }).map((n) => addDays('2024-01-01', n)),
      days: fc.integer({ min: 1, max: 70 }),
      kwh: fc.integer({ min: 0, max: 100_000 }),
      households: fc.integer({ min: 1, max: 60 }),
    })
    .map(({ from, days, ...rest }) => ({ from, to: addDays(from, days), ...rest }));

  test('adds up', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const bill = computeBill(asked);
        expect(bill.lines.reduce((sum, { kwh }) => sum + kwh, 0)).toBe(asked.kwh);
        expect(bill.lines.reduce((sum, { amount }) => sum + amount, 0)).toBe(bill.amount);
        for (const { kwh, price, amount } of bill.lines) expect(kwh * price).toBe(amount);
        expect(bill.total).toBe(bill.amount + bill.vat);
        expect(Math.abs(bill.vat * 100 - bill.amount * bill.vatRate)).toBeLessThanOrEqual(50);
      }),
    );
  });

  test('grows with each kWh, and never with more households', () => {
    fc.assert(
      fc.property(request, (asked) => {
        const { amount } = computeBill(asked);
        expect(computeBill({ ...asked, kwh: asked.kwh + 1 }).amount).toBeGreaterThan(amount);
        expect(computeBill({ ...asked, households: asked.households + 1 }).amount).toBeLessThanOrEqual(amount);
      }),
    );
  });

  test('agrees with one reckoned kWh by kWh in whole fractions', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1500 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 28 }),
        (kwh, households, date) => {
          const on = (month: number) => `2026-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
          let slow = 0n;
          for (let unit = 1; unit <= kwh; unit++) {
            const share = unit / households;
            const tier = [50, 100, 200, 300, 400].findIndex((top) => share <= top);
            slow += BigInt([1984, 2050, 2380, 2998, 3350, 3460].at(tier) ?? 0);
          }
          expect(computeBill({ from: on(6), to: on(7), kwh, households }).total).toBe(
            Number(slow + (slow * 8n + 50n) / 100n),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});

test.each([
  [{ ...month, kwh: -1 }],
  [{ ...month, kwh: 1.5 }],
  [{ ...month, kwh: Number.NaN }],
  [{ ...month, kwh: Number.MAX_SAFE_INTEGER }],
  [{ ...month, kwh: 10, households: 0 }],
  [{ from: month.to, to: month.from, kwh: 10 }],
  [{ from: month.from, to: month.from, kwh: 10 }],
  [{ from: '2026-02-30', to: '2026-03-30', kwh: 10 }],
  [{ from: 'hôm qua', to: month.to, kwh: 10 }],
  [{ from: '2010-01-05', to: '2010-02-05', kwh: 10 }],
  [{ from: '2025-04-25', to: '2025-05-25', kwh: 300, readAtChange: { '2025-05-10': 301 } }],
])('refuses %j', (asked) => {
  expect(() => computeBill(asked)).toThrow(RangeError);
});
