import type { TiersFigure } from '../core/figure';
import { COLOUR, line, MARGIN, number, rect, sheet, text, WIDTH } from './svg';

const ROW = 42;
const TOP = 66;
const BAR = { from: 92, to: 252 };
const LENGTH = BAR.to - BAR.from;

/** How far a bill fills each tier, what that costs, and how far the other bill filled it. */
export const tiersPicture = (figure: TiersFigure): string => {
  const { tiers, title, beforeTitle, kwh, amount, vat, vatRate, total } = figure;
  const rows = tiers.map(({ tier, width, kwh: used, before, amount, prices }, n) => {
    const y = TOP + n * ROW;
    const room = Math.max(width ?? 0, used, before ?? 0, 1);
    const mark = before ? BAR.from + (before / room) * LENGTH : undefined;
    const of = width ? `${number(used)}/${number(width)}` : number(used);
    const price = prices.map(number).join(' → ');
    return [
      text(MARGIN, y + 13, `Bậc ${tier}`, { size: 13, bold: true, colour: used ? COLOUR.text : COLOUR.quiet }),
      text(MARGIN, y + 29, price ? `${price} đ` : '', { size: 11, colour: COLOUR.quiet }),
      rect(BAR.from, y, LENGTH, 18, COLOUR.track, 3),
      used ? rect(BAR.from, y, Math.max(3, (used / room) * LENGTH), 18, COLOUR.now, 3) : '',
      mark === undefined ? '' : rect(Math.min(mark, BAR.to) - 1.5, y - 3, 3, 24, COLOUR.other),
      text(BAR.to, y + 32, `${of} kWh`, { size: 11, colour: COLOUR.quiet, anchor: 'end' }),
      text(WIDTH - MARGIN, y + 14, used ? `${number(amount)} đ` : '–', { size: 12, anchor: 'end' }),
    ].join('');
  });
  const end = TOP + tiers.length * ROW + 6;
  const sum = (at: number, name: string, value: number, bold = false) => [
    text(MARGIN, at, name, { size: bold ? 14 : 12, bold, colour: bold ? COLOUR.text : COLOUR.quiet }),
    text(WIDTH - MARGIN, at, `${number(value)} đ`, { size: bold ? 14 : 12, bold, anchor: 'end' }),
  ];
  const taxed = amount !== undefined && vat !== undefined;
  const height = end + (taxed ? 70 : 34);
  return sheet(height, [
    text(MARGIN, 26, title, { size: 16, bold: true }),
    rect(MARGIN, 36, 10, 10, COLOUR.now, 2),
    text(MARGIN + 15, 45, `đã dùng ${number(kwh)} kWh`, { size: 12 }),
    ...(beforeTitle
      ? [rect(MARGIN + 150, 34, 3, 14, COLOUR.other), text(MARGIN + 158, 45, beforeTitle, { size: 12 })]
      : []),
    ...rows,
    line(MARGIN, end, WIDTH - MARGIN, end, COLOUR.edge),
    ...(taxed
      ? [
          ...sum(end + 20, 'Chưa thuế', amount),
          ...sum(end + 38, `Thuế GTGT${vatRate === undefined ? '' : ` ${String(vatRate).replace('.', ',')}%`}`, vat),
        ]
      : []),
    ...sum(height - 13, 'Tổng cộng', total, true),
  ]);
};
