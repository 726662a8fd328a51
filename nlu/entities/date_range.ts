import { addDays, day, daysInMonth, monthIndex, monthOf } from '../../core/time';
import { dayAt, dayOfMonth, nearestMonth, slashed, todayIs } from './date';
import { monthRange } from './month_range';
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

interface Range {
  value: { from: string; to: string };
  to: number;
  sureness: number;
}

const WEEKEND = phrases('cuối tuần');
const WEEK_STEPS = lexicon([
  [0, 'này|ni|nay'],
  [-1, 'vừa rồi|vừa qua|trước|rồi|qua'],
  [1, 'kế tiếp|sau|tới|kế'],
]);
const AHEAD = phrases('sắp tới|tới|nữa');
const BEHIND = phrases('vừa qua|vừa rồi|gần đây|gần nhất|qua|nay|liên tiếp');
const OF_YEAR = phrases('đầu năm');
const NOWADAYS = phrases('bây giờ|hiện nay|hiện tại|hôm nay|tháng này|nay|giờ|ni');
const OF_YEAR_END = phrases('cuối năm');

const week = ({ tokens, today }: Reading, at: number): Range | undefined => {
  const weekend = phraseAt(tokens, at, WEEKEND) > 0;
  if (!weekend && !says(tokens[at], 'tuần')) return undefined;
  const next = at + (weekend ? 2 : 1);
  const step = lookAt(tokens, next, WEEK_STEPS);
  if (!step && !weekend) return undefined;
  // "cuối tuần tới" is the coming one
  const weeks = weekend && step?.value === 1 && !says(tokens[next], 'sau') ? 0 : (step?.value ?? 0);
  const monday = addDays(todayIs(today), 7 * weeks - ((today.weekday + 6) % 7));
  const from = weekend ? addDays(monday, 5) : monday;
  return { value: { from, to: addDays(monday, 6) }, to: next + (step?.length ?? 0), sureness: 0.96 };
};

const quarter = (reading: Reading, at: number): Range | undefined => {
  const { tokens, today } = reading;
  if (!says(tokens[at], 'quý', 'quí')) return undefined;
  const roman = ['i', 'ii', 'iii', 'iv'].indexOf(tokens[at + 1]?.typed ?? '') + 1;
  const q =
    plain(tokens[at + 1], 1) ??
    (roman > 0
      ? roman
      : says(tokens[at + 1], 'một', 'hai', 'ba', 'bốn', 'tư')
        ? spelled(tokens, at + 1)?.value
        : undefined);
  let to = at + 2;
  let number = q;
  let year = today.year;
  if (number === undefined) {
    const now = Math.ceil(today.month / 3);
    if (says(tokens[at + 1], 'này', 'ni')) number = now;
    else if (says(tokens[at + 1], 'trước', 'rồi', 'vừa')) {
      number = now === 1 ? 4 : now - 1;
      if (now === 1) year--;
    } else return undefined;
  } else {
    const said =
      yearAt(reading, to) ??
      (isSign(tokens[to], '/') ? { value: plain(tokens[to + 1], 4) ?? 0, to: to + 2 } : undefined);
    if (said && said.value > 1990) {
      year = said.value;
      to = said.to;
    } else if (says(tokens[to], 'này', 'ni', 'nay')) to++;
    else if (number > Math.ceil(today.month / 3)) year--;
  }
  if (number < 1 || number > 4) return undefined;
  return {
    value: { from: day(year, number * 3 - 2, 1), to: day(year, number * 3, daysInMonth(year, number * 3)) },
    to,
    sureness: 0.95,
  };
};

/** "từ 5 đến 10/3", "5-7/3", "từ hôm nay đến thứ 6", "từ nay đến cuối tuần". */
const between = (reading: Reading, at: number): Range | undefined => {
  const { tokens, today } = reading;
  const opened = says(tokens[at], 'từ');
  let i = opened ? at + 1 : at;
  const fromNow = opened && says(tokens[i], 'nay', 'giờ', 'ni') ? todayIs(today) : undefined;
  const first = fromNow
    ? { value: fromNow, to: i + 1 }
    : opened || tokens[i]!.kind === 'number'
      ? dayAt(reading, i)
      : undefined;
  if (!first && says(tokens[i], 'ngày', 'hôm', 'mùng')) i++;
  const firstDay = first ? undefined : plain(tokens[i], 2);
  if (!first && (firstDay === undefined || firstDay < 1 || firstDay > 31)) return undefined;
  let j = first ? first.to : i + 1;
  const dash = isSign(tokens[j], '-', '→', '~');
  if (!dash && !says(tokens[j], 'đến', 'tới')) return undefined;
  if (!opened && !dash) return undefined;
  j++;
  if (says(tokens[j], 'hết')) j++;
  const span =
    week(reading, j) ?? (says(tokens[j], 'cuối') && says(tokens[j + 1], 'tháng') ? monthEnd(reading, j) : undefined);
  const tillNow =
    first && first.value < todayIs(today) && says(tokens[j], 'nay', 'giờ', 'ni') ? todayIs(today) : undefined;
  const second = tillNow
    ? { value: tillNow, to: j + 1 }
    : span
      ? { value: span.value.to, to: span.to }
      : (slashed(reading, j) ?? dayOfMonth(reading, j) ?? dayAt(reading, j));
  if (!second) return undefined;
  const from = first?.value ?? `${second.value.slice(0, 8)}${String(firstDay).padStart(2, '0')}`;
  if (from > second.value || Number.isNaN(Date.parse(from))) return undefined;
  return { value: { from, to: second.value }, to: second.to, sureness: 0.95 };
};

/** "ngày 27 28", "ngày 27, 28", "ngày 27 với 28": two days that follow each other. */
const two = (reading: Reading, at: number): Range | undefined => {
  const { tokens, today } = reading;
  if (!says(tokens[at], 'ngày', 'hôm', 'bữa')) return undefined;
  const first = plain(tokens[at + 1], 2);
  let i = at + 2;
  if (isSign(tokens[i], ',', '&') || says(tokens[i], 'và', 'với')) i++;
  if (says(tokens[i], 'ngày')) i++;
  const second = plain(tokens[i], 2);
  if (first === undefined || second !== first + 1 || second > 31 || isSign(tokens[i + 1], '/', '-', ':'))
    return undefined;
  if (says(tokens[i + 1], 'giờ', 'h', 'số', 'kwh', 'người', 'nhà', 'phút')) return undefined;
  const last = dayOfMonth(reading, i);
  const to = last?.value ?? nearestMonth(second, today);
  return { value: { from: addDays(to, -1), to }, to: last?.to ?? i + 1, sureness: 0.9 };
};

/** "từ đầu năm đến nay", "đầu năm tới giờ", "hồi đầu năm 2025 tới nay": up to today, as far as it is said to be. */
const sinceNewYear = (reading: Reading, at: number): Range | undefined => {
  const { tokens, today } = reading;
  const opened = says(tokens[at], 'từ', 'hồi', 'tính');
  const i = opened && says(tokens[at + 1], 'từ', 'hồi') ? at + 2 : opened ? at + 1 : at;
  if (phraseAt(tokens, i, OF_YEAR) === 0) return undefined;
  const year = yearAt(reading, i + 1);
  let to = year?.to ?? i + 2;
  const joined = says(tokens[to], 'đến', 'tới', 'cho') ? to + (says(tokens[to + 1], 'đến', 'tới') ? 2 : 1) : undefined;
  const nowadays = joined === undefined ? 0 : phraseAt(tokens, joined, NOWADAYS);
  if (nowadays > 0) to = joined! + nowadays;
  const from = day(year?.value ?? today.year, 1, 1);
  if (!(says(tokens[at], 'từ', 'tính') || nowadays > 0) || from > todayIs(today)) return undefined;
  return { value: { from, to: todayIs(today) }, to, sureness: 0.95 };
};

const monthEnd = ({ today }: Reading, at: number): Range => {
  const to = day(today.year, today.month, daysInMonth(today.year, today.month));
  return { value: { from: todayIs(today), to }, to: at + 2, sureness: 0.8 };
};

const counted = (reading: Reading, at: number): Range | undefined => {
  const { tokens, today } = reading;
  const now = todayIs(today);
  const some = says(tokens[at], 'mấy', 'vài');
  // "từ hôm qua" counts nothing
  if (says(tokens[at], 'tư') && tokens[at]!.word !== 'tư') return undefined;
  const number = some
    ? { value: 3, to: at + 1 }
    : tokens[at]!.kind === 'number'
      ? { value: plain(tokens[at], 2) ?? 0, to: at + 1 }
      : spelled(tokens, at);
  if (!number || number.value < 1 || number.value > 36) return undefined;
  if (says(tokens[number.to], 'ngày', 'hôm', 'bữa')) {
    const ahead = phraseAt(tokens, number.to + 1, AHEAD);
    if (ahead > 0)
      return {
        value: { from: now, to: addDays(now, number.value) },
        to: number.to + 1 + ahead,
        sureness: some ? 0.75 : 0.9,
      };
    const back = phraseAt(tokens, number.to + 1, BEHIND);
    if (back > 0)
      return {
        value: { from: addDays(now, -number.value), to: now },
        to: number.to + 1 + back,
        sureness: some ? 0.75 : 0.9,
      };
  }
  if (says(tokens[number.to], 'tuần')) {
    const ahead = phraseAt(tokens, number.to + 1, AHEAD);
    const back = ahead > 0 ? 0 : phraseAt(tokens, number.to + 1, BEHIND);
    const days = 7 * number.value;
    if (ahead + back > 0)
      return {
        value: ahead > 0 ? { from: now, to: addDays(now, days) } : { from: addDays(now, -days), to: now },
        to: number.to + 1 + ahead + back,
        sureness: 0.85,
      };
  }
  if (says(tokens[number.to], 'tháng')) {
    const back = phraseAt(tokens, number.to + 1, BEHIND);
    const first = phraseAt(tokens, number.to + 1, OF_YEAR);
    const ending = phraseAt(tokens, number.to + 1, OF_YEAR_END);
    if ((first > 0 || ending > 0) && number.value <= 12) {
      const said = yearAt(reading, number.to + 2);
      const year = said?.value ?? yearNumber(tokens, number.to + 3, false);
      const to = said?.to ?? number.to + (year === undefined ? 3 : 4);
      const y = year ?? today.year;
      const [a, b] = first > 0 ? [1, number.value] : [13 - number.value, 12];
      return { value: { from: day(y, a, 1), to: day(y, b, daysInMonth(y, b)) }, to, sureness: 0.9 };
    }
    if (back > 0) {
      const from = monthOf(monthIndex(today.year, today.month) - number.value);
      return {
        value: { from: day(from.year, from.month, 1), to: now },
        to: number.to + 1 + back,
        sureness: some ? 0.7 : 0.85,
      };
    }
  }
  return undefined;
};

/** Spans of days: "tuần này", "cuối tuần", "từ 5 đến 10/9", "quý 3", "3 ngày tới", "6 tháng gần đây". */
export const dateRange: Grammar = (reading) => {
  const found: Found[] = [];
  for (let i = 0; i < reading.tokens.length; i++) {
    const months = monthRange(reading, i);
    if (months) {
      const { value, to, assumed } = months;
      found.push({ type: 'date_range', value, from: i, to, sureness: 0.95, ...(assumed ? { assumed } : {}) });
      i = to - 1;
      continue;
    }
    const range =
      week(reading, i) ??
      quarter(reading, i) ??
      sinceNewYear(reading, i) ??
      between(reading, i) ??
      two(reading, i) ??
      counted(reading, i);
    if (!range) continue;
    found.push({ type: 'date_range', value: range.value, from: i, to: range.to, sureness: range.sureness });
    i = range.to - 1;
  }
  return found;
};
