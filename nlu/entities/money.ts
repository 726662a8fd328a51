import { numberAt } from './numbers';
import { type Found, type Grammar, lexicon, lookAt, plain, type Reading, says } from './reading';

const UNITS = lexicon([
  [1e9, 'tỷ|tỉ'],
  [1e6, 'triệu|trịu|củ|chai'],
  [1e5, 'lít|lốp|xị'],
  [1e3, 'nghìn|ngàn|cành|ka'],
]);
/** read as typed, for the front end takes a lone "k" for "không" and "ng" for "người" */
const TYPED = new Map(Object.entries({ ty: 1e9, tr: 1e6, m: 1e6, k: 1e3, ng: 1e3, n: 1e3 }));
const DONG = new Set(['đ', 'đồng', 'vnd', 'vnđ', 'vđn']);

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
    ((token.word === token.bare && token.bare !== 'xi') || says(tokens[at + 1], 'xăng', 'nước', 'dầu', 'bia', 'rượu'))
  )
    return undefined;
  if (token.word === 'cu') return undefined;
  return unit?.value;
};
const isDong = (tokens: Reading['tokens'], at: number): boolean => {
  const token = tokens[at];
  if (!token) return false;
  if (token.typed === 'd') return token.glued && tokens[at - 1]?.kind === 'number';
  if (says(token, 'đồng') && says(tokens[at + 1], 'hồ')) return false;
  return DONG.has(token.typed) || says(token, 'đồng');
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
