import { day, daysInMonth, monthIndex, monthOf } from '../../core/time';
import { solarOf } from './lunar';
import { spelled } from './numbers';
import { type Found, type Grammar, isSign, phraseAt, phrases, plain, type Reading, says } from './reading';
import { yearAt, yearNumber } from './year';

interface MonthRead {
  month: number;
  /** said, or meant relative to today; undefined where only the month was said */
  year?: number;
  /** the tokens of the year alone, when it was said */
  yearFrom?: number;
  to: number;
  sureness: number;
  confirm?: boolean;
  relative?: number;
  impossible?: boolean;
}

const THIS = phrases(`hiện tại | hiện nay | này | ni | nay | đây`);
const LAST = phrases(`vừa rồi | vừa qua | mới rồi | mới qua | gần nhất | gần đây | trước | rồi | qua | ngoái`);
const NEXT = phrases(`kế tiếp | sắp tới | tới | sau | kế`);
/** counted from the month spoken of: "tháng trước đó", "tháng liền trước" */
const BEFORE_THAT = phrases(
  `trước đó nữa | trước đó | trước ấy | liền trước | liền kề trước | sát trước | kế trước | trước liền kề`,
);
/** "từ tháng 9 tới giờ" is past */
const TILL_NOW = phrases('tới giờ|tới nay|tới đây|tới hôm nay|sau đó');
const AFTER_THAT = phrases(`sau đó nữa | sau đó | liền sau | kế đó`);
const COMPARED = phrases(`so với | hơn | so | bằng | với hồi`);
const LUNAR = phrases(`âm lịch | lịch âm | âm | ta | al`);

const isMonthWord = ({ tokens }: Reading, at: number): boolean => {
  const token = tokens[at]!;
  if (says(token, 'tháng')) return true;
  return (
    (token.typed === 't' || token.typed === 'th') &&
    tokens[at + 1]?.kind === 'number' &&
    plain(tokens[at + 1], 2)! <= 12
  );
};

/** The most recent such month that does not lie after this one; "tới" and "sau" look ahead instead. */
const resolve = (month: number, { today }: Reading, ahead = false): number => {
  if (ahead) return month >= today.month ? today.year : today.year + 1;
  return month <= today.month ? today.year : today.year - 1;
};

/** What follows a month's number: "/2026", " năm ngoái", " 2026". */
const yearAfter = (reading: Reading, at: number): { value: number; from: number; to: number } | undefined => {
  const { tokens } = reading;
  if (isSign(tokens[at], '/', '-', '.', '_') && tokens[at]!.typed.length === 1) {
    const value = yearNumber(tokens, at + 1, tokens[at + 1]?.glued === true && !isSign(tokens[at], '.'));
    return value === undefined ? undefined : { value, from: at + 1, to: at + 2 };
  }
  const skip = says(tokens[at], 'của', 'hồi') || isSign(tokens[at], ',') ? 1 : 0;
  const said = yearAt(reading, at + skip);
  if (said) return { value: said.value, from: at + skip, to: said.to };
  const value = yearNumber(tokens, at, false);
  return value === undefined ? undefined : { value, from: at, to: at + 1 };
};

const lunar = (month: number, said: number | undefined, { today }: Reading): { year: number; month: number } => {
  const now = monthIndex(today.year, today.month);
  for (let year = said ?? today.year; ; year--) {
    const solar = solarOf(1, month, year);
    if (said !== undefined || monthIndex(solar.year, solar.month) <= now) return solar;
  }
};

const numbered = (reading: Reading, month: number, next: number, sureness: number): MonthRead => {
  const { tokens } = reading;
  const lunarWords = phraseAt(tokens, next, LUNAR);
  const year = yearAfter(reading, next + lunarWords);
  if (lunarWords > 0) {
    const solar = lunar(month, year?.value, reading);
    return { ...solar, yearFrom: undefined, to: year?.to ?? next + lunarWords, sureness: 0.8, confirm: true };
  }
  if (year) return { month, year: year.value, yearFrom: year.from, to: year.to, sureness };
  return { month, to: next, sureness };
};

const relative = (reading: Reading, steps: number, to: number): MonthRead => {
  const { today } = reading;
  return { ...monthOf(monthIndex(today.year, today.month) + steps), to, sureness: 0.97 };
};

const comparedBefore = (tokens: Reading['tokens'], at: number): boolean =>
  phraseAt(tokens, at - 1, COMPARED) > 0 || phraseAt(tokens, at - 2, COMPARED) === 2;

/** The words speak of a month that was named before: in this message ("tháng 9 cao hơn tháng trước"), or in an earlier one. */
const fromThat = (
  reading: Reading,
  steps: number,
  to: number,
  before: Found | undefined,
  year: Found | undefined,
): MonthRead =>
  before?.type === 'month' && year?.type === 'year'
    ? { ...monthOf(monthIndex(year.value, before.value) + steps), to, sureness: 0.95 }
    : { ...relative(reading, steps, to), relative: steps };

const monthAt = (reading: Reading, at: number, said: readonly Found[]): MonthRead | undefined => {
  const { tokens } = reading;
  const token = tokens[at]!;
  // "2 tháng trước", "hai tháng trước"
  const many =
    token.glued && tokens[at - 1]?.kind !== 'sign'
      ? undefined
      : (plain(token, 2) ?? (token.kind === 'word' ? spelled(tokens, at)?.value : undefined));
  if (many !== undefined && many >= 1 && many <= 24 && !says(tokens[at - 1], 'tháng', 'ngày', 'kỳ', 'nhà', 'căn')) {
    const to = token.kind === 'number' ? at + 1 : spelled(tokens, at)!.to;
    if (says(tokens[to], 'tháng') && says(tokens[to + 1], 'trước') && !says(tokens[at - 1], 'mấy'))
      return relative(reading, -many, to + 2);
  }
  if (says(token, 'cách') && says(tokens[at + 1], 'đây', 'nay')) {
    const ago = plain(tokens[at + 2], 2) ?? spelled(tokens, at + 2)?.value;
    const to = tokens[at + 2]?.kind === 'number' ? at + 3 : (spelled(tokens, at + 2)?.to ?? 0);
    if (ago !== undefined && ago >= 1 && ago <= 24 && says(tokens[to], 'tháng')) return relative(reading, -ago, to + 1);
  }
  if (isMonthWord(reading, at)) {
    const next = tokens[at + 1];
    let j = at + 1;
    if (isSign(next, '.', ':', '-') && next!.glued) j++;
    const digits = plain(tokens[j], 2);
    if (digits !== undefined && digits >= 1 && digits <= 12) return numbered(reading, digits, j + 1, 0.98);
    if (digits !== undefined && says(token, 'tháng'))
      return { month: digits, to: j + 1, sureness: 0.3, impossible: true };
    if (says(next, 'giêng')) return numbered(reading, 1, at + 2, 0.97);
    if (says(next, 'chạp')) return numbered(reading, 12, at + 2, 0.97);
    const that = phraseAt(tokens, at + 1, THIS);
    if (that > 0) return relative(reading, 0, at + 1 + that);
    const [month, year] = said.slice(-2);
    const earlier = phraseAt(tokens, at + 1, BEFORE_THAT);
    if (earlier > 0) return fromThat(reading, -1, at + 1 + earlier, month, year);
    const later = phraseAt(tokens, at + 1, AFTER_THAT);
    if (later > 0) return fromThat(reading, 1, at + 1 + later, month, year);
    if (says(next, 'trước') && !says(tokens[at + 2], 'nữa') && comparedBefore(tokens, at))
      return fromThat(reading, -1, at + 2, month, year);
    const last = phraseAt(tokens, at + 1, LAST);
    if (last > 0) {
      const more = says(tokens[at + 1 + last], 'nữa') ? 1 : 0;
      return relative(reading, -1 - more, at + 1 + last + more);
    }
    const ahead = phraseAt(tokens, at + 1, NEXT);
    if (ahead > 0) return relative(reading, 1, at + 1 + ahead);
    const word = spelled(tokens, at + 1);
    // "tháng năm ngoái" is a slip for last year, "tháng năm" is May
    // "mỗi tháng tầm 400 kwh" without its marks
    const about = tokens[at + 1]?.word === 'tam' && tokens[at + 2]?.kind === 'number';
    if (
      !about &&
      word &&
      word.value >= 1 &&
      word.value <= 12 &&
      !(word.value === 5 && says(tokens[at + 2], 'ngoái', 'nay'))
    )
      return numbered(reading, word.value, word.to, 0.93);
    return undefined;
  }
  // "9/2026", "09-2026", "10.2016"
  const digits = plain(token, 2);
  if (
    digits !== undefined &&
    digits >= 1 &&
    digits <= 12 &&
    !(token.glued && tokens[at - 1]?.kind !== 'word') &&
    isSign(tokens[at + 1], '/', '-', '.', '_') &&
    tokens[at + 1]!.glued
  ) {
    const year = yearNumber(tokens, at + 2, false);
    if (year !== undefined && tokens[at + 2]!.glued)
      return { month: digits, year, yearFrom: at + 2, to: at + 3, sureness: 0.97 };
  }
  return undefined;
};

/** Months, each with the year it lies in: said, relative to the clock, or the most recent such month. */
export const month: Grammar = (reading) => {
  const { tokens, expects } = reading;
  const found: Found[] = [];
  const put = (read: MonthRead, from: number, ahead: boolean) => {
    const year = read.year ?? resolve(read.month, reading, ahead);
    const confirm = read.confirm ? { confirm: true } : {};
    const assumed = read.year === undefined ? { assumed: true } : {};
    const relative = read.relative === undefined ? {} : { relative: read.relative };
    const impossible = read.impossible ? { impossible: true } : {};
    let end = read.yearFrom ?? read.to;
    while (end > from + 1 && tokens[end - 1]!.kind === 'sign') end--;
    found.push({
      type: 'month',
      value: read.month,
      from,
      to: end,
      sureness: read.sureness,
      ...confirm,
      ...relative,
      ...impossible,
    });
    if (read.impossible) return;
    const own = read.yearFrom !== undefined;
    found.push({
      type: 'year',
      value: year,
      from: own ? read.yearFrom! : from,
      to: read.to,
      sureness: own ? 0.98 : read.sureness - 0.1,
      ...confirm,
      ...assumed,
      ...relative,
    });
  };
  for (let i = 0; i < tokens.length; i++) {
    const read = monthAt(reading, i, found);
    if (!read) continue;
    const ahead =
      phraseAt(tokens, read.to, NEXT) > 0 && phraseAt(tokens, read.to, TILL_NOW) === 0 && read.year === undefined;
    put(read, i, ahead);
    let last = read;
    // "tháng 8, 9 và 10": each further number is a month as well
    while (says(tokens[i], 'tháng') || tokens[i]?.typed.startsWith('t')) {
      let j = last.to;
      if (isSign(tokens[j], ',', '&', '+', '-') || says(tokens[j], 'và', 'với', 'đến', 'tới', 'hay', 'hoặc')) j++;
      else break;
      const value = plain(tokens[j], 2);
      if (value === undefined || value < 1 || value > 12) break;
      const after = tokens[j + 1];
      if (
        after &&
        ((after.glued && !isSign(after, ',', '.', '?', '!', '/', '-')) ||
          says(after, 'số', 'kwh', 'triệu', 'nghìn', 'hộ', 'tháng', 'giờ', 'ngày'))
      )
        break;
      last = numbered(reading, value, j + 1, 0.9);
      put(last, j, false);
    }
    // "tháng 10 và 11 năm ngoái": the year said once is the year of all of them
    if (last !== read && last.yearFrom !== undefined)
      for (const f of found) if (f.type === 'year' && f.assumed && f.from >= i) f.value = last.year!;
    i = last.to - 1;
  }
  if (found.length === 0 && expects.has('month')) {
    // "9", "9 nhé", "số 9", "tháng mấy cũng được" when a month is awaited
    for (let i = 0; i < tokens.length; i++) {
      const value = plain(tokens[i], 2);
      if (
        value === undefined ||
        value < 1 ||
        value > 12 ||
        tokens[i]!.glued ||
        (tokens[i + 1]?.glued && tokens[i + 1]!.kind !== 'sign')
      )
        continue;
      if (says(tokens[i - 1], 'kỳ', 'ngày', 'mùng')) continue;
      put(numbered(reading, value, i + 1, 0.9), i, false);
      break;
    }
    if (found.length === 0 && tokens.length <= 3) {
      const value = spelled(tokens, 0);
      if (value && value.value >= 1 && value.value <= 12) put(numbered(reading, value.value, value.to, 0.85), 0, false);
      const that = phraseAt(tokens, 0, THIS);
      if (that > 0) put(relative(reading, 0, that), 0, false);
      else if (says(tokens[0], 'trước')) put(relative(reading, -1, 1), 0, false);
    }
  }
  return found;
};

/** how many months back a bare month is still the past one when the question is about plans */
const JUST_GONE = 2;

const nextYear = (on: string): string => {
  const [y, m, d] = on.split('-').map(Number) as [number, number, number];
  return day(y + 1, m, Math.min(d, daysInMonth(y + 1, m)));
};

/** Months without a year in a question about what is planned: the coming one, unless it has just gone by. */
export const lookingAhead = (found: Found[], { today }: Reading): Found[] =>
  found.map((f) => {
    if (f.type === 'date_range' && f.assumed && f.value.to < day(today.year, today.month, 1))
      return { ...f, value: { from: nextYear(f.value.from), to: nextYear(f.value.to) } };
    if (f.type !== 'year' || !f.assumed) return f;
    const named = found.find((m) => m.type === 'month' && m.from === f.from);
    if (named?.type !== 'month') return f;
    const now = monthIndex(today.year, today.month);
    const near = monthIndex(today.year, named.value);
    return { ...f, value: near >= now - JUST_GONE ? today.year : today.year + 1 };
  });
