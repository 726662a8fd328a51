import type { Month } from '../core/services';
import { newestMeant } from './months';
import { monthText } from './show';
import type { When } from './when';
import { mentions, phrases } from './words';

const MOST = phrases('nhiều nhất, cao nhất, lớn nhất, tốn nhất, nặng nhất');
const LEAST = phrases('ít nhất, thấp nhất, nhỏ nhất, rẻ nhất');
const MEAN = phrases(
  `trung bình mỗi tháng, trung bình một tháng, trung bình 1 tháng, trung bình tháng, bình quân mỗi tháng, bình quân một tháng, bình quân 1 tháng,
  bình quân tháng, mỗi tháng trung bình, tháng trung bình, mỗi tháng bình quân, tháng bình quân`,
);
/** where no span is said */
const SPAN = 12;

export const asksOutstanding = (text: string): boolean => [MOST, LEAST, MEAN].some((words) => mentions(text, words));

/** "tháng nào nhiều nhất" is about the last twelve months, unless others are said. */
export const spanFor = (text: string, when: When): When =>
  (newestMeant(when) || when.carried) && asksOutstanding(text) ? { months: [], latest: SPAN } : when;

/** The sentences that answer "tháng nào nhiều nhất", "trung bình mỗi tháng", of one customer's months; '' where neither is asked. */
export const outstanding = (
  text: string,
  months: (Month & { value: number })[],
  { most, least, show }: { most: string; least: string; show(value: number): string },
): string => {
  if (months.length < 2) return '';
  const ordered = [...months].sort((a, b) => b.value - a.value);
  const told = (name: string, one: Month & { value: number }) => `${name} là ${monthText(one)}: ${show(one.value)}.`;
  const mean = Math.round(months.reduce((sum, { value }) => sum + value, 0) / months.length);
  return [
    mentions(text, MOST) && told(most, ordered[0]!),
    mentions(text, LEAST) && told(least, ordered.at(-1)!),
    mentions(text, MEAN) && `Trung bình mỗi tháng ${show(mean)}.`,
  ]
    .filter(Boolean)
    .join(' ');
};
