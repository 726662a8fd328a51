import { numberAt } from './numbers';
import { type Found, type Grammar, plain, type Reading, says } from './reading';

const UNITS: [number, string[]][] = [
  [1e9, ['tỷ', 'tỉ', 'ty']],
  [1e6, ['triệu', 'tr', 'củ', 'chai', 'trịu']],
  [1e5, ['lít', 'lốp', 'xị']],
  [1e3, ['k', 'nghìn', 'ngàn', 'ng', 'ka', 'cành']],
];
const DONG = ['đ', 'đồng', 'vnd', 'vnđ'];

const unitAt = (tokens: Reading['tokens'], at: number): number | undefined => {
  const token = tokens[at];
  if (!token || token.kind !== 'word') return undefined;
  for (const [value, words] of UNITS) {
    // typed, for a lone "k" is read as "không" and "ng" as "người"
    if (
      words.includes(token.typed) &&
      (token.typed.length > 2 ||
        token.glued ||
        token.typed === 'tr' ||
        token.typed === 'củ' ||
        token.typed === 'tỷ' ||
        token.typed === 'tỉ' ||
        (token.typed === 'k' && tokens[at - 1]?.kind === 'number'))
    )
      return value;
    if (says(token, ...words.filter((w) => w.length > 3 || (w === 'củ' && false)))) return value;
  }
  return undefined;
};
const isDong = (tokens: Reading['tokens'], at: number): boolean => {
  const token = tokens[at];
  if (!token) return false;
  if (token.typed === 'd') return token.glued && tokens[at - 1]?.kind === 'number';
  if (says(token, 'đồng') && says(tokens[at + 1], 'hồ')) return false;
  return DONG.includes(token.typed) || says(token, 'đồng', 'vnđ');
};

/** Amounts in đồng: "1tr2", "742k", "2 củ", "hai triệu rưỡi", "500.550đ", "687 nghìn". */
export const money: Grammar = ({ tokens, expects }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.glued && tokens[i - 1]?.kind !== 'sign') continue;
    const first = numberAt(tokens, i);
    if (!first) continue;
    let value = first.value;
    let to = first.to;
    let sureness = 0;
    let unit = unitAt(tokens, to);
    if (unit === undefined && !first.words && says(tokens[to], 'trăm')) {
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
          unit >= 1e6 &&
          !says(tokens[more.to], 'tháng', 'số', 'kwh', 'hộ', 'ngày', 'giờ', 'người', 'kỳ') &&
          (tokens[to]!.glued || tokens[to]!.typed.length === 3)
        ) {
          value += (digits * unit) / 10 ** tokens[to]!.typed.length;
          to = more.to;
        } else if (
          more.words &&
          more.value < 10 &&
          unit >= 1e6 &&
          more.to - to === 1 &&
          says(tokens[to], 'mốt', 'hai', 'ba', 'bốn', 'tư', 'lăm', 'sáu', 'bảy', 'tám', 'chín') &&
          !says(tokens[more.to], 'tháng', 'số', 'hộ', 'người', 'ngày', 'nhà')
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
    if (sureness === 0 && first.grouped && value >= 10_000 && !says(tokens[to], 'kwh', 'số')) sureness = 0.7;
    if (sureness === 0 && expects.has('money') && !first.words && value >= 1000) sureness = 0.85;
    if (sureness === 0 || value <= 0 || !Number.isFinite(value) || value > 1e13) continue;
    found.push({ type: 'money', value: Math.round(value), from: i, to, sureness });
    i = to - 1;
  }
  return found;
};
