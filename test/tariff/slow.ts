/**
 * A bill reckoned slowly and in another way, to hold the fast one against: prices copied by hand from the decisions,
 * whole fractions, every kWh looked up by itself, days walked one by one. Shares no code with tariff/.
 */
const PRICES: [from: string, ...prices: number[]][] = [
  ['2017-12-01', 1549, 1600, 1858, 2340, 2615, 2701],
  ['2019-03-20', 1678, 1734, 2014, 2536, 2834, 2927],
  ['2023-05-04', 1728, 1786, 2074, 2612, 2919, 3015],
  ['2023-11-09', 1806, 1866, 2167, 2729, 3050, 3151],
  ['2024-10-11', 1893, 1956, 2271, 2860, 3197, 3302],
  ['2025-05-10', 1984, 2050, 2380, 2998, 3350, 3460],
];
const NEWEST_FIRST = [...PRICES].reverse().map(([from, ...prices]) => [from, prices] as const);
const EIGHT_PERCENT = [
  ['2022-02-01', '2022-12-31'],
  ['2023-07-01', '2026-12-31'],
];
const WIDTHS = [50n, 50n, 100n, 100n, 100n];

const iso = (date: Date) => date.toISOString().slice(0, 10);
const half = (a: bigint, b: bigint): bigint => {
  const whole = a / b;
  return (a - whole * b) * 2n >= b ? whole + 1n : whole;
};

/** days from `from` on which the price of each decision held, in order */
const daysByPrice = (from: string, to: string): [prices: number[], days: number][] => {
  const found: [number[], number][] = [];
  for (const day = new Date(`${from}T00:00:00Z`); iso(day) < to; day.setUTCDate(day.getUTCDate() + 1)) {
    const prices = NEWEST_FIRST.find(([start]) => start <= iso(day))![1];
    const last = found.at(-1);
    if (last?.[0] === prices) last[1] += 1;
    else found.push([prices, 1]);
  }
  return found;
};

const monthLength = (to: string, days: number): number => {
  const end = new Date(`${to}T00:00:00Z`);
  const before = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth(), 0)).getUTCDate();
  const own = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  const readAtEnd = end.getUTCDate() === own;
  return readAtEnd && Math.abs(days - own) < Math.abs(days - before) ? own : before;
};

export const slowTotal = (bill: { from: string; to: string; kwh: number; households: number }): bigint => {
  const parts = daysByPrice(bill.from, bill.to);
  const days = parts.reduce((sum, [, n]) => sum + n, 0);
  const month = monthLength(bill.to, days);
  const scaled = parts.length > 1 || Math.abs(days - month) > 2;
  let amount = 0;
  let passed = 0;
  let read = 0n;
  for (const [prices, n] of parts) {
    passed += n;
    const upTo = passed === days ? BigInt(bill.kwh) : half(BigInt(bill.kwh * passed), BigInt(days));
    const tops: number[] = [];
    for (const width of WIDTHS) {
      const shared = width * BigInt(bill.households);
      tops.push((tops.at(-1) ?? 0) + Number(scaled ? half(shared * BigInt(n), BigInt(month)) : shared));
    }
    for (let unit = 1; unit <= upTo - read; unit++) amount += prices.at(tops.findIndex((top) => unit <= top))!;
    read = upTo;
  }
  const vat = EIGHT_PERCENT.some(([from, until]) => from! <= bill.to && bill.to <= until!) ? 8n : 10n;
  return BigInt(amount) + half(BigInt(amount) * vat, 100n);
};
