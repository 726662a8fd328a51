import type { DaysFigure } from '../core/figure';
import { daysBetween } from '../core/time';
import { bars, middleOf } from './bars';
import { COLOUR, decimal, MARGIN, sheet, text } from './svg';

const MOST = 13;

/** The mean use of a day in each reading period: what can be said of days where the meter is read once a month. */
export const daysPicture = ({ periods: all }: DaysFigure): string => {
  const periods = all.slice(-MOST);
  const means = periods.map(({ from, to, kwh }, n) => ({
    value: kwh / Math.max(1, daysBetween(from, to)),
    now: n === periods.length - 1,
  }));
  const every = periods.length > 8 ? 2 : 1;
  const names = periods.map(({ to }, n) => {
    const last = n === periods.length - 1;
    const x = middleOf(n, periods.length) + (last ? -4 : 0);
    const style = { size: 11, anchor: 'middle', bold: last, colour: last ? COLOUR.now : COLOUR.text } as const;
    return (periods.length - 1 - n) % every === 0 ? text(x, 224, `${to.slice(8)}/${to.slice(5, 7)}`, style) : '';
  });
  return sheet(256, [
    text(MARGIN, 26, 'Mỗi ngày dùng bao nhiêu', { size: 16, bold: true }),
    text(MARGIN, 45, 'kWh một ngày, trung bình của từng kỳ ghi điện', { size: 12, colour: COLOUR.quiet }),
    bars(60, 208, means, decimal),
    ...names,
    text(MARGIN, 244, 'Ngày ghi điện cuối mỗi kỳ', { size: 11, colour: COLOUR.quiet }),
  ]);
};
