/** Units of the drawing: as wide as a small phone. It is rendered at twice that. */
export const WIDTH = 360;
export const MARGIN = 16;

// On light ground whatever the colours of the chat; text on it has a contrast of 4.5 to 1 at least.
export const COLOUR = {
  ground: '#fffdf8',
  edge: '#d5d1c7',
  text: '#1d2433',
  quiet: '#5a6272',
  grid: '#e6e2d8',
  bar: '#8fbbe0',
  other: '#2f6ea8',
  now: '#d9480f',
  track: '#ece8de',
  warning: '#b42318',
} as const;

interface TextStyle {
  size?: number;
  colour?: string;
  anchor?: 'start' | 'middle' | 'end';
  bold?: boolean;
  /** readable over what lies below it */
  halo?: boolean;
}

/** What stands in a text comes from records: never markup. */
const escaped = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\p{Cc}]/gu, ' ')
    .replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

export const text = (x: number, y: number, said: string, style: TextStyle = {}): string => {
  const { size = 12, colour = COLOUR.text, anchor = 'start', bold = false, halo = false } = style;
  const around = halo ? ` paint-order="stroke" stroke="${COLOUR.ground}" stroke-width="3"` : '';
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" font-weight="${bold ? 600 : 400}" fill="${colour}" text-anchor="${anchor}"${around}>${escaped(said)}</text>`;
};

export const rect = (x: number, y: number, width: number, height: number, colour: string, radius = 0): string =>
  `<rect x="${round(x)}" y="${round(y)}" width="${round(Math.max(0, width))}" height="${round(Math.max(0, height))}" fill="${colour}"${radius ? ` rx="${radius}"` : ''}/>`;

export const line = (x1: number, y1: number, x2: number, y2: number, colour: string): string =>
  `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${colour}" stroke-width="1"/>`;

/** A whole drawing of that height. */
export const sheet = (height: number, parts: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="Be Vietnam Pro">` +
  rect(0, 0, WIDTH, height, COLOUR.edge) +
  rect(1, 1, WIDTH - 2, height - 2, COLOUR.ground) +
  `${parts.join('')}</svg>`;

const round = (n: number): number => Math.round(n * 100) / 100;

/** "1.234.567" */
export const number = (n: number): string => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, '.');
/** One decimal: "9,4"; whole numbers without it. */
export const decimal = (n: number): string =>
  n >= 100 ? number(n) : (Math.round(n * 10) / 10).toFixed(1).replace(/\.0$/, '').replace('.', ',');
/** Amounts where there is little room: "687k", "1,35tr". */
export const shortMoney = (dong: number): string => {
  if (dong < 999_500) return `${number(dong / 1000)}k`;
  const millions = dong / 1_000_000;
  return `${(millions < 10 ? millions.toFixed(2) : millions.toFixed(millions < 100 ? 1 : 0))
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace('.', ',')}tr`;
};
