import type { Activity } from '../core/activity';
import type { Turn } from '../core/dialog';
import { type Figure, withFigure } from '../core/figure';
import type { Bill, Reading } from '../core/records';
import type { Month } from '../core/services';
import { daysBetween, monthIndex, monthOf, showDay } from '../core/time';
import { hundredths } from './explain-words';
import { money, monthText, number } from './show';

const YEAR = 13;
const MOST = 24;
/** fewer say nothing that words do not */
const LEAST = 3;
const ROWS_A_MONTH = 4;

export interface Chart {
  figure: Figure;
  alt: string;
}

export const charted = (message: Activity, chart: Chart | undefined): Activity =>
  chart ? withFigure(message, chart) : message;

const active = ({ register, printed }: Reading): boolean => register !== 'VC' && !printed;

/** kWh and đồng of the 13 months up to one of them, or of more where more are asked for. */
export const monthsChart = async (
  { services: { records }, disclosure }: Turn,
  code: string,
  upTo: Month,
  asked = 1,
): Promise<Chart | undefined> => {
  const last = monthIndex(upTo.year, upTo.month);
  const most = asked > YEAR ? MOST : YEAR;
  const [readings, bills] = await Promise.all([
    records.readings(code, undefined, 3 * MOST * ROWS_A_MONTH),
    disclosure.amounts ? records.bills(code, undefined, 3 * MOST) : [],
  ]);
  const kwh = new Map<number, number>();
  const total = new Map<number, number>();
  const add = (to: typeof kwh, { year, month }: Month, value: number) =>
    to.set(monthIndex(year, month), (to.get(monthIndex(year, month)) ?? 0) + value);
  for (const reading of readings.filter(active)) add(kwh, reading, reading.kwh);
  for (const bill of bills) if (!bill.printed) add(total, bill, bill.total);
  const first = Math.max(last - most + 1, Math.min(last, ...kwh.keys()));
  const months = Array.from({ length: last - first + 1 }, (_, n) => {
    const [use, dong] = [kwh.get(first + n), total.get(first + n)];
    return {
      ...monthOf(first + n),
      ...(use !== undefined && { kwh: use }),
      ...(dong !== undefined && { total: dong }),
    };
  });
  const known = months.filter((one) => one.kwh !== undefined).sort((a, b) => a.kwh! - b.kwh!);
  if (known.length < LEAST) return undefined;
  const told = (one: (typeof months)[number]) =>
    `${monthText(one)} ${number(one.kwh!)} kWh${one.total === undefined ? '' : ` (${money(one.total)})`}`;
  const marked = months.filter((one, n) => [last, last - 12].includes(first + n) && one.kwh !== undefined).reverse();
  const alt = `Biểu đồ điện dùng ${months.length} tháng, từ ${monthText(months[0]!)} đến ${monthText(months.at(-1)!)}: ${[
    ...marked.map(told),
    `cao nhất ${monthText(known.at(-1)!)} ${number(known.at(-1)!.kwh!)} kWh`,
    `thấp nhất ${monthText(known[0]!)} ${number(known[0]!.kwh!)} kWh`,
  ].join(', ')}.`;
  return { figure: { kind: 'months', months }, alt };
};

/** The mean use of a day in each of the last reading periods, of meters with one register. */
export const daysChart = async ({ services: { records } }: Turn, code: string): Promise<Chart | undefined> => {
  const rows = (await records.readings(code, undefined, YEAR * ROWS_A_MONTH)).filter(active);
  const sums = new Map<string, { from: string; to: string; kwh: number }>();
  for (const { previousOn: from, readOn: to, kwh } of rows)
    if (from && from < to) sums.set(to, { from, to, kwh: kwh + (sums.get(to)?.kwh ?? 0) });
  const periods = [...sums.values()].sort((a, b) => (a.to < b.to ? -1 : 1)).slice(-YEAR);
  if (periods.length < LEAST) return undefined;
  const mean = ({ from, to, kwh }: (typeof periods)[number]) => kwh / daysBetween(from, to);
  const told = (one: (typeof periods)[number]) => `${hundredths(Math.round(mean(one) * 100))} kWh một ngày`;
  const last = periods.at(-1)!;
  const most = periods.reduce((a, b) => (mean(b) > mean(a) ? b : a));
  const alt = `Biểu đồ điện dùng bình quân mỗi ngày của ${periods.length} kỳ: kỳ ghi ngày ${showDay(last.to)} ${told(last)}, cao nhất ${told(most)} ở kỳ ghi ngày ${showDay(most.to)}.`;
  return { figure: { kind: 'days', periods }, alt };
};

/** How a bill fills the tiers, against another one; undefined for bills without tiers. */
export const tiersChart = ({ services: { tariff } }: Turn, bill: Bill, before?: Bill): Chart | undefined => {
  const { lines, to, kwh, amount, vat, vatRate, total, households = 1 } = bill;
  const filled = Math.max(0, ...lines.map(({ tier }) => tier));
  if (!filled || !to || kwh === undefined || lines.some(({ tier }) => tier === 0)) return undefined;
  let widths: (number | undefined)[];
  try {
    widths = tariff.household(to).tiers.map(({ width }) => width && width * households);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  const usedIn = (one: Bill, tier: number) =>
    one.lines.filter((line) => line.tier === tier).reduce((sum, line) => sum + line.kwh, 0);
  const decided = tariff.household(to).tiers;
  const tiers = Array.from({ length: Math.max(filled, decided.length) }, (_, n) => {
    const own = lines.filter(({ tier }) => tier === n + 1);
    const used = usedIn(bill, n + 1);
    // where the tiers were scaled to the days, a full one is as wide as it was filled
    const width = n + 1 < filled ? used : widths[n];
    const other = before && usedIn(before, n + 1);
    const prices = own.length ? own.map(({ price }) => price) : [decided[n]?.price].filter((one) => one !== undefined);
    return {
      tier: n + 1,
      ...(width && { width }),
      kwh: used,
      ...(other && { before: other }),
      amount: own.reduce((sum, line) => sum + line.amount, 0),
      prices: [...new Set(prices)],
    };
  });
  const each = tiers
    .filter((one) => one.kwh > 0)
    .map((one) => `bậc ${one.tier} ${number(one.kwh)} kWh ${money(one.amount)}`);
  return {
    figure: {
      kind: 'tiers',
      title: `Tiền điện ${monthText(bill)}`,
      ...(before && { beforeTitle: `${monthText(before)} tới đây` }),
      tiers,
      kwh,
      ...(amount !== undefined && { amount }),
      ...(vat !== undefined && { vat }),
      ...(vatRate !== undefined && { vatRate }),
      total,
    },
    alt: `Tiền điện ${monthText(bill)} theo bậc: ${each.join(', ')}; tổng ${money(total)}${vat ? ' đã gồm thuế' : ''}.`,
  };
};
