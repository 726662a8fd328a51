import qrcode from 'qrcode-generator';
import type { QrFigure } from '../core/figure';
import { COLOUR, MARGIN, rect, sheet, text, WIDTH } from './svg';

/** ISO/IEC 18004: four modules of nothing around the code. */
const QUIET = 4;
const SIDE = 304;
const TOP = 42;

/** A code to scan on white, each module as many whole pixels wide as any other, with what it holds in words. */
export const qrPicture = ({ text: payload, title, lines, warning }: QrFigure): string => {
  const code = qrcode(0, 'M');
  code.addData(payload, 'Byte');
  code.make();
  const count = code.getModuleCount();
  const size = Math.max(1, Math.floor((SIDE * 2) / (count + 2 * QUIET))) / 2;
  const left = (WIDTH - count * size) / 2;
  const top = TOP + QUIET * size;
  let dark = '';
  for (let row = 0; row < count; row += 1)
    for (let from = 0; from < count; from += 1) {
      let to = from;
      while (to < count && code.isDark(row, to)) to += 1;
      if (to > from)
        dark += `M${left + from * size} ${top + row * size}h${(to - from) * size}v${size}h${(from - to) * size}z`;
      from = to;
    }
  const below = TOP + (count + 2 * QUIET) * size + 18;
  const words = lines.flatMap(([name, value], n) => [
    text(MARGIN, below + n * 22, name, { size: 12, colour: COLOUR.quiet }),
    text(WIDTH - MARGIN, below + n * 22, value, { size: 13, bold: true, anchor: 'end' }),
  ]);
  const end = below + lines.length * 22;
  return sheet(end + (warning ? 22 : 2), [
    text(WIDTH / 2, 28, title, { size: 16, bold: true, anchor: 'middle' }),
    rect(left - QUIET * size, TOP, (count + 2 * QUIET) * size, (count + 2 * QUIET) * size, '#ffffff'),
    `<path d="${dark}" fill="#000000" shape-rendering="crispEdges"/>`,
    ...words,
    ...(warning
      ? [text(WIDTH / 2, end + 4, warning, { size: 13, bold: true, colour: COLOUR.warning, anchor: 'middle' })]
      : []),
  ]);
};
