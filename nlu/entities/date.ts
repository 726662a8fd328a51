import { addDays, day, daysInMonth, monthIndex, monthOf } from '../../core/time';
import { lunarDay } from './lunar_date';
import { spelled } from './numbers';
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
import { yearAt, yearNumber } from './year';

type Today = Reading['today'];
export const todayIs = ({ year, month, day: d }: Today): string => day(year, month, d);

const RELATIVE = lexicon([
  [
    0,
    'hôm nay|bữa nay|bữa ni|hôm ni|ngày hôm nay|sáng nay|trưa nay|chiều nay|tối nay|đêm nay|sáng ni|chiều ni|tối ni|khuya nay|hồi sáng|hồi chiều|hồi trưa',
  ],
  [1, 'ngày mai|sáng mai|trưa mai|chiều mai|tối mai|đêm mai|bữa mai|hôm sau|mai'],
  [2, 'ngày mốt|ngày kia|bữa mốt|sáng mốt|chiều mốt'],
  [
    -1,
    'hôm qua|ngày hôm qua|bữa qua|tối qua|đêm qua|chiều qua|sáng qua|trưa qua|hồi hôm|hồi hôm qua|tối hôm qua|đêm hôm qua|chiều hôm qua|sáng hôm qua',
  ],
  [-2, 'hôm kia|bữa kia|hôm trước nữa'],
]);
/** "mai" beside these is a name or another word */
const NOT_BEFORE_MAI = phrases('hoa|chị|cô|bà|mai|tên|khuyến|em|quỳnh|ban|bạch|thanh|xuân|sao|gọi|chờ|đợi|cứ');
const NOT_AFTER_MAI = phrases('mai|dịch|mối|linh');
const WEEKS = lexicon([
  [7, 'tuần sau|tuần tới'],
  [-7, 'tuần trước|tuần rồi|tuần qua'],
  [0, 'tuần này|tuần ni'],
]);
const JUST_PAST = phrases('vừa rồi|vừa qua');
const NEAR = phrases('này|tới|ni');
const WHICH_MONTH = lexicon([
  [0, 'tháng này|tháng ni'],
  [-1, 'tháng trước|tháng rồi'],
  [1, 'tháng sau|tháng tới'],
]);

/** d/m without a year: the nearest such day, half a year either way. */
export const nearestYear = (d: number, m: number, today: Today): number => {
  const at = (year: number) => Math.abs(Date.parse(day(year, m, Math.min(d, 28))) - Date.parse(todayIs(today)));
  return [today.year, today.year - 1, today.year + 1].reduce((best, year) => (at(year) < at(best) ? year : best));
};

/** A day of the month without its month: of this month, of the next one when it went by more than 20 days ago. */
export const nearestMonth = (d: number, today: Today): string => {
  const ahead = d < today.day - 20;
  const month = ahead ? (today.month % 12) + 1 : today.month;
  const year = ahead && today.month === 12 ? today.year + 1 : today.year;
  return day(year, month, Math.min(d, daysInMonth(year, month)));
};

const valid = (d: number, m: number, y: number) => m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m);

/** "24/7", "24/24": always; "kiệt 5/3", "nhà số 5/3": an address; "1/2 nhà": a half */
const NO_DATE_BEFORE = phrases('kiệt|hẻm|ngõ|ngách|nhà số|số nhà|nhà|k|lô|căn|phòng|quyết định|nghị định|thông tư|số');
const isIdiom = (tokens: Reading['tokens'], at: number): boolean => {
  const [d, m] = [tokens[at]!.typed, tokens[at + 2]!.typed];
  if ((d === '24' && m === '7') || (d === '7' && m === '7' && !says(tokens[at - 1], 'ngày', 'hôm', 'từ', 'đến')))
    return true;
  if (d === '1' && m === '2' && !says(tokens[at - 1], 'ngày', 'hôm', 'từ', 'đến'))
    return says(tokens[at + 3], 'nhà', 'số', 'tháng', 'năm');
  return phraseAt(tokens, at - 1, NO_DATE_BEFORE) > 0 || phraseAt(tokens, at - 2, NO_DATE_BEFORE) === 2;
};

/** "5/9", "5/9/2026", "5-9-26", as Vietnamese write them: day first. */
export const slashed = ({ tokens, today }: Reading, at: number): { value: string; to: number } | undefined => {
  const d = plain(tokens[at], 2);
  const sign = tokens[at + 1];
  const m = plain(tokens[at + 2], 2);
  if (
    d === undefined ||
    m === undefined ||
    !isSign(sign, '/', '-', '.') ||
    sign!.typed.length !== 1 ||
    !sign!.glued ||
    !tokens[at + 2]!.glued
  )
    return undefined;
  const again = tokens[at + 3];
  if (isSign(again, '/', '-', '.') && again!.word === sign!.word && again!.glued && tokens[at + 4]?.glued) {
    const y = yearNumber(tokens, at + 4, true);
    return y !== undefined && valid(d, m, y) ? { value: day(y, m, d), to: at + 5 } : undefined;
  }
  if (isIdiom(tokens, at)) return undefined;
  if (isSign(sign, '.') || (isSign(sign, '-') && !says(tokens[at - 1], 'ngày', 'hôm', 'mùng', 'đến', 'từ')))
    return undefined;
  if (again?.glued && !isSign(again, '?', '!', '.', ',', ')', ':')) return undefined;
  const year = yearAt({ tokens, today } as Reading, at + 3);
  const y = year?.value ?? nearestYear(d, m, today);
  return valid(d, m, y) ? { value: day(y, m, d), to: year?.to ?? at + 3 } : undefined;
};

/** one day, with the token after it */
interface Day {
  value: string;
  to: number;
  sureness: number;
  /** by the lunar calendar: to be confirmed */
  confirm?: boolean;
}

const WEEKDAYS = lexicon([
  [1, 'hai|2'],
  [2, 'ba|3'],
  [3, 'tư|4'],
  [4, 'năm|5'],
  [5, 'sáu|6'],
  [6, 'bảy|bẩy|7'],
]);

/** "thứ nhất …, thứ hai …" counts points */
const isCounting = (tokens: Reading['tokens']): boolean =>
  tokens.some((t, i) => says(t, 'thứ') && says(tokens[i + 1], 'nhất'));

const weekday = ({ tokens, today }: Reading, at: number): Omit<Day, 'sureness'> | undefined => {
  let which: number | undefined;
  let to = at + 2;
  if (says(tokens[at], 'chủ') && says(tokens[at + 1], 'nhật')) which = 0;
  else if (says(tokens[at], 'thứ') && !(isCounting(tokens) && tokens[at + 1]!.kind === 'word'))
    which = lookAt(tokens, at + 1, WEEKDAYS)?.value;
  else if (tokens[at]?.typed === 'cn') {
    which = 0;
    to = at + 1;
  }
  if (which === undefined || says(tokens[to], 'ưu')) return undefined;
  // weeks run from Monday to Sunday
  const monday = addDays(todayIs(today), -((today.weekday + 6) % 7));
  let on = addDays(monday, (which + 6) % 7);
  const inWeek = lookAt(tokens, to, WEEKS);
  if (inWeek) return { value: addDays(on, inWeek.value), to: to + inWeek.length };
  const past = phraseAt(tokens, to, JUST_PAST);
  if (past > 0) return { value: on > todayIs(today) ? addDays(on, -7) : on, to: to + past };
  if (on < todayIs(today)) on = addDays(on, 7);
  return { value: on, to: to + phraseAt(tokens, to, NEAR) };
};

const numberedDay = (reading: Reading, at: number): Day | undefined => {
  const { tokens, today } = reading;
  const early = says(tokens[at], 'mùng', 'mồng');
  if (!early && !says(tokens[at], 'ngày', 'hôm', 'bữa')) return undefined;
  let j = at + 1;
  if (says(tokens[j], 'mùng', 'mồng')) j++;
  const whole = slashed(reading, j);
  if (whole) return { ...whole, sureness: 0.98 };
  let d = plain(tokens[j], 2);
  let to = j + 1;
  if (d === undefined && (early || says(tokens[at], 'ngày'))) {
    const word = spelled(tokens, j);
    if (!word || (word.value < 10 && !early && !says(tokens[word.to], 'tháng'))) return undefined;
    d = word.value;
    to = word.to;
  }
  if (d === undefined || d < 1 || d > 31 || (early && d > 10)) return undefined;
  // "ngày 30/2" is no day, and not the 30th of this month
  if (isSign(tokens[to], '/') && tokens[to]!.glued && tokens[to + 1]?.kind === 'number') return undefined;
  const named = ofMonth(reading, d, to);
  if (named) return 'none' in named ? undefined : named;
  const next = says(tokens[to], 'này', 'tới', 'ni');
  if (!next && d > today.day + FAR && !says(tokens[at - 1], 'đến', 'tới', 'trước') && !speaksOfPlans(tokens)) {
    const { year, month } = monthOf(monthIndex(today.year, today.month) - 1);
    if (d <= daysInMonth(year, month)) return { value: day(year, month, d), to, sureness: 0.8 };
  }
  return { value: nearestMonth(d, today), to, sureness: 0.85 };
};

/** "ngày 28" said on the 2nd was a few days ago, unless the words are of what is to come */
const FAR = 14;
const PLANS = phrases(
  'lịch|cúp|cắt|mất điện|ngừng|dự kiến|sẽ|hạn|trước ngày|sắp|xin|dời|đổi|chuyển qua|muốn|được không|hẹn|nhắc|mấy ngày nữa|hằng tháng|hàng tháng|mỗi tháng|kết thúc|bảo trì|đám cưới',
);
const speaksOfPlans = (tokens: Reading['tokens']): boolean =>
  tokens.some((t, i) => t.kind === 'word' && phraseAt(tokens, i, PLANS) > 0) &&
  !tokens.some((t) => says(t, 'rồi', 'đã', 'hồi'));

/** The month that is said behind a day's number: " tháng 9 năm 2025", " tháng này"; `none` when that month has no such day. */
const ofMonth = (reading: Reading, d: number, at: number): Day | { none: true } | undefined => {
  const { tokens, today } = reading;
  let to = at;
  const m =
    says(tokens[to], 'tháng') || ((tokens[to]?.typed === 't' || tokens[to]?.typed === 'th') && tokens[to + 1]?.glued)
      ? (plain(tokens[to + 1], 2) ?? spelled(tokens, to + 1)?.value)
      : undefined;
  if (m !== undefined && m >= 1 && m <= 12) {
    to = tokens[to + 1]!.kind === 'number' ? to + 2 : spelled(tokens, to + 1)!.to;
    const said = yearAt(reading, to);
    const slash = isSign(tokens[to], '/', '-', '.') && tokens[to]!.glued ? yearNumber(tokens, to + 1, true) : undefined;
    const y = said?.value ?? slash ?? nearestYear(d, m, today);
    if (said) to = said.to;
    else if (slash !== undefined) to += 2;
    return valid(d, m, y) ? { value: day(y, m, d), to, sureness: 0.98 } : { none: true };
  }
  const which = lookAt(tokens, to, WHICH_MONTH);
  if (!which) return undefined;
  const { year, month } = monthOf(monthIndex(today.year, today.month) + which.value);
  return { value: day(year, month, Math.min(d, daysInMonth(year, month))), to: to + 2, sureness: 0.95 };
};

const PART_OF_DAY = phrases('sáng|trưa|chiều|tối|đêm|khuya');
/** "mốt có cúp không": the day after tomorrow, where it opens a sentence about something */
const AFTER_MOT = phrases('có|cúp|cắt|mất|nhà|em|anh|chị|là|thì|mới|bên|khu');

const namedDay = ({ tokens, today }: Reading, at: number): Day | undefined => {
  const first = at === 0 || tokens[at - 1]!.kind === 'sign';
  if (first && says(tokens[at], 'mốt') && phraseAt(tokens, at + 1, AFTER_MOT) > 0)
    return { value: addDays(todayIs(today), 2), to: at + 1, sureness: 0.8 };
  const named = lookAt(tokens, at, RELATIVE);
  if (!named) return undefined;
  const alone = named.length === 1;
  if (alone && (phraseAt(tokens, at - 1, NOT_BEFORE_MAI) === 1 || phraseAt(tokens, at + 1, NOT_AFTER_MAI) === 1))
    return undefined;
  return { value: addDays(todayIs(today), named.value), to: at + named.length, sureness: alone ? 0.85 : 0.97 };
};

/** "hồi hôm 28": the day has a number of its own */
const hasOwnNumber = ({ tokens }: Reading, at: number): boolean =>
  says(tokens[at], 'hồi') && says(tokens[at + 1], 'hôm') && plain(tokens[at + 2], 2) !== undefined;

/** The day that is said at this token, in whatever way. */
export const dayAt = (reading: Reading, at: number): Day | undefined => {
  const { tokens } = reading;
  if (!tokens[at]) return undefined;
  const lunar = lunarDay(reading, at);
  if (lunar) return lunar;
  const said = numberedDay(reading, at) ?? (hasOwnNumber(reading, at) ? undefined : namedDay(reading, at));
  if (said) return said;
  const part = phraseAt(tokens, at, PART_OF_DAY);
  const inWeek = weekday(reading, at + part);
  if (inWeek) return { ...inWeek, sureness: 0.93 };
  // "sang" is also "over to"
  if (part > 0 && tokens[at]!.word !== tokens[at]!.bare) {
    const later = numberedDay(reading, at + part);
    if (later) return later;
  }
  if (tokens[at]!.glued && tokens[at - 1]?.kind !== 'word') return undefined;
  const whole = slashed(reading, at);
  return whole && { ...whole, sureness: 0.92 };
};

/** A day whose number stands without "ngày" before it, with its month: "10 tháng 9". */
export const dayOfMonth = (reading: Reading, at: number): Day | undefined => {
  const d = plain(reading.tokens[at], 2);
  const named = d === undefined || d < 1 || d > 31 ? undefined : ofMonth(reading, d, at + 1);
  return named && !('none' in named) ? named : undefined;
};

/** One day: "hôm nay", "mai", "ngày mốt", "mùng 5", "thứ năm tuần sau", "5/9", "ngày 5 tháng 9", "mùng 5 Tết". */
export const date: Grammar = (reading) => {
  const { tokens, today, expects } = reading;
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const on = dayAt(reading, i);
    if (!on) continue;
    const { value, to, sureness, confirm } = on;
    found.push({ type: 'date', value, from: i, to, sureness, ...(confirm ? { confirm } : {}) });
    i = to - 1;
  }
  if (found.length === 0 && expects.has('date') && !expects.has('month') && tokens.length <= 2) {
    const d = plain(tokens[0], 2);
    if (d !== undefined && d >= 1 && d <= 31)
      found.push({ type: 'date', value: nearestMonth(d, today), from: 0, to: 1, sureness: 0.8 });
  }
  return found;
};
