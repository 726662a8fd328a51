import type { Activity } from '../core/activity';
import type { Fact, House, Turn } from '../core/dialog';
import type { Incident, PlannedOutage } from '../core/records';
import { openCode } from './account';
import { sharedPlace } from './media';
import { isProvince, placeSaid, placesSaid, type Served, servedPlace, touches } from './places';
import { slotsOf, valueSaid } from './slots';
import { inSpokenWard } from './street';

/** Where a customer's electricity comes from: the stations of a code, or the units that serve a place. */
export interface Supply {
  house?: House;
  stations: string[];
  served?: Served;
  /** a place as written, known to a unit or not */
  place?: string;
  unit?: string;
  /** how it is said in a sentence: "mã PP05…", "phường An Hải" */
  called: string;
}

export type Located =
  | { is: 'found'; supplies: Supply[] }
  | { is: 'refused'; say: Activity[]; facts?: Fact[] }
  /** no code and no place; or a house by name whose code is missing */
  | { is: 'missing'; label: string; province?: string };

/** A place as written; `served` where it is known who serves it. */
export const ofPlace = (text: string, served?: Served): Supply => ({
  stations: [],
  place: text,
  called: text,
  ...(served ? { served, ...(served.units.length === 1 ? { unit: served.units[0]!.code } : {}) } : {}),
});

/** Behind the gate: a code that may not be read, or is unknown, gives what to say instead. */
export const ofHouse = async (turn: Turn, house: House): Promise<Supply | { say: Activity[]; facts?: Fact[] }> => {
  const opened = await openCode(turn, house.code);
  if (opened.is === 'refused') return opened;
  const points = await turn.services.records.points(house.code);
  const called = house.label ? `${house.label} (mã ${house.code})` : `mã ${house.code}`;
  return { house, stations: [...new Set(points.map(({ station }) => station))], unit: opened.customer.unit, called };
};

/** Codes and houses said now come first, then a place said now, then the code, then the place of the turn before. */
export const locate = async (turn: Turn, state: { labels?: string[] } = {}): Promise<Located> => {
  const slots = slotsOf(turn, state);
  const saidCode = valueSaid(turn, 'customer_code') !== undefined || turn.meaning.cues.houses.length > 0;
  const place = placeSaid(turn);
  const shared = sharedPlace(turn.heard);
  const several = placesSaid(turn);
  if (!valueSaid(turn, 'customer_code') && several.length)
    return found(...several.map(({ text, served }) => ofPlace(text, served)));
  if (!valueSaid(turn, 'customer_code') && place?.served) return found(ofPlace(place.text, place.served));
  if (!saidCode && shared) return found(ofPlace(shared));
  if (!slots.houses.length) {
    if (place && isProvince(turn, place.text)) return { is: 'missing', label: '', province: place.text };
    const street = place && inSpokenWard(turn, place.text);
    if (street) return found(ofPlace(street.text, street.served));
    if (place) return found(ofPlace(place.text));
    const before = turn.memory.place;
    if (before && !slots.missing) return found(ofPlace(before, servedPlace(turn, before, true)));
    return { is: 'missing', label: slots.missing ?? '' };
  }
  const supplies: Supply[] = [];
  for (const house of slots.houses) {
    const supply = await ofHouse(turn, house);
    if ('say' in supply) return { is: 'refused', ...supply };
    supplies.push(supply);
  }
  return slots.missing ? { is: 'missing', label: slots.missing } : { is: 'found', supplies };
};

const found = (...supplies: Supply[]): Located => ({ is: 'found', supplies });

/** What memory keeps of it. */
export const rememberSupply = (supplies: Supply[]) => {
  const houses = supplies.flatMap(({ house }) => (house ? [house] : []));
  const place = supplies.find((supply) => supply.place)?.place;
  return { houses, ...(houses[0] ? { code: houses[0].code } : {}), ...(place ? { place } : {}) };
};

const reading =
  <T extends { area: string; id: string }>(
    read: (turn: Turn, where: { stations: string[] } | { unit: string }) => Promise<T[]>,
  ) =>
  async (turn: Turn, supply: Supply): Promise<T[]> => {
    if (supply.stations.length) return read(turn, { stations: supply.stations });
    const rows: T[] = [];
    for (const unit of supply.served?.units ?? []) rows.push(...(await read(turn, { unit: unit.code })));
    return rows.filter((row) => touches(row.area, supply.served!));
  };

/** Planned interruptions that are not over yet, soonest first. */
export const plannedFor = reading<PlannedOutage>((turn, where) =>
  turn.services.records.plannedOutages(where, turn.now.toISOString()),
);
/** Interruptions going on, or ended within the last day, newest first. */
export const incidentsFor = reading<Incident>((turn, where) =>
  turn.services.records.incidents(where, turn.now.toISOString()),
);
