import { strip } from './characters';
import { KNOWN } from './shorthand';
import { isSyllable } from './syllables';
import type { Token } from './tokens';

/** The words that customers are known to use, by their letters without marks. */
export type Spelling = ReadonlyMap<string, Entry>;
interface Entry {
  /** how often, in any form */
  times: number;
  /** as written, most frequent first */
  forms: string[];
}

/** A word must have been seen as often as this to be what somebody meant. */
const FEWEST = 4;
const SHORTEST = 4;
const LONGEST = 14;
const KEYS = 'abcdefghijklmnopqrstuvwxyz';

/** Counts words as written, most frequent first; the result is what `spellingFrom` reads. */
export const wordsOften = (texts: Iterable<readonly Token[]>): [string, number][] => {
  const times = new Map<string, number>();
  for (const tokens of texts)
    for (const { kind, word } of tokens) if (kind === 'word') times.set(word, (times.get(word) ?? 0) + 1);
  return [...times].filter(([, n]) => n >= FEWEST).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
};

export const spellingFrom = (words: readonly (readonly [string, number])[]): Spelling => {
  const entries = new Map<string, Entry>();
  for (const [word, n] of words) {
    const bare = strip(word);
    const entry = entries.get(bare);
    if (entry) {
      entry.times += n;
      entry.forms.push(word);
    } else entries.set(bare, { times: n, forms: [word] });
  }
  return entries;
};

/** What is one slip away from these letters: a letter lost, doubled, swapped, or hit beside. */
const besides = (bare: string, visit: (near: string) => void): void => {
  for (let i = 0; i <= bare.length; i++) {
    const [head, tail, rest] = [bare.slice(0, i), bare.slice(i), bare.slice(i + 1)];
    if (tail) visit(head + rest);
    if (rest) visit(head + rest[0] + tail[0] + rest.slice(1));
    for (const key of KEYS) {
      visit(head + key + tail);
      if (tail) visit(head + key + rest);
    }
  }
};

/** by the bits of how often a word was seen: half its logarithm */
const STEPS = Uint8Array.from({ length: 33 }, (_, bits) => Math.max(0, bits - 1) >> 1);

/** How common a word is among customers, in few steps from never. */
export const commonIn =
  (spelling: Spelling) =>
  (bare: string): number =>
    STEPS[32 - Math.clz32(1 + (spelling.get(bare)?.times ?? 0))]!;

/** The form that keeps most of the marks that were typed. */
const formOf = ({ forms }: Entry, typed: string, bare: string): string => {
  if (typed === bare) return strip(forms[0]!);
  const marks = [...typed].filter((letter) => letter > '~');
  const kept = (form: string) => marks.filter((letter) => form.includes(letter)).length;
  return forms.reduce((best, form) => (kept(form) > kept(best) ? form : best));
};

/** The word or words that a slip of the finger hides ("điệnn", "thnags", "baonhiêu"), or undefined. */
export const mendedWord = (word: string, spelling: Spelling): string | undefined => {
  if (word.length < SHORTEST || word.length > LONGEST || KNOWN.has(word)) return undefined;
  const bare = strip(word);
  if (isSyllable(bare) || spelling.has(bare)) return undefined;
  let best: string | undefined;
  let most = 0;
  besides(bare, (near) => {
    const entry = spelling.get(near);
    if (entry && entry.times > most) {
      most = entry.times;
      best = formOf(entry, word, bare);
    }
  });
  for (let cut = 1; cut < bare.length; cut++) {
    const [first, second] = [spelling.get(bare.slice(0, cut)), spelling.get(bare.slice(cut))];
    if (!first || !second || !isSyllable(bare.slice(0, cut)) || !isSyllable(bare.slice(cut))) continue;
    const times = Math.min(first.times, second.times);
    if (times > most) {
      most = times;
      best = `${word.slice(0, cut)} ${word.slice(cut)}`;
    }
  }
  return best;
};

/** The tokens with slips mended; what touches a digit or a sign may be a code or an address and stays. */
export const mended = (tokens: readonly Token[], spelling: Spelling): readonly Token[] => {
  let out: Token[] | undefined;
  for (const [i, token] of tokens.entries()) {
    const alone = token.kind === 'word' && !token.glued && !tokens[i + 1]?.glued;
    const meant = alone ? mendedWord(token.word, spelling) : undefined;
    if (meant !== undefined) {
      out ??= tokens.slice(0, i);
      for (const word of meant.split(' ')) out.push({ ...token, word, bare: strip(word) });
    } else out?.push(token);
  }
  return out ?? tokens;
};
