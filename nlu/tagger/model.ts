import { type Held, heldOf, idsOf, rowOf } from '../held';
import { type Common, wordsOf } from './features';
import { type Step, search, type TagSet, tagSetOf } from './search';

/** A trained tagger: for each hashed feature, the tags that it speaks for or against, in steps of `scale`. */
export interface Tagger {
  set: TagSet;
  held: Held;
  /** where the entries of a row begin; one longer than the rows */
  from: Int32Array;
  entryTag: Uint8Array;
  entryWeight: Int16Array;
}

/** The tag of each word; words are lower case, with or without diacritics. */
export const tagsOf = (
  { set, held, from, entryTag, entryWeight }: Tagger,
  words: readonly string[],
  common?: Common,
): string[] => {
  if (words.length === 0) return [];
  const weigh = (features: Int32Array, into: Float64Array) => {
    for (let k = 0; k < features.length; k++) {
      const row = rowOf(held, features[k]!);
      if (row < 0) continue;
      const end = from[row + 1]!;
      for (let e = from[row]!; e < end; e++) into[entryTag[e]!] = into[entryTag[e]!]! + entryWeight[e]!;
    }
  };
  const tags: string[] = new Array(words.length);
  for (let step: Step | undefined = search(set, wordsOf(words, common), weigh).best; step; step = step.before)
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

const varint = (value: number, into: number[]) => {
  for (; value >= 128; value >>>= 7) into.push((value & 127) | 128);
  into.push(value);
};

/** Bytes of a tagger: its beam, how many entries, its tags; then of each feature the gap to it, how many entries, and each entry's tag and weight. */
export const saveTagger = ({ set, held, from, entryTag, entryWeight }: Tagger): Buffer => {
  const out: number[] = [];
  let last = -1;
  for (const [row, id] of idsOf(held).entries()) {
    const [begin, end] = [from[row]!, from[row + 1]!];
    varint(id - last - 1, out);
    varint(end - begin, out);
    for (let e = begin; e < end; e++) {
      out.push(entryTag[e]!);
      // small numbers of either sign take one byte
      varint(entryWeight[e]! < 0 ? -2 * entryWeight[e]! - 1 : 2 * entryWeight[e]!, out);
    }
    last = id;
  }
  return Buffer.concat([Buffer.from(`${set.beam} ${entryTag.length} ${set.tags.join(' ')}\n`), Buffer.from(out)]);
};

export const loadTagger = (bytes: Buffer): Tagger => {
  let at = bytes.indexOf(10) + 1;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const [beam, entries, ...tags] = bytes
    .subarray(0, at - 1)
    .toString()
    .split(' ');
  const from = [0];
  const ids: number[] = [];
  const entryTag = new Uint8Array(Number(entries));
  const entryWeight = new Int16Array(Number(entries));
  let entry = 0;
  let id = -1;
  while (at < bytes.length) {
    id += number() + 1;
    ids.push(id);
    for (let left = number(); left > 0; left--) {
      entryTag[entry] = bytes[at++]!;
      const weight = number();
      entryWeight[entry++] = weight & 1 ? -((weight + 1) >> 1) : weight >> 1;
    }
    from.push(entry);
  }
  return { set: tagSetOf(tags, Number(beam)), held: heldOf(ids), from: Int32Array.from(from), entryTag, entryWeight };
};
