import type { BillLine } from '../core/records';
import { addDays, type Day, daysBetween, daysInMonth } from '../core/time';
import { HOUSEHOLD, type PriceDecision, SCALING, VAT } from './decisions';

export interface BillRequest {
  /** day of the previous reading */
  from: Day;
  /** day of this reading; the period is the `daysBetween(from, to)` days before it */
  to: Day;
  /** whole kWh of the period */
  kwh: number;
  /** households that share the meter, 1 by default: each tier is that many times as wide */
  households?: number;
  /** the kWh up to a price change, where the meter was read on the day of the change */
  readAtChange?: Readonly<Record<Day, number>>;
}

/** Whole đồng; `vatRate` in per cent. */
export interface ComputedBill {
  lines: BillLine[];
  /** before VAT */
  amount: number;
  vatRate: number;
  vat: number;
  total: number;
  days: number;
  /** days of the month that the tiers are meant for */
  monthDays: number;
  /** the tiers were scaled to the days: a price changed inside the period, or it is unusually long or short */
  scaled: boolean;
}

/** a / b of whole numbers, half up. Exact while 2a + b stays below 2^53. */
const divide = (a: number, b: number): number => {
  const twice = 2 * a + b;
  if (!Number.isSafeInteger(twice)) throw new RangeError('a bill of this size cannot be computed exactly');
  return (twice - (twice % (2 * b))) / (2 * b);
};

const rowOn = <T extends { from: Day }>(rows: readonly T[], on: Day): T => {
  const row = rows.findLast(({ from }) => from <= on);
  if (!row) throw new RangeError(`no row of the price tables covers ${on}`);
  return row;
};

/**
 * Days that a regular period read on `to` has: those of the month before. Where the reading stands at the end of months
 * (31 January, 28 February, 31 March) they are those of the month that ends, so there the nearer of both is taken.
 */
const regularDays = (to: Day, days: number): number => {
  const [year, month, date] = to.split('-').map(Number) as [number, number, number];
  const before = daysInMonth(year, month - 1);
  const ending = daysInMonth(year, month);
  return date === ending && Math.abs(days - ending) < Math.abs(days - before) ? ending : before;
};

interface Stretch {
  price: PriceDecision;
  days: number;
  kwh: number;
}

/** The period cut at each price change; kWh by days (S / T × N), or as read on the day of the change. */
const stretchesOf = ({ from, to, kwh, readAtChange = {} }: BillRequest): Stretch[] => {
  const days = daysBetween(from, to);
  const changes = HOUSEHOLD.map((row) => row.from).filter((on) => on > from && on < to);
  let before = 0;
  return [...changes, to].map((until, n) => {
    const start = n === 0 ? from : changes[n - 1]!;
    const upTo = until === to ? kwh : (readAtChange[until] ?? divide(kwh * daysBetween(from, until), days));
    if (!(Number.isSafeInteger(upTo) && upTo >= before && upTo <= kwh))
      throw new RangeError(`the reading at the price change of ${until} does not fit the period`);
    const stretch = { price: rowOn(HOUSEHOLD, start), days: daysBetween(start, until), kwh: upTo - before };
    before = upTo;
    return stretch;
  });
};

/**
 * The household bill of a period, exact to the đồng: tiers of the decision in force, cut and scaled by days where a price
 * changes inside the period (EVNCPC rule of 2016: kWh by days, widths Mq / Tm × days × households, all half up), VAT half up.
 * A period that differs from its month by more than the tolerance has its tiers scaled likewise.
 * @throws RangeError on impossible arguments, and for days that no table covers
 */
export const computeBill = (request: BillRequest): ComputedBill => {
  const { from, to, kwh, households = 1 } = request;
  const days = daysBetween(from, to);
  if (!(Number.isInteger(days) && days > 0)) throw new RangeError('the period must end after it begins');
  if (addDays(from, 0) !== from || addDays(to, 0) !== to) throw new RangeError('days are written YYYY-MM-DD');
  if (!(Number.isSafeInteger(kwh) && kwh >= 0)) throw new RangeError('kWh must be a whole number, zero or more');
  if (!(Number.isSafeInteger(households) && households >= 1)) throw new RangeError('households must be 1 or more');

  const monthDays = regularDays(to, days);
  const stretches = stretchesOf(request);
  const scaled = stretches.length > 1 || Math.abs(days - monthDays) > rowOn(SCALING, to).toleranceDays;

  const lines = stretches.flatMap((stretch) => {
    let left = stretch.kwh;
    return stretch.price.tiers.flatMap(({ width, price }, n): BillLine[] => {
      const full = (width ?? Number.POSITIVE_INFINITY) * households;
      const room = width === undefined || !scaled ? full : divide(full * stretch.days, monthDays);
      const filled = Math.min(left, room);
      left -= filled;
      if (filled === 0) return [];
      return [{ tier: n + 1, kwh: filled, price, amount: filled * price, decision: stretch.price.decision }];
    });
  });
  const amount = lines.reduce((sum, line) => sum + line.amount, 0);
  const vatRate = rowOn(VAT, to).rate;
  const vat = divide(amount * vatRate, 100);
  return { lines, amount, vatRate, vat, total: amount + vat, days, monthDays, scaled };
};
