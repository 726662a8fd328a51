import type { Turn } from '../core/dialog';
import { waitsStill, wantsNoQuestions } from './chasing';
import { namesNoPlace } from './nods';
import { tripsAgain } from './outage-breaker';
import { isProvince, placeSaid, placesSaid, placeTold, servedPlace } from './places';
import { valueSaid } from './slots';
import { inSpokenWard, isStreet } from './street';
import { type Located, locate, ofHouse, ofPlace } from './supply';
import { type Around, aroundTold, hasNoCode, type Trouble } from './symptoms';
import { mentions } from './words';

/** What a report knows so far, between its questions. */
export interface ReportState extends Record<string, unknown> {
  asking?: 'where' | 'around' | 'breaker';
  asked?: number;
  /** it began with a question, not with the news that there is no light: nothing is reported unless that is said */
  asksOnly?: boolean;
  trouble?: Trouble;
  around?: Around;
  /** the breaker does not stay up: it was tried, and is not asked about */
  trips?: boolean;
  /** what is broken, as said before it was said where */
  device?: string;
  /** left before it was said where */
  phone?: string;
  code?: string;
  label?: string;
  place?: string;
}

const BROKEN_SINCE = /\s+(?:bị |bi |đã |mới )*(?:hư|hu|hỏng|hong|cháy|nổ|bể|đứt|rớt|không|ko|hổng)(?=[\s.,!]|$).*$/isu;

/** What is broken with where it stands, for a crew: the words before what has become of it. */
const deviceAt = (text: string): string => text.replace(BROKEN_SINCE, '').trim().slice(0, 200);

/** "bật lên nó lại nhảy", "hàng xóm vẫn có": more of the trouble, and not where it is. */
export const tellsMore = (turn: Turn): boolean =>
  tripsAgain(turn.text) ||
  aroundTold(turn.text) !== undefined ||
  wantsNoQuestions(turn.text) ||
  waitsStill(turn.text) ||
  valueSaid(turn, 'phone') !== undefined;

/** The supply that is meant: said now, else as kept; while "where" is asked any words are an answer. */
export const locatedIn = async (turn: Turn, state: ReportState): Promise<Located> => {
  const place = placeSaid(turn);
  const where = state.asking === undefined || state.asking === 'where';
  const named = valueSaid(turn, 'customer_code') !== undefined || (where ? place : place?.served) !== undefined;
  if (!named && state.code) {
    const supply = await ofHouse(turn, { code: state.code, ...(state.label ? { label: state.label } : {}) });
    return 'say' in supply ? { is: 'refused', ...supply } : { is: 'found', supplies: [supply] };
  }
  if (placesSaid(turn).length > 1 && valueSaid(turn, 'customer_code') === undefined) return locate(turn);
  const ofText = (text: string): Located => ({ is: 'found', supplies: [ofPlace(text, servedPlace(turn, text, true))] });
  if (!named && state.place) return ofText(state.place);
  const wardless = state.place && isStreet(state.place) && !servedPlace(turn, state.place, true);
  if (wardless && place?.served && !turn.meaning.cues.correcting)
    return { is: 'found', supplies: [ofPlace(`${state.place}, ${place.text}`, place.served)] };
  if (place && !place.served && isProvince(turn, place.text) && valueSaid(turn, 'customer_code') === undefined)
    return { is: 'missing', label: '', province: place.text };
  const device = (where: string) =>
    state.device && !mentions(where, [state.device]) ? `${state.device}, ${where}` : where;
  if (state.trouble === 'device' && place && !place.served) return ofText(device(deviceAt(turn.text)));
  if (state.asking === 'where' && place && valueSaid(turn, 'customer_code') === undefined) {
    const told = placeTold(turn)!;
    const street = place.served ? undefined : inSpokenWard(turn, told);
    return street ? { is: 'found', supplies: [ofPlace(street.text, street.served)] } : ofText(device(told));
  }
  const located = await locate(turn);
  const free = turn.text.trim().slice(0, 200);
  return located.is === 'missing' &&
    state.asking === 'where' &&
    free &&
    !hasNoCode(free) &&
    !namesNoPlace(free) &&
    !tellsMore(turn) &&
    !turn.meaning.cues.question
    ? ofText(device(free))
    : located;
};
