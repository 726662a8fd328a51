import type { Bill, Customer } from '../core/records';
import {
  type BillRequest,
  type ComputedBill,
  type ExplainRequest,
  type Explanation,
  PARTS,
  type Part,
  type Use,
} from '../core/tariff';
import { addDays, daysBetween } from '../core/time';
import { billWith } from './bill';
import { findingsOf, isCorrection } from './findings';
import { divide, type Tables } from './rows';

const USE: Record<Customer['kind'], Use> = {
  household: 'household',
  business: 'business',
  production: 'production',
  administrative: 'administrative',
};

/** kWh of the period itself, without what is charged later for another one. */
const ownKwh = ({ kwh, lines }: Bill): number | undefined =>
  kwh === undefined ? undefined : lines.filter(isCorrection).reduce((left, line) => left - line.kwh, kwh);

/** What the tariff needs of a recorded bill; undefined where the record has it not. */
const requestOf = (bill: Bill, customer: Customer): (BillRequest & { vatRate: number }) | undefined => {
  const { from, to, kwh, households, vatRate } = bill;
  if (!from || !to || kwh === undefined || vatRate === undefined) return undefined;
  return { from, to, kwh: ownKwh(bill) ?? kwh, households: households ?? customer.households, use: USE[customer.kind], vatRate }; // biome-ignore format: one record
};

const withVat = (amount: number, rate: number): number => divide(amount * (100 + rate), 100);

type Amounts = Record<Part, number>;
const none = (): Amounts => Object.fromEntries(PARTS.map((part) => [part, 0])) as Amounts;

/**
 * From the bill before to the bill now in steps, each one thing changed and the bill computed anew: prices of one day,
 * days, kWh, households, prices as they were, VAT. What the tariff does not reproduce are corrections.
 */
const byTariff = (
  bill: (request: BillRequest) => ComputedBill,
  before: BillRequest & { vatRate: number },
  now: BillRequest & { vatRate: number },
  totals: { before: number; now: number },
): { amounts: Amounts; exact: boolean } => {
  const parts = none();
  const { vatRate } = before;
  const pricesOn = addDays(before.to, -1);
  const days = [daysBetween(before.from, before.to), daysBetween(now.from, now.to)] as const;
  const asNow = { ...before, from: now.from, to: now.to, pricesOn };

  const start = bill(before).total;
  const onePrice = bill({ ...before, pricesOn }).total;
  const sameDaily = bill({ ...asNow, kwh: divide(before.kwh * days[1], days[0]) });
  const sameQuantity = bill({ ...asNow, kwh: now.kwh });
  const { households } = now;
  const shared = bill({ ...asNow, kwh: now.kwh, ...(households && { households }) }).total;
  const priced = bill({ ...now, vatRate }).total;
  const end = bill(now).total;

  parts.price = onePrice - start + priced - shared;
  parts.days = sameDaily.total - onePrice;
  const [less, more] = sameDaily.total <= sameQuantity.total ? [sameDaily, sameQuantity] : [sameQuantity, sameDaily];
  const kwhOf = ({ lines }: ComputedBill) => lines.reduce((sum, { kwh }) => sum + kwh, 0);
  // the kWh between both at the price of the tier that the smaller one reached; what is dearer is the tiers' part
  const reached = less.lines.at(-1)?.price ?? more.lines[0]?.price ?? 0;
  const between = withVat((kwhOf(more) - kwhOf(less)) * reached, vatRate);
  parts.quantity = less === sameDaily ? between : -between;
  parts.tier = sameQuantity.total - sameDaily.total - parts.quantity;
  // VAT of each is rounded by itself: a đồng between them is no crossing of tiers
  if (Math.abs(parts.tier) <= 1) {
    parts.quantity += parts.tier;
    parts.tier = 0;
  }
  parts.households = shared - sameQuantity.total;
  parts.vat = end - priced;
  parts.corrections = totals.now - end - (totals.before - start);
  return { amounts: parts, exact: start === totals.before && end === totals.now };
};

/** Where the tariff cannot reproduce a bill (another voltage, time of use): kWh at the mean price of the bill before, the rest is price. */
const byMean = (before: Bill, now: Bill): Amounts => {
  const parts = none();
  const all = now.total - before.total;
  const { amount, kwh } = before;
  if (!amount || !kwh || now.kwh === undefined || now.amount === undefined) return { ...parts, corrections: all };
  const rate = before.vatRate ?? 0;
  const at = (some: number) => withVat(Math.round((amount * some) / kwh), rate);
  const known = before.from && before.to && now.from && now.to;
  const sameDaily = known ? (kwh * daysBetween(now.from!, now.to!)) / daysBetween(before.from!, before.to!) : kwh;
  parts.days = at(sameDaily) - at(kwh);
  parts.quantity = at(now.kwh) - at(sameDaily);
  const priced = withVat(now.amount, rate);
  parts.price = priced - at(now.kwh);
  parts.vat = withVat(now.amount, now.vatRate ?? rate) - priced;
  parts.corrections = all - parts.days - parts.quantity - parts.price - parts.vat;
  return parts;
};

const daily = (bill: Bill): number | undefined => {
  const { from, to } = bill;
  const kwh = ownKwh(bill);
  return from && to && kwh !== undefined && daysBetween(from, to) > 0
    ? Math.round((kwh * 100) / daysBetween(from, to))
    : undefined;
};

/** The daily mean of now, had the weather stayed that of before: changed back as the same months changed a year earlier. */
const neutralOf = ({ now, yearAgo }: ExplainRequest): number | undefined => {
  const mean = daily(now);
  const [then, thenBefore] = [yearAgo.now && daily(yearAgo.now), yearAgo.before && daily(yearAgo.before)];
  return mean === undefined || !then || !thenBefore ? undefined : Math.round((mean * thenBefore) / then);
};

const topTier = ({ lines }: Bill): number => Math.max(0, ...lines.map(({ tier }) => tier));

/**
 * Why a bill differs from another one of the same customer. The parts add up to the difference whatever the records say.
 * Records as printed are not for this; the caller shows them.
 */
export const explainWith = (tables: Tables) => {
  const bill = billWith(tables);
  return (request: ExplainRequest): Explanation => {
    const { before, now, customer } = request;
    const [was, is] = [requestOf(before, customer), requestOf(now, customer)];
    let split: ReturnType<typeof byTariff> | undefined;
    try {
      if (was && is) split = byTariff(bill, was, is, { before: before.total, now: now.total });
    } catch (error) {
      // a day that no table covers, kWh that are not whole: the tariff cannot reproduce it
      if (!(error instanceof RangeError)) throw error;
    }
    if (split && !split.exact && customer.kind !== 'household') split = undefined;
    const amounts = split?.amounts ?? byMean(before, now);
    const pair = <T>(of: (one: Bill) => T | undefined): [T, T] | undefined => {
      const [one, other] = [of(before), of(now)];
      return one === undefined || other === undefined ? undefined : [one, other];
    };
    const days = pair(({ from, to }) => (from && to ? daysBetween(from, to) : undefined));
    const kwh = pair(ownKwh);
    const means = pair(daily);
    const neutral = neutralOf(request);
    const tiers = customer.kind === 'household' ? pair(topTier) : undefined;
    const facts = {
      ...(means && { daily: means }),
      ...(neutral !== undefined && { neutral }),
      ...(tiers && { tiers }),
    };
    return {
      difference: now.total - before.total,
      parts: PARTS.map((part) => ({ part, amount: amounts[part] })),
      ...(days && { days }),
      ...(kwh && { kwh }),
      ...facts,
      findings: findingsOf(tables, request, { ...facts, request: split && is }),
      exact: split?.exact === true,
    };
  };
};
