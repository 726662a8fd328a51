import { strip } from '../text/characters';

/** Keys as they lie on a phone: a finger that misses hits a neighbour. */
const ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'];
const besides = (key: string): string => {
  const row = ROWS.findIndex((keys) => keys.includes(key));
  if (row < 0) return '';
  const at = ROWS[row]!.indexOf(key);
  return [-1, 0, 1]
    .flatMap((step) => (step === 0 ? [ROWS[row]![at - 1], ROWS[row]![at + 1]] : [ROWS[row + step]?.[at]]))
    .join('');
};

/** Spellings that sound alike to somebody: "biết" – "biếc", "sửa" – "xửa", "trả" – "chả". */
const STARTS = [['tr', 'ch'], ['s', 'x'], ['gi', 'd'], ['l', 'n'], ['v', 'd']]; // biome-ignore format: pairs
const ENDINGS = [['ng', 'n'], ['t', 'c'], ['i', 'y']]; // biome-ignore format: pairs

const misspelt = (word: string, random: () => number): string => {
  const from = Math.floor(random() * STARTS.length);
  for (let k = 0; k < STARTS.length; k++)
    for (const [a, b] of [STARTS[(from + k) % STARTS.length]!, STARTS[(from + k) % STARTS.length]!.toReversed()])
      if (word.startsWith(a!)) return b + word.slice(a!.length);
  for (const [a, b] of ENDINGS) {
    if (word.endsWith(a!)) return word.slice(0, -a!.length) + b;
    if (word.endsWith(b!)) return word.slice(0, -b!.length) + a;
  }
  return word;
};

const mistyped = (word: string, random: () => number): string => {
  const at = Math.floor(random() * word.length);
  const kind = random();
  if (kind < 0.3) return word.slice(0, at) + word.slice(at + 1);
  if (kind < 0.5) return word.slice(0, at) + (word[at + 1] ?? '') + word[at] + word.slice(at + 2);
  if (kind < 0.7) return word.slice(0, at) + word[at] + word.slice(at);
  const near = besides(strip(word[at]!));
  return word.slice(0, at) + (near[Math.floor(random() * near.length)] ?? word[at]) + word.slice(at + 1);
};

/** Slips of fingers and of the ear, on already normalised words; used on copies of the training phrases only. */
export const slip = (phrase: string, random: () => number): string => {
  const words = phrase.split(/\s+/);
  const out: string[] = [];
  for (let i = 0; i < words.length; i++) {
    let word = words[i]!;
    const luck = random();
    if (word.length > 2 && luck < 0.1) word = mistyped(word, random);
    else if (word.length > 2 && luck < 0.12) word = misspelt(word, random);
    else if (luck < 0.24) word = strip(word);
    else if (luck < 0.26 && words.length > 3) continue;
    else if (luck < 0.28 && i + 1 < words.length) word += words[++i];
    out.push(word);
  }
  return out.join(' ');
};
