import type { Incident, PlannedOutage, Source } from '../../core/records';
import { addDays, dayOf, type Instant, instant } from '../../core/time';
import type { Unit } from '../../core/utility';
import { pick } from './chance';
import { stationOf } from './people';

const HOUR = 3_600_000;
const MINUTE = 60_000;

const reasons = [
  'Bảo trì, vệ sinh sứ cách điện',
  'Thay máy biến áp',
  'Nâng cấp đường dây hạ áp',
  'Phát quang hành lang an toàn lưới điện',
];
const windows: [string, string][] = [
  ['07:30', '11:00'],
  ['13:30', '16:30'],
  ['06:00', '09:00'],
  ['08:00', '15:30'],
];

const areaOf = (unit: Unit, station: string): string =>
  `Một phần ${pick(unit.places, `${station}/area`)}, ${unit.province}`;

/**
 * Station T02 of every unit is switched off once a week for the next four weeks, T05 of every second unit tomorrow; one
 * plan is cancelled and one is over. Keys are those of their place in the plan, so a newer sample replaces them.
 */
export const plannedOutages = (units: readonly Unit[], now: Instant, source: Source): PlannedOutage[] => {
  const today = dayOf(now);
  const plan = (key: string, unit: Unit, number: number, inDays: number, cancelled = false): PlannedOutage => {
    const station = stationOf(unit.code, number);
    const [from, to] = pick(windows, `${key}/${unit.code}/window`);
    const on = addDays(today, inDays);
    return {
      id: `KH-${key}/${station}`,
      unit: unit.code,
      station,
      area: areaOf(unit, station),
      from: instant(on, from),
      to: instant(on, to),
      reason: pick(reasons, `${key}/${unit.code}/reason`),
      ...(cancelled && { cancelled }),
      source,
    };
  };
  return units.flatMap((unit, n) => [
    ...[0, 1, 2, 3].map((week) => plan(`T${week + 1}`, unit, 2, 2 + (n % 3) + 7 * week)),
    ...(n % 2 === 0 ? [plan('M', unit, 5, 1)] : []),
    ...(n === 1 ? [plan('H', unit, 6, 3, true)] : []),
    plan('C', unit, 7, -1),
  ]);
};

/**
 * Incidents at station T03: going on with cause and expected end, going on with nothing known yet, and restored. Their
 * hours count from the last full four hours, so that a restart meanwhile moves nothing.
 */
export const incidents = (units: readonly Unit[], now: Instant, source: Source): Incident[] => {
  const anchor = Math.floor(Date.parse(now) / (4 * HOUR)) * 4 * HOUR;
  const at = (minutes: number) => new Date(anchor + minutes * MINUTE).toISOString();
  const incident = (
    unit: Unit,
    number: number,
    rest: Omit<Incident, 'id' | 'unit' | 'station' | 'area' | 'source'>,
  ) => {
    const station = stationOf(unit.code, number);
    return { id: `SC/${station}`, unit: unit.code, station, area: areaOf(unit, station), ...rest, source };
  };
  const known = { startedAt: at(-40), cause: 'Cây ngã vào đường dây trung áp', expectedAt: at(5 * 60) };
  const restored = { startedAt: at(-5 * 60), cause: 'Nhảy máy cắt đầu tuyến', restoredAt: at(-3 * 60 - 20) };
  return units.flatMap((unit) => {
    if (unit.code === 'PP0300') return [incident(unit, 3, known), incident(unit, 4, known)];
    if (unit.code === 'PC0503') return [incident(unit, 3, { startedAt: at(-15) })];
    if (unit.code === 'PQ0100') return [incident(unit, 3, restored)];
    return [];
  });
};
