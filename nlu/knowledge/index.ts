import type { Article, AskedWhere, Found, Knowledge } from '../../core/knowledge';
import type { Understanding } from '../../core/understanding';
import { type Terms, termsOf } from './terms';

/** BM25: how soon more of the same word stops counting, and how much long articles are held back */
const K = 1.2;
const B = 0.5;
/** what a word counts by where it stands */
const FIELDS = { asks: 1, text: 0.6, details: 0.3 };
/** what pairs of neighbours and regional meanings count, next to words */
const PAIR = 0.8;
const MEANING = 0.5;
/** of a word that an article has only with other diacritics ("khoản" for "khoan") */
const OTHER_MARKS = 0.3;
/** what likeness to a known question, and the parser's ranking of wants, add to the words' own rank of at most 1 */
const LIKE = 1;
const WANT = 1.5;
/** Other trades that speak in our words, and subjects of ours that no article may be stretched to: we do not know. */
const FOREIGN = new Set(
  'boi_thuong den_bu tien_nuoc gia_nuoc nuoc_sach cap_nuoc dong_ho_nuoc nuoc_may xe_dien xe_oto xe_hoi oto_dien dien_may mang_internet tuyen_dung xin_viec dai_hoc co_phieu bao_hiem gia_vang tien_nha cap_quang'.split(
    ' ',
  ),
);
/** below it nothing may be said */
const SURE = 0.5;
const MOST = 5;

interface Term {
  rarity: number;
  /** articles, and the saturated weight of the term in each */
  in: { at: number; weight: number }[];
}
type Index = Map<string, Term>;

/** Title and asks of an article, one by one: a question like one of them is likely answered by it. */
interface Known {
  at: number;
  keys: string[];
  size: number;
}

const indexOf = (documents: Map<string, number>[], lengths: number[]): Index => {
  const mean = lengths.reduce((sum, one) => sum + one, 0) / Math.max(1, lengths.length);
  const index: Index = new Map();
  documents.forEach((counts, at) => {
    for (const [key, count] of counts) {
      const weight = (count * (K + 1)) / (count + K * (1 - B + (B * lengths[at]!) / mean));
      const term = index.get(key);
      if (term) term.in.push({ at, weight });
      else index.set(key, { rarity: 0, in: [{ at, weight }] });
    }
  });
  for (const term of index.values()) term.rarity = rarityOf(documents.length, term.in.length);
  return index;
};

const rarityOf = (documents: number, times: number): number => Math.log(1 + (documents - times + 0.5) / (times + 0.5));

const holds = ({ territory, from, to }: Article, { on, prefixes }: AskedWhere): boolean =>
  (territory === 'all' || territory.some((one) => prefixes.includes(one))) &&
  (from === undefined || from <= on) &&
  (to === undefined || on <= to);

/**
 * BM25 over syllables as typed and without diacritics, their pairs and regional meanings. How sure an answer is comes from the
 * share of the question's telling words that the article knows, from its likeness to a known question, and from the want that the parser saw.
 */
const finderOf = (articles: readonly Article[]): Knowledge['find'] => {
  const kinds = ['bare', 'marked', 'pairs', 'meanings'] as const;
  const counts = kinds.map(() => articles.map(() => new Map<string, number>()));
  const asks: { at: number; terms: Terms }[] = [];
  const lengths = articles.map(({ title, choice, asks: known, brief, more, details }, at) => {
    let length = 0;
    const add = (text: string, weight: number) => {
      const terms = termsOf(text);
      length += terms.bare.length * weight;
      kinds.forEach((kind, k) => {
        const map = counts[k]![at]!;
        for (const key of terms[kind]) if (key !== undefined) map.set(key, (map.get(key) ?? 0) + weight);
      });
      return terms;
    };
    for (const text of [title, ...known]) asks.push({ at, terms: add(text, FIELDS.asks) });
    add(choice, FIELDS.asks);
    add(`${brief} ${more}`, FIELDS.text);
    add(details, FIELDS.details);
    return length;
  });
  const [words, marked, pairs, meanings] = counts.map((one) => indexOf(one, lengths)) as [Index, Index, Index, Index];
  const unseen = rarityOf(articles.length, 0);
  const weightOf = (index: Index, key: string, factor: number) => ((index.get(key)?.rarity ?? unseen) * factor) ** 2;
  const keysOf = (terms: Terms) => [...new Set([...terms.bare, ...terms.pairs])];
  const ofKey = (key: string) => (key.includes('_') ? weightOf(pairs, key, PAIR) : weightOf(words, key, 1));
  const known: Known[] = asks.map(({ at, terms }) => {
    const keys = keysOf(terms);
    return { at, keys, size: Math.sqrt(keys.reduce((sum, key) => sum + ofKey(key), 0)) };
  });
  const askedWith = new Map<string, number[]>();
  known.forEach(({ keys }, n) => {
    for (const key of keys) {
      const list = askedWith.get(key);
      if (list) list.push(n);
      else askedWith.set(key, [n]);
    }
  });

  return (question, where) => {
    const terms = termsOf(question);
    if (!terms.bare.length || terms.pairs.some((pair) => FOREIGN.has(pair))) return [];
    const scores = new Float64Array(articles.length);
    /** telling words of the question that the article knows, by their rarity */
    const covered = new Float64Array(articles.length);
    let telling = 0;
    terms.bare.forEach((bare, n) => {
      const term = words.get(bare);
      telling += term?.rarity ?? unseen;
      const typed = terms.marked[n];
      const exact = typed === undefined ? undefined : marked.get(typed)?.in;
      for (const { at, weight } of term?.in ?? []) {
        const fits = typed === undefined || exact?.some((one) => one.at === at) ? 1 : OTHER_MARKS;
        scores[at]! += term!.rarity * weight * fits;
        covered[at]! += term!.rarity * fits;
      }
    });
    const addAll = (index: Index, keys: string[], factor: number) => {
      for (const key of keys) {
        const term = index.get(key);
        for (const { at, weight } of term?.in ?? []) scores[at]! += term!.rarity * weight * factor;
      }
    };
    addAll(pairs, terms.pairs, PAIR);
    addAll(meanings, terms.meanings, MEANING);

    const keys = keysOf(terms);
    const size = Math.sqrt(keys.reduce((sum, key) => sum + ofKey(key), 0));
    const shared = new Float64Array(known.length);
    for (const key of keys) for (const n of askedWith.get(key) ?? []) shared[n]! += ofKey(key);
    const like = new Float64Array(articles.length);
    known.forEach(({ at, size: own }, n) => {
      if (shared[n]! > 0) like[at] = Math.max(like[at]!, shared[n]! / (own * size));
    });

    const best = scores.reduce((most, one) => Math.max(most, one), 1e-9);
    const outside = sureOf(where.intents, ['out_of_scope']);
    const ranked = articles
      .flatMap((article, at): (Found & { rank: number })[] => {
        if (scores[at] === 0 || !holds(article, where)) return [];
        const want = sureOf(where.intents, article.intents);
        const rank = scores[at]! / best + LIKE * like[at]! + WANT * want;
        const share = covered[at]! / telling;
        return [{ article, rank, sureness: surenessOf(share, like[at]!, want, outside) }];
      })
      .sort((a, b) => b.rank - a.rank)
      .slice(0, MOST);
    // what ranks lower is no answer in the place of a first that is unsure
    if ((ranked[0]?.sureness ?? 0) < SURE) return [];
    return ranked.filter(({ sureness }) => sureness >= SURE).map(({ article, sureness }) => ({ article, sureness }));
  };
};

/** Indexed when it is first asked: most starts of a command end before that. */
export const createKnowledge = (articles: readonly Article[]): Knowledge => {
  let find: Knowledge['find'] | undefined;
  return {
    find(question, where) {
      find ??= finderOf(articles);
      return find(question, where);
    },
    article: (id, where) => articles.find((one) => one.id === id && holds(one, where)),
  };
};

const sureOf = (intents: Understanding['intents'] = [], wanted: readonly string[]): number =>
  intents.reduce((sum, { name, sureness }) => sum + (wanted.includes(name) ? sureness : 0), 0);

/**
 * From the share of the telling words that the article knows, its likeness to a known question, what the parser saw (worth little
 * where the words are others) and how foreign it found the message. Fitted by hand on the phrases of test/nlu/phrases.
 */
const surenessOf = (share: number, like: number, want: number, outside: number): number =>
  Math.max(0, Math.min(1, 0.13 + 0.55 * share + 0.5 * like + 0.7 * want * Math.min(1, 2 * share) - 0.5 * outside));
