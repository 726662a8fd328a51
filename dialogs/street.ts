import type { Turn } from '../core/dialog';
import { type Served, servedPlace } from './places';

const STREET = /\d|^(?:đường|duong|kiệt|kiet|hẻm|hem|ngõ|ngo|ngách|ngach|phố|pho|tổ|to|thôn|thon|khu phố|khu pho)\s/iu;
const WIDER = ['ward', 'district', 'province'];

/** A house, a street or an alley, which alone does not say whose area it is. */
export const isStreet = (text: string): boolean => STREET.test(text);

/** "đường Lê Văn Hiến" right after "phường Khuê Mỹ": a street of the ward that was just spoken of, unless it says another. */
export const inSpokenWard = (turn: Turn, text: string): { text: string; served: Served } | undefined => {
  const { place, lastIntent } = turn.memory;
  const wider = turn.meaning.entities.some(
    ({ type, parts }) => type === 'place' && parts && WIDER.some((level) => level in parts),
  );
  if (!place || wider || !lastIntent?.startsWith('outage.') || !isStreet(text)) return undefined;
  const served = servedPlace(turn, place, true);
  return served && { text: `${text}, ${served.place}`, served };
};
