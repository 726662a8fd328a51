import type { EntityType, EntityValues } from '../../core/understanding';
import type { Slot } from '../tagger/model';
import { strip } from '../text/characters';
import type { Token } from '../text/tokens';

/** What a grammar reads: the tokens of one message, the clock in Vietnam, and what the dialog waits for. */
export interface Reading {
  received: string;
  tokens: readonly Token[];
  /** today in Vietnam */
  today: { year: number; month: number; day: number; weekday: number };
  expects: ReadonlySet<EntityType>;
  /** what the trained tagger saw */
  slots?: readonly Slot[];
}

/** An entity by its tokens: `from` inclusive, `to` exclusive. */
export type Found = {
  [T in EntityType]: {
    type: T;
    value: EntityValues[T];
    from: number;
    to: number;
    sureness: number;
    parts?: Record<string, string>;
    confirm?: boolean;
    assumed?: boolean;
    relative?: number;
    impossible?: boolean;
  };
}[EntityType];

export type Grammar = (reading: Reading) => Found[];

const bareOf = new Map<string, string>();
const bare = (word: string): string => {
  let b = bareOf.get(word);
  if (b === undefined) bareOf.set(word, (b = strip(word)));
  return b;
};

/** The token is one of these words: as written when it has diacritics, else without them. */
export const says = (token: Token | undefined, ...words: string[]): boolean => {
  if (!token) return false;
  const { length } = token.word;
  for (const word of words) {
    // a word is as long without its diacritics
    if (word.length !== length) continue;
    if (token.word === word || (token.word === token.bare && token.bare === bare(word))) return true;
  }
  return false;
};

/** Phrases with a value each, found by their first word. */
export type Lexicon<T> = ReadonlyMap<string, readonly { words: string[]; bares: string[]; value: T }[]>;

/** Builds a lexicon from rows of a value and its phrases, separated by "|". */
export const lexicon = <T>(rows: readonly (readonly [T, string])[]): Lexicon<T> => {
  const map = new Map<string, { words: string[]; bares: string[]; value: T }[]>();
  for (const [value, phrases] of rows)
    for (const phrase of phrases.split('|')) {
      const words = phrase.trim().split(/\s+/);
      const entry = { words, bares: words.map(bare), value };
      const list = map.get(entry.bares[0]!);
      if (list) list.push(entry);
      else map.set(entry.bares[0]!, [entry]);
    }
  for (const list of map.values()) list.sort((a, b) => b.words.length - a.words.length);
  return map;
};

/** Phrases without values, separated by "|". */
export const phrases = (text: string): Lexicon<true> => lexicon([[true, text]]);

/** The longest phrase of the lexicon that stands at `at`. */
export const lookAt = <T>(
  tokens: readonly Token[],
  at: number,
  entries: Lexicon<T>,
): { value: T; length: number } | undefined => {
  const first = tokens[at];
  if (!first) return undefined;
  const list = entries.get(first.bare);
  if (!list) return undefined;
  next: for (const { words, bares, value } of list) {
    for (let k = 0; k < words.length; k++) {
      const token = tokens[at + k];
      if (!token || !(token.word === words[k] || (token.bare === bares[k] && token.word === token.bare))) continue next;
    }
    return { value, length: words.length };
  }
  return undefined;
};

/** The number of tokens of the longest phrase that stands at `at`; 0 when none does. */
export const phraseAt = (tokens: readonly Token[], at: number, entries: Lexicon<unknown>): number =>
  lookAt(tokens, at, entries)?.length ?? 0;

export const isSign = (token: Token | undefined, ...signs: string[]): boolean =>
  token !== undefined && token.kind === 'sign' && signs.includes(token.word);

/** A plain run of digits, as a number; undefined for anything else or more than `digits` of them. */
export const plain = (token: Token | undefined, digits: number): number | undefined =>
  token?.kind === 'number' && token.typed.length <= digits ? Number(token.typed) : undefined;
