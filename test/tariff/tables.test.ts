import fc from 'fast-check';
import { makeTariff, TABLES, tariff } from '../../tariff';
import { priced } from '../../tariff/rows';

const month = { from: '2026-09-05', to: '2026-10-05' };

describe('another day, the same function', () => {
  test('prices of today, of May 2025, and of the five tiers that are decided', () => {
    expect(tariff.bill({ ...month, kwh: 450 }).total).toBe(1_347_300);
    expect(tariff.bill({ ...month, kwh: 450, pricesOn: '2025-05-09' }).lines.map(({ price }) => price)).toEqual([
      1893, 1956, 2271, 2860, 3197, 3302,
    ]);
    const may = tariff.bill({ from: '2025-05-01', to: '2025-06-01', kwh: 310 });
    expect(may.total).toBe(823_776);
    const five = tariff.bill({ ...month, kwh: 800, assuming: 'five-tiers' });
    expect(five.lines.map(({ kwh, price }) => [kwh, price])).toEqual([
      [100, 1984],
      [100, 2380],
      [200, 2998],
      [300, 3571],
      [100, 3967],
    ]);
    expect(five.lines[0]!.decision).toBe('14/2025/QĐ-TTg');
    expect(tariff.bill({ ...month, kwh: 250, vatRate: 10 }).total).toBe(648_560);
    expect(tariff.bill({ ...month, kwh: 250, pricesOn: '2027-01-05' }).vatRate).toBe(10);
  });

  test('a structure is decided until a price decision has it', () => {
    expect(tariff.decided('2026-03-12').map(({ id }) => id)).toEqual(['five-tiers']);
    expect(tariff.decided('2025-05-01')).toEqual([]);
  });
});

describe('a new price decision is one dated row', () => {
  const five = TABLES.decided[0]!.tiers;
  const row = {
    from: '2027-03-15',
    decision: '99/QĐ-BCT',
    mean: '2300.0000',
    tiers: priced(five, '2300.0000'),
    citation: 'invented for this test',
    confidence: 'O',
  } as const;
  const next = makeTariff({ ...TABLES, household: [...TABLES.household, row] });
  const april = { from: '2027-04-01', to: '2027-05-01' };

  test('and bills, what-ifs, tenants, the state of the five tiers and explanations follow', () => {
    expect(next.bill({ ...april, kwh: 250 }).lines.map(({ kwh, price, decision }) => [kwh, price, decision])).toEqual([
      [100, 2070, '99/QĐ-BCT'],
      [100, 2484, '99/QĐ-BCT'],
      [50, 3128, '99/QĐ-BCT'],
    ]);
    expect(next.decided('2027-04-01')).toEqual([]);
    expect(tariff.decided('2027-04-01')).toHaveLength(1);
    expect(next.bill({ ...april, kwh: 10, use: 'tenant' }).lines[0]!.price).toBe(2484);
    expect(next.next('2027-03-01').price?.decision).toBe('99/QĐ-BCT');
    expect(next.kwhFor(1_000_000, april).kwh).not.toBe(tariff.kwhFor(1_000_000, april).kwh);

    // the period of the change: six tiers for 14 days, five for 17
    const change = next.bill({ from: '2027-03-01', to: '2027-04-01', kwh: 310 });
    const of = (decision: string) => change.lines.filter((line) => line.decision === decision);
    expect(of('1279/QĐ-BCT').reduce((sum, { kwh }) => sum + kwh, 0)).toBe(140);
    expect(of('99/QĐ-BCT').map(({ kwh }) => kwh)).toEqual([55, 55, 60]);
    expect(next.bill({ from: '2027-02-01', to: '2027-03-01', kwh: 310 })).toEqual(
      tariff.bill({ from: '2027-02-01', to: '2027-03-01', kwh: 310 }),
    );
  });
});

describe('uses without tiers', () => {
  test.each([
    ['production', '110kV', [1811, 1146, 3266]],
    ['production', '22kV', [1833, 1190, 3398]],
    ['production', '6kV', [1899, 1234, 3508]],
    ['production', 'low', [1987, 1300, 3640]],
    ['business', '22kV', [2887, 1609, 5025]],
    ['business', '6kV', [3108, 1829, 5202]],
    ['business', 'low', [3152, 1918, 5422]],
    ['school', '6kV', [1940, 1940, 1940]],
    ['school', 'low', [2072, 2072, 2072]],
    ['administrative', '6kV', [2138, 2138, 2138]],
    ['administrative', 'low', [2226, 2226, 2226]],
    ['prepaid', 'low', [2909, 2909, 2909]],
  ] as const)('%s at %s', (use, voltage, prices) => {
    const bill = tariff.bill({ ...month, use, voltage, kwh: 60, bands: { normal: 30, offpeak: 20, peak: 10 } });
    expect(bill.lines.map(({ price }) => price)).toEqual(prices);
    expect(bill.amount).toBe(30 * prices[0] + 20 * prices[1] + 10 * prices[2]);
  });

  test('a meter of one register is charged at the normal price', () => {
    expect(tariff.bill({ ...month, use: 'business', kwh: 1000 }).total).toBe(3_404_160);
  });

  test('a price change inside the period cuts them by days', () => {
    const bill = tariff.bill({ from: '2025-04-25', to: '2025-05-25', use: 'business', kwh: 300 });
    expect(bill.lines.map(({ kwh, price }) => [kwh, price])).toEqual([
      [150, 3007],
      [150, 3152],
    ]);
  });

  test('undeclared tenants pay 2,570.4 đ a kWh, VAT included', () => {
    expect(tariff.bill({ ...month, use: 'tenant', kwh: 10 }).total).toBe(25_704);
    expect(tariff.bill({ ...month, use: 'tenant', kwh: 10, assuming: 'five-tiers' }).total).toBe(25_704);
  });

  test('impossible requests are refused', () => {
    expect(() => tariff.bill({ ...month, use: 'business', voltage: '110kV', kwh: 1 })).toThrow(RangeError);
    expect(() => tariff.bill({ ...month, use: 'business', kwh: 5, bands: { peak: 4 } })).toThrow(RangeError);
    expect(() => tariff.bill({ ...month, kwh: 5, households: 0.3 })).toThrow(RangeError);
    expect(() => tariff.bill({ ...month, kwh: 5, assuming: 'seven-tiers' })).toThrow(RangeError);
  });
});

test('declared tenants are quarters of a household', () => {
  const { lines } = tariff.bill({ ...month, kwh: 100, households: 0.75 });
  expect(lines.map(({ kwh }) => kwh)).toEqual([38, 38, 24]);
  expect(tariff.bill({ ...month, kwh: 450, households: 1 })).toEqual(tariff.bill({ ...month, kwh: 450 }));
});

describe('relief of 2020 and 2021', () => {
  test('takes a tenth off the first four tiers of bills of May to July 2020, before VAT', () => {
    const bill = tariff.bill({ from: '2020-05-05', to: '2020-06-05', kwh: 350 });
    const firstFour = 50 * 1678 + 50 * 1734 + 100 * 2014 + 100 * 2536;
    expect(bill.relief).toEqual({ amount: firstFour / 10, percent: 10, round: '1' });
    expect(bill.amount).toBe(firstFour + 50 * 2834 - firstFour / 10);
    expect(bill.vat).toBe(Math.round(bill.amount / 10));
    expect(tariff.bill({ from: '2020-07-05', to: '2020-08-05', kwh: 350 }).relief).toBeUndefined();
  });

  test('of August and September 2021 was for households under distancing: 15 % up to 200 kWh, else 10 %', () => {
    const august = { from: '2021-07-05', to: '2021-08-05' };
    expect(tariff.bill({ ...august, kwh: 200 }).relief).toBeUndefined();
    expect(tariff.bill({ ...august, kwh: 200, relief: 'distancing' }).relief?.percent).toBe(15);
    expect(tariff.bill({ ...august, kwh: 201, relief: 'distancing' }).relief?.percent).toBe(10);
  });
});

test('đồng to kWh: the most that the amount pays for', () => {
  expect(tariff.kwhFor(1_347_300, month).kwh).toBe(450);
  expect(tariff.kwhFor(1_347_299, month).kwh).toBe(449);
  expect(tariff.kwhFor(0, month).kwh).toBe(0);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2_000_000_000 }),
      fc.integer({ min: 1, max: 20 }),
      fc.constantFrom('household', 'tenant', 'business', 'production'),
      (total, households, use) => {
        const asked = { ...month, households, use } as const;
        const { kwh, bill } = tariff.kwhFor(total, asked);
        expect(bill.total).toBeLessThanOrEqual(total);
        expect(tariff.bill({ ...asked, kwh: kwh + 1 }).total).toBeGreaterThan(total);
      },
    ),
  );
});

test('every row of every table has a citation', () => {
  for (const rows of Object.values(TABLES)) {
    expect(rows.length).toBeGreaterThan(0);
    for (const { citation, confidence } of rows)
      expect([citation.length > 5, confidence]).toEqual([true, expect.any(String)]);
  }
});
