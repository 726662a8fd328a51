import { Resvg } from '@resvg/resvg-js';
import type { Figure } from '../core/figure';
import { daysPicture } from './days';
import { monthsPicture } from './months';
import { pngOf } from './png';
import { qrPicture } from './qr';
import { WIDTH } from './svg';
import { tiersPicture } from './tiers';

const SCALE = 2;

/** The drawing of a figure, as SVG. */
export const svgOf = (figure: Figure): string => {
  switch (figure.kind) {
    case 'months':
      return monthsPicture(figure);
    case 'days':
      return daysPicture(figure);
    case 'tiers':
      return tiersPicture(figure);
    case 'qr':
      return qrPicture(figure);
  }
};

/** A figure as PNG, 720 pixels wide; `fontFiles` are Be Vietnam Pro in the weights 400 and 600 (TrueType). */
export const draw = (figure: Figure, fontFiles: string[]): Buffer => {
  const { pixels, width, height } = new Resvg(svgOf(figure), {
    fitTo: { mode: 'width', value: WIDTH * SCALE },
    font: { loadSystemFonts: false, fontFiles, defaultFontFamily: 'Be Vietnam Pro' },
  }).render();
  return pngOf(pixels, width, height);
};
