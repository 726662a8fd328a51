import type { Month } from '../core/services';
import { monthIndex } from '../core/time';
import { monthText } from './show';
import { fold, mentions, phrases } from './words';

const AGAINST = phrases(`
  so với, so tháng, so vs, so sánh, so lại, so ra, chênh, chênh lệch, lệch nhau, hơn kém, cao hơn, nhiều hơn, lớn hơn, ít hơn, thấp hơn, hơn bao nhiêu,
  hơn mấy, tăng hay giảm, giảm hay tăng, tăng bao nhiêu, giảm bao nhiêu, tăng mấy, giảm mấy, tăng hơn, giảm hơn, kém bao nhiêu, bao nhiêu phần trăm, mấy phần trăm`);
/** "chi so voi tien dien" without diacritics: "số", not "so" */
const NUMBER = /(^|\s)(?:chi|con|may|he|ma|nhieu|nhiu|xai|dung|tong) so(?=\s|$)/giu;
const WHY = /\b(?:sao|tai sao|vi sao|ly do|li do|do dau|nguyen nhan|mac gi)\b/;
const WHY_HERE = ['răng'];
/** "… thì sao" asks of something else, not why */
const WHAT_OF = /\b(?:thi|con|the|vay) (?:sao|rang)\b|\b(?:ra|hay|lam) sao\b/g;
const WHAT_OF_HERE = /\b(?:thi|con|the|vay) rang\b/;
const YEAR_AGO = phrases('cùng kỳ, cùng kì, cùng tháng năm, cùng thời gian');
const BY_USE = phrases(
  `số điện, kwh, ký, sản lượng, xài, dùng, tiêu thụ, chữ điện, chữ, mấy số, bao nhiêu số, số nào, điện năng`,
);
const BY_MONEY = phrases('tiền, đồng, bill, hóa đơn, đóng, trả, tốn, bao tiền');

/** "sao", "tại sao", "răng", but not "thì sao". */
export const asksWhy = (text: string): boolean => {
  const folded = fold(text);
  return WHY.test(folded.replace(WHAT_OF, ' ')) || (mentions(text, WHY_HERE) && !WHAT_OF_HERE.test(folded));
};

/** "so với …", "chênh nhau bao nhiêu", "nhà nào cao hơn": one figure held against another, and not why it differs. */
export const asksComparison = (text: string): boolean => mentions(text.replace(NUMBER, ' '), AGAINST) && !asksWhy(text);

/** "cùng kỳ": the same months of the year before. */
export const asksYearAgo = (text: string): boolean => mentions(text, YEAR_AGO);

/** Which of the two is meant by the words; undefined where they do not say. */
export const measureSaid = (text: string): 'kwh' | 'money' | undefined =>
  mentions(text, BY_USE) ? 'kwh' : mentions(text, BY_MONEY) ? 'money' : undefined;

const WHICH_HOUSE = /\b(?:nha|quan|ben|cho|can|tiem|noi) nao\b/;

/** "nhà nào", "chỗ nào": of the houses of this conversation. */
export const asksWhichHouse = (text: string): boolean => WHICH_HOUSE.test(fold(text));

export interface Side {
  /** one house among several */
  house?: string;
  month: Month;
  value: number;
}

const percent = (share: number): string => `${String(Math.round(share * 1000) / 10).replace('.', ',')}%`;

interface Words {
  more: string;
  less: string;
  show(value: number): string;
}

/** How one figure stands to another, as "cao hơn tháng 10/2026 (431.179 đ) 79.682 đ, tức 18,5%". */
const differenceText = (one: Side, other: Side, { more, less, show }: Words): string => {
  const named = one.house === other.house ? monthText(other.month) : other.house!;
  const change = one.value - other.value;
  if (change === 0) return `bằng ${named}`;
  const share = other.value > 0 ? `, tức ${percent(Math.abs(change) / other.value)}` : '';
  return `${change > 0 ? more : less} ${named} (${show(other.value)}) ${show(Math.abs(change))}${share}`;
};

/** Two figures held against each other, the later month or the greater house first; undefined where there are not two. */
export const comparisonOf = (sides: readonly Side[], words: Words): { first: Side; text: string } | undefined => {
  if (sides.length !== 2) return undefined;
  const [first, other] = [...sides].sort((a, b) =>
    a.house === b.house
      ? monthIndex(b.month.year, b.month.month) - monthIndex(a.month.year, a.month.month)
      : b.value - a.value,
  ) as [Side, Side];
  return { first, text: differenceText(first, other, words) };
};
