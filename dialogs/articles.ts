import type { Choice } from '../core/activity';
import type { Fact, Memory } from '../core/dialog';
import type { Article } from '../core/knowledge';
import type { Entity } from '../core/understanding';
import { type Aspect, aspectIn } from './aspects';
import { FILLERS } from './bare';
import { fold, mentions, phrases, wordsOf } from './words';

export type Part = 'said' | 'more' | 'source';

/** What of which article a choice asks for: `article:debt-cutoff`, `article:debt-cutoff:more`. */
export const articleChosen = (value: string | undefined): { id: string; part: Part } | undefined => {
  const [, id, part = 'said'] = /^article:([a-z0-9-]{1,40})(?::(more|source))?$/.exec(value ?? '') ?? [];
  return id ? { id, part: part as Part } : undefined;
};

export const articleChoice = ({ id, choice }: Article): Choice => ({ title: choice, value: `article:${id}` });
export const moreChoice = ({ id }: Article): Choice => ({ title: 'Chi tiết', value: `article:${id}:more` });

const MORE = phrases(
  'chi tiết, rõ hơn, cụ thể hơn, nói thêm, kỹ hơn, đầy đủ hơn, giải thích thêm, còn gì nữa, thêm thông tin, cụ thể sao, cụ thể là sao',
);
const SOURCE =
  phrases(`nguồn ở đâu, nguồn đâu, nguồn nào, nguồn gì, nguồn từ đâu, quy định nào, luật nào, văn bản nào, nghị định nào, thông tư nào,
  căn cứ đâu, căn cứ vào đâu, lấy ở đâu ra, ai nói vậy, có chắc, chắc không, chắc chưa, đúng không, thiệt không, thật không, link đâu`);
const OF_AFTER = new Set([...MORE, ...SOURCE].flatMap((phrase) => fold(phrase).split(' ')));
/** so many other words may stand around it ("chuyện đó có đúng không") */
const BESIDE = 2;
/** longer messages ask something of their own */
const SHORT = 8;

/** of the article of a procedure, which is asked about step by step; others are `knowledge.article` */
export const PROCEDURE = 'knowledge.procedure';
/** after prices or advice these ask for an estimate */
const AMOUNT = phrases('bao nhiêu, nhiêu, mấy tiền');

/** said beside an article */
const BESIDES = /^(?:hotlines|rules)\//;
/** the office where papers go may be told in between */
const OFFICES = /^(?:hotlines|rules|offices)\//;

/** The article that was said last, if nothing else was since. */
const newestOf = ({ facts }: Memory, beside: RegExp): Fact | undefined => {
  const newest = facts.find(({ record }) => !beside.test(record));
  return newest?.record.startsWith('knowledge/') ? newest : undefined;
};

/** "ở 12 Lê Lợi", "Hòa Xuân" after a procedure: where it is done, or where it is. */
export const placedAfter = (memory: Memory): string | undefined => {
  const newest = newestOf(memory, BESIDES);
  return newest?.what === PROCEDURE ? String(newest.value) : undefined;
};

/** The article whose matter is asked about further, without naming it: "phí bao nhiêu", "mất mấy ngày", "nộp ở đâu". */
export const aspectAsked = (
  text: string,
  memory: Memory,
  entities: Entity[] = [],
): { id: string; aspect: Aspect } | undefined => {
  const newest = newestOf(memory, OFFICES);
  const aspect = newest && aspectIn(text, entities);
  if (!aspect) return undefined;
  const bound =
    newest.what === PROCEDURE || (aspect.name !== 'fee' && aspect.name !== 'where') || !mentions(text, AMOUNT);
  return bound ? { id: String(newest.value), aspect } : undefined;
};

/** What a message asks about the article that was just said: "chi tiết đi", "nguồn ở đâu vậy". */
export const askedAfter = (text: string, memory: Memory): { id: string; part: Part } | undefined => {
  const id = newestOf(memory, BESIDES)?.value;
  const words = wordsOf(text).map(fold);
  if (!id || words.length > SHORT) return undefined;
  if (words.filter((word) => !OF_AFTER.has(word) && !FILLERS.has(word)).length > BESIDE) return undefined;
  if (mentions(text, SOURCE)) return { id: String(id), part: 'source' };
  return mentions(text, MORE) ? { id: String(id), part: 'more' } : undefined;
};
