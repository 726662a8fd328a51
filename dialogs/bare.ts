import type { Understanding } from '../core/understanding';
import { fold } from './words';

/** Words that carry no want of their own around a value: "dạ mã đây em", "còn … thì sao", "nhà với quán". */
export const FILLERS = new Set(
  'a u um da vang oi em anh chi ong ba co chu bac di con chau minh toi tui ta nha nhe nhen nghe ne day do kia nay ni ay la cua cho va voi con thi sao the vay roi ma kh khach hang nua lon cung nham khong y i khac cai thay xem lai cong tong het tat ca hai bao nhieu nhiu thang ky nam hoi o tai thoi khoan vs nao vua qua'.split(
    ' ',
  ),
);

/** Whether a text, or a part of it, holds nothing but values (codes, months, houses) and words around them. */
export const isBare = (
  text: string,
  { entities, cues }: Pick<Understanding, 'entities' | 'cues'>,
  from = 0,
  to = text.length,
): boolean => {
  let rest = text;
  for (const { start, end } of [...entities, ...cues.houses])
    rest = rest.slice(0, start) + ' '.repeat(end - start) + rest.slice(end);
  return (fold(rest.slice(from, to)).match(/[\p{L}\p{N}]+/gu) ?? []).every(
    (word) => FILLERS.has(word) || /^\d$/.test(word),
  );
};

/** A text without its values of some types. */
export const withoutValues = (
  text: string,
  { entities }: Pick<Understanding, 'entities'>,
  types: ReadonlySet<string>,
): string =>
  entities.reduce(
    (left, { type, start, end }) =>
      types.has(type) ? left.slice(0, start) + ' '.repeat(end - start) + left.slice(end) : left,
    text,
  );

export const onlyWords = (text: string, allowed: (word: string) => boolean): boolean =>
  (fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).every(allowed);
