import type { Bill, BillLine, Customer, Reading } from './records';
import type { Day } from './time';
import type { Dated } from './utility';

/** What electricity is used for: each has its own prices. `tenant`: rooms whose persons were not declared; `school`: hospitals and schools too. */
export const USES = ['household', 'prepaid', 'tenant', 'business', 'production', 'administrative', 'school'] as const;
export type Use = (typeof USES)[number];

/** Supply voltage, from the highest. Prices of a use may know only some of them. */
export const VOLTAGES = ['110kV', '22kV', '6kV', 'low'] as const;
export type Voltage = (typeof VOLTAGES)[number];

/** Time-of-use bands; without a meter of three registers everything is `normal`. */
export const BANDS = ['normal', 'offpeak', 'peak'] as const;
export type Band = (typeof BANDS)[number];

export interface Tier {
  /** kWh per month and household; the last tier has none */
  width?: number;
  /** đồng per kWh before VAT */
  price: number;
}

/** A retail price decision of the Ministry of Industry and Trade: household tiers. */
export interface PriceDecision {
  decision: string;
  /** the mean retail price that the tiers are percentages of, đồng with four decimals */
  mean?: string;
  tiers: readonly Tier[];
}

/** A structure of tiers that is decided and not billed yet: its prices come with the next price decision. */
export interface DecidedStructure {
  /** as it is named in `BillRequest.assuming` */
  id: string;
  decision: string;
  /** widths, and per cent of the mean price */
  tiers: readonly { width?: number; percent: number }[];
}

/** Prices of a use without tiers, by voltage and band; a single price where there is no time of use. */
export interface UsePrices {
  decision: string;
  use: Exclude<Use, 'household' | 'tenant'>;
  voltage: Voltage;
  normal: number;
  offpeak?: number;
  peak?: number;
}

/** Hours of a band, from and to as HH:MM, and the weekdays (0 Sunday) on which they hold; what is in no row is normal. */
export interface BandHours {
  band: Exclude<Band, 'normal'>;
  hours: readonly { from: string; to: string }[];
  weekdays: readonly number[];
  /** issued, and not applied to bills yet */
  pending?: boolean;
}

/** What a landlord may charge and how tenants are counted. */
export interface TenantRules {
  /** so many declared persons count as one household */
  personsPerHousehold: number;
  /** undeclared persons pay the tier that holds this kWh of a month for everything */
  flatTierOfKwh: number;
  /** a lease of so many months lets the tenant sign for electricity */
  leaseMonths: number;
}

/** Fine for a landlord who takes more than the invoice, in đồng. */
export interface TenantFine {
  low: number;
  high: number;
}

/** A round of relief: a part of the amount before VAT that was not charged, by month of the bill (YYYY-MM). */
export interface Relief {
  round: string;
  percent: number;
  firstMonth: string;
  lastMonth: string;
  uses: readonly Use[];
  /** only these tiers; all of them where absent */
  tiers?: readonly number[];
  /** for bills up to, or over, so many kWh a month */
  upToKwh?: number;
  overKwh?: number;
  /** not for everybody: the bill must say that its customer is one of them */
  who?: 'distancing' | 'tourism';
}

/** Electrical input of an appliance while it runs: what it draws at least and at most, in watts. */
export interface Appliance {
  key: string;
  /** as it is called in an answer */
  name: string;
  /** how customers call it, lower case with diacritics */
  called: readonly string[];
  watts: { low: number; high: number };
  /** of an air conditioner: the watts are for this cooling power */
  perBtu?: number;
  /** usual hours a day, where it is never switched off */
  alwaysOn?: boolean;
}

export interface BillRequest {
  /** day of the previous reading */
  from: Day;
  /** day of this reading; the period is the `daysBetween(from, to)` days before it */
  to: Day;
  /** whole kWh of the period */
  kwh: number;
  /** households that share the meter, 1 by default: each tier is that many times as wide. Quarters are allowed (declared tenants) */
  households?: number;
  /** the kWh up to a price change, where the meter was read on the day of the change */
  readAtChange?: Readonly<Record<Day, number>>;
  use?: Use;
  voltage?: Voltage;
  /** kWh by time of use, of together `kwh`; all normal where absent */
  bands?: Partial<Record<Band, number>>;
  /** as if the prices of this day had held for the whole period */
  pricesOn?: Day;
  /** the day whose VAT applies: `pricesOn`, else the end of the period */
  vatOn?: Day;
  /** a VAT rate in per cent instead of the one in force */
  vatRate?: number;
  /** a decided structure that is taken as if it were billed */
  assuming?: string;
  /** the customer belongs to those for whom a relief was */
  relief?: Relief['who'];
}

export interface ComputedLine extends BillLine {
  band?: Band;
}

/** Whole đồng; `vatRate` in per cent. */
export interface ComputedBill {
  /** tier 0: a use without tiers */
  lines: ComputedLine[];
  /** not charged, before VAT; with the round it belongs to */
  relief?: { amount: number; percent: number; round: string };
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

/** Why two bills differ. The amounts of all parts, VAT included, add up to the difference. */
export const PARTS = ['days', 'quantity', 'tier', 'households', 'price', 'vat', 'corrections'] as const;
export type Part = (typeof PARTS)[number];

/** What stands out in the records of the two bills; in the order in which it is checked. */
export type Finding =
  | { what: 'merged'; months: number }
  /** `saved`: what the tiers scaled to the days make the bill cheaper, VAT included */
  | { what: 'period'; which: 'now' | 'before'; days: number; usual: number; saved?: number }
  | { what: 'moved'; from: number; to: number }
  | { what: 'price'; on: Day; decision: string; inside: boolean }
  | { what: 'vat'; from: number; to: number }
  | { what: 'tier'; from: number; to: number }
  | { what: 'year-ago'; kwh: number; daily: number }
  | { what: 'estimated'; which: 'now' | 'before' }
  | { what: 'repeated'; which: 'now' | 'before'; index: number }
  | { what: 'broken'; old: number; expected: number }
  | { what: 'multiplier'; multiplier: number; steps: number; before?: number }
  | { what: 'households'; from: number; to: number }
  | { what: 'back-billing'; amount: number; kwh: number; note: string }
  | { what: 'unreproduced'; by: number }
  | { what: 'jump'; times: number };

/** Daily means are in hundredths of a kWh: 1234 is 12.34 kWh a day. */
export interface Explanation {
  difference: number;
  /** every part, zero or not, in the order of PARTS */
  parts: { part: Part; amount: number }[];
  /** per bill, before and now */
  days?: [number, number];
  kwh?: [number, number];
  daily?: [number, number];
  /** the daily mean of now freed from the weather: changed as the same months changed a year earlier */
  neutral?: number;
  tiers?: [number, number];
  findings: Finding[];
  /** the tariff reproduces both bills */
  exact: boolean;
}

export interface ExplainRequest {
  before: Bill;
  now: Bill;
  customer: Customer;
  readings: { before?: Reading; now?: Reading };
  /** the same two months a year earlier */
  yearAgo: { before?: Bill; now?: Bill };
  /** day of the month on which the meter is read by now */
  readingDay?: number;
}

/** Dated prices and the arithmetic of bills, as dialogs see them. Pure; RangeError on what no table covers. */
export interface Tariff {
  bill(request: BillRequest): ComputedBill;
  /** the most whole kWh whose bill is not above the total (VAT included), with that bill */
  kwhFor(total: number, request: Omit<BillRequest, 'kwh'>): { kwh: number; bill: ComputedBill };
  household(on: Day, assuming?: string): Dated<PriceDecision> & { from: Day };
  /** structures decided and not in the prices of that day */
  decided(on: Day): Dated<DecidedStructure>[];
  prices(on: Day, use: UsePrices['use']): Dated<UsePrices>[];
  vat(on: Day): Dated<{ rate: number }> & { from: Day };
  /** the first row of VAT or household prices after that day, where one is known */
  next(on: Day): { vat?: Dated<{ rate: number }> & { from: Day }; price?: Dated<PriceDecision> & { from: Day } };
  bands(on: Day): Dated<BandHours>[];
  tenants(on: Day): { rules: Dated<TenantRules>; fine?: Dated<TenantFine> };
  reliefs(): readonly Dated<Relief>[];
  appliances(): readonly Dated<Appliance>[];
  explain(request: ExplainRequest): Explanation;
}
