import { fold, mentions, phrases, wordsOf } from './words';

const NODS = new Set('ok oke okay okie da vang u uh um uhm roi duoc dung phai biet hieu nghe nhe nha a em anh chi cam on thanks con co chau'.split(' ')); // biome-ignore format: a list

/** "ok rồi", "dạ em biết rồi", "cảm ơn": heard and agreed to, and nothing else; never a place or a name. */
export const isNod = (text: string): boolean => {
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => NODS.has(fold(word)));
};

const NO_PLACE = phrases(`
  không biết, ko biết, hổng biết, không nhớ, ko nhớ, không rõ, ko rõ, chưa biết, để xem, để coi, từ từ, chờ chút, chờ xíu, chờ tí,
  đợi chút, đợi xíu, đợi tí, lát nữa, chút nữa, tí nữa, gì vậy, gì dạ, sao vậy, sao kỳ, là sao, làm gì, hay quá, trời ơi, ở đâu cũng, đâu cũng được, chỗ nào cũng`);
/** these tell of something; with their marks, for without them they are parts of names */
const TELLING =
  /(?<!\p{L})(?:(?:quá|lắm|hoài|báo|chưa|nguy hiểm|tối thui|tối om|sợ|lẹ)(?!\p{L})|(?:đi|thôi)[\s.!]*$)/iu;
const CRIES = new Set(['hic', 'trời', 'troi', 'ủa', 'ua', 'hả', 'haiz', 'haizz', 'chán', 'khổ']);

/** "không biết", "để xem đã", "hic": an answer that names no place. */
export const namesNoPlace = (text: string): boolean =>
  isNod(text) ||
  (!/\d/.test(text) && (mentions(text, NO_PLACE) || TELLING.test(text))) ||
  wordsOf(text).every((word) => CRIES.has(word) || word === 'ơi');
