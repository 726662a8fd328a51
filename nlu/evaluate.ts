import type { Understand } from '../core/understanding';
import type { Phrases } from './phrases';
import { strip } from './text/characters';

export interface Score {
  right: number;
  of: number;
}
export interface Mistake {
  text: string;
  wanted: string;
  got: string;
  sureness: number;
}
export interface Evaluation {
  accented: Score;
  stripped: Score;
  /** per intent, accented and stripped together */
  intents: Record<string, { of: number; found: number; right: number; recallAccented: number; recallStripped: number }>;
  /** `wanted → got`, most frequent first */
  confused: { wanted: string; got: string; times: number }[];
  /** surest mistakes first */
  mistakes: Mistake[];
  /** every answer, for the charts */
  answers: Omit<Mistake, 'text'>[];
}

/** Best intent of each phrase, as written and without diacritics. The clock does not matter here. */
export const evaluate = (
  understand: Understand,
  phrases: Phrases,
  now = new Date('2026-03-02T02:00:00Z'),
): Evaluation => {
  const result: Evaluation = {
    accented: { right: 0, of: 0 },
    stripped: { right: 0, of: 0 },
    intents: {},
    confused: [],
    mistakes: [],
    answers: [],
  };
  const confused = new Map<string, number>();
  const row = (name: string) =>
    (result.intents[name] ??= { of: 0, found: 0, right: 0, recallAccented: 0, recallStripped: 0 });
  for (const [wanted, lines] of phrases) {
    for (const text of lines) {
      for (const [kind, copy] of [
        ['accented', text],
        ['stripped', strip(text.normalize('NFC').toLowerCase())],
      ] as const) {
        const best = understand(copy, { now }).intents[0]!;
        result.answers.push({ wanted, got: best.name, sureness: best.sureness });
        result[kind].of++;
        row(wanted).of++;
        row(best.name).found++;
        if (best.name === wanted) {
          result[kind].right++;
          row(wanted).right++;
          row(wanted)[kind === 'accented' ? 'recallAccented' : 'recallStripped'] += 1 / lines.length;
        } else {
          const key = `${wanted} → ${best.name}`;
          confused.set(key, (confused.get(key) ?? 0) + 1);
          result.mistakes.push({ text: copy, wanted, got: best.name, sureness: best.sureness });
        }
      }
    }
  }
  result.confused = [...confused]
    .map(([key, times]) => ({ wanted: key.split(' → ')[0]!, got: key.split(' → ')[1]!, times }))
    .sort((a, b) => b.times - a.times);
  result.mistakes.sort((a, b) => b.sureness - a.sureness);
  return result;
};

const percent = (part: number, whole: number) =>
  whole === 0 ? '    –' : `${((100 * part) / whole).toFixed(1).padStart(5)}`;

/** The evaluation as plain text. */
export const report = ({ accented, stripped, intents, confused, mistakes }: Evaluation): string => {
  const lines = [
    `best intent, accented ${percent(accented.right, accented.of)} % of ${accented.of}, stripped ${percent(stripped.right, stripped.of)} % of ${stripped.of}`,
    '',
    `${'intent'.padEnd(26)}precision  recall  accented  stripped  phrases`,
  ];
  for (const [name, i] of Object.entries(intents).sort(
    (a, b) => a[1].right / (a[1].of || 1) - b[1].right / (b[1].of || 1),
  ))
    lines.push(
      `${name.padEnd(26)}    ${percent(i.right, i.found)}   ${percent(i.right, i.of)}     ${percent(i.recallAccented, 1)}     ${percent(i.recallStripped, 1)}  ${String(i.of / 2).padStart(7)}`,
    );
  lines.push('', 'most confused');
  for (const { wanted, got, times } of confused.slice(0, 25))
    lines.push(`${String(times).padStart(4)}  ${wanted} → ${got}`);
  lines.push('', 'surest mistakes');
  for (const { text, wanted, got, sureness } of mistakes.slice(0, 40))
    lines.push(`${sureness.toFixed(2)}  ${wanted} → ${got}  ${text}`);
  return `${lines.join('\n')}\n`;
};
