import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A message that was not surely understood, masked, with what it was taken for. */
export interface Unsure {
  text: string;
  guess: string;
  sureness: number;
  times: number;
}

const HEAD = `# Một dòng một câu khách đã nhắn mà máy chưa chắc. Ghi tên ý định vào đầu dòng, trước dấu |, ví dụ: bill.lookup | ...
# Để trống nếu không muốn dùng câu đó. Rồi chạy: domdom nlu review --accept <tệp này>
`;

/** The sheet for a person to label: `label | guess sureness times | message`. */
export const reviewSheet = (unsure: readonly Unsure[]): string =>
  HEAD +
  unsure.map(({ text, guess, sureness, times }) => ` | ${guess} ${sureness.toFixed(2)} ×${times} | ${text}\n`).join('');

export interface Accepted {
  added: { intent: string; text: string }[];
  /** lines that could not be used, each with why */
  refused: { line: number; why: string }[];
}

/** Adds the labelled messages of a sheet to the phrase files of a folder. What stands there already, or is kept for measuring, is left out. */
export const acceptSheet = (sheet: string, phrasesDir: string, kept: ReadonlySet<string>): Accepted => {
  const result: Accepted = { added: [], refused: [] };
  const seen = new Map<string, Set<string>>();
  for (const [n, row] of sheet.split(/\r?\n/).entries()) {
    if (row.trim() === '' || row.startsWith('#')) continue;
    const [label, , ...rest] = row.split('|');
    const intent = label!.trim();
    const text = rest.join('|').normalize('NFC').replace(/\s+/g, ' ').trim();
    if (intent === '') continue;
    const refuse = (why: string) => {
      result.refused.push({ line: n + 1, why });
    };
    const file = join(phrasesDir, `${intent}.txt`);
    if (!/^[a-z_]+(?:\.[a-z_]+)?$/.test(intent) || !existsSync(file)) {
      refuse(`there is no want ${intent}`);
      continue;
    }
    if (text === '' || text.length > 300) {
      refuse('the message is missing or too long to train on');
      continue;
    }
    const lines =
      seen.get(intent) ??
      new Set(
        readFileSync(file, 'utf8')
          .split(/\r?\n/)
          .map((line) => line.trim()),
      );
    seen.set(intent, lines);
    if (lines.has(text)) {
      refuse(`${intent} has it already`);
      continue;
    }
    if (kept.has(text.toLowerCase())) {
      refuse('it is kept for measuring');
      continue;
    }
    const open = readFileSync(file, 'utf8').endsWith('\n') ? '' : '\n';
    appendFileSync(file, `${open}${text}\n`);
    lines.add(text);
    result.added.push({ intent, text });
  }
  return result;
};
