import fc from 'fast-check';
import { addDays } from '../../core/time';
import { computeBill, makeTariff, TABLES } from '../../tariff';
import { slowTotal } from './slow';

test('10,000 random bills are those of the slow reference, to the đồng', () => {
  const reference = makeTariff({ ...TABLES, reliefs: [] });
  let scaled = 0;
  let crossing = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3800 }),
      fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 27, max: 33 }) }, fc.integer({ min: 1, max: 90 })),
      fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 900 }) }, fc.integer({ min: 0, max: 4000 })),
      fc.oneof({ weight: 3, arbitrary: fc.constant(1) }, fc.integer({ min: 1, max: 12 })),
      (start, days, kwh, households) => {
        const from = addDays('2017-12-01', start);
        const asked = { from, to: addDays(from, days), kwh, households };
        const bill = reference.bill(asked);
        if (bill.scaled) scaled += 1;
        if (new Set(bill.lines.map(({ decision }) => decision)).size > 1) crossing += 1;
        return BigInt(bill.total) === slowTotal(asked);
      },
    ),
    { numRuns: 10_000 },
  );
  // the comparison is worth little unless it meets the hard cases
  expect(scaled).toBeGreaterThan(1000);
  expect(crossing).toBeGreaterThan(200);
});

test.each([
  // domain facts §3.6, 1 to 7
  [{ from: '2026-09-05', to: '2026-10-05', kwh: 120 }, 249_300, 19_944, 269_244],
  [{ from: '2026-09-05', to: '2026-10-05', kwh: 250 }, 589_600, 47_168, 636_768],
  [{ from: '2026-09-05', to: '2026-10-05', kwh: 450 }, 1_247_500, 99_800, 1_347_300],
  [{ from: '2026-09-05', to: '2026-10-05', kwh: 450, households: 2 }, 1_029_300, 82_344, 1_111_644],
  [{ from: '2025-04-25', to: '2025-05-25', kwh: 300 }, 722_525, 57_802, 780_327],
  [{ from: '2025-05-01', to: '2025-06-01', kwh: 310 }, 762_756, 61_020, 823_776],
  [{ from: '2026-08-05', to: '2026-09-09', kwh: 300 }, 719_694, 57_576, 777_270],
])('the worked example %j', (asked, amount, vat, total) => {
  expect(computeBill(asked)).toMatchObject({ amount, vat, total });
  expect(BigInt(total)).toBe(slowTotal({ households: 1, ...asked }));
});
