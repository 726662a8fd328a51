import type { House, Turn } from '../core/dialog';
import type { Month } from '../core/services';
import { monthIndex, monthOf, partsOf } from '../core/time';
import type { Entity, EntityType, EntityValues } from '../core/understanding';
import { fold } from './words';

/** Which months a question is about. None and no `latest`: the newest there is. */
export interface When {
  months: Month[];
  /** "3 tháng gần đây" */
  latest?: number;
  /** "năm ngoái", when no month is known: every month of that year */
  year?: number;
  /** taken over from the question before */
  carried?: boolean;
  /** a lunar month or a year not said: the answer says which month was meant */
  guessed?: boolean;
}

export interface Slots {
  houses: House[];
  /** the house whose code is missing: its label, or '' when nothing is known */
  missing?: string;
  when: When;
  totalling: boolean;
}

const all = <T extends EntityType>(turn: Turn, type: T) =>
  turn.meaning.entities.filter((e) => e.type === type) as Extract<Entity, { type: T }>[];

/** The first entity of a type; after a correction ("t9, í lộn t8") the last. */
export const entityOf = <T extends EntityType>(turn: Turn, type: T): Extract<Entity, { type: T }> | undefined =>
  all(turn, type).at(turn.meaning.cues.correcting ? -1 : 0);

export const valueSaid = <T extends EntityType>(turn: Turn, type: T): EntityValues[T] | undefined =>
  entityOf(turn, type)?.value as EntityValues[T] | undefined;

/** How long a month is carried into the next question. */
const CARRIED_MS = 60 * 60_000;

/** "3 tháng gần đây"; and with a sum "tổng cộng 3 tháng" */
const RECENT = /(\d{1,2}|hai|ba|bon|nam|sau) (?:thang|ky|ki) (?:gan|vua|qua|moi|truoc day)/;
const SEVERAL = /(\d{1,2}|hai|ba|bon|nam|sau) (?:thang|ky|ki)(?! \d)/;
/** a month without a year, such as "tháng 4", "t4", "tháng tư": its year is worked out here */
const NO_YEAR = /^(?:thang|th|t)?[ .]*(?:\d{1,2}|mot|hai|ba|tu|bon|nam|lam|sau|bay|tam|chin|muoi(?: mot| hai)?)$/;

/** Months as said, else as asked before (`kept`), else carried over from the last question. */
export const whenOf = (turn: Turn, kept?: When): When => {
  const { now, memory } = turn;
  const today = partsOf(now);
  const range = valueSaid(turn, 'date_range');
  const years = all(turn, 'year');
  const periods = all(turn, 'period');
  let months = all(turn, 'month');
  if (turn.meaning.cues.correcting) months = months.slice(-1);
  const recent = RECENT.exec(fold(turn.text)) ?? (turn.meaning.cues.totalling && SEVERAL.exec(fold(turn.text)));
  if (recent) {
    const words = ['hai', 'ba', 'bon', 'nam', 'sau'].indexOf(recent[1]!) + 2;
    return { months: [], latest: Math.min(24, Math.max(1, words > 1 ? words : Number(recent[1]))) };
  }
  if (months.length) {
    const guessed = months.some((m) => m.confirm);
    return {
      months: months.slice(0, 12).map((m, i) => {
        const said = years.filter((y) => !NO_YEAR.test(fold(y.text)));
        const year = said.find((y) => y.start >= m.start && y.start <= m.end + 12) ?? said[i] ?? said[0];
        const period = (periods[i] ?? periods[0])?.value ?? undefined;
        return { year: year?.value ?? yearMeant(m.value, today), month: m.value, ...(period ? { period } : {}) };
      }),
      ...(guessed ? { guessed } : {}),
    };
  }
  const date = valueSaid(turn, 'date');
  if (range) return { months: monthsWithin(range) };
  if (date) return { months: [{ year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) }] };
  if (kept?.months.length || kept?.latest || kept?.year) return kept;
  const newest = memory.facts[0];
  const fresh = newest !== undefined && now.getTime() - Date.parse(newest.saidAt) <= CARRIED_MS;
  const carried = fresh ? memory.month : undefined;
  const period = periods[0]?.value;
  if (years[0] && carried) return { months: [{ ...carried, year: years[0].value, ...(period ? { period } : {}) }] };
  if (years[0]) return { months: [], year: years[0].value };
  if (carried) return { months: [{ ...carried, ...(period ? { period } : {}) }], carried: true };
  return { months: [] };
};

/** The year of a bare "tháng 12": this year, next month or the one after it too, otherwise the year before. */
const yearMeant = (month: number, today: { year: number; month: number }): number =>
  month - today.month > 2 ? today.year - 1 : today.year;

const monthsWithin = ({ from, to }: { from: string; to: string }): Month[] => {
  const index = (day: string) => monthIndex(Number(day.slice(0, 4)), Number(day.slice(5, 7)));
  const count = Math.min(12, Math.max(1, index(to) - index(from) + 1));
  return Array.from({ length: count }, (_, i) => monthOf(index(to) - i));
};

const LABELS_REACH = 25;
const MOST_HOUSES = 6;
const ACCENTED = [
  'nhà',
  'quán',
  'tiệm',
  'xưởng',
  'nhà trọ',
  'phòng trọ',
  'nhà kia',
  'nhà mới',
  'nhà cũ',
  'cửa hàng',
  'công ty',
];
const labelText = (label: string) => ACCENTED.find((one) => fold(one) === label) ?? label;
const same = (a: string | undefined, b: string) => a !== undefined && fold(a) === fold(b);

const slotsSaid = (turn: Turn) =>
  turn.meaning.entities.some(({ type }) => type === 'month' || type === 'customer_code');

/** Whose records: codes said now, houses named now, else the one in use. `awaited` is the label that was asked for. */
export const slotsOf = (turn: Turn, state: { labels?: string[]; totalling?: boolean; when?: When } = {}): Slots => {
  const { memory, meaning, text } = turn;
  const when = whenOf(turn, state.when);
  const totalling = meaning.cues.totalling || state.totalling === true;
  const labels = (
    meaning.cues.houses.length ? meaning.cues.houses : (state.labels ?? []).map((label) => ({ label, end: -1 }))
  )
    .slice(0, MOST_HOUSES)
    .map(({ label, end }) => ({ label: labelText(label), end }));
  const said = all(turn, 'customer_code');
  const codes = meaning.cues.correcting && !totalling ? said.slice(-1) : said.slice(0, MOST_HOUSES);
  const unclaimed = new Set(labels);
  const houses = codes.map(({ value: code, start }): House => {
    const label =
      [...unclaimed].filter((l) => l.end >= 0 && l.end <= start && start - l.end < LABELS_REACH).at(-1) ??
      (codes.length === 1 ? [...unclaimed].find((l) => !memory.houses.some((h) => same(h.label, l.label))) : undefined);
    if (label) unclaimed.delete(label);
    return { code, ...(label ? { label: label.label } : {}) };
  });
  const known = [...memory.houses];
  for (const { label } of unclaimed) {
    const house =
      known.find((h) => same(h.label, label)) ??
      (/ (kia|khac)$/.test(fold(label)) && known.length === 2
        ? known.find((h) => h.code !== memory.code)
        : undefined) ??
      (labels.length === 1 && !totalling
        ? known.find((h) => h.code === memory.code && (!h.label || fold(label) === 'nha'))
        : fold(label) === 'nha' && known.find((h) => !h.label && !houses.some(({ code }) => code === h.code)));
    if (house) {
      if (!houses.some((h) => h.code === house.code)) houses.push({ ...house, label });
    } else if (!(labels.length === 1 && houses.length))
      return { houses, missing: known.length ? label : '', when, totalling };
  }
  const place = ({ label }: House) => labels.findIndex((l) => same(label, l.label));
  if (houses.length) return { houses: houses.sort((a, b) => place(a) - place(b)), when, totalling };
  if (meaning.cues.correcting && !slotsSaid(turn) && /\bma\b/.test(fold(text)))
    return { houses, missing: '', when, totalling };
  if (totalling && known.length > 1 && when.months.length < 2 && !when.latest)
    return { houses: known, when, totalling };
  const inUse = known.find((h) => h.code === memory.code);
  return inUse ? { houses: [inUse], when, totalling } : { houses, missing: '', when, totalling };
};
