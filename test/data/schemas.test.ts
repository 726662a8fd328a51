import { schemas } from '../../data/schemas';

const source = { kind: 'import', name: 'x.csv', at: '2026-03-01T07:00:00+07:00' };
const bill = {
  source,
  customer: 'PP05000974006',
  year: 2026,
  month: 2,
  period: 1,
  kwh: 60,
  lines: [
    { tier: 1, kwh: 50, price: 1984, amount: 99_200, decision: '1279/QĐ-BCT' },
    { tier: 2, kwh: 10, price: 2050, amount: 20_500, decision: '1279/QĐ-BCT' },
  ],
  amount: 119_700,
  vatRate: 8,
  vat: 9_576,
  total: 129_276,
};
const reading = {
  source,
  customer: 'PP05000974006',
  point: 'PP05000974006001',
  year: 2016,
  month: 10,
  period: 1,
  register: 'KT',
  multiplier: 1,
  readOn: '2016-10-06',
  old: 9618,
  new: 10_004,
  kwh: 386,
  how: 'read',
};
const paths = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }) =>
  result.error?.issues.map((issue) => issue.path.join('.'));

test('instants are brought to one spelling', () => {
  expect(schemas.bills.parse(bill).source.at).toBe('2026-03-01T00:00:00.000Z');
});

test('the arithmetic of a bill is checked, and skipped for what was printed on paper', () => {
  expect(paths(schemas.bills.safeParse({ ...bill, total: 1 }))).toEqual(['total']);
  expect(paths(schemas.bills.safeParse({ ...bill, amount: 119_701, total: 129_277 }))).toEqual(['amount']);
  expect(paths(schemas.bills.safeParse({ ...bill, kwh: 61 }))).toEqual(['kwh']);
  expect(schemas.bills.safeParse({ ...bill, lines: [], printed: true, total: 500_550 }).success).toBe(true);
  expect(paths(schemas.bills.safeParse({ ...bill, printed: true }))).toEqual(['lines']);
});

test('the arithmetic of a reading and a debt is checked', () => {
  expect(schemas.readings.safeParse(reading).success).toBe(true);
  expect(paths(schemas.readings.safeParse({ ...reading, kwh: 385 }))).toEqual(['kwh']);
  const debt = { source, customer: 'PP05000974006', year: 2016, month: 10, period: 1, stage: 'overdue' };
  expect(schemas.debts.safeParse({ ...debt, net: 650_000, tax: 65_000, total: 715_000 }).success).toBe(true);
  expect(paths(schemas.debts.safeParse({ ...debt, net: 650_000, tax: 65_000, total: 715_001 }))).toEqual(['total']);
});

test.each([
  ['month', 13],
  ['customer', 'PP0500097400'],
  ['readOn', '2016-02-30'],
  ['register', 'k t'],
  ['old', Number.NaN],
  ['point', 'a\u0000b'],
])('a reading with a wrong %s is refused there', (field, value) => {
  expect(paths(schemas.readings.safeParse({ ...reading, [field]: value }))).toContain(field);
});
