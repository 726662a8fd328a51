import { digitAt, numberAt } from './numbers';
import {
  type Found,
  type Grammar,
  isSign,
  lexicon,
  lookAt,
  phraseAt,
  phrases,
  plain,
  type Reading,
  says,
} from './reading';

const UNITS = lexicon([
  [1e9, 'tỷ|tỉ'],
  [1e6, 'triệu|trịu|củ|chai'],
  [1e5, 'lít|lốp|xị'],
  [1e3, 'nghìn|ngàn|cành|ka'],
]);
/** read as typed, for the front end takes a lone "k" for "không" and "ng" for "người" */
const TYPED = new Map(Object.entries({ ty: 1e9, tr: 1e6, m: 1e6, k: 1e3, ng: 1e3, n: 1e3 }));
const DONG = new Set(['đ', 'đồng', 'vnd', 'vnđ', 'vđn']);

/** "300 lít" is what a refrigerator holds */
const MOST_HUNDREDS = 20;

const unitAt = (tokens: Reading['tokens'], at: number): number | undefined => {
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  const typed = TYPED.get(token.typed);
  if (typed !== undefined && tokens[at - 1]?.kind === 'number' && (token.glued || typed !== 1e3 || token.typed === 'k'))
    return typed;
  if (token.typed === 'tr') return 1e6;
  const unit = lookAt(tokens, at, UNITS);
  // "5 lít xăng", "hai chai nước" are no money
  if (
    unit &&
    (unit.value === 1e5 || token.bare === 'chai' || token.bare === 'canh') &&
    (plain(tokens[at - 1], 5)! > MOST_HUNDREDS ||
      (token.word === token.bare && token.bare !== 'xi') ||
      says(tokens[at + 1], 'xăng', 'nước', 'dầu', 'bia', 'rượu'))
  )
    return undefined;
  // "cu" is "cũ" as well
  if (token.word === 'cu') return plain(tokens[at - 1], 2) === undefined ? undefined : 1e6;
  return unit?.value;
};
/** "1 triệu 3", "1 củ 2": a lone digit behind millions is tenths of them, when nothing is counted by it */
const COUNTED_NEXT = phrases(
  'tháng|số|kwh|kw|hộ|ngày|giờ|người|kỳ|nhà|lần|mã|phòng|năm|tuần|cái|căn|đợt|công tơ|đồng hồ|tầng|ký|chữ|bóng|máy|tiếng|khách hàng|bên',
);
/** one unit of electricity, as in a price: "3500 một số" */
const ONE_UNIT = phrases(
  'một số|1 số|một ký|1 ký|một kwh|1 kwh|một chữ|1 chữ|một kw|1 kw|kwh|một ký điện|1 ký điện|một số điện|1 số điện',
);

const isDong = (tokens: Reading['tokens'], at: number): boolean => {
  const token = tokens[at];
  if (!token) return false;
  if (token.typed === 'd') return token.glued && tokens[at - 1]?.kind === 'number';
  if (says(token, 'đồng') && says(tokens[at + 1], 'hồ')) return false;
  return DONG.has(token.typed) || says(token, 'đồng');
};

/** "triệu rưỡi", "bảy trăm rưỡi", "đóng chín trăm hai": money without its unit. */
const halfAt = (tokens: Reading['tokens'], at: number): { value: number; to: number } | undefined => {
  if (says(tokens[at], 'triệu') && says(tokens[at + 1], 'rưỡi', 'rưởi') && tokens[at - 1]?.kind !== 'number')
    return { value: 1_500_000, to: at + 2 };
  const hundreds = digitAt(tokens, at);
  if (
    hundreds &&
    says(tokens[at + 1], 'trăm') &&
    says(tokens[at + 2], 'rưỡi', 'rưởi') &&
    phraseAt(tokens, at + 3, COUNTED_NEXT) === 0
  )
    return { value: hundreds * 100_000 + 50_000, to: at + 3 };
  // "đóng bốn trăm ba", "6 trăm rưỡi"
  const count = digitAt(tokens, at) ?? plain(tokens[at], 1);
  if (count && says(tokens[at + 1], 'trăm')) {
    const half = says(tokens[at + 2], 'rưỡi', 'rưởi');
    const tens = half ? 5 : digitAt(tokens, at + 2);
    const paid =
      half || [1, 2, 3].some((back) => says(tokens[at - back], 'đóng', 'trả', 'nộp', 'hết', 'nợ', 'chuyển', 'tốn'));
    const ends = !says(tokens[at + 3], 'mươi', 'chục', 'lăm', 'mốt') && phraseAt(tokens, at + 3, COUNTED_NEXT) === 0;
    if (tens && paid && ends && unitAt(tokens, at + 3) === undefined)
      return { value: count * 100_000 + tens * 10_000, to: at + 3 };
  }
  return undefined;
};

/** Amounts in đồng: "1tr2", "742k", "2 củ", "hai triệu rưỡi", "500.550đ", "687 nghìn". */
export const money: Grammar = ({ tokens, expects }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.glued && tokens[i - 1]?.kind !== 'sign') continue;
    const half = halfAt(tokens, i);
    if (half) {
      found.push({ type: 'money', value: half.value, from: i, to: half.to, sureness: 0.9 });
      i = half.to - 1;
      continue;
    }
    const first = numberAt(tokens, i);
    if (!first) continue;
    let value = first.value;
    let to = first.to;
    let sureness = 0;
    let unit = unitAt(tokens, to);
    if (
      unit === undefined &&
      !first.words &&
      says(tokens[to], 'chục') &&
      !says(tokens[to + 1], 'số', 'kwh', 'ký', 'hộ')
    ) {
      // "5 chục", "8 chục ngàn"
      const scale = unitAt(tokens, to + 1);
      value *= 10 * (scale ?? 1000);
      to += scale === undefined ? 1 : 2;
      sureness = scale === undefined ? 0.75 : 0.97;
    } else if (unit === undefined && !first.words && says(tokens[to], 'trăm')) {
      // "5 trăm", "5 trăm nghìn"
      const scale = unitAt(tokens, to + 1);
      value *= 100 * (scale ?? 1000);
      to += scale === undefined ? 1 : 2;
      sureness = scale === undefined ? 0.75 : 0.97;
    } else if (unit !== undefined && !(first.words && unit === 1e3 && tokens[to]!.typed.length < 3)) {
      value *= unit;
      to++;
      sureness = 0.97;
      // "1tr2", "1 triệu 250", "hai triệu ba trăm nghìn", "1tr250k"
      for (let guard = 0; guard < 3; guard++) {
        if (says(tokens[to], 'rưỡi', 'rưởi')) {
          value += unit / 2;
          to++;
          break;
        }
        const more = numberAt(tokens, to);
        if (!more || more.value === 0) break;
        const smaller = unitAt(tokens, more.to);
        if (smaller !== undefined && smaller < unit) {
          value += more.value * smaller;
          to = more.to + 1;
          unit = smaller;
          continue;
        }
        const digits = plain(tokens[to], 3);
        if (
          digits !== undefined &&
          (unit >= 1e6 || (unit === 1e3 && tokens[to]!.glued && digits < 10)) &&
          phraseAt(tokens, more.to, COUNTED_NEXT) === 0 &&
          !(isSign(tokens[more.to], '/') && tokens[more.to]!.glued) &&
          (tokens[to]!.glued || tokens[to]!.typed.length === 3 || digits < 10)
        ) {
          value += (digits * unit) / 10 ** tokens[to]!.typed.length;
          to = more.to;
        } else if (
          more.words &&
          more.value < 10 &&
          unit >= 1e6 &&
          more.to - to === 1 &&
          says(tokens[to], 'mốt', 'hai', 'ba', 'bốn', 'tư', 'lăm', 'sáu', 'bảy', 'tám', 'chín') &&
          phraseAt(tokens, more.to, COUNTED_NEXT) === 0
        ) {
          value += (more.value * unit) / 10;
          to = more.to;
        }
        break;
      }
    }
    if (isDong(tokens, to)) {
      if (sureness === 0 && first.words && first.value < 100) continue;
      to++;
      sureness = Math.max(sureness, 0.98);
    }
    if (sureness === 0 && !first.words && value >= 1000 && value < 20_000 && phraseAt(tokens, to, ONE_UNIT) >= 2)
      sureness = 0.85;
    if (sureness === 0 && first.grouped && value >= 10_000 && !says(tokens[to], 'kwh', 'số')) sureness = 0.7;
    if (sureness === 0 && expects.has('money') && !first.words && value >= 1000) sureness = 0.85;
    if (sureness === 0 || value < 100 || !Number.isFinite(value) || value > 1e13) continue;
    found.push({ type: 'money', value: Math.round(value), from: i, to, sureness });
    i = to - 1;
  }
  return found;
};
