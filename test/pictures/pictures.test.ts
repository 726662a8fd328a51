import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import type { Figure } from '../../core/figure';
import { draw, svgOf } from '../../pictures';
import { pngOf } from '../../pictures/png';
import { figures } from './figures';
import { FONTS } from './fonts';

const pixelsOf = (figure: Figure) => PNG.sync.read(draw(figure, FONTS));

describe.each(Object.entries(figures))('%s', (_, figure) => {
  test('is a picture for a phone, light, and less than 60 kB', () => {
    const bytes = draw(figure, FONTS);
    expect(bytes.length).toBeLessThan(60_000);
    const { width, height, data } = PNG.sync.read(bytes);
    expect(width).toBe(720);
    expect(height).toBeGreaterThanOrEqual(500);
    expect(height).toBeLessThan(1_000);
    const corner = [...data.subarray((720 * 4 + 4) * 4, (720 * 4 + 4) * 4 + 4)];
    expect(Math.min(...corner)).toBeGreaterThan(240);
  });

  test('is words in Be Vietnam Pro: without the font most of its ink is gone', () => {
    const ink = ({ data }: PNG) => data.reduce((sum, value, n) => sum + (n % 4 < 3 && value < 128 ? 1 : 0), 0);
    const bare = PNG.sync.read(draw(figure, []));
    expect(ink(pixelsOf(figure))).toBeGreaterThan(ink(bare));
  });

  test('nothing is written smaller than 11 of its 360 units', () => {
    const sizes = [...svgOf(figure).matchAll(/font-size="([\d.]+)"/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });

  test('every number of the drawing is a number, inside the sheet', () => {
    const svg = svgOf(figure);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    const [, height] = /height="(\d+)" viewBox/.exec(svg)!;
    for (const [, x, y] of svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"/g)) {
      expect(Number(x)).toBeGreaterThanOrEqual(0);
      expect(Number(x)).toBeLessThanOrEqual(360);
      expect(Number(y)).toBeGreaterThanOrEqual(0);
      expect(Number(y)).toBeLessThanOrEqual(Number(height));
    }
  });
});

test('text of records is never markup', () => {
  const hostile = `<image href="file:///etc/passwd"/>&"'\u0000`;
  const svg = svgOf({ kind: 'qr', text: 'x', title: hostile, lines: [[hostile, hostile]], warning: hostile });
  expect(svg).not.toContain('<image');
  expect(() => draw({ kind: 'qr', text: 'x', title: hostile, lines: [] }, FONTS)).not.toThrow();
});

test('a code is read by an independent decoder', () => {
  const figure = figures.qr as Extract<Figure, { kind: 'qr' }>;
  const { data, width, height } = pixelsOf(figure);
  expect(jsqr(new Uint8ClampedArray(data), width, height)?.data).toBe(figure.text);
});

test('the same figure is the same picture', () => {
  expect(draw(figures.tiers!, FONTS).equals(draw(figures.tiers!, FONTS))).toBe(true);
});

test('more than 256 colours are brought down to 256', () => {
  const pixels = Buffer.from(
    Array.from({ length: 64 * 64 }, (_, n) => [(n % 64) * 4, (n >> 6) * 4, n % 256, 255]).flat(),
  );
  const { width, height, data } = PNG.sync.read(pngOf(pixels, 64, 64));
  expect([width, height]).toEqual([64, 64]);
  const off = data.reduce((most, value, n) => Math.max(most, Math.abs(value - pixels[n]!)), 0);
  expect(off).toBeLessThan(64);
});
