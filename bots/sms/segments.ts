/** GSM 03.38 (3GPP TS 23.038): the basic table in its order, with ESC at 0x1B. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const SEPTET = new Map([...BASIC].map((character, code) => [character, code]));
SEPTET.delete('\x1b');
const EXTENDED = new Map([
  ['\f', 0x0a],
  ['^', 0x14],
  ['{', 0x28],
  ['}', 0x29],
  ['\\', 0x2f],
  ['[', 0x3c],
  ['~', 0x3d],
  [']', 0x3e],
  ['|', 0x40],
  ['€', 0x65],
]);
const ESC = 0x1b;

export interface Segments {
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
}

/**
 * The texts of the parts that an SMS takes (3GPP TS 23.038, 23.040): 160 septets, or 153 a part when concatenated; 70 UCS-2
 * units, or 67. A two-septet character, or a surrogate pair, is never split over two parts.
 */
export const partsOf = (text: string): { encoding: Segments['encoding']; parts: string[] } => {
  const characters = [...text];
  const gsm = characters.every((c) => SEPTET.has(c) || EXTENDED.has(c));
  const encoding = gsm ? 'GSM-7' : 'UCS-2';
  const widths = characters.map((c) => (gsm ? (EXTENDED.has(c) ? 2 : 1) : c.length));
  const [single, part] = gsm ? [160, 153] : [70, 67];
  if (widths.reduce((sum, width) => sum + width, 0) <= single) return { encoding, parts: [text] };
  const parts: string[] = [];
  let from = 0;
  let filled = 0;
  for (const [n, width] of widths.entries()) {
    if (filled + width > part) {
      parts.push(characters.slice(from, n).join(''));
      from = n;
      filled = 0;
    }
    filled += width;
  }
  return { encoding, parts: [...parts, characters.slice(from).join('')] };
};

/** How many parts an SMS takes. */
export const segmentsOf = (text: string): Segments => {
  const { encoding, parts } = partsOf(text);
  return { encoding, segments: parts.length };
};

/** The octets of one part: GSM 03.38 unpacked, or UTF-16 big endian. */
export const octetsOf = (text: string, encoding: Segments['encoding']): Buffer =>
  encoding === 'UCS-2'
    ? Buffer.from(text, 'utf16le').swap16()
    : Buffer.from(
        [...text].flatMap((c) => {
          const extended = EXTENDED.get(c);
          return extended === undefined ? [SEPTET.get(c)!] : [ESC, extended];
        }),
      );
