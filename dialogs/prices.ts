import type { Fact, Turn } from '../core/dialog';
import type { Month } from '../core/services';
import type { BillRequest, Use, Voltage } from '../core/tariff';
import { day, dayOf, instant, monthIndex, monthOf, partsOf, showDay } from '../core/time';
import { entityOf } from './said';
import { money, number } from './show';
import { fold, mentions, phrases } from './words';

const FIVE = phrases('5 bậc, năm bậc, quyết định 14, bậc mới, biểu giá mới, biểu mới');
const USES: readonly [Use, string[]][] = [
  ['prepaid', phrases('thẻ trả trước, công tơ thẻ, trả trước')],
  ['school', phrases('trường học, bệnh viện, trường, mẫu giáo, nhà trẻ')],
  ['administrative', phrases('hành chính, cơ quan, chiếu sáng công cộng, ủy ban, uỷ ban, trụ sở')],
  ['production', phrases('sản xuất, xưởng, nhà máy, bơm tưới, nuôi tôm, chăn nuôi, cơ khí')],
  ['business', phrases('kinh doanh, cửa hàng, quán, công ty, khách sạn, tạp hóa, buôn bán, dịch vụ, mặt bằng')],
  ['household', phrases('sinh hoạt, gia đình, nhà ở, hộ dân')],
];
export const USE_NAMES: Record<Use, string> = {
  household: 'sinh hoạt',
  prepaid: 'công tơ thẻ trả trước',
  tenant: 'thuê nhà chưa kê khai người ở',
  business: 'kinh doanh',
  production: 'sản xuất',
  administrative: 'hành chính, chiếu sáng công cộng',
  school: 'trường học, bệnh viện',
};
export const VOLTAGE_NAMES: Record<Voltage, string> = {
  '110kV': 'từ 110 kV',
  '22kV': 'từ 22 kV đến dưới 110 kV',
  '6kV': 'từ 6 kV đến dưới 22 kV',
  low: 'dưới 6 kV',
};

/** What the electricity is for, where the words say so. */
export const useIn = (text: string): Exclude<Use, 'tenant'> | undefined =>
  USES.find(([, words]) => mentions(text, words))?.[0] as Exclude<Use, 'tenant'> | undefined;

export const voltageIn = (text: string): Voltage | undefined => {
  const said = /(\d{1,3}) ?kv\b/.exec(fold(text))?.[1];
  if (!said) return undefined;
  const kv = Number(said);
  return kv >= 110 ? '110kV' : kv >= 22 ? '22kV' : kv >= 6 ? '6kV' : 'low';
};

/** "nếu tính 5 bậc", "giá mới": a structure that is decided and not billed. */
export const assumedIn = (turn: Turn): string | undefined =>
  mentions(turn.text, FIVE) ? turn.services.tariff.decided(dayOf(turn.now))[0]?.id : undefined;

/** The same day next month of the first: a whole month. */
const wholeMonth = ({ year, month }: Month): { from: string; to: string } => {
  const next = monthOf(monthIndex(year, month) + 1);
  return { from: day(year, month, 1), to: day(next.year, next.month, 1) };
};

export interface Asked {
  /** without kWh; prices of today, or those of the month that was named */
  request: Omit<BillRequest, 'kwh'>;
  /** "theo giá đang áp dụng", "theo giá tháng 5/2025", "nếu áp dụng 5 bậc" */
  under: string;
  /** decided and not billed */
  assumed: boolean;
}

/** Which prices are meant: today's, those of another month, or those that are only decided. */
export const pricesMeant = (turn: Turn): Asked => {
  const today = dayOf(turn.now);
  const { year, month } = partsOf(turn.now);
  const said = entityOf(turn, 'month');
  const years = turn.meaning.entities.flatMap((e) => (e.type === 'year' && !e.assumed ? [e.value] : []));
  const meant = said && !said.impossible ? { year: years[0] ?? year, month: said.value } : undefined;
  const other = meant && monthIndex(meant.year, meant.month) !== monthIndex(year, month) ? meant : undefined;
  const rate = /(?:thue|vat)\D{0,12}(\d{1,2}) ?%/.exec(fold(turn.text))?.[1];
  const vat = rate ? { vatRate: Number(rate) } : {};
  const assuming = assumedIn(turn);
  if (other && monthIndex(other.year, other.month) < monthIndex(year, month))
    return {
      request: { ...wholeMonth(other), ...vat },
      under: `theo giá tháng ${other.month}/${other.year}`,
      assumed: false,
    };
  return {
    request: { ...wholeMonth({ year, month }), pricesOn: today, ...vat, ...(assuming && { assuming }) },
    under: assuming ? 'nếu áp dụng biểu giá 5 bậc' : 'theo giá đang áp dụng',
    assumed: assuming !== undefined,
  };
};

/** "decided, not yet billed", said wherever those prices are. */
export const NOT_BILLED = (decision: string) =>
  `Biểu 5 bậc theo Quyết định ${decision} đã ban hành nhưng chưa áp dụng vào hóa đơn; chỉ áp dụng khi có quyết định giá điện mới.`;

/** A price as a fact that was said, with the row that it comes from. */
export const priceFact = (turn: Turn, what: string, value: number, row: { decision: string; from?: string }): Fact => ({
  what,
  value,
  record: `tariff/${row.decision}`,
  asOf: row.from ? instant(row.from) : turn.now.toISOString(),
  saidAt: turn.now.toISOString(),
});

/** "bậc 3 (từ 101 đến 200 kWh)" for households that share a meter too. */
export const rangesOf = (tiers: readonly { width?: number }[], households = 1): { from: number; to?: number }[] => {
  let top = 0;
  return tiers.map(({ width }) => {
    const from = top + 1;
    if (width === undefined) return { from };
    top += Math.round(width * households);
    return { from, to: top };
  });
};
export const rangeText = ({ from, to }: { from: number; to?: number }): string =>
  to === undefined ? `từ ${number(from)} kWh trở lên` : `từ ${number(from === 1 ? 0 : from)} đến ${number(to)} kWh`;

export const perKwh = (price: number): string => `${money(price)}/kWh`;
/** A price with VAT, exact to a tenth of a đồng: "2.570,4 đ/kWh". */
export const withVatText = (price: number, rate: number): string => {
  const tenths = Math.round((price * (100 + rate)) / 10);
  const rest = tenths % 10;
  return `${number(Math.floor(tenths / 10))}${rest ? `,${rest}` : ''} đ/kWh`;
};
export const sinceText = (from: string): string => `từ ngày ${showDay(from)}`;
