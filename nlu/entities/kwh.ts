import { numberAt } from './numbers';
import { type Found, type Grammar, isSign, phraseAt, phrases, type Reading, says } from './reading';

const UNITS = phrases(
  `kwh | kw giờ | kw h | ki lô oát giờ | ki lô oát | ký điện | kí điện | số điện | chữ điện | kw điện`,
);
const LOOSE = phrases(`số | ký | kí | chữ | kw`);
/** "công suất 15 kw", "điện mặt trời 10 kw" is power */
const POWER = phrases('công suất|mặt trời|áp mái|hệ thống|lắp|máy|trạm|tải|tầm công suất|hòa lưới');
const ONE = phrases('một|1');

const powered = (tokens: Reading['tokens'], at: number): boolean =>
  [1, 2, 3, 4].some((back) => phraseAt(tokens, at - back, POWER) > 0);

/** "450 kwh", "450 số", "450 ký điện", "hai trăm số". */
export const kwh: Grammar = ({ tokens, expects }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.glued && tokens[i - 1]?.kind !== 'sign') continue;
    if (tokens[i]!.glued && isSign(tokens[i - 1], '.', ',', '/', '-') && tokens[i - 2]?.kind === 'number') continue;
    const number = numberAt(tokens, i);
    if (!number) continue;
    // "3k5 một ký", "3500 một số" is a price
    if (
      number.value === 1 &&
      phraseAt(tokens, i, ONE) > 0 &&
      (tokens[i - 1]?.kind === 'number' ||
        tokens[i - 2]?.kind === 'number' ||
        says(tokens[i - 1], 'rưỡi', 'ngàn', 'nghìn', 'đồng'))
    )
      continue;
    const sure = phraseAt(tokens, number.to, UNITS);
    const loose = sure > 0 ? 0 : phraseAt(tokens, number.to, LOOSE);
    const after = tokens[number.to + loose];
    if (sure > 0 && !(number.words && number.value < 2 && tokens[i]!.bare !== 'mot')) {
      found.push({ type: 'kwh', value: number.value, from: i, to: number.to + sure, sureness: 0.98 });
      i = number.to + sure - 1;
    } else if (
      loose > 0 &&
      !(number.words && number.value < 10) &&
      !(says(tokens[number.to], 'kw') && powered(tokens, i)) &&
      !(after?.word === 'lạ') &&
      !says(after, 'với', 'mới', 'cũ', 'trên', 'điện thoại', 'nhà', 'tài', 'hiệu', 'máy', 'một', 'phận') &&
      !(says(after, 'điện') && says(tokens[number.to + loose + 1], 'thoại')) &&
      after?.kind !== 'number'
    ) {
      found.push({
        type: 'kwh',
        value: number.value,
        from: i,
        to: number.to + loose,
        sureness: number.words ? 0.8 : 0.92,
      });
      i = number.to + loose - 1;
    } else if (expects.has('kwh') && !number.words && tokens.length <= 4) {
      found.push({ type: 'kwh', value: number.value, from: i, to: number.to, sureness: 0.85 });
      i = number.to - 1;
    }
  }
  return found;
};
