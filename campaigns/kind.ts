import type { Campaign, Selection } from '../core/campaign';
import { DomdomError } from '../core/errors';

/** One row of the winners' file. */
export interface Drawn {
  tier: string;
  /** what was to be given: the number of the step, or the stratum; '' where the campaign has one list */
  slot: string;
  reserve: boolean;
  /** of the ticket, where the list has numbers */
  number?: number;
  key: string;
}

/** The place of an entrant in the shuffle: 64 hex digits, compared as text. */
export type OrderOf = (key: string) => string;

/** A draw on its way: it is fed the rows of the list once, in order, in bounded memory. */
export interface Drawing {
  /** @throws DomdomError BAD_FILE on a row that the list cannot have */
  row(cells: string[]): void;
  /** plain JSON, from which the same draw goes on after the row fed last */
  saved(): unknown;
  winners(): Drawn[];
}

export type RulesOf<K extends Selection['kind']> = Pick<Campaign, 'prizes' | 'reserves'> & {
  selection: Extract<Selection, { kind: K }>;
};

/** A way of finding winners. Pure: rules, list and order in, winners out. */
export interface Kind<K extends Selection['kind']> {
  /** columns of its list */
  columns: readonly string[];
  begin(rules: RulesOf<K>, orderOf: OrderOf, saved?: unknown): Drawing;
}

export const badList = (why: string): never => {
  throw new DomdomError('BAD_FILE', `The list of entrants is wrong: ${why}.`);
};

/** "17" as a number; anything else is no list of ours. */
export const wholeIn = (cell: string | undefined): number =>
  /^(0|[1-9]\d{0,14})$/.test(cell ?? '') ? Number(cell) : badList('a number is none');
