import type { Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import { type Dated, inForce, type Unit } from '../core/utility';
import { namesNoPlace } from './nods';
import { fold, holds, mentions, phrases, wordsOf } from './words';

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
  'xom khu vuc ap thon to hem kiet ngo ngach pho duong lang phuong xa ben cho nha tui toi em minh anh chi ba con nay ni do kia day'.split(
    ' ',
  ),
);

/** "rứa Phú Bài", "còn Hội An": words that lead on to another place are no part of its name */
const LEADING = /^(?:rứa|rua|còn|thế|vậy|ủa|với|và)\s+/iu;
/** any words, where a place was asked for */
const GUESSED = 0.5;
const said = ({ meaning, text }: Turn) =>
  meaning.entities.flatMap((e) =>
    e.type === 'place' && !(e.sureness <= GUESSED && namesNoPlace(text))
      ? [{ ...e, value: e.value.replace(LEADING, '') }]
      : [],
  );

// in the unit's spelling when only capitals and marks differ
const spelt = (text: string, { place }: Served): string => (fold(text) === fold(place) ? place : text);

const JOINS = phrases('với, và, cùng, lẫn, cả');

/** "với", or another house between two places. */
const joins = ({ text, meaning }: Turn, from: number, to: number): boolean =>
  mentions(text.slice(from, to), JOINS) || meaning.cues.houses.some(({ start }) => start >= from && start < to);

/** Served places that the words join: "quán ở An Hải với nhà ở Hòa Minh"; a single one or none is for `placeSaid`. */
export const placesSaid = (turn: Turn): { text: string; served: Served }[] => {
  const places = said(turn).flatMap((e) => {
    const served = servedPlace(turn, e.value, true);
    return served ? [{ ...e, served }] : [];
  });
  const joined = places.filter(
    ({ start, served }, n) =>
      n === 0 ||
      (joins(turn, places[n - 1]!.end, start) &&
        !places.slice(0, n).some((other) => other.served.place === served.place)),
  );
  return joined.length > 1 ? joined.map(({ value, served }) => ({ text: spelt(value, served), served })) : [];
};

/** The place said in this turn: as written, and who serves it when that is known. One that is served comes first, with its street. */
export const placeSaid = (turn: Turn): { text: string; served?: Served } | undefined => {
  const served = servedPlace(turn, turn.text);
  // "Phú" of "Phú Bài"
  const whole = (text: string) => (served && fold(served.place).startsWith(`${fold(text)} `) ? served.place : text);
  const places = said(turn).map((e) => ({ ...e, value: whole(e.value) }));
  const withStreet = (text: string) => {
    const street = places.find(({ parts, value }) => parts && Object.keys(parts).join() === 'street' && value !== text);
    return street && !servedPlace(turn, street.value, true) ? `${street.value}, ${text}` : text;
  };
  for (const { value } of places) {
    const named = servedPlace(turn, value, true);
    if (named) return { text: withStreet(spelt(value, named)), served: named };
  }
  if (served) return { text: withStreet(served.place), served };
  const name = places.find(
    ({ value }) => !namesNoPlace(value) && !wordsOf(value).every((word) => NAMELESS.has(fold(word))),
  );
  return name && { text: name.value };
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
