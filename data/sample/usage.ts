import type { Bill, BillLine, Debt, Reading, Source } from '../../core/records';
import { addDays, type Day, daysBetween, daysInMonth, monthIndex, monthOf } from '../../core/time';
import { between, chance, monthly, spread } from './chance';
import type { Household } from './people';

/** `computeBill` of tariff/, handed in: rooms do not import each other. */
export type ComputeBill = (period: { from: Day; to: Day; kwh: number; households: number }) => {
  lines: BillLine[];
  amount: number;
  vatRate: number;
  vat: number;
  total: number;
};

/** What the sample knows of its own time. */
export interface World {
  /** nothing is recorded after this day */
  today: Day;
  /** month of the newest bills, as monthIndex */
  until: number;
  dueDays: number;
  computeBill: ComputeBill;
  source: Source;
}

export const MONTHS = 24;
/** Of debts that are paid, those of the newest bill and of so many before it are there. */
const PAID_SHOWN = 3;
/** Meters begin to count here, so that a sample until another month has the same indexes in the months that both have. */
export const FIRST_MONTH = monthIndex(2022, 1);

/** Mean use of a month against the year's, from January: hot dry summers in the centre. */
const SEASON = [0.74, 0.72, 0.84, 1.0, 1.24, 1.42, 1.45, 1.36, 1.1, 0.92, 0.82, 0.77];

const LATE = 4;

/** Days are counted from 1970 here, for a hundred thousand periods are reckoned at a go. */
const DAY = 86_400_000;
const dateOf = (days: number): Day => new Date(days * DAY).toISOString().slice(0, 10);

/** The newest month before `until` that follows a month of 31 days: read on the 5th instead of the 1st, it has 35 days. */
const longMonth = (until: number): number => {
  let month = until - 1;
  while (daysInMonth(Math.floor((month - 1) / 12), ((month - 1) % 12) + 1) !== 31) month--;
  return month;
};

/** Day of the reading of a month. Now and then the reader comes days late: that period is long, the next one short. */
const readingDays = ({ customer, point, role }: Household, until: number): ((month: number) => number) => {
  const late = monthly(`${customer.code}/late`);
  const long = role?.longPeriod ? longMonth(until) : undefined;
  return (month) => {
    const delay = month === long || (!role && late(month) < 0.006) ? LATE : 0;
    const on = role?.movedTo && month < until - 1 ? 1 : point.readingDay;
    // No sample customer is read after the 28th.
    return Date.UTC(Math.floor(month / 12), month % 12, on + delay) / DAY;
  };
};

/** kWh of a period of so many days that ends in a month. */
const useOf = ({ customer, point, role }: Household): ((month: number, days: number) => number) => {
  const { code, households } = customer;
  const usual = ((70 + 330 * chance(`${code}/usual`) ** 1.6) * households ** 0.9) / 30;
  const airCon = role?.airCon ?? (chance(`${code}/air`) < 0.6 ? 1.15 : 0.45);
  const [away, rest, mood] = [monthly(`${code}/away`), monthly(`${code}/rest`), monthly(`${code}/mood`)];
  const shift = point.readingDay < 16 ? 1 : 0;
  if (role?.steady) return (_, days) => Math.round(usual * days);
  return (month, days) => {
    if (away(month) < 0.012) return spread(0, 12, rest(month));
    const season = 1 + (SEASON[(month - shift) % 12]! - 1) * airCon;
    return Math.round(usual * season * (0.88 + 0.24 * mood(month)) * days);
  };
};

/** Days from a bill to its payment. Most pay within the week, some after reminders, few let months pass. */
const payDelays = (code: string): ((month: number) => number) => {
  const habit = chance(`${code}/habit`);
  const pays = monthly(`${code}/pays`);
  if (habit < 0.012) return (month) => spread(40, 95, pays(month));
  if (habit < 0.07) return (month) => spread(9, 26, pays(month));
  return (month) => spread(0, 7, pays(month));
};

/** Days after the due day on which each stage begins, as the sample utility goes about it. */
const STAGES: readonly { stage: Debt['stage']; after: number }[] = [
  { stage: 'suspended', after: 16 },
  { stage: 'suspension-planned', after: 12 },
  { stage: 'notified-twice', after: 7 },
  { stage: 'notified-once', after: 3 },
  { stage: 'overdue', after: 1 },
];

const stageOf = (dueOn: Day, today: Day, forced?: Debt['stage']): Pick<Debt, 'stage' | 'stageOn'> => {
  if (forced && forced !== 'due') return { stage: forced, stageOn: addDays(today, -2) };
  const late = daysBetween(dueOn, today);
  const reached = STAGES.find(({ stage, after }) => late >= after && (!forced || stage === 'overdue'));
  return reached ? { stage: reached.stage, stageOn: addDays(dueOn, reached.after) } : { stage: 'due' };
};

/** kWh of the month before, charged now: what that month's tiers would have taken of them, as lines of no tier. */
const chargedLater = (computeBill: ComputeBill, before: Parameters<ComputeBill>[0], kwh: number): BillLine[] => {
  const charged = computeBill(before).lines;
  const [year, month] = before.to.split('-');
  return computeBill({ ...before, kwh: before.kwh + kwh }).lines.flatMap((line): BillLine[] => {
    const done = charged.find(({ tier, decision }) => tier === line.tier && decision === line.decision)?.kwh ?? 0;
    const left = line.kwh - done;
    const decision = `Truy thu tháng ${Number(month)}/${year}`;
    return left > 0 ? [{ tier: 0, kwh: left, price: line.price, amount: left * line.price, decision }] : [];
  });
};

/** Readings that chain, the bills of the tariff, and the debts of one household up to the world's today. */
export const historyOf = (
  household: Household,
  world: World,
): { readings: Reading[]; bills: Bill[]; debts: Debt[] } => {
  const { customer, point, role } = household;
  const { today, until, source } = world;
  const { code } = customer;
  const readings: Reading[] = [];
  const bills: Bill[] = [];
  const debts: Debt[] = [];
  const readOn = readingDays(household, until);
  const use = useOf(household);
  const delay = payDelays(code);
  const how = monthly(`${code}/how`);
  const last = dateOf(readOn(until)) <= today ? until : until - 1;

  const first = role?.since
    ? Math.min(last - MONTHS + 1, monthIndex(role.since.year, role.since.month))
    : last - MONTHS + 1;
  const { multiplier } = point;

  let index = between(0, 9_000, `${code}/index`);
  let before = readOn(FIRST_MONTH - 1);
  let unread = 0;
  let previous: Parameters<ComputeBill>[0] | undefined;
  for (let month = FIRST_MONTH; month <= last; month++) {
    const read = readOn(month);
    const used = Math.round((use(month, read - before) + unread) / multiplier) * multiplier;
    unread = role?.stuck && month === last - 1 ? used : 0;
    const kwh = used - unread;
    const on = dateOf(read);
    const previousOn = dateOf(before);
    const households = month < last ? (role?.householdsBefore ?? customer.households) : customer.households;
    const charge = { from: previousOn, to: on, kwh, households };
    if (month >= first) {
      const { year, month: m } = monthOf(month);
      const computed = world.computeBill(charge);
      const later =
        role?.backBilled && month === last && previous
          ? chargedLater(world.computeBill, previous, role.backBilled)
          : [];
      const lines = [...computed.lines, ...later];
      const { vatRate } = computed;
      const amount = lines.reduce((sum, line) => sum + line.amount, 0);
      const vat = later.length ? Math.round((amount * vatRate) / 100) : computed.vat;
      const total = amount + vat;
      const dueOn = addDays(on, world.dueDays);
      const settled = addDays(on, role || total === 0 ? 0 : delay(month));
      const owes = role?.unpaid !== undefined && month > last - role.unpaid;
      const paidOn = owes || settled > today ? undefined : settled;
      readings.push({
        customer: code,
        year,
        month: m,
        period: 1,
        point: point.id,
        register: point.register,
        multiplier,
        readOn: on,
        previousOn,
        old: index,
        new: index + kwh / multiplier,
        kwh,
        how: how(month) < 0.005 ? 'estimated' : 'read',
        source,
      });
      const bill: Bill = {
        customer: code,
        year,
        month: m,
        period: 1,
        from: previousOn,
        to: on,
        kwh: lines.reduce((sum, line) => sum + line.kwh, 0),
        households,
        lines,
        amount,
        vatRate,
        vat,
        total,
        issuedOn: on,
        invoiceUrl: `https://hoadon.example.vn/${year}-${String(m).padStart(2, '0')}/${code.slice(-7)}`,
        dueOn,
        source,
      };
      if (paidOn) bill.paidOn = paidOn;
      bills.push(bill);
      if (total > 0 && (!paidOn || month >= until - PAID_SHOWN)) {
        const forced = owes && month === last - role.unpaid! + 1 ? role.stage : undefined;
        const stage: ReturnType<typeof stageOf> = paidOn
          ? { stage: 'due' }
          : stageOf(dueOn, today, forced ?? (role && 'due'));
        debts.push({
          customer: code,
          year,
          month: m,
          period: 1,
          net: amount,
          tax: vat,
          total,
          dueOn,
          ...(paidOn && { paidOn }),
          ...stage,
          source,
        });
      }
    }
    index += kwh / multiplier;
    before = read;
    previous = charge;
  }
  return { readings, bills, debts };
};
