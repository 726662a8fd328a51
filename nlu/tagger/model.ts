import { wordsOf } from './features';
import { type Step, search, type TagSet } from './search';

/** A trained tagger: for each hashed feature, the tags that it speaks for or against, in steps of `scale`. */
export interface Tagger {
  set: TagSet;
  /** where the entries of a hashed feature begin; 2^BITS + 1 long */
  from: Int32Array;
  entryTag: Uint8Array;
  entryWeight: Int16Array;
  scale: number;
}

/** The tag of each word; words are lower case, with or without diacritics. */
export const tagsOf = ({ set, from, entryTag, entryWeight }: Tagger, words: readonly string[]): string[] => {
  if (words.length === 0) return [];
  const weigh = (feature: number, into: Float64Array) => {
    const end = from[feature + 1]!;
    for (let e = from[feature]!; e < end; e++) into[entryTag[e]!] = into[entryTag[e]!]! + entryWeight[e]!;
  };
  const tags: string[] = new Array(words.length);
  for (let step: Step | undefined = search(set, wordsOf(words), weigh).best; step; step = step.before)
    tags[step.at] = set.tags[step.tag]!;
  return tags;
};

export interface Slot {
  kind: string;
  /** words `from` up to, but not including, `to` */
  from: number;
  to: number;
}

/** The slots of a row of tags; an `I-x` that no `x` goes before begins one. */
export const slotsOf = (tags: readonly string[]): Slot[] => {
  const slots: Slot[] = [];
  tags.forEach((tag, at) => {
    if (tag === 'O') return;
    const kind = tag.slice(2);
    const last = slots.at(-1);
    if (tag.startsWith('I-') && last?.kind === kind && last.to === at) last.to = at + 1;
    else slots.push({ kind, from: at, to: at + 1 });
  });
  return slots;
};
