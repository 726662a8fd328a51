import { fold, wordsOf } from './words';

const NODS = new Set('ok oke okay okie da vang u uh um uhm roi duoc dung phai biet hieu nghe nhe nha a em anh chi cam on thanks con co chau'.split(' ')); // biome-ignore format: a list

/** "ok rồi", "dạ em biết rồi", "cảm ơn": heard and agreed to, and nothing else; never a place or a name. */
export const isNod = (text: string): boolean => {
  const words = wordsOf(text);
  return words.length > 0 && words.every((word) => NODS.has(fold(word)));
};
