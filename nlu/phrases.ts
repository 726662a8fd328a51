import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Phrases by intent name, in file order. */
export type Phrases = Map<string, string[]>;

/** Reads `<intent>.txt` files: one phrase a line, `#` begins a comment line. Sorted by intent. */
export const readPhrases = (dir: string): Phrases => {
  const phrases: Phrases = new Map();
  for (const file of readdirSync(dir).sort()) {
    if (!file.endsWith('.txt')) continue;
    const lines = readFileSync(join(dir, file), 'utf8')
      .split(/\r?\n/)
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    if (lines.length > 0) phrases.set(file.slice(0, -4), [...new Set(lines)]);
  }
  return phrases;
};
