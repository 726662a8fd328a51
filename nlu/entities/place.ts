import { LEVELS, nameEnd, notAName } from './place_name';
import { PROVINCE_NAMES, STREETS, TOWN_NAMES, UNCERTAIN_TOWNS } from './provinces';
import { type Found, type Grammar, isSign, lookAt, phraseAt, phrases, type Reading, says } from './reading';

type Tokens = Reading['tokens'];

/** levels by one letter, before a number or after a dot: "p5", "Q. Bình Tân", "P.Hải Châu" */
const LETTERS = new Map([['p', 'ward'], ['q', 'district'], ['h', 'district'], ['x', 'ward'], ['tx', 'district'], ['tt', 'ward'], ['f', 'ward'], ['kp', 'hamlet'], ['ql', 'street'], ['k', 'street'], ['tl', 'street']]); // biome-ignore format: a table
/** a name may follow without more: sure openers */
const OPENERS = phrases(
  'ở khu vực|tại khu vực|ở khu|tại khu|khu vực|ở chỗ|ở dưới|ở trên|ở bên|ở gần|ở ngay|ở|tại ngay|tại',
);
/** a name follows only when it is written with capitals, or is a known town or street */
const LOOSE_OPENERS = phrases(
  'khu|bên|dưới|trên|gần|về|qua|đoạn|điện lực|đội quản lý điện|pc|chi nhánh|phòng giao dịch|trước|chỗ|đối diện|xuống|lên|ra|vô',
);
/** before the number of a house: "trước nhà 12 Lê Duẩn" */
const AT_NUMBER = phrases('trước nhà|trước nhà số|gần nhà số|trước số|số nhà|nhà số|địa chỉ');
/** no place, even where one is awaited */
const NO_ANSWER = phrases('cảm ơn|cám ơn|dạ|ừ|ok|thôi|không|chưa|rồi|hủy|quay lại|chào|biết|gặp|xin lỗi|cả');
/** "dân phường", "tổ chức", "bản đồ", "đường dây", "đèn đường" name no place */
const NOT_AFTER_LEVEL = phrases(
  'chức|dây|điện|đồ|quyền|chất|cầu|học|hợp|nào|mấy|này|kia|ni|đó|mới|cũ|sáng|tối|phèn|mía|truyền|xá|trục|thông|hóa đơn|chính|hợp đồng',
);
const NOT_BEFORE_LEVEL = phrases('dân|lối|đèn|đồng|cả|nguyên|toàn|mấy|các|nhu|yêu|khách|chúc|kỹ|chân|bàn|nhà');

const UNCERTAIN = new Set('cho ban chua cau truong lo to lang xom cầu lo'.split(' '));
const COUNTABLE = new Set('lo to xom lang'.split(' '));
const WHOLE_STOP = ['.', '!', '?', ':', ';'];

/** The level word at a token, how many tokens it takes, and whether it is only a letter. */
const levelAt = (reading: Reading, at: number): { level: string; length: number; letter: boolean } | undefined => {
  const { tokens } = reading;
  const token = tokens[at];
  if (token?.kind !== 'word') return undefined;
  const letter = LETTERS.get(token.typed);
  // a shorthand of several words stands on one stretch of characters
  let own = 1;
  while (tokens[at + own]?.start === token.start) own++;
  if (letter) {
    const after = tokens[at + own];
    if (after?.kind === 'number' && after.glued && after.typed.length <= 3)
      return { level: letter, length: own, letter: true };
    if (
      isSign(after, '.') &&
      after!.glued &&
      tokens[at + own + 1] &&
      !WHOLE_STOP.includes(tokens[at + own + 1]!.word) &&
      token.typed !== 'k'
    )
      return { level: letter, length: own + 1, letter: true };
    if (
      (token.typed === 'q' || token.typed === 'p' || token.typed === 'kp') &&
      after?.kind === 'number' &&
      after.typed.length <= 2
    )
      return { level: letter, length: own, letter: true };
  }
  const level = lookAt(tokens, at, LEVELS);
  if (!level) return undefined;
  // without marks "cho", "ban", "chua" are everyday words: only a name with capitals makes them places
  if (level.length === 1 && UNCERTAIN.has(token.word)) {
    const numbered = tokens[at + 1]?.kind === 'number' && COUNTABLE.has(token.word);
    if (!numbered && !isCapital(reading, at + 1)) return undefined;
  }
  const dotted =
    isSign(tokens[at + level.length], '.') && tokens[at + level.length]!.glued && token.typed === 'tp' ? 1 : 0;
  return { level: level.value, length: level.length + dotted, letter: false };
};

/** "12", "12A", "102/5", "K123/4": the token after a house number, or `at`. */
const doorEnd = (tokens: Tokens, at: number): number => {
  if (tokens[at]?.kind !== 'number' || tokens[at]!.typed.length > 4) return at;
  let to = at + 1;
  while (
    isSign(tokens[to], '/', '-') &&
    tokens[to]!.glued &&
    tokens[to + 1]?.kind === 'number' &&
    tokens[to + 1]!.glued
  )
    to += 2;
  if (tokens[to]?.kind === 'word' && tokens[to]!.glued && /^[a-d]$/.test(tokens[to]!.typed)) to++;
  return to;
};

interface Read {
  to: number;
  parts: Record<string, string>;
  levels: number;
  sureness: number;
}

const provinceAt = (tokens: Tokens, at: number) => {
  const province = lookAt(tokens, at, PROVINCE_NAMES);
  return province && { parts: provinceParts(province.value), to: at + province.length };
};
const provinceParts = ({ name, now }: { name: string; now?: string }): Record<string, string> => ({
  province: name,
  ...(now ? { province_now: now } : {}),
});

/** Where: after ở, tại, khu vực; an administrative word; a house number and street; a known town or province. With its parts when they are named. */
export const place: Grammar = (reading) => {
  const { tokens, expects, received } = reading;
  const found: Found[] = [];
  const text = (from: number, to: number) => received.slice(tokens[from]!.start, tokens[to - 1]!.end).normalize('NFC');

  /** one or more named levels, towns and provinces from `start` on */
  const chain = (start: number): Read | undefined => {
    const read: Read = { to: start, parts: {}, levels: 0, sureness: 0.9 };
    for (;;) {
      let i = read.to;
      if (i > start) while (isSign(tokens[i], ',', '-') || says(tokens[i], 'thuộc')) i++;
      if (read.levels > 0 && says(tokens[i], 'đoạn') && says(tokens[i + 1], 'qua')) i += 2;
      const level = levelAt(reading, i);
      const named = level ? nameEnd(reading, i + level.length, level.level) : i;
      if (level && named > i + level.length) {
        const name = text(i + level.length, named);
        read.parts[level.level] ??= level.level === 'landmark' ? text(i, named) : name;
        const inside = provinceAt(tokens, i + level.length);
        if (level.level === 'province' && inside?.to === named) Object.assign(read.parts, inside.parts);
        read.to = named;
        read.levels++;
        continue;
      }
      const province = provinceAt(tokens, i);
      if (province) {
        for (const [key, value] of Object.entries(province.parts)) read.parts[key] ??= value;
        read.to = province.to;
        read.levels++;
        continue;
      }
      const town = phraseAt(tokens, i, TOWN_NAMES);
      if (town > 0 && (i > start || phraseAt(tokens, i, UNCERTAIN_TOWNS) === 0)) {
        read.parts.district ??= text(i, i + town);
        read.to = i + town;
        read.levels++;
        continue;
      }
      // "xã Tam Kỳ, Đại Lộc"
      if (read.levels > 0 && read.levels < 4 && tokens[i]?.kind === 'word' && i > read.to) {
        const end = nameEnd(reading, i, 'free');
        if (end > i + 1 && tokens.slice(i, end).every((t) => t.kind === 'word')) {
          read.to = end;
          read.levels++;
          continue;
        }
      }
      return read.levels > 0 ? read : undefined;
    }
  };

  /** a house number with its street, and what follows it */
  const addressed = (start: number, sure: boolean): Read | undefined => {
    let i = start;
    const alley = tokens[i]?.typed === 'k' && tokens[i + 1]?.glued ? 1 : 0;
    const end = doorEnd(tokens, i + alley);
    if (end === i + alley) return undefined;
    i = end;
    const named = levelAt(reading, i);
    const street = phraseAt(tokens, i, STREETS);
    const name = named ? i : street > 0 ? i + street : nameEnd(reading, i, sure ? 'free' : 'capitals');
    if (!named && (tokens[i]?.kind !== 'word' || name === i || (name === i + 1 && !sure))) return undefined;
    if (!named && !sure && street === 0 && notAName(reading, i)) return undefined;
    const rest = named ? chain(i) : undefined;
    if ((named && !rest) || (named?.letter && tokens[i]!.typed === 'k')) return undefined;
    if (named && !sure && !['street'].includes(named.level) && alley === 0) return undefined;
    const parts: Record<string, string> = rest ? rest.parts : { street: text(i, name) };
    const read: Read = { to: rest?.to ?? name, parts, levels: 1, sureness: sure ? 0.9 : 0.8 };
    if (!rest && (isSign(tokens[read.to], ',', '-') || levelAt(reading, read.to))) {
      const skip = isSign(tokens[read.to], ',', '-') ? 1 : 0;
      const more = chain(read.to + skip);
      if (more) {
        for (const [key, value] of Object.entries(more.parts)) parts[key] ??= value;
        read.to = more.to;
      }
    }
    return read;
  };

  const free = (start: number, kind: 'free' | 'capitals'): Read | undefined => {
    if (notAName(reading, start)) return undefined;
    const street = phraseAt(tokens, start, STREETS);
    let to = street > 0 ? start + street : nameEnd(reading, start, kind);
    if (to === start || tokens.slice(start, to).every((t) => t.kind === 'number')) return undefined;
    // "Điện Bàn, Quảng Nam"
    const more = isSign(tokens[to], ',') ? chain(to + 1) : undefined;
    if (more) to = more.to;
    return { to, parts: more?.parts ?? {}, levels: more ? 1 : 0, sureness: kind === 'capitals' ? 0.7 : 0.6 };
  };

  const put = (from: number, { to, parts, sureness }: Read) =>
    found.push({
      type: 'place',
      value: text(from, to),
      from,
      to,
      sureness,
      ...(Object.keys(parts).length > 0 ? { parts } : {}),
    });

  for (let i = 0; i < tokens.length; i++) {
    const door = phraseAt(tokens, i, AT_NUMBER);
    const opener = phraseAt(tokens, i, OPENERS);
    const loose = opener === 0 && !levelAt(reading, i) ? phraseAt(tokens, i, LOOSE_OPENERS) : 0;
    let start = i;
    let read: Read | undefined;
    if (door > 0) {
      start = i + door;
      while (isSign(tokens[start], ':') || says(tokens[start], 'số', 'là')) start++;
      read = addressed(start, true) ?? (says(tokens[i], 'địa') ? (chain(start) ?? free(start, 'capitals')) : undefined);
    } else if (opener > 0) {
      start = i + opener;
      if (says(tokens[start], 'số') && tokens[start + 1]?.kind === 'number') start++;
      read = addressed(start, true) ?? chain(start) ?? free(start, 'free');
    } else if (loose > 0) {
      start = i + loose;
      if (says(tokens[start], 'số') && tokens[start + 1]?.kind === 'number') start++;
      read = chain(start) ?? free(start, 'capitals');
    }
    if (!read) {
      start = i;
      const level = levelAt(reading, i);
      const barred =
        level &&
        (phraseAt(tokens, i + level.length, NOT_AFTER_LEVEL) > 0 ||
          (phraseAt(tokens, i - 1, NOT_BEFORE_LEVEL) > 0 && !tokens[i + level.length]?.typed.match(/^\d/)));
      if (barred && !isCapital(reading, i + level.length)) continue;
      const glued = tokens[i]!.glued && tokens[i - 1]?.kind !== 'sign';
      read = glued ? undefined : (chain(i) ?? (door === 0 ? addressed(i, false) : undefined));
    }
    if (!read) continue;
    put(start, read);
    i = read.to - 1;
  }
  if (found.length === 0 && expects.has('place') && tokens.length > 0 && tokens.length <= 10) awaited(reading, found);
  return found;
};

const isCapital = ({ received, tokens }: Reading, at: number): boolean => {
  const first = tokens[at] && received[tokens[at]!.start];
  return first !== undefined && first !== first.toLowerCase();
};

/** The answer to "where": a name without any word that says so. */
const awaited = (reading: Reading, found: Found[]) => {
  const { tokens, received } = reading;
  const begins = tokens.findIndex((t) => t.kind === 'word');
  let to =
    begins >= 0 && begins <= 3 && phraseAt(tokens, begins, NO_ANSWER) === 0 ? nameEnd(reading, begins, 'awaited') : 0;
  if (to <= begins) to = 0;
  // "12 Lê Lợi, Tam Kỳ"
  while (to > 0 && isSign(tokens[to], ',') && tokens[to + 1]?.kind === 'word') {
    const further = nameEnd(reading, to + 1, 'free');
    if (further === to + 1) break;
    to = further;
  }
  if (to > 0)
    found.push({
      type: 'place',
      value: received.slice(tokens[0]!.start, tokens[to - 1]!.end).normalize('NFC'),
      from: 0,
      to,
      sureness: 0.5,
    });
};
