import { fold, mentions, phrases } from './words';

/** who is to come and mend it */
const CREW = phrases(`
  ai ra, ai tới, ai đến, ai xuống, ai qua, ai lại, ai sửa, ai xử lý, người ra, người tới, người đến, người xuống, người sửa, thợ ra, thợ tới, thợ đến,
  thợ xuống, thợ sửa, thợ điện ra, cử người, cử thợ, cho thợ, kêu thợ, điều thợ, phái thợ, đội sửa chữa, ra sửa, tới sửa, đến sửa, xuống sửa, qua sửa`);
const REPEATED = /\bbao (?:\d+|hai|ba|bon|nam|may|nhieu) lan\b/;
const REPORTED = phrases('báo rồi, báo hồi, báo từ, đã báo, báo mà, báo hôm');
const WAITED = phrases(`
  vẫn chưa, vẫn không, vẫn ko, vẫn hổng, vẫn mất, vẫn cúp, vẫn tối, vẫn bị, chưa có điện, chưa có lại, không có điện, ko có điện, giờ chưa có, còn chưa có,
  chưa ai, chưa thấy ai, không ai, ko ai, hổng ai, không thấy ai, ko thấy ai, chẳng thấy ai, hổng thấy ai`);
const NO_QUESTIONS = phrases('đừng hỏi, hỏi hoài, hỏi mãi, hỏi miết, hỏi gì nữa, hỏi chi nữa, hỏi nhiều, khỏi hỏi');
const STILL = phrases(
  'còn mất, còn cúp, hết mất chưa, hết cúp chưa, mất nữa không, mất nữa ko, cúp nữa không, cúp nữa ko',
);

/** "có ai ra chưa", "em báo 2 lần rồi", "cử người ra đi": after a report, and before any answer to it. */
export const chases = (text: string): boolean =>
  mentions(text, CREW) || REPEATED.test(fold(text)) || (mentions(text, REPORTED) && !/\d/.test(text));

/** The trouble that was reported is still there. */
export const waitsStill = (text: string): boolean => chases(text) || mentions(text, WAITED);

/** No more is told: what is known so far must do. */
export const wantsNoQuestions = (text: string): boolean => mentions(text, NO_QUESTIONS) || chases(text);

/** "giờ còn mất ko" */
export const asksIfStill = (text: string): boolean => mentions(text, STILL);
