import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shuffle } from '../classifier/random';
import { tokenize } from '../text/tokens';
import type { Tagged } from './train';

/** A phrase in pieces: plain text, or a slot of a kind. */
export type Marked = { text: string; kind?: string }[];

const SLOT = /\[([^\]]+)\]\(([^)]+)\)/g;

/** `mất điện ở [xóm đình](place) rồi` in its pieces. */
export const markedPhrase = (line: string): Marked => {
  const pieces: Marked = [];
  let last = 0;
  for (const match of line.matchAll(SLOT)) {
    if (match.index > last) pieces.push({ text: line.slice(last, match.index) });
    pieces.push({ text: match[1]!, kind: match[2]! });
    last = match.index + match[0].length;
  }
  if (last < line.length) pieces.push({ text: line.slice(last) });
  return pieces;
};

/** Reads the marked phrases of a folder: one a line, `#` begins a comment line. */
export const readMarked = (dir: string): Marked[] =>
  readdirSync(dir)
    .filter((file) => file.endsWith('.txt'))
    .sort()
    .flatMap((file) => readFileSync(join(dir, file), 'utf8').normalize('NFC').split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(markedPhrase);

/** The words of a phrase with their tags, as the front end reads them. */
export const taggedOf = (phrase: Marked): Tagged => {
  const words: string[] = [];
  const tags: string[] = [];
  for (const { text, kind } of phrase)
    tokenize(text.toLowerCase()).forEach(({ word }, i) => {
      words.push(word);
      tags.push(kind === undefined ? 'O' : `${i === 0 ? 'B' : 'I'}-${kind}`);
    });
  return { words, tags };
};

/** as many slots must begin with a word for it to say what they are: "xóm", "đường", "máy" */
const SEVERAL = 3;

/**
 * The phrases again, with each name exchanged for another one of its kind that begins with the same telling word, so that
 * what stands around a name is learnt rather than the name.
 */
export const exchanged = (phrases: readonly Marked[], random: () => number): Marked[] => {
  const first = (text: string) => text.slice(0, `${text} `.indexOf(' '));
  const slots = phrases.flatMap((phrase) => phrase.filter(({ kind }) => kind !== undefined));
  const begins = new Map<string, number>();
  for (const { text, kind } of slots) {
    const key = `${kind} ${first(text)}`;
    begins.set(key, (begins.get(key) ?? 0) + 1);
  }
  const keyOf = ({ text, kind }: Marked[number]) => {
    const key = `${kind} ${first(text)}`;
    return kind === 'place' && begins.get(key)! >= SEVERAL ? key : kind!;
  };
  const pools = new Map<string, string[]>();
  for (const slot of slots) pools.set(keyOf(slot), [...(pools.get(keyOf(slot)) ?? []), slot.text]);
  const left = new Map([...pools].map(([key, texts]) => [key, shuffle([...texts], random)]));
  return phrases.map((phrase) =>
    phrase.map((piece) => (piece.kind === undefined ? piece : { ...piece, text: left.get(keyOf(piece))!.pop()! })),
  );
};
