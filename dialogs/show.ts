import type { Fact } from '../core/dialog';
import type { PeriodOf, Source } from '../core/records';
import type { Month } from '../core/services';
import { showInstant } from '../core/time';

/** Whole đồng: "500.550 đ"; on a channel without diacritics as the SMS answers were printed: "500550 đồng". */
export const money = (dong: number, plain = false): string => (plain ? `${dong} đồng` : `${number(dong)} đ`);

/** "1.234.567" */
export const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, '.');

/** "tháng 10/2016", or "kỳ 2 tháng 10/2016" when the period is worth saying */
export const monthText = ({ year, month, period }: Month, withPeriod = (period ?? 1) > 1): string =>
  `${withPeriod && period ? `kỳ ${period} ` : ''}tháng ${month}/${year}`;

/** The key of a record in `Fact.record`: `bills/PP05000974006/2016-10-1` */
export const recordKey = (store: string, customer: string, of?: PeriodOf): string =>
  [store, customer, ...(of ? [`${of.year}-${of.month}-${of.period}`] : [])].join('/');

/** A figure that is being said. Amounts and kWh are numbers, times are instants (ISO 8601) or days (YYYY-MM-DD). */
export const fact = (now: Date, record: { source: Source }, said: Omit<Fact, 'asOf' | 'saidAt'>): Fact => ({
  ...said,
  asOf: record.source.at,
  saidAt: now.toISOString(),
});

/** How old a figure is: "dữ liệu lúc 9:30 ngày 01/10/2016" */
export const ageText = (asOf: string): string => `dữ liệu lúc ${showInstant(asOf)}`;

/** "687k" for 687.240 đ: people round to thousands. */
export const near = (a: number, b: number): boolean => Math.abs(a - b) <= Math.max(1_000, b * 0.002);
