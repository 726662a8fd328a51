import type {
  Appliance,
  BandHours,
  DecidedStructure,
  PriceDecision,
  Relief,
  TenantFine,
  TenantRules,
  Tier,
  UsePrices,
} from '../core/tariff';
import type { Dated } from '../core/utility';

/** A row that holds from its day until a later one takes its place, so a new decision is one row more. Oldest first. */
export type Beginning<T> = Dated<T> & { from: string };

/** Everything the arithmetic reads. A test, or a later decision, is the same tables with a row more. */
export interface Tables {
  household: readonly Beginning<PriceDecision>[];
  decided: readonly Dated<DecidedStructure>[];
  uses: readonly Beginning<UsePrices>[];
  vat: readonly Beginning<{ rate: number }>[];
  scaling: readonly Beginning<{ toleranceDays: number }>[];
  bands: readonly Dated<BandHours>[];
  tenants: readonly Beginning<TenantRules>[];
  fines: readonly Beginning<TenantFine>[];
  reliefs: readonly Dated<Relief>[];
  appliances: readonly Dated<Appliance>[];
}

/** a / b of whole numbers, half up. Exact while 2a + b stays below 2^53. */
export const divide = (a: number, b: number): number => {
  const twice = 2 * a + b;
  if (!Number.isSafeInteger(twice)) throw new RangeError('a bill of this size cannot be computed exactly');
  return (twice - (twice % (2 * b))) / (2 * b);
};

/** "2204.0655" in whole ten-thousandths of a đồng. */
const tenThousandths = (mean: string): number => {
  const [whole, rest = ''] = mean.split('.');
  return Number(whole) * 10_000 + Number(rest.padEnd(4, '0').slice(0, 4));
};

/** The prices of a structure at a mean price: each percentage, rounded half up to the đồng. */
export const priced = (structure: DecidedStructure['tiers'], mean: string): Tier[] =>
  structure.map(({ percent, ...tier }) => ({ ...tier, price: divide(tenThousandths(mean) * percent, 1_000_000) }));

/** The row that holds on a day. @throws RangeError when none does */
export const rowOn = <T extends { from: string }>(rows: readonly T[], on: string): T => {
  const row = rows.findLast(({ from }) => from <= on);
  if (!row) throw new RangeError(`no row of the price tables covers ${on}`);
  return row;
};
