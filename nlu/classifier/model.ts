import { loadTagger, saveTagger, type Tagger } from '../tagger/model';
import { type Spelling, spellingFrom } from '../text/spelling';
import { BITS, type Features, type Rarity } from './features';
import { BIAS } from './svm';

/** A trained classifier: for each hashed feature, the classes that it speaks for or against, in steps of `scale`. */
export interface Scorer {
  classes: string[];
  /** where the entries of a hashed feature begin; 2^BITS + 1 long */
  from: Int32Array;
  entryClass: Uint8Array;
  entryWeight: Int8Array;
  scale: number;
  rarity: Rarity;
  /** rarity of features that the model does not hold */
  rarest: number;
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

/** Scores of the classes for one text, before calibration. */
export const scoresOf = (model: Scorer, { ids, weights, count }: Features): Float32Array => {
  const scores = new Float32Array(model.classes.length);
  const { from, entryClass, entryWeight } = model;
  for (let i = 0; i < count; i++) {
    const weight = weights[i]!;
    const end = from[ids[i]! + 1]!;
    for (let e = from[ids[i]!]!; e < end; e++) scores[entryClass[e]!]! += weight * entryWeight[e]!;
  }
  for (let c = 0; c < scores.length; c++) scores[c] = scores[c]! * model.scale + BIAS;
  return scores;
};

/** What one feature says for one class; the entries of a feature lie in the order of their classes. */
export const weightFor = ({ from, entryClass, entryWeight, scale }: Scorer, id: number, wanted: number): number => {
  let low = from[id]!;
  for (let high = from[id + 1]!; low < high; ) {
    const middle = (low + high) >> 1;
    if (entryClass[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low < from[id + 1]! && entryClass[low] === wanted ? entryWeight[low]! * scale : 0;
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
  let rows = 0;
  for (let id = 0; id < 1 << BITS; id++) {
    const count = model.from[id + 1]! - model.from[id]!;
    if (count === 0) continue;
    varint(id - last - 1);
    varint(count);
    head.push(model.rarity[id]!);
    last = id;
    rows++;
  }
  const tagger = model.tagger ? saveTagger(model.tagger) : Buffer.alloc(0);
  const header = Buffer.from(
    JSON.stringify({
      classes: model.classes,
      titles: model.titles,
      words: model.words.map(([word, times]) => `${word} ${times}`).join(' '),
      scale: model.scale,
      rarest: model.rarest,
      sharpness: model.sharpness,
      nothing: model.nothing,
      rows,
      rowBytes: head.length,
      entries: model.entryClass.length,
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
    Buffer.from(model.entryClass.buffer, model.entryClass.byteOffset, model.entryClass.length),
    Buffer.from(model.entryWeight.buffer, model.entryWeight.byteOffset, model.entryWeight.length),
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
    'classes' | 'titles' | 'scale' | 'rarest' | 'sharpness' | 'nothing'
  > & { words: string; rows: number; rowBytes: number; entries: number; taggerBytes: number };
  at += size;
  const from = new Int32Array((1 << BITS) + 1);
  const stop = at + header.rowBytes;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = buffer[at++]!;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  const rarity = new Uint8Array(1 << BITS).fill(header.rarest);
  let id = -1;
  let entry = 0;
  let filled = 0;
  while (at < stop) {
    id += varint() + 1;
    from.fill(entry, filled, id + 1);
    filled = id + 1;
    entry += varint();
    rarity[id] = buffer[at++]!;
  }
  from.fill(entry, filled);
  const end = stop + 2 * header.entries;
  if (buffer.length !== end + header.taggerBytes) throw new Error('the model is cut short: train it again');
  const { classes, titles, scale, rarest, sharpness, nothing } = header;
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
    scale,
    rarity,
    rarest,
    sharpness,
    nothing,
    from,
    entryClass: new Uint8Array(buffer.subarray(stop, stop + header.entries)),
    entryWeight: new Int8Array(buffer.subarray(stop + header.entries, end)),
  };
};
