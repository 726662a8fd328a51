import type { EntityType, EntityValues } from '../../core/understanding';
import { strip } from '../text/characters';
import type { Token } from '../text/tokens';

/** What a grammar reads: the tokens of one message, the clock in Vietnam, and what the dialog waits for. */
export interface Reading {
  received: string;
  tokens: readonly Token[];
  /** today in Vietnam */
  today: { year: number; month: number; day: number; weekday: number };
  expects: ReadonlySet<EntityType>;
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
  for (const word of words) {
    if (token.word === word) return true;
    if (token.bare === bare(word) && token.word === token.bare) return true;
  }
  return false;
};

/** Tokens from `at` on say these words, in order. */
export const saysAll = (tokens: readonly Token[], at: number, phrase: string): boolean => {
  const words = phrase.split(' ');
  for (let k = 0; k < words.length; k++) if (!says(tokens[at + k], words[k]!)) return false;
  return true;
};

/** The first of the phrases that stands at `at`, as its number of tokens; 0 when none does. Longer phrases go first. */
export const phraseAt = (tokens: readonly Token[], at: number, phrases: readonly string[]): number => {
  for (const phrase of phrases) if (saysAll(tokens, at, phrase)) return phrase.split(' ').length;
  return 0;
};

export const isSign = (token: Token | undefined, ...signs: string[]): boolean =>
  token !== undefined && token.kind === 'sign' && signs.includes(token.word);

/** A plain run of digits, as a number; undefined for anything else or more than `digits` of them. */
export const plain = (token: Token | undefined, digits: number): number | undefined =>
  token?.kind === 'number' && token.typed.length <= digits ? Number(token.typed) : undefined;
