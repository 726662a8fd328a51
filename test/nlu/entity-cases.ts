import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entity, Understand } from '../../core/understanding';
import { strip } from '../../nlu/text/characters';

/** A message and the entities that a careful reader finds in it, each as `type=value@start-end`. */
export interface EntityCase {
  text: string;
  wanted: { type: string; value: string; start: number; end: number }[];
}

const MARKED = /\[([^\]]+)\]\(([^)]+)\)/g;

/** Reads messages marked `[characters](type=value, type=value)`; without a value it is the characters themselves. */
export const readEntityCases = (dir: string): EntityCase[] =>
  readdirSync(dir)
    .sort()
    .flatMap((file) => readFileSync(join(dir, file), 'utf8').normalize('NFC').split('\n'))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      let text = '';
      let last = 0;
      const wanted: EntityCase['wanted'] = [];
      for (const match of line.matchAll(MARKED)) {
        text += line.slice(last, match.index);
        const start = text.length;
        text += match[1]!;
        for (const said of match[2]!.split(', ')) {
          const [type, value] = said.split('=') as [string, string?];
          wanted.push({ type, value: value ?? match[1]!, start, end: text.length });
        }
        last = match.index + match[0].length;
      }
      return { text: text + line.slice(last), wanted };
    });

const AS_WRITTEN = new Set(['place', 'person']);

/** The same message without diacritics, as it is written on phones without a Vietnamese keyboard. */
export const unaccented = ({ text, wanted }: EntityCase): EntityCase => ({
  text: bare(text),
  // what is taken over as written loses its diacritics with the message
  wanted: wanted.map((w) => (AS_WRITTEN.has(w.type) ? { ...w, value: bare(w.value) } : w)),
});
/** unit for unit, capitals kept */
const bare = (text: string) =>
  [...text].map((c) => (c === c.toLowerCase() ? strip(c) : strip(c.toLowerCase()).toUpperCase())).join('');

const shown = ({ value }: Pick<Entity, 'value'>) =>
  typeof value === 'object' ? `${value.from}..${value.to}` : String(value);

export interface Tally {
  wanted: number;
  found: number;
  right: number;
}

/** Exact match: type, value and characters. `all` counts every entity; a message without any counts as one that is right when nothing is found. */
export const tally = (understand: Understand, cases: readonly EntityCase[], now: Date) => {
  const kinds: Record<string, Tally> = {};
  const kind = (name: string) => (kinds[name] ??= { wanted: 0, found: 0, right: 0 });
  const wrong: string[] = [];
  let whole = 0;
  for (const { text, wanted } of cases) {
    const found = understand(text, { now }).entities.map((e) => ({
      type: e.type as string,
      value: shown(e),
      start: e.start,
      end: e.end,
    }));
    const key = (e: EntityCase['wanted'][number]) => `${e.type}=${e.value}@${e.start}-${e.end}`;
    const keys = new Set(found.map(key));
    for (const e of wanted) {
      kind(e.type).wanted++;
      if (keys.has(key(e))) kind(e.type).right++;
    }
    for (const e of found) kind(e.type).found++;
    const say = (list: typeof found) =>
      list.map((e) => `${e.type}=${e.value}[${text.slice(e.start, e.end)}]`).join(' ');
    const same = wanted.length === found.length && wanted.every((e) => keys.has(key(e)));
    if (same) whole++;
    else wrong.push(`${text}\n    wanted ${say(wanted) || 'nothing'}\n    found  ${say(found) || 'nothing'}`);
  }
  const all = { wanted: 0, found: 0, right: 0 };
  for (const row of Object.values(kinds)) for (const k of ['wanted', 'found', 'right'] as const) all[k] += row[k];
  return { kinds, all, whole, of: cases.length, wrong };
};

/** harmonic mean of precision and recall */
export const f1 = ({ wanted, found, right }: Tally): number => (2 * right) / (wanted + found || 1);

export const table = ({ kinds, all, whole, of }: ReturnType<typeof tally>): string =>
  [
    `exact match F1 ${(100 * f1(all)).toFixed(1)} % (${all.right} right of ${all.wanted} wanted, ${all.found} found); messages wholly right ${whole} of ${of}`,
    ...Object.entries(kinds)
      .sort((a, b) => b[1].wanted - a[1].wanted)
      .map(
        ([name, row]) =>
          `  ${name.padEnd(14)} ${(100 * f1(row)).toFixed(1).padStart(5)} %  wanted ${row.wanted}, found ${row.found}, right ${row.right}`,
      ),
  ].join('\n');
