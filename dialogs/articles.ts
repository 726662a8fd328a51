import type { Choice } from '../core/activity';
import type { Memory } from '../core/dialog';
import type { Article } from '../core/knowledge';
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

/** The article that was said last, if nothing else was since. */
const newestIn = ({ facts }: Memory): string | undefined => {
  const newest = facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));
  return newest?.what === 'knowledge.article' ? String(newest.value) : undefined;
};

const ASPECTS =
  phrases(`phí, lệ phí, chi phí, tốn, mất tiền, mất phí, tốn tiền, bao lâu, mấy ngày, mấy bữa, lâu không, khi nào xong, chừng nào xong, bao giờ xong,
  giấy tờ, hồ sơ, thủ tục, mang theo, nộp ở đâu, làm ở đâu, đăng ký ở đâu, ra đâu làm, đến đâu, làm online, qua mạng, trên mạng`);
const OF_ASPECTS = new Set(ASPECTS.flatMap((phrase) => fold(phrase).split(' ')));
const ASPECT_FILLERS = new Set(
  'bao nhieu nhiu mat ton can gi nhung lam phai duoc het may tien ngay viec dong tra sao k ko hk hong hem'.split(' '),
);

/** The article whose matter is asked about further, without naming it: "phí bao nhiêu", "mất mấy ngày", "cần giấy tờ gì". */
export const aspectAsked = (text: string, memory: Memory): string | undefined => {
  const id = newestIn(memory);
  const words = wordsOf(text);
  if (!id || words.length > SHORT || !mentions(text, ASPECTS)) return undefined;
  const known = (word: string) => OF_ASPECTS.has(word) || ASPECT_FILLERS.has(word) || FILLERS.has(word);
  return words.every((word) => known(fold(word))) ? id : undefined;
};

/** What a message asks about the article that was just said: "chi tiết đi", "nguồn ở đâu vậy". */
export const askedAfter = (text: string, memory: Memory): { id: string; part: Part } | undefined => {
  const id = newestIn(memory);
  const words = wordsOf(text).map(fold);
  if (!id || words.length > SHORT) return undefined;
  if (words.filter((word) => !OF_AFTER.has(word) && !FILLERS.has(word)).length > BESIDE) return undefined;
  if (mentions(text, SOURCE)) return { id, part: 'source' };
  return mentions(text, MORE) ? { id, part: 'more' } : undefined;
};
