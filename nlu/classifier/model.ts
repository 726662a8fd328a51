import { type Held, heldOf, idsOf, rowOf } from '../held';
import { loadTagger, saveTagger, type Tagger } from '../tagger/model';
import { type Spelling, spellingFrom } from '../text/spelling';
import type { Features } from './features';
import { BIAS } from './svm';

/** A trained classifier: for each hashed feature, the classes that it speaks for or against, in steps of `scale`. */
export interface Scorer {
  classes: string[];
  held: Held;
  /** where the record of a row begins, one place on: first stands that of all features that are not held */
  start: Int32Array;
  /** rarity in steps of 1/RARITY_STEPS, how many entries, and the entries, class in the lower byte and weight in the upper */
  records: Int16Array;
  scale: number;
  /** softmax(score × sharpness), with `nothing` as the score of "none of these" */
  sharpness: number;
  nothing: number;
}

/** What is trained from the phrases. */
export interface Model extends Scorer {
  /** the words of the phrases with how often they were seen, and what slips are mended by */
  words: [string, number][];
  spelling: Spelling;
  /** of places, persons and appliances; none where no phrases are marked */
  tagger?: Tagger;
  /** what wants are called in words that follow "việc", where their training file says so */
  titles?: Record<string, string>;
}

const MAGIC = 'DOMDOM-NLU-3\n';

/** What is known of the features that a model holds, ids ascending; the entries of row n are those of `from[n]` up to `from[n + 1]`. */
interface Table {
  /** rarity of features that the model does not hold */
  rarest: number;
  ids: Int32Array;
  rarity: Uint8Array;
  from: Int32Array;
  entryClass: Uint8Array;
  entryWeight: Int8Array;
}

/** What is common first. */
export const rowsByRarity = (rarity: Uint8Array): Int32Array => {
  const next = new Int32Array(257);
  for (let row = 0; row < rarity.length; row++) next[rarity[row]! + 1]!++;
  for (let r = 0; r < 256; r++) next[r + 1] = next[r + 1]! + next[r]!;
  const rows = new Int32Array(rarity.length);
  for (let row = 0; row < rarity.length; row++) rows[next[rarity[row]!]!++] = row;
  return rows;
};

/** Puts all that is known of a feature in one place, and what is common first: it stays in the cache together. */
export const recordsOf = ({
  rarest,
  ids,
  rarity,
  from,
  entryClass,
  entryWeight,
}: Table): Pick<Scorer, 'held' | 'start' | 'records'> => {
  const start = new Int32Array(ids.length + 1);
  const records = new Int16Array(entryClass.length + 2 * start.length);
  records[0] = rarest;
  let end = 2;
  for (const row of rowsByRarity(rarity)) {
    start[row + 1] = end;
    records[end++] = rarity[row]!;
    records[end++] = from[row + 1]! - from[row]!;
    for (let e = from[row]!; e < from[row + 1]!; e++) records[end++] = entryClass[e]! | (entryWeight[e]! << 8);
  }
  return { held: heldOf(ids), start, records };
};

/** The features of one text as a model weighs them, by where their records begin; the vector has length 1. */
export interface Weighed {
  starts: Int32Array;
  weights: Float32Array;
  count: number;
}

let starts = new Int32Array(0);
let weights = new Float32Array(0);

/** The arrays returned are reused by the next call. */
export const weighed = ({ held, start, records }: Scorer, features: Features): Weighed => {
  const { ids, count } = features;
  if (starts.length < count) [starts, weights] = [new Int32Array(2 * count), new Float32Array(2 * count)];
  // one table after another: looks that do not depend on each other overlap
  for (let i = 0; i < count; i++) starts[i] = rowOf(held, ids[i]!) + 1;
  for (let i = 0; i < count; i++) starts[i] = start[starts[i]!]!;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    weights[i] = features.weights[i]! * records[starts[i]!]!;
    sum += weights[i]! * weights[i]!;
  }
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  for (let i = 0; i < count; i++) weights[i] = weights[i]! * scale;
  return { starts, weights, count };
};

/** Scores of the classes for one text, before calibration. */
export const scoresOf = (model: Scorer, { starts, weights, count }: Weighed): Float64Array => {
  const scores = new Float64Array(model.classes.length);
  const { records } = model;
  for (let i = 0; i < count; i++) {
    const at = starts[i]!;
    const weight = weights[i]!;
    const end = at + 2 + records[at + 1]!;
    for (let e = at + 2; e < end; e++) {
      const entry = records[e]!;
      scores[entry & 255] = scores[entry & 255]! + weight * (entry >> 8);
    }
  }
  for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! * model.scale + BIAS;
  return scores;
};

/** What the feature of a record says for one class; the entries lie in the order of their classes. */
export const weightFor = ({ records, scale }: Scorer, at: number, wanted: number): number => {
  const end = at + 2 + records[at + 1]!;
  let low = at + 2;
  for (let high = end; low < high; ) {
    const middle = (low + high) >> 1;
    if ((records[middle]! & 255) < wanted) low = middle + 1;
    else high = middle;
  }
  return low < end && (records[low]! & 255) === wanted ? (records[low]! >> 8) * scale : 0;
};

/** Bytes of a model: header as JSON, then feature gaps and entry counts as variable-length integers, then the entries. */
export const saveModel = (model: Model): Buffer => {
  const head: number[] = [];
  const varint = (value: number) => {
    while (value >= 128) {
      head.push((value & 127) | 128);
      value >>>= 7;
    }
    head.push(value);
  };
  let last = -1;
  const ids = idsOf(model.held);
  const entries: number[] = [];
  for (const [row, id] of ids.entries()) {
    const [rarity, count] = model.records.subarray(model.start[row + 1]!);
    const first = model.start[row + 1]! + 2;
    varint(id - last - 1);
    varint(count!);
    head.push(rarity!);
    for (let e = first; e < first + count!; e++) entries.push(model.records[e]!);
    last = id;
  }
  const tagger = model.tagger ? saveTagger(model.tagger) : Buffer.alloc(0);
  const header = Buffer.from(
    JSON.stringify({
      classes: model.classes,
      titles: model.titles,
      words: model.words.map(([word, times]) => `${word} ${times}`).join(' '),
      scale: model.scale,
      rarest: model.records[0],
      sharpness: model.sharpness,
      nothing: model.nothing,
      rows: ids.length,
      rowBytes: head.length,
      entries: entries.length,
      taggerBytes: tagger.length,
    }),
  );
  const size = Buffer.alloc(4);
  size.writeUInt32LE(header.length);
  return Buffer.concat([
    Buffer.from(MAGIC),
    size,
    header,
    Buffer.from(head),
    // classes and weights apart
    Buffer.from(entries.map((entry) => entry & 255)),
    Buffer.from(entries.map((entry) => entry >> 8)),
    tagger,
  ]);
};

/** Throws when the bytes are not a model of this version. */
export const loadModel = (bytes: Uint8Array): Model => {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, MAGIC.length).toString() !== MAGIC)
    throw new Error('not a model of this version: train it again');
  let at = MAGIC.length;
  const size = buffer.readUInt32LE(at);
  at += 4;
  const header = JSON.parse(buffer.subarray(at, at + size).toString()) as Pick<
    Model,
    'classes' | 'titles' | 'scale' | 'sharpness' | 'nothing'
  > & { words: string; rarest: number; rows: number; rowBytes: number; entries: number; taggerBytes: number };
  at += size;
  const from = new Int32Array(header.rows + 1);
  const stop = at + header.rowBytes;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = buffer[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const rarity = new Uint8Array(header.rows);
  const ids = new Int32Array(header.rows);
  let id = -1;
  for (let row = 0; row < header.rows && at < stop; row++) {
    id += varint() + 1;
    ids[row] = id;
    from[row + 1] = from[row]! + varint();
    rarity[row] = buffer[at++]!;
  }
  const end = stop + 2 * header.entries;
  if (buffer.length !== end + header.taggerBytes) throw new Error('the model is cut short: train it again');
  const { classes, titles, scale, rarest, sharpness, nothing } = header;
  const entryClass = new Uint8Array(buffer.subarray(stop, stop + header.entries));
  const entryWeight = new Int8Array(buffer.subarray(stop + header.entries, end));
  const said = header.words.split(' ');
  const words = said.flatMap((word, i): [string, number][] =>
    i % 2 === 0 && word ? [[word, Number(said[i + 1])]] : [],
  );
  return {
    classes,
    words,
    spelling: spellingFrom(words),
    ...(titles && { titles }),
    ...(header.taggerBytes > 0 && { tagger: loadTagger(buffer.subarray(end)) }),
    ...recordsOf({ rarest, ids, rarity, from, entryClass, entryWeight }),
    scale,
    sharpness,
    nothing,
  };
};
