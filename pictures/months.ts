import type { MonthsFigure } from '../core/figure';
import { type Bar, bars, middleOf } from './bars';
import { COLOUR, MARGIN, number, rect, sheet, shortMoney, text } from './svg';

const MOST = 24;
const KWH = { top: 66, bottom: 186 };
const MONEY = { top: 214, bottom: 314 };
const HEIGHT = 360;

/** kWh and đồng of 12 to 24 months, the newest in colour and the same month of the year before beside it. */
export const monthsPicture = ({ months: all }: MonthsFigure): string => {
  const months = all.slice(-MOST);
  const now = months.at(-1)!;
  const other = months.findIndex(({ year, month }) => month === now.month && year === now.year - 1);
  const bar = (value: number | undefined, n: number): Bar => ({
    ...(value !== undefined && { value }),
    now: n === months.length - 1,
    other: n === other,
  });
  const every = months.length > 14 ? 2 : 1;
  const names = months.map(({ year, month }, n) => {
    const x = middleOf(n, months.length);
    const shown = (months.length - 1 - n) % every === 0;
    const marked = n === months.length - 1;
    const style = { size: 11, anchor: 'middle', bold: marked, colour: marked ? COLOUR.now : COLOUR.text } as const;
    const first = n === 0 || month === 1;
    return (
      (shown ? text(x, 331, String(month), style) : '') +
      (first && (n === 0 ? months.findIndex((one) => one.month === 1) > 2 || months[0]!.month === 1 : true)
        ? text(x - 4, 348, String(year), { size: 11, colour: COLOUR.quiet })
        : '')
    );
  });
  const money = months.some(({ total }) => total !== undefined);
  const legend = [
    rect(MARGIN, 36, 10, 10, COLOUR.now, 2),
    text(MARGIN + 15, 45, `tháng ${now.month}/${now.year}`, { size: 12 }),
    ...(other < 0
      ? []
      : [
          rect(MARGIN + 112, 36, 10, 10, COLOUR.other, 2),
          text(MARGIN + 127, 45, `tháng ${now.month}/${now.year - 1}`, { size: 12 }),
        ]),
  ];
  return sheet(HEIGHT, [
    text(MARGIN, 26, `Điện dùng ${months.length} tháng`, { size: 16, bold: true }),
    ...legend,
    text(MARGIN, 66, 'kWh', { size: 11, colour: COLOUR.quiet }),
    bars(
      KWH.top,
      KWH.bottom,
      months.map(({ kwh }, n) => bar(kwh, n)),
      number,
    ),
    ...(money
      ? [
          text(MARGIN, 210, 'đồng', { size: 11, colour: COLOUR.quiet }),
          bars(
            MONEY.top,
            MONEY.bottom,
            months.map(({ total }, n) => bar(total, n)),
            (dong) => (dong === 0 ? '0' : shortMoney(dong)),
          ),
        ]
      : []),
    ...names,
  ]);
};
