import type { Campaign, Selection } from '../../core/campaign';
import { DomdomError } from '../../core/errors';
import type { Drawing, Kind, OrderOf } from '../kind';
import { first } from './first';
import { ordinal } from './ordinal';
import { score } from './score';
import { stratified } from './stratified';

/** Every kind that finds winners, one a line; `none` is a campaign without any. */
export const KINDS: { [K in Exclude<Selection['kind'], 'none'>]: Kind<K> } = {
  ordinal,
  first,
  stratified,
  score,
};

const kindOf = ({ kind }: Selection): Kind<never> => {
  if (kind === 'none') throw new DomdomError('BAD_ARGUMENT', 'This campaign has no winners to find.');
  return KINDS[kind] as unknown as Kind<never>;
};

/** The columns of a campaign's list of entrants. */
export const columnsOf = ({ selection }: Pick<Campaign, 'selection'>): readonly string[] => kindOf(selection).columns;

export const beginDraw = (
  rules: Pick<Campaign, 'selection' | 'prizes' | 'reserves'>,
  orderOf: OrderOf,
  saved?: unknown,
): Drawing => kindOf(rules.selection).begin(rules as never, orderOf, saved);
