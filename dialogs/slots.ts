import type { House, Turn } from '../core/dialog';
import { entitiesOf } from './said';
import { type When, whenOf } from './when';
import { fold } from './words';

export { entityOf, valueSaid } from './said';
export type { When } from './when';

export interface Slots {
  houses: House[];
  /** the house whose code is missing: its label, or '' when nothing is known */
  missing?: string;
  when: When;
  totalling: boolean;
}

const EVERY = /\b(?:\d|hai|ba|ca|cac|may|tong) (?:\S+ )?(?:can |cai )?nha\b/;
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

/** "nhà" is the house that has no name yet; said alone it may be the one in use, whatever that is called. */
const unnamed = (label: string, known: House[], inUse: string | undefined, alone: boolean, taken: House[]) => {
  const free = known.filter((h) => !h.label && !taken.some(({ code }) => code === h.code));
  const current = free.find((h) => h.code === inUse);
  if (fold(label) !== 'nha') return alone ? current : undefined;
  return current ?? free[0] ?? (alone ? known.find((h) => h.code === inUse) : undefined);
};

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
  const said = entitiesOf(turn, 'customer_code');
  const codes = meaning.cues.correcting && !totalling ? said.slice(-1) : said.slice(0, MOST_HOUSES);
  // "2 nhà", "cả nhà lẫn …": beside codes, or for all that were used here, the word is no label
  const plural = labels.every(({ label }) => fold(label) === 'nha') && (codes.length > 1 || EVERY.test(fold(text)));
  if (plural && !codes.length && memory.houses.length > 1) return { houses: memory.houses, when, totalling };
  const unclaimed = new Set(plural ? [] : labels);
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
      unnamed(label, known, memory.code, labels.length === 1 && !totalling, houses);
    if (house) {
      if (!houses.some((h) => h.code === house.code)) houses.push({ ...house, label: house.label ?? label });
    } else if (!(labels.length === 1 && houses.length))
      return { houses, missing: known.length ? label : '', when, totalling };
  }
  const place = ({ label }: House) => labels.findIndex((l) => same(label, l.label));
  if (houses.length) return { houses: houses.sort((a, b) => place(a) - place(b)), when, totalling };
  if (meaning.cues.correcting && !slotsSaid(turn) && /\bma\b/.test(fold(text)))
    return { houses, missing: '', when, totalling };
  if (totalling && known.length > 1 && when.months.length < 2 && !when.latest)
    return { houses: known, when, totalling };
  const inUse = known.find((h) => h.code === memory.code) ?? (memory.code ? { code: memory.code } : undefined);
  return inUse ? { houses: [inUse], when, totalling } : { houses, missing: '', when, totalling };
};
