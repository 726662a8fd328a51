import type { House, Turn } from '../core/dialog';
import { asksComparison, asksWhichHouse } from './comparison';
import { housesNamed } from './houses';
import { type When, whenOf } from './when';
import { fold } from './words';

export { entityOf, valueSaid } from './said';
export type { When } from './when';

export interface Slots {
  houses: House[];
  /** the houses whose code is missing: their labels ("nhà và quán"), or '' when nothing is known */
  missing?: string;
  /** what the houses of this question are called */
  labels: string[];
  when: When;
  totalling: boolean;
  comparing: boolean;
}

const slotsSaid = (turn: Turn) =>
  turn.meaning.entities.some(({ type }) => type === 'month' || type === 'customer_code');
/** without its sign "ma" is more often "mà" */
const OF_CODE = /(?<!\p{L})(?:mã|ma khac|lon ma|nham ma|doi ma|sai ma)(?!\p{L})/iu;
/** "mã khác", "à không phải mã đó": the code in use is not meant, and none is given instead. */
export const takesCodeBack = (turn: Turn): boolean =>
  turn.meaning.cues.correcting && !slotsSaid(turn) && OF_CODE.test(turn.text);
const BOTH = /\bca (?:hai|2)\b/;

/** Whose records: codes said now, houses named now, else the one in use. `labels` are those that were asked for. */
export const slotsOf = (
  turn: Turn,
  state: { labels?: string[]; totalling?: boolean; comparing?: boolean; when?: When } = {},
): Slots => {
  const { memory, meaning, text } = turn;
  const when = whenOf(turn, state.when);
  const totalling = meaning.cues.totalling || state.totalling === true;
  const comparing = (turn.chosen === undefined && asksComparison(text)) || state.comparing === true;
  const { houses, unknown, labels } = housesNamed(turn, totalling || comparing, state.labels);
  const rest = { labels, when, totalling, comparing };
  const known = memory.houses;
  if (unknown.length) {
    const nameless = unknown.length === 1 && !houses.length && !known.length;
    return { houses, missing: nameless ? '' : unknown.join(' và '), ...rest };
  }
  if (houses.length) return { houses, ...rest };
  if (comparing && asksWhichHouse(text) && known.length > 1) return { houses: known, ...rest };
  if (takesCodeBack(turn)) return { houses, missing: '', ...rest };
  if (totalling && known.length > 1 && when.months.length < 2 && !when.latest)
    return { houses: BOTH.test(fold(text)) ? known.slice(0, 2) : known, ...rest };
  const inUse = known.find((h) => h.code === memory.code) ?? (memory.code ? { code: memory.code } : undefined);
  return inUse ? { houses: [inUse], ...rest } : { houses, missing: '', ...rest };
};
