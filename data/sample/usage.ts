import type { Bill, BillLine, Debt, Reading, Source } from '../../core/records';
import { addDays, type Day, day, daysBetween, daysInMonth, monthIndex, monthOf, partsOf } from '../../core/time';
import { between, chance } from './chance';
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
  /** debts are written for the bills from this month on, paid ones too, so that a later sample settles an earlier one */
  debtsFrom: number;
  dueDays: number;
  computeBill: ComputeBill;
  source: Source;
}

export const MONTHS = 24;
/** Meters begin to count here, so that a sample until another month has the same indexes in the months that both have. */
export const FIRST_MONTH = monthIndex(2018, 1);

/** Mean use of a month against the year's, from January: hot dry summers in the centre. */
const SEASON = [0.74, 0.72, 0.84, 1.0, 1.24, 1.42, 1.45, 1.36, 1.1, 0.92, 0.82, 0.77];

const LATE = 4;

/** Now and then the reader comes days late: that period is long, the next one short. */
const readOn = ({ customer, point, role }: Household, month: number, until: number): Day => {
  const { year, month: m } = monthOf(month);
  const date = day(year, m, Math.min(point.readingDay, daysInMonth(year, m)));
  // For the cast: the newest month whose period then has 35 days, which takes one read on the 1st and 31 days before it.
  if (role?.longPeriod) return addDays(date, month === longMonth(until) ? LATE : 0);
  return !role && chance(`${customer.code}/late/${month}`) < 0.006 ? addDays(date, LATE) : date;
};

/** The newest month before `until` that follows a month of 31 days: read on the 5th instead of the 1st. */
const longMonth = (until: number): number => {
  let month = until - 1;
  while (daysInMonth(monthOf(month - 1).year, monthOf(month - 1).month) !== 31) month--;
  return month;
};

const kwhOf = ({ customer }: Household, from: Day, to: Day, month: number): number => {
  const { code, households } = customer;
  const usual = 70 + 330 * chance(`${code}/usual`) ** 1.6;
  if (chance(`${code}/away/${month}`) < 0.012) return between(0, 12, `${code}/rest/${month}`);
  const airCon = chance(`${code}/air`) < 0.6 ? 1.15 : 0.45;
  const season = 1 + (SEASON[partsOf(addDays(to, -15)).month - 1]! - 1) * airCon;
  const mood = 0.88 + 0.24 * chance(`${code}/mood/${month}`);
  return Math.round((usual * season * mood * daysBetween(from, to) * households ** 0.9) / 30);
};

/** Days from a bill to its payment. Most pay within the week, some after reminders, few let months pass. */
const payDelay = (code: string, month: number): number => {
  const habit = chance(`${code}/habit`);
  if (habit < 0.012) return between(40, 95, `${code}/pays/${month}`);
  if (habit < 0.07) return between(9, 26, `${code}/pays/${month}`);
  return between(0, 7, `${code}/pays/${month}`);
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
  const last = readOn(household, until, until) <= today ? until : until - 1;

  let index = between(0, 9_000, `${code}/index`);
  let previousOn = readOn(household, FIRST_MONTH - 1, until);
  for (let month = FIRST_MONTH; month <= last; month++) {
    const on = readOn(household, month, until);
    const kwh = kwhOf(household, previousOn, on, month);
    if (month > last - MONTHS) {
      const period = { customer: code, ...monthOf(month), period: 1 };
      const how = chance(`${code}/how/${month}`) < 0.005 ? 'estimated' : 'read';
      const { lines, amount, vatRate, vat, total } = world.computeBill({
        from: previousOn,
        to: on,
        kwh,
        households: customer.households,
      });
      const dueOn = addDays(on, world.dueDays);
      const settled = addDays(on, role || total === 0 ? 0 : payDelay(code, month));
      const owes = role?.unpaid !== undefined && month > last - role.unpaid;
      const paidOn = owes || settled > today ? undefined : settled;
      readings.push({
        ...period,
        point: point.id,
        register: point.register,
        multiplier: point.multiplier,
        readOn: on,
        previousOn,
        old: index,
        new: index + kwh * point.multiplier,
        kwh,
        how,
        source,
      });
      bills.push({
        ...period,
        from: previousOn,
        to: on,
        kwh,
        households: customer.households,
        lines,
        amount,
        vatRate,
        vat,
        total,
        issuedOn: on,
        dueOn,
        ...(paidOn && { paidOn }),
        source,
      });
      if (total > 0 && (!paidOn || month >= world.debtsFrom)) {
        const forced = owes && month === last - role.unpaid! + 1 ? role.stage : undefined;
        const stage = paidOn ? { stage: 'due' as const } : stageOf(dueOn, today, forced ?? (role ? 'due' : undefined));
        debts.push({ ...period, net: amount, tax: vat, total, dueOn, ...(paidOn && { paidOn }), ...stage, source });
      }
    }
    index += kwh;
    previousOn = on;
  }
  return { readings, bills, debts };
};
