import { join, mix, type Words } from './features';

/** The tags that can follow each other: `O`, `B-x`, and `I-x` only behind `B-x` or `I-x`. */
export interface TagSet {
  tags: string[];
  /** kind of slot of each tag, -1 for `O` */
  kind: Int32Array;
  inside: boolean[];
  /** kinds grouped by what stands before the dot of their names, at most 32 groups */
  group: Int32Array;
  /** ways that are followed at once */
  beam: number;
}

export const tagSetOf = (names: Iterable<string>, beam: number): TagSet => {
  const tags = [...new Set(names)].sort();
  const kinds = [...new Set(tags.filter((tag) => tag !== 'O').map((tag) => tag.slice(2)))];
  const groups = [...new Set(kinds.map((kind) => kind.split('.')[0]!))];
  return {
    tags,
    kind: Int32Array.from(tags, (tag) => (tag === 'O' ? -1 : kinds.indexOf(tag.slice(2)))),
    inside: tags.map((tag) => tag.startsWith('I-')),
    group: Int32Array.from(kinds, (kind) => groups.indexOf(kind.split('.')[0]!) % 32),
    beam,
  };
};

/** Adds what the features say for each tag to `into`. */
export type Weigh = (features: Int32Array, into: Float64Array) => void;

/** One tag of a way through the words. */
export interface Step {
  at: number;
  tag: number;
  score: number;
  before: Step | undefined;
  /** kinds of the two slots that began last, -1 for none */
  last: number;
  lastButOne: number;
  /** groups of slots so far, one bit each */
  seen: number;
  /** words since the last slot */
  since: number;
  /** the features that depend on the tags before; kept for training alone */
  history: Int32Array;
}

const SINCE = 4;

const HISTORY = 12;

const history = (words: Words, at: number, step: Step | undefined, into: Int32Array): Int32Array => {
  const { bare, count } = words;
  const tag = step ? step.tag + 11 : 1;
  const before = step?.before ? step.before.tag + 11 : 2;
  const last = step ? step.last + 3001 : 3000;
  const word = bare[at]!;
  let since = 77;
  for (let k = step?.since ?? 0; k > 0; k--) since = join(since, bare[at - k]!);
  const put = (kind: number, a: number, b: number) => {
    into[kind - 1] = mix(join(join(kind * 7919, a), b));
  };
  put(1, tag, 0);
  put(2, tag, before);
  put(3, tag, word);
  put(4, tag, at > 0 ? bare[at - 1]! : 5);
  put(5, tag, at + 1 < count ? bare[at + 1]! : 6);
  put(6, last, 0);
  put(7, last, word);
  put(8, last, at > 0 ? bare[at - 1]! : 5);
  put(9, last, (step?.lastButOne ?? -1) + 3001);
  put(10, step?.seen ?? 0, 0);
  put(11, since, last);
  put(12, since, word);
  return into;
};

const stepOf = (
  set: TagSet,
  at: number,
  tag: number,
  score: number,
  before: Step | undefined,
  own: Int32Array,
): Step => {
  const kind = set.kind[tag]!;
  const begins = kind >= 0 && !set.inside[tag];
  return {
    at,
    tag,
    score,
    before,
    last: begins ? kind : (before?.last ?? -1),
    lastButOne: begins ? (before?.last ?? -1) : (before?.lastButOne ?? -1),
    seen: begins ? (before?.seen ?? 0) | (1 << set.group[kind]!) : (before?.seen ?? 0),
    since: kind >= 0 ? 0 : Math.min((before?.since ?? 0) + 1, SINCE),
    history: own,
  };
};

interface Candidate {
  before: Step | undefined;
  tag: number;
  score: number;
  history: Int32Array;
}

/**
 * Beam search for the best tags. With `gold`, also the place where the best way found is furthest ahead of the right one
 * (Huang et al., 2012): training mends that.
 */
export const search = (
  set: TagSet,
  words: Words,
  weigh: Weigh,
  gold?: readonly number[],
): { best: Step; right?: Step; wrong?: Step } => {
  const { beam: width } = set;
  const size = set.tags.length;
  const fixed = new Float64Array(size);
  const scores = new Float64Array(size);
  const once = gold ? undefined : new Int32Array(HISTORY);
  const historyOf = (at: number, step: Step | undefined) => history(words, at, step, once ?? new Int32Array(HISTORY));
  let beam: (Step | undefined)[] = [undefined];
  let right: Step | undefined;
  let furthest = Number.NEGATIVE_INFINITY;
  let mend: { right: Step; wrong: Step } | undefined;
  for (let at = 0; at < words.count; at++) {
    for (let tag = 0; tag < size; tag++) fixed[tag] = 0;
    weigh(words.features[at]!, fixed);
    const kept: Candidate[] = [];
    for (const before of beam) {
      const own = historyOf(at, before);
      for (let tag = 0; tag < size; tag++) scores[tag] = fixed[tag]!;
      weigh(own, scores);
      const inKind = before ? set.kind[before.tag]! : -1;
      for (let tag = 0; tag < size; tag++) {
        if (set.inside[tag] && set.kind[tag] !== inKind) continue;
        const score = (before?.score ?? 0) + scores[tag]!;
        if (kept.length === width && score <= kept[width - 1]!.score) continue;
        let k = kept.length < width ? kept.length : width - 1;
        for (; k > 0 && kept[k - 1]!.score < score; k--) kept[k] = kept[k - 1]!;
        kept[k] = { before, tag, score, history: own };
      }
    }
    beam = kept.map((c) => stepOf(set, at, c.tag, c.score, c.before, c.history));
    if (gold) {
      const own = historyOf(at, right);
      scores.set(fixed);
      weigh(own, scores);
      right = stepOf(set, at, gold[at]!, (right?.score ?? 0) + scores[gold[at]!]!, right, own);
      const ahead = beam[0]!.score - right.score;
      if (ahead >= furthest) {
        furthest = ahead;
        mend = { right, wrong: beam[0]! };
      }
    }
  }
  return { best: beam[0]!, ...mend };
};
