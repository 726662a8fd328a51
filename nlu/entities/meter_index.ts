import { numberAt, spelled } from './numbers';
import { type Found, type Grammar, isSign, phraseAt, phrases, type Reading, says } from './reading';

const HEADS = phrases(
  `chỉ số | số trên công tơ | số trên đồng hồ | số công tơ | số đồng hồ | số điện trên công tơ | số điện trên đồng hồ | công tơ | đồng hồ | số mới | số cũ | số chốt | chốt số | chữ số | số điện | ghi giùm số | ghi giúp số | ghi số | ghi cho em số`,
);
const BETWEEN = new Set(
  'moi cu o dung hien tai bay gio nay la dang chi bao ghi cua toi em minh nha dien cong to dong ho hom luc so cuoi ky dau thang ve duoc hien tren den toi bac chi anh chau con tui nhay chay nay hom qua'.split(
    ' ',
  ),
);

/** "từ 9618 lên 10004 chỉ số", "cs 7788": both said before the word, or by its abbreviation. */
const fromTo = (tokens: Reading['tokens'], found: Found[]) => {
  for (let i = 0; i < tokens.length; i++) {
    const put = (at: number) =>
      found.push({ type: 'meter_index', value: Number(tokens[at]!.typed), from: at, to: at + 1, sureness: 0.85 });
    if (tokens[i]!.typed === 'cs' && shown(tokens[i + 1]) && !tokens[i + 2]?.glued) put(i + 1);
    const joined = says(tokens[i + 2], 'lên', 'đến', 'tới', 'qua', 'sang');
    if (!says(tokens[i], 'từ') || !joined || !shown(tokens[i + 1]) || !shown(tokens[i + 3])) continue;
    if (phraseAt(tokens, i + 4, HEADS) === 0 && !says(tokens[i + 4], 'cs')) continue;
    put(i + 1);
    put(i + 3);
    return;
  }
};
const shown = (token: Reading['tokens'][number] | undefined): boolean =>
  token?.kind === 'number' && token.typed.length >= 3 && token.typed.length <= 7;

/** "hai ngàn một trăm lẻ năm", and no money behind it */
const thousandsAt = (tokens: Reading['tokens'], at: number): { value: number; to: number } | undefined => {
  const thousands = spelled(tokens, at);
  if (!thousands || !says(tokens[thousands.to], 'ngàn', 'nghìn')) return undefined;
  const rest = spelled(tokens, thousands.to + 1);
  if (!rest || rest.value < 10 || says(tokens[rest.to], 'đồng', 'bạc')) return undefined;
  return { value: thousands.value * 1000 + rest.value, to: rest.to };
};

/** What the meter shows: "chỉ số 10004", "số trên công tơ là 10 004", "đồng hồ đang báo 9618". Up to 7 digits. */
export const meterIndex: Grammar = ({ tokens, expects }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const head = phraseAt(tokens, i, HEADS);
    if (head === 0) continue;
    let j = i + head;
    const loose = says(tokens[i], 'số') && says(tokens[i + 1], 'điện') && head === 2;
    for (let steps = 0; steps < 7 && (BETWEEN.has(tokens[j]?.bare ?? '') || isSign(tokens[j], ':', '=', '-')); steps++)
      j++;
    const put = (at: number): number => {
      const number = numberAt(tokens, at);
      const inWords = number === undefined || number.words ? thousandsAt(tokens, at) : undefined;
      if (inWords) {
        found.push({ type: 'meter_index', value: inWords.value, from: at, to: inWords.to, sureness: 0.85 });
        return inWords.to;
      }
      if (!number || number.words || tokens[at]!.typed.length > 7 || number.value > 9_999_999) return 0;
      if (tokens[at]!.glued && tokens[at - 1]?.kind === 'word') return 0;
      if (tokens[number.to]?.glued && !isSign(tokens[number.to], '.', ',', '?', '!', '-', '>')) return 0;
      const next =
        says(tokens[number.to], 'số') && says(tokens[number.to + 1], 'mới', 'cũ') ? undefined : tokens[number.to];
      if (says(next, 'kwh', 'số', 'ký', 'triệu', 'nghìn', 'tháng', 'ngày', 'đồng', 'pha')) return 0;
      // "số điện 450" is too little for what a meter shows, and may be kWh
      if (loose && (tokens[at]!.typed.length < 4 || number.grouped)) return 0;
      if (number.value < 10 && number.to < tokens.length) return 0;
      found.push({ type: 'meter_index', value: number.value, from: at, to: number.to, sureness: 0.93 });
      return number.to;
    };
    const to = put(j);
    if (to > 0) {
      i = to - 1;
      // "chỉ số cũ 9618, mới 10004"
      let n = to;
      if (isSign(tokens[n], ',', ';')) n++;
      if (says(tokens[n], 'mới', 'cũ') || (says(tokens[n], 'số') && says(tokens[n + 1], 'mới', 'cũ'))) {
        n += says(tokens[n], 'số') ? 2 : 1;
        while (says(tokens[n], 'là') || isSign(tokens[n], ':')) n++;
        const other = put(n);
        if (other > 0) {
          i = other - 1;
          continue;
        }
      }
      // "9618 đến 10004", "9618 -> 10004"
      let k = to;
      while (isSign(tokens[k], '-', '>', '→', '=') || says(tokens[k], 'đến', 'tới', 'lên', 'sang', 'thành', 'và')) k++;
      if (k > to) i = (put(k) || to) - 1;
    }
  }
  if (found.length === 0) fromTo(tokens, found);
  if (found.length === 0 && expects.has('meter_index')) {
    for (let i = 0; i < tokens.length; i++) {
      if (tokens[i]!.kind !== 'number' || tokens[i]!.typed.length > 7 || tokens[i]!.glued) continue;
      const number = numberAt(tokens, i)!;
      found.push({ type: 'meter_index', value: number.value, from: i, to: number.to, sureness: 0.85 });
      break;
    }
  }
  return found;
};
