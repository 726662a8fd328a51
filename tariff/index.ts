import type { Tariff } from '../core/tariff';
import { billWith, householdOn, kwhForWith } from './bill';
import { explainWith } from './explain';
import { rowOn, type Tables } from './rows';
import { TABLES } from './tables';

export type { Tables } from './rows';
export { TABLES } from './tables';

const holds = (from: string | undefined, to: string | undefined, on: string): boolean =>
  (from === undefined || from <= on) && (to === undefined || on <= to);

/** The tariff over some tables: with a row more, everything that is computed, explained and said follows. */
export const makeTariff = (tables: Tables): Tariff => ({
  bill: billWith(tables),
  kwhFor: kwhForWith(tables),
  household: (on, assuming) => householdOn(tables, on, assuming),
  decided: (on) => {
    const inForce = rowOn(tables.household, on).tiers.map(({ width }) => width);
    return tables.decided.filter(
      ({ from, to, tiers }) =>
        holds(from, to, on) && (tiers.length !== inForce.length || tiers.some(({ width }, n) => width !== inForce[n])),
    );
  },
  prices: (on, use) => {
    const rows = tables.uses.filter((row) => row.use === use);
    const { decision } = rowOn(rows, on);
    return rows.filter((row) => row.decision === decision);
  },
  vat: (on) => rowOn(tables.vat, on),
  next: (on) => {
    const rate = rowOn(tables.vat, on).rate;
    const vat = tables.vat.find((row) => row.from > on && row.rate !== rate);
    const price = tables.household.find(({ from }) => from > on);
    return { ...(vat && { vat }), ...(price && { price }) };
  },
  bands: (on) => tables.bands.filter(({ from, to }) => holds(from, to, on)),
  tenants: (on) => {
    const fine = tables.fines.findLast(({ from }) => from <= on);
    return { rules: rowOn(tables.tenants, on), ...(fine && { fine }) };
  },
  reliefs: () => tables.reliefs,
  appliances: () => tables.appliances,
  explain: explainWith(tables),
});

export const tariff: Tariff = makeTariff(TABLES);
export const computeBill = tariff.bill;
