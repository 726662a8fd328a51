import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Phrases by intent name, in file order. */
export type Phrases = Map<string, string[]>;

const TITLE = /^#\s*việc:\s*(\S.{0,80})$/m;

/** What the wants of a folder are called, where a line `# việc: thay vỏ hộp công tơ` of their file says so. */
export const readTitles = (dir: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(dir)
      .filter((file) => file.endsWith('.txt'))
      .sort()
      .flatMap((file) => {
        const title = TITLE.exec(readFileSync(join(dir, file), 'utf8').normalize('NFC'))?.[1];
        return title ? [[file.slice(0, -4), title.trim()]] : [];
      }),
  );

/** What a person should look at before these phrases are trained on; one sentence each. */
export const remarksOn = (training: Phrases, kept: Phrases): string[] => {
  const remarks: string[] = [];
  const owner = new Map<string, string>();
  for (const [name, lines] of training) {
    if (!/^[a-z]+(?:_[a-z]+)*(?:\.[a-z]+(?:_[a-z]+)*)?$/.test(name))
      remarks.push(`${name}: a want is named topic.want, in small letters without marks`);
    if (lines.length < FEW) remarks.push(`${name}: only ${lines.length} phrases, ${FEW} or more are wanted`);
    if (!kept.has(name)) remarks.push(`${name}: no phrases to measure it by`);
    for (const line of lines) {
      const key = line.normalize('NFC').toLowerCase();
      const other = owner.get(key);
      if (other && other !== name) remarks.push(`"${line}" is in ${other} and in ${name}`);
      owner.set(key, name);
    }
  }
  for (const [name, lines] of kept)
    for (const line of lines)
      if (owner.has(line.normalize('NFC').toLowerCase()))
        remarks.push(`"${line}" of ${name} is trained on, so it measures nothing`);
  return remarks;
};
const FEW = 20;

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
