import { addDays, day, daysInMonth, monthIndex, monthOf } from '../../core/time';
import { date, nearestMonth, slashed, todayIs } from './date';
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
import { yearAt } from './year';

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
    } else if (number > Math.ceil(today.month / 3)) year--;
  }
  if (number < 1 || number > 4) return undefined;
  return {
    value: { from: day(year, number * 3 - 2, 1), to: day(year, number * 3, daysInMonth(year, number * 3)) },
    to,
    sureness: 0.95,
  };
};

const between = (reading: Reading, at: number): Range | undefined => {
  const { tokens, today } = reading;
  const opened = says(tokens[at], 'từ');
  let i = opened ? at + 1 : at;
  if (says(tokens[i], 'ngày', 'hôm', 'mùng')) i++;
  const first = slashed(reading, i);
  const firstDay = first ? undefined : plain(tokens[i], 2);
  if (!first && (firstDay === undefined || firstDay < 1 || firstDay > 31)) return undefined;
  let j = first ? first.to : i + 1;
  const dash = isSign(tokens[j], '-', '→', '~');
  if (!dash && !says(tokens[j], 'đến', 'tới')) return undefined;
  if (!opened && !dash) return undefined;
  j++;
  const named = says(tokens[j], 'ngày', 'hôm', 'mùng');
  if (named) j++;
  const second = slashed(reading, j) ?? dayAndMonth(reading, j);
  if (second) {
    const from = first?.value ?? `${second.value.slice(0, 8)}${String(firstDay).padStart(2, '0')}`;
    if (from > second.value || Number.isNaN(Date.parse(from))) return undefined;
    return { value: { from, to: second.value }, to: second.to, sureness: 0.95 };
  }
  const secondDay = plain(tokens[j], 2);
  if (
    secondDay !== undefined &&
    firstDay !== undefined &&
    opened &&
    (named || says(tokens[at + 1], 'ngày', 'mùng')) &&
    secondDay > firstDay &&
    secondDay <= 31
  )
    return {
      value: { from: nearestMonth(firstDay, today), to: nearestMonth(secondDay, today) },
      to: j + 1,
      sureness: 0.85,
    };
  return undefined;
};

const dayAndMonth = (reading: Reading, at: number): { value: string; to: number } | undefined => {
  if (!says(reading.tokens[at + 1], 'tháng') || plain(reading.tokens[at], 2) === undefined) return undefined;
  // read through the date grammar as if "ngày" stood before
  const word = {
    ...reading.tokens[at]!,
    kind: 'word' as const,
    word: 'ngày',
    bare: 'ngay',
    typed: 'ngày',
    glued: false,
  };
  const found = date({ ...reading, tokens: [word, ...reading.tokens.slice(at, at + 6)], expects: new Set() })[0];
  return found?.type === 'date' && found.from === 0 ? { value: found.value, to: at + found.to - 1 } : undefined;
};

const counted = ({ tokens, today }: Reading, at: number): Range | undefined => {
  const now = todayIs(today);
  const some = says(tokens[at], 'mấy', 'vài');
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
  if (says(tokens[number.to], 'tháng')) {
    const back = phraseAt(tokens, number.to + 1, BEHIND);
    const first = phraseAt(tokens, number.to + 1, OF_YEAR);
    if (first > 0 && number.value <= 12)
      return {
        value: {
          from: day(today.year, 1, 1),
          to: day(today.year, number.value, daysInMonth(today.year, number.value)),
        },
        to: number.to + 3,
        sureness: 0.9,
      };
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
    const range = week(reading, i) ?? quarter(reading, i) ?? between(reading, i) ?? counted(reading, i);
    if (!range) continue;
    found.push({ type: 'date_range', value: range.value, from: i, to: range.to, sureness: range.sureness });
    i = range.to - 1;
  }
  return found;
};
