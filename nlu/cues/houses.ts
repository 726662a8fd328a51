import type { Cues } from '../../core/understanding';
import { isSign, lexicon, lookAt, phraseAt, phrases, plain, says } from '../entities/reading';
import type { Token } from '../text/tokens';

const HOUSES = phrases(
  `nhà ba má | nhà bố mẹ | nhà cha mẹ | nhà ba mẹ | nhà ông bà | nhà nội | nhà ngoại | nhà bà nội | nhà bà ngoại | nhà trọ | phòng trọ | dãy trọ | khu trọ | xóm trọ | nhà thuê | nhà mẹ | nhà má | nhà ba | nhà bố | nhà vợ | nhà chồng | nhà con |
  nhà mới | nhà cũ | nhà kia | nhà này | nhà riêng | nhà chị | nhà anh | nhà em | nhà tôi | nhà mình | nhà tui | nhà dưới | nhà trên | nhà xưởng | nhà hàng | nhà nghỉ | nhà kho | quán | tiệm | cửa hàng | xưởng | công ty | ao tôm | shop | khách sạn | văn phòng | căn hộ | chung cư | căn | trọ | nhà`,
);
/** "nhà tôi" is a house called "nhà" */
const OWN = new Set(['nhà tôi', 'nhà mình', 'nhà tui', 'nhà em', 'nhà anh', 'nhà chị']);
const OWN_BARE = new Set(['nha toi', 'nha minh', 'nha tui', 'nha em', 'nha anh', 'nha chi']);
const NOT_HOUSE_AFTER = phrases(
  'nước|mạng|ga|máy|bạn|điện|cung cấp|báo|chức trách|làm ăn|điện lực|mày|bây|tụi mày|tụi bây|chúng mày|các người|mấy người|mấy anh|các anh|các ông|kiểu gì',
);
const NOT_HOUSE_BEFORE = phrases(
  'người|chủ|liên|cơ|thói|khách|tham|hải|điện lực|hỗ|ở|thuê|tiền|giúp|viện|bảo|tài|chưa kịp|gia|cỡ|cả',
);
/** "ba nhà trọ", "2 nhà" count houses and name none */
const COUNTS = phrases('hai|ba|bốn|năm|sáu|mấy|các|những|nhiều|vài|cả hai|cả ba');
const NUMBERED = new Set(['nhà', 'căn', 'phòng', 'trọ', 'nhà trọ', 'phòng trọ', 'căn hộ', 'quán', 'tiệm', 'xưởng']);
const NUMBERED_BARE = new Set(['nha', 'can ho', 'nha tro', 'phong tro', 'quan', 'tiem', 'xuong', 'can']);
const ORDINALS = lexicon([
  ['1', 'một|nhất'],
  ['2', 'hai'],
  ['3', 'ba'],
  ['4', 'bốn|tư'],
  ['5', 'năm'],
]);
/** "nhà 2 tầng", "nhà 3 người", "nhà 2 ngày nay" count something else */
const COUNTED = phrases(
  'tầng|lầu|người|căn|hộ|cái|pha|mặt|triệu|trệt|con|đứa|ngày|hôm|tuần|bữa|tiếng|giờ|năm|tháng nay|tháng liền|tháng liên tục|tháng rồi|k|nghìn|kwh|số|mã|phòng|bóng',
);

/** The number of a house behind its word ("nhà 2", "nhà số 2", "nhà thứ hai", "căn 3"), and the token after it. */
const numberAfter = (tokens: readonly Token[], at: number): { number: string; to: number } | undefined => {
  const ordinal = says(tokens[at], 'thứ');
  const i = at + (ordinal || says(tokens[at], 'số') ? 1 : 0);
  const value = plain(tokens[i], 1);
  const number = value ? String(value) : i > at ? lookAt(tokens, i, ORDINALS)?.value : undefined;
  const next = tokens[i + 1];
  if (number === undefined || phraseAt(tokens, i + 1, COUNTED) > 0) return undefined;
  // "nhà 2/15 Lê Lợi", "nhà 2a" are addresses
  if (next?.glued && !isSign(next, ',', '.', '?', '!', ':', ';', '-')) return undefined;
  return { number, to: i + 1 };
};

const VOCATIVE = phrases('em|bạn|ạ|con|chị|anh|cô|chú|cháu|ad|admin|shop|nhé|mấy');
const HELD = phrases('của|cua|ở|mã|ma|về|còn|con|cả|nợ');

/** A closing "nha" that only makes the sentence friendly: "cảm ơn ad nha". */
const isParticle = (tokens: readonly Token[], at: number, accented: boolean): boolean => {
  if (tokens[at]!.word !== 'nha') return false;
  if (accented) return true;
  let next = at + 1;
  for (let skip = phraseAt(tokens, next, VOCATIVE); skip > 0; skip = phraseAt(tokens, next, VOCATIVE)) next += skip;
  return at > 0 && next >= tokens.length && phraseAt(tokens, at - 1, HELD) === 0;
};

/** Labels of houses as written; those with a number are written alike: "nhà số 2" is "nhà 2". */
export const housesIn = (tokens: readonly Token[]): Cues['houses'] => {
  const houses: Cues['houses'] = [];
  // as typed: a shorthand such as "nhiu" is read with accents that nobody wrote
  const accented = tokens.some((t) => t.kind === 'word' && /\P{ASCII}/u.test(t.typed));
  for (let i = 0; i < tokens.length; i++) {
    const length = phraseAt(tokens, i, HOUSES);
    if (length === 0) continue;
    let to = i + length;
    const written = tokens
      .slice(i, to)
      .map((t) => t.word)
      .join(' ');
    const numbered = NUMBERED.has(written) || NUMBERED_BARE.has(written) ? numberAfter(tokens, to) : undefined;
    if (length === 1 && !numbered) {
      // words of other meanings, and a room or flat without a number
      if (says(tokens[i], 'căn') || tokens[i]!.word === 'tro' || isParticle(tokens, i, accented)) continue;
    }
    if (
      !numbered &&
      (phraseAt(tokens, to, NOT_HOUSE_AFTER) > 0 ||
        (phraseAt(tokens, i - 1, NOT_HOUSE_BEFORE) > 0 && !(says(tokens[i - 1], 'ở', 'cả') && written !== 'trọ')))
    )
      continue;
    const counted =
      phraseAt(tokens, i - 1, COUNTS) > 0 || (tokens[i - 1]?.kind === 'number' && tokens[i - 1]!.typed.length <= 2);
    if (counted && !numbered && written !== 'quán') {
      i = to - 1;
      continue;
    }
    let label = OWN.has(written) || OWN_BARE.has(written) ? tokens[i]!.word : written === 'trọ' ? 'nhà trọ' : written;
    if (numbered) {
      label = `${label} ${numbered.number}`;
      to = numbered.to;
    }
    houses.push({ label, start: tokens[i]!.start, end: tokens[to - 1]!.end });
    i = to - 1;
  }
  return houses;
};
