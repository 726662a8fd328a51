import type { Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import { type Dated, inForce, type Unit } from '../core/utility';
import { namesNoPlace } from './nods';
import { fold, holds, mentions, wordsOf } from './words';

/** A place that some unit serves, in the unit's own spelling. */
export interface Served {
  place: string;
  units: Dated<Unit>[];
}

const KIND = /^(xã|phường|thị trấn|thị xã|huyện|quận|thành phố|tp\.?|tỉnh|p\.|q\.|h\.|x\.)\s+/iu;
// names come from the utility's files, so this stays small
const bared = new Map<string, string>();
const bare = (place: string): string => {
  let name = bared.get(place);
  if (name === undefined) bared.set(place, (name = place.replace(KIND, '').toLowerCase()));
  return name;
};
const namesOf = (unit: Unit): string[] => [...unit.places, unit.name];

/**
 * The served place that a text names, the longest name first. In running text only names of two words or more count,
 * for a short one ("An") is also an everyday word.
 */
export const servedPlace = (turn: Turn, text: string, exact = false): Served | undefined => {
  const units = inForce(turn.utility.units, dayOf(turn.now));
  const typed = wordsOf(text.slice(0, 1000));
  const found = [...new Set(units.flatMap(namesOf))]
    .filter((name) => (exact || bare(name).includes(' ')) && holds(typed, bare(name)))
    .sort((a, b) => b.length - a.length)[0];
  if (!found) return undefined;
  const same = units.filter((unit) => namesOf(unit).some((name) => fold(bare(name)) === fold(bare(found))));
  const narrowed = same.filter((unit) => mentions(text, [bare(unit.province)]));
  return { place: found, units: narrowed.length ? narrowed : same };
};

/** A province or its city, which says too little of where: "Huế", "thành phố Đà Nẵng". */
export const isProvince = (turn: Turn, text: string): boolean => {
  const name = fold(bare(text));
  return inForce(turn.utility.units, dayOf(turn.now)).some(
    (unit) => fold(bare(unit.province)) === name && !namesOf(unit).some((one) => fold(bare(one)) === name),
  );
};

/** "xóm tui", "khu nhà em", "đường này": a kind of place and whose it is, but no name */
const NAMELESS = new Set(
  'xom khu vuc ap thon to hem kiet duong lang phuong xa ben cho nha tui toi em minh anh chi ba con nay ni do kia day'.split(
    ' ',
  ),
);

/** The place said in this turn: as written, and who serves it when that is known. One that is served comes first. */
export const placeSaid = (turn: Turn): { text: string; served?: Served } | undefined => {
  const said = turn.meaning.entities.flatMap((e) => (e.type === 'place' ? [e.value] : []));
  for (const text of said) {
    const served = servedPlace(turn, text, true);
    // in the unit's spelling when only capitals and marks differ
    if (served) return { text: fold(text) === fold(served.place) ? served.place : text, served };
  }
  const served = servedPlace(turn, turn.text);
  const text =
    said.find((one) => !namesNoPlace(one) && !wordsOf(one).every((word) => NAMELESS.has(fold(word)))) ?? served?.place;
  return text ? { text, ...(served ? { served } : {}) } : undefined;
};

/** The answer to "where", in words for a crew: with a house or pole number the whole answer counts, not only its ward. */
export const placeTold = (turn: Turn): string | undefined => {
  const text = turn.text.trim().replace(/\s+/g, ' ');
  const place = placeSaid(turn)?.text;
  return text && (!place || (/\d/.test(text) && text.length <= 120)) ? text.slice(0, 200) : place;
};

/** Whether a crew could find it: a number, a pole, a ward or hamlet by name, a place that is served; not "giữa đường". */
export const canBeFound = (turn: Turn): boolean =>
  turn.meaning.entities.some(
    (e) =>
      e.type === 'place' &&
      (/\d/.test(e.text) ||
        Object.keys(e.parts ?? {}).some((part) => part !== 'street' && !part.startsWith('province'))),
  ) || placeSaid(turn)?.served !== undefined;

/**
 * Whether an outage's area may touch the place: only one that names other places of the unit, and not this one, does
 * not. What a unit is called after ("Cẩm Lệ") may be more than the ward of that name, so everything of the unit may.
 */
export const touches = (area: string, { place, units }: Served): boolean =>
  mentions(area, [bare(place)]) ||
  units.some((unit) => mentions(unit.name, [bare(place)])) ||
  !units.some((unit) => unit.places.some((other) => mentions(area, [bare(other)])));
