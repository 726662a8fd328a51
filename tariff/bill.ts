import {
  BANDS,
  type Band,
  type BillRequest,
  type ComputedBill,
  type ComputedLine,
  type PriceDecision,
  type Use,
} from '../core/tariff';
import { addDays, type Day, daysBetween, daysInMonth } from '../core/time';
import type { Dated } from '../core/utility';
import { type Beginning, divide, priced, rowOn, type Tables } from './rows';

/**
 * Days that a regular period read on `to` has: those of the month before. Where the reading stands at the end of months
 * (31 January, 28 February, 31 March) they are those of the month that ends, so there the nearer of both is taken.
 */
export const regularDays = (to: Day, days: number): number => {
  const [year, month, date] = to.split('-').map(Number) as [number, number, number];
  const before = daysInMonth(year, month - 1);
  const ending = daysInMonth(year, month);
  return date === ending && Math.abs(days - ending) < Math.abs(days - before) ? ending : before;
};

interface Stretch {
  /** the day whose prices hold */
  on: Day;
  days: number;
  kwh: number;
}

/** The period cut at each price change; kWh by days (S / T × N), or as read on the day of the change. */
const stretchesOf = ({ from, to, kwh, readAtChange = {} }: BillRequest, changes: readonly Day[]): Stretch[] => {
  const days = daysBetween(from, to);
  let before = 0;
  return [...changes, to].map((until, n) => {
    const start = n === 0 ? from : changes[n - 1]!;
    const upTo = until === to ? kwh : (readAtChange[until] ?? divide(kwh * daysBetween(from, until), days));
    if (!(Number.isSafeInteger(upTo) && upTo >= before && upTo <= kwh))
      throw new RangeError(`the reading at the price change of ${until} does not fit the period`);
    const stretch = { on: start, days: daysBetween(start, until), kwh: upTo - before };
    before = upTo;
    return stretch;
  });
};

const insideOf = (rows: readonly { from: Day }[], { from, to, pricesOn }: BillRequest): Day[] =>
  pricesOn ? [] : [...new Set(rows.map((row) => row.from))].filter((on) => on > from && on < to);

/** The household tiers that hold on a day, or those of a decided structure at that day's mean price. */
export const householdOn = (tables: Tables, on: Day, assuming?: string): Dated<PriceDecision> & { from: Day } => {
  const row = rowOn(tables.household, on);
  if (!assuming) return row;
  const structure = tables.decided.find(({ id }) => id === assuming);
  if (!structure) throw new RangeError(`there is no decided structure ${assuming}`);
  if (!row.mean) throw new RangeError(`no mean price is known on ${on}`);
  return { ...row, decision: structure.decision, tiers: priced(structure.tiers, row.mean) };
};

/** Quarters of a household are whole here: three declared tenants are three quarters. */
const quartersOf = (households: number): number => {
  const quarters = households * 4;
  if (!(Number.isSafeInteger(quarters) && quarters >= 1))
    throw new RangeError('households are 1/4 or more, in quarters');
  return quarters;
};

const tieredLines = (tables: Tables, request: BillRequest, monthDays: number, long: boolean) => {
  const { households = 1, assuming, pricesOn } = request;
  const quarters = quartersOf(households);
  const stretches = stretchesOf(request, insideOf(tables.household, request));
  const scaled = stretches.length > 1 || long;
  const lines = stretches.flatMap((stretch) => {
    const { tiers, decision } = householdOn(tables, pricesOn ?? stretch.on, assuming);
    let left = stretch.kwh;
    return tiers.flatMap(({ width, price }, n): ComputedLine[] => {
      const room =
        width === undefined
          ? left
          : scaled
            ? divide(width * quarters * stretch.days, 4 * monthDays)
            : divide(width * quarters, 4);
      const filled = Math.min(left, room);
      left -= filled;
      return filled === 0 ? [] : [{ tier: n + 1, kwh: filled, price, amount: filled * price, decision }];
    });
  });
  return { lines, scaled };
};

/** The tier that holds a kWh of a month: one price for everything that undeclared tenants use. */
export const tierOfKwh = ({ tiers }: PriceDecision, kwh: number): { tier: number; price: number } => {
  let top = 0;
  const at = tiers.findIndex(({ width }) => width === undefined || (top += width) >= kwh);
  return { tier: at + 1, price: tiers[at]!.price };
};

type FlatUse = Exclude<Use, 'household'>;

const flatPrices = (tables: Tables, request: BillRequest, on: Day): Record<Band, number> & { decision: string } => {
  const use = request.use as FlatUse;
  if (use === 'tenant') {
    const row = householdOn(tables, on, request.assuming);
    const { price } = tierOfKwh(row, rowOn(tables.tenants, on).flatTierOfKwh);
    return { normal: price, offpeak: price, peak: price, decision: row.decision };
  }
  const { voltage = 'low' } = request;
  const row: Beginning<(typeof tables.uses)[number]> = rowOn(
    tables.uses.filter((one) => one.use === use && one.voltage === voltage),
    on,
  );
  const { normal, offpeak = normal, peak = normal, decision } = row;
  return { normal, offpeak, peak, decision };
};

const flatLines = (tables: Tables, request: BillRequest): ComputedLine[] => {
  const { kwh, bands = { normal: kwh }, pricesOn } = request;
  if (BANDS.reduce((sum, band) => sum + (bands[band] ?? 0), 0) !== kwh)
    throw new RangeError('the kWh of the bands do not add up');
  const rows = request.use === 'tenant' ? tables.household : tables.uses.filter(({ use }) => use === request.use);
  return BANDS.flatMap((band) => {
    const { readAtChange: _, ...whole } = request;
    return stretchesOf({ ...whole, kwh: bands[band] ?? 0 }, insideOf(rows, request)).flatMap(({ on, kwh }) => {
      const prices = flatPrices(tables, request, pricesOn ?? on);
      if (kwh === 0) return [];
      return [{ tier: 0, kwh, price: prices[band], amount: kwh * prices[band], decision: prices.decision, band }];
    });
  });
};

const reliefOn = (tables: Tables, request: BillRequest, lines: ComputedLine[]): ComputedBill['relief'] => {
  const month = request.to.slice(0, 7);
  const row = tables.reliefs.find(
    ({ firstMonth, lastMonth, uses, upToKwh, overKwh, who }) =>
      firstMonth <= month &&
      month <= lastMonth &&
      uses.includes(request.use ?? 'household') &&
      (upToKwh === undefined || request.kwh <= upToKwh) &&
      (overKwh === undefined || request.kwh > overKwh) &&
      (who === undefined || who === request.relief),
  );
  if (!row) return undefined;
  const eligible = lines.filter(({ tier }) => !row.tiers || row.tiers.includes(tier));
  const amount = divide(eligible.reduce((sum, line) => sum + line.amount, 0) * row.percent, 100);
  return { amount, percent: row.percent, round: row.round };
};

const check = ({ from, to, kwh }: BillRequest, days: number) => {
  if (!(Number.isInteger(days) && days > 0)) throw new RangeError('the period must end after it begins');
  if (addDays(from, 0) !== from || addDays(to, 0) !== to) throw new RangeError('days are written YYYY-MM-DD');
  if (!(Number.isSafeInteger(kwh) && kwh >= 0)) throw new RangeError('kWh must be a whole number, zero or more');
};

/**
 * The bill of a period, exact to the đồng: tiers of the decision in force, cut and scaled by days where a price changes
 * inside the period (EVNCPC rule of 2016: kWh by days, widths Mq / Tm × days × households, all half up), VAT half up.
 * A period that differs from its month by more than the tolerance has its tiers scaled likewise. Other uses have one
 * price for each band. Prices of another day, or of a structure that is only decided, are asked for in the request.
 * @throws RangeError on impossible arguments, and for days that no table covers
 */
export const billWith =
  (tables: Tables) =>
  (request: BillRequest): ComputedBill => {
    const { from, to, use = 'household' } = request;
    const days = daysBetween(from, to);
    check(request, days);
    const monthDays = regularDays(to, days);
    const long = Math.abs(days - monthDays) > rowOn(tables.scaling, to).toleranceDays;
    const { lines, scaled } =
      use === 'household'
        ? tieredLines(tables, request, monthDays, long)
        : { lines: flatLines(tables, request), scaled: false };
    const relief = reliefOn(tables, request, lines);
    const amount = lines.reduce((sum, line) => sum + line.amount, 0) - (relief?.amount ?? 0);
    const vatRate = request.vatRate ?? rowOn(tables.vat, request.vatOn ?? request.pricesOn ?? to).rate;
    const vat = divide(amount * vatRate, 100);
    return { lines, ...(relief && { relief }), amount, vatRate, vat, total: amount + vat, days, monthDays, scaled };
  };

const MOST_KWH = 100_000_000;

/** The most whole kWh whose bill is not above `total` (VAT included), and that bill. */
export const kwhForWith = (tables: Tables) => {
  const bill = billWith(tables);
  return (total: number, request: Omit<BillRequest, 'kwh'>): { kwh: number; bill: ComputedBill } => {
    const fits = (kwh: number) => bill({ ...request, kwh }).total <= total;
    let low = 0;
    let high = 1;
    while (high < MOST_KWH && fits(high)) {
      low = high;
      high *= 2;
    }
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (fits(middle)) low = middle;
      else high = middle;
    }
    return { kwh: low, bill: bill({ ...request, kwh: low }) };
  };
};
