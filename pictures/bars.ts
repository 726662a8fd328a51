import { COLOUR, line, MARGIN, rect, text, WIDTH } from './svg';

export interface Bar {
  /** absent: no record has it */
  value?: number;
  /** the bar that the picture is about */
  now?: boolean;
  /** the one that it is held against */
  other?: boolean;
}

const AXIS = 36;
export const LEFT = MARGIN + AXIS;
export const RIGHT = WIDTH - MARGIN;
const LABEL = 34;

/** The middle of a bar, among so many. */
export const middleOf = (at: number, count: number): number => LEFT + ((at + 0.5) * (RIGHT - LEFT)) / count;

/** The step of the grid: a round number, so that four of them or fewer fit under the most. */
const stepFor = (most: number): number => {
  const rough = most / 4;
  const power = 10 ** Math.floor(Math.log10(Math.max(rough, 1e-9)));
  return ([1, 2, 2.5, 5].find((one) => one * power >= rough) ?? 10) * power;
};

/** Bars between two heights, with a grid; the ones that matter are labelled, where there is room every one. */
export const bars = (top: number, bottom: number, all: readonly Bar[], show: (value: number) => string): string => {
  const most = Math.max(...all.map(({ value = 0 }) => value));
  if (!(most > 0)) return line(LEFT, bottom, RIGHT, bottom, COLOUR.edge);
  const step = stepFor(most);
  const head = bottom - top - 16;
  const full = Math.max(most, step);
  const heightOf = (value: number) => (value / full) * head;
  const grid: string[] = [];
  for (let at = 0; at <= full; at += step) {
    const y = bottom - heightOf(at);
    grid.push(line(LEFT, y, RIGHT, y, at === 0 ? COLOUR.edge : COLOUR.grid));
    grid.push(text(LEFT - 5, y + 4, show(at), { size: 11, colour: COLOUR.quiet, anchor: 'end' }));
  }
  const wide = (RIGHT - LEFT) / all.length;
  const bodies = all.map(({ value, now, other }, n) => {
    if (value === undefined) return '';
    const colour = now ? COLOUR.now : other ? COLOUR.other : COLOUR.bar;
    const width = Math.min(wide * 0.72, 34);
    const x = middleOf(n, all.length) - width / 2;
    return rect(x, bottom - heightOf(value), width, Math.max(1, heightOf(value)), colour, 2);
  });
  const labelled: number[] = [];
  const label = (n: number): string => {
    const { value, now, other } = all[n]!;
    if (value === undefined) return '';
    const half = LABEL / 2;
    const x = Math.min(RIGHT - half + 4, Math.max(LEFT + half - 4, middleOf(n, all.length)));
    if (labelled.some((taken) => Math.abs(taken - x) < LABEL)) return '';
    labelled.push(x);
    const colour = now ? COLOUR.now : other ? COLOUR.other : COLOUR.text;
    return text(x, bottom - heightOf(value) - 4, show(value), {
      size: 11,
      bold: true,
      anchor: 'middle',
      colour,
      halo: true,
    });
  };
  const rank = (n: number) => (all[n]!.now ? 3 : all[n]!.other ? 2 : all[n]!.value === most ? 1 : 0);
  const order = all
    .map((_, n) => n)
    .filter((n) => rank(n) > 0 || wide >= LABEL)
    .sort((a, b) => rank(b) - rank(a));
  return [...grid, ...bodies, ...order.map(label)].join('');
};
