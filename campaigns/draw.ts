import { hash } from 'node:crypto';
import type { Campaign } from '../core/campaign';
import { byLot } from './definition';
import type { Drawing, Drawn, OrderOf } from './kind';
import { badList } from './kind';
import { beginDraw, columnsOf } from './kinds';

/**
 * The draw, documented in docs/campaigns.md so that anyone can write it anew (scripts/verify_draw.py is one page):
 * an entrant's place is SHA-256(S ":" key), where S = SHA-256(ALGORITHM "\n" seed "\n" public number "\n" SHA-256(list) "\n"),
 * all in lower-case hex. The shuffle is the entrants in the order of their places.
 */
export const ALGORITHM = 'domdom-draw-1';

export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes);

export interface Chance {
  seed: string;
  publicNumber: string;
}

/** The order of a draw; without chance no kind asks for it. */
export const orderOf = (chance: Chance | undefined, listHash: string): OrderOf => {
  if (!chance) return () => badList('a lot was asked for where the rules have none');
  const start = sha256(`${ALGORITHM}\n${chance.seed}\n${chance.publicNumber}\n${listHash}\n`);
  return (key) => sha256(`${start}:${key}`);
};

/** The rows of a list in portions: first the heading. Lines are as they stand, ends left off. */
export type Lines = AsyncIterable<readonly string[]> | Iterable<readonly string[]>;

export interface DrawOptions {
  rules: Pick<Campaign, 'selection' | 'prizes' | 'reserves'>;
  lines: Lines;
  /** SHA-256 of the whole list, heading included */
  listHash: string;
  chance?: Chance;
  /** what an interrupted draw had come to; `lines` then begin after its last row */
  saved?: SavedDraw;
  /** after each portion; what it was given may be kept, and the draw goes on from there */
  onPortion?: (rows: number, saved: () => SavedDraw) => void | Promise<void>;
}

export interface SavedDraw {
  rows: number;
  state: unknown;
}

/** Finds the winners of a frozen list. The same rules, list, seed and public number always give the same winners. */
export const draw = async ({ rules, lines, listHash, chance, saved, onPortion }: DrawOptions): Promise<Drawn[]> => {
  if (byLot(rules) && !chance) badList('its rules draw by lot, and seed or public number is missing');
  const columns = columnsOf(rules);
  const drawing: Drawing = beginDraw(rules, orderOf(chance, listHash), saved?.state);
  let rows = saved?.rows ?? 0;
  let heading = saved === undefined;
  for await (const portion of lines) {
    for (const line of portion) {
      if (heading) {
        if (line !== columns.join(',')) badList('it has another heading');
        heading = false;
        continue;
      }
      const cells = line.split(',');
      if (cells.length !== columns.length) badList(`row ${rows + 1} has ${cells.length} cells`);
      drawing.row(cells);
      rows++;
    }
    await onPortion?.(rows, () => ({ rows, state: structuredClone(drawing.saved()) }));
  }
  if (heading) badList('it is empty');
  return drawing.winners();
};

/** The winners' file: one row a winner, then the reserves. */
export const winnersFile = (drawn: readonly Drawn[]): string =>
  ['place,tier,slot,reserve,number,key']
    .concat(
      drawn.map((one, n) => [n + 1, one.tier, one.slot, one.reserve ? 1 : 0, one.number ?? '', one.key].join(',')),
    )
    .join('\n')
    .concat('\n');
