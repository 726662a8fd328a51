import type { Figure } from '../../core/figure';
import { monthOf } from '../../core/time';

const KWH = [
  98, 92, 110, 142, 260, 410, 455, 438, 350, 240, 150, 112, 105, 96, 118, 160, 290, 452, 498, 470, 372, 255, 161, 120,
];
const months = (count: number) =>
  KWH.slice(-count).map((kwh, n) => ({ ...monthOf(2026 * 12 + 3 - count + n), kwh, total: kwh * 2543 }));

/** One of each kind of picture and its edges: two years, a year, a single month, gaps, a large customer, empty tiers. */
export const figures: Record<string, Figure> = {
  months24: { kind: 'months', months: months(24) },
  months13: { kind: 'months', months: months(13) },
  months1: { kind: 'months', months: months(1) },
  gaps: {
    kind: 'months',
    months: months(13).map(({ year, month, kwh }, n) => (n % 4 === 2 ? { year, month } : { year, month, kwh })),
  },
  large: {
    kind: 'months',
    months: months(13).map((one) => ({ ...one, kwh: one.kwh * 987, total: one.total * 987 })),
  },
  days: {
    kind: 'days',
    periods: months(13).map(({ year, month, kwh }) => {
      const to = `${year}-${String(month).padStart(2, '0')}-05`;
      const last = monthOf(year * 12 + month - 2);
      return { from: `${last.year}-${String(last.month).padStart(2, '0')}-05`, to, kwh };
    }),
  },
  tiers: {
    kind: 'tiers',
    title: 'Tiền điện tháng 3/2026',
    beforeTitle: 'tháng 2/2026 tới đây',
    tiers: [
      { tier: 1, width: 50, kwh: 50, before: 50, amount: 99_200, prices: [1984] },
      { tier: 2, width: 50, kwh: 50, before: 50, amount: 102_500, prices: [2050] },
      { tier: 3, width: 100, kwh: 100, before: 61, amount: 238_000, prices: [2380] },
      { tier: 4, width: 100, kwh: 50, amount: 149_900, prices: [2998] },
      { tier: 5, width: 100, kwh: 0, amount: 0, prices: [3350] },
      { tier: 6, kwh: 0, amount: 0, prices: [3460] },
    ],
    kwh: 250,
    amount: 589_600,
    vat: 47_168,
    vatRate: 8,
    total: 636_768,
  },
  qr: {
    kind: 'qr',
    title: 'Quét để thanh toán tiền điện',
    text: '00020101021238570010A00000072701270006970400011399900PP050009740208QRIBFTTA530370454067150005802VN62240820PP05000974006 1020166304ABCD',
    lines: [
      ['Số tiền', '715.000 đ'],
      ['Tài khoản', '9990001112223'],
      ['Ngân hàng', 'Ngân hàng mẫu'],
      ['Nội dung', 'PP05000974006 102016'],
    ],
    warning: 'Dữ liệu mẫu, xin đừng chuyển tiền',
  },
};
