import type { Turn } from '../core/dialog';
import { namesNoPlace } from './nods';
import { isProvince, placeSaid, placeTold, servedPlace } from './places';
import { valueSaid } from './slots';
import { type Located, locate, ofHouse, ofPlace } from './supply';
import { type Around, hasNoCode, type Trouble } from './symptoms';

/** What a report knows so far, between its questions. */
export interface ReportState extends Record<string, unknown> {
  asking?: 'where' | 'around' | 'breaker';
  asked?: number;
  /** it began with a question, not with the news that there is no light: nothing is reported unless that is said */
  asksOnly?: boolean;
  trouble?: Trouble;
  around?: Around;
  code?: string;
  label?: string;
  place?: string;
}

const BROKEN_SINCE = /\s+(?:bị |bi |đã |mới )*(?:hư|hu|hỏng|hong|cháy|nổ|bể|đứt|rớt|không|ko|hổng)(?=[\s.,!]|$).*$/isu;

/** What is broken with where it stands, for a crew: the words before what has become of it. */
const deviceAt = (text: string): string => text.replace(BROKEN_SINCE, '').trim().slice(0, 200);

/** The supply that is meant: said now, else as kept; while "where" is asked any words are an answer. */
export const locatedIn = async (turn: Turn, state: ReportState): Promise<Located> => {
  const place = placeSaid(turn);
  const where = state.asking === undefined || state.asking === 'where';
  const named = valueSaid(turn, 'customer_code') !== undefined || (where ? place : place?.served) !== undefined;
  if (!named && state.code) {
    const supply = await ofHouse(turn, { code: state.code, ...(state.label ? { label: state.label } : {}) });
    return 'say' in supply ? { is: 'refused', ...supply } : { is: 'found', supplies: [supply] };
  }
  const ofText = (text: string): Located => ({ is: 'found', supplies: [ofPlace(text, servedPlace(turn, text, true))] });
  if (!named && state.place) return ofText(state.place);
  if (place && !place.served && isProvince(turn, place.text) && valueSaid(turn, 'customer_code') === undefined)
    return { is: 'missing', label: '', province: place.text };
  if (state.trouble === 'device' && place && !place.served) return ofText(deviceAt(turn.text));
  if (state.asking === 'where' && place && valueSaid(turn, 'customer_code') === undefined)
    return ofText(placeTold(turn)!);
  const located = await locate(turn);
  const free = turn.text.trim().slice(0, 200);
  return located.is === 'missing' &&
    state.asking === 'where' &&
    free &&
    !hasNoCode(free) &&
    !namesNoPlace(free) &&
    !turn.meaning.cues.question
    ? ofText(free)
    : located;
};
