import { type Found, type Grammar, isSign, phraseAt, phrases, type Reading, says } from './reading';

const SURNAMES = phrases(
  'nguyễn|trần|lê|phạm|hoàng|huỳnh|phan|vũ|võ|đặng|bùi|đỗ|hồ|ngô|dương|lý|đinh|đoàn|lâm|trịnh|mai|đào|cao|tạ|hà|lương|trương|châu|thái|tăng|quách|tôn|phùng|kiều|vương|lưu|nông|ksor|rơ|siu|nay|thạch|sơn|danh|kim',
);
/** what stands before somebody's name, so that it is one even in small letters */
const HEADS = phrases(
  'tên chủ hộ là|tên chủ hộ|chủ hộ tên là|chủ hộ tên|chủ hộ là|chủ hộ|họ tên|họ và tên|tên tôi là|tên em là|tên là|tên|đứng tên|sang tên cho|sang tên|chủ hợp đồng là|chủ hợp đồng|người đại diện|người thụ hưởng|khách hàng tên',
);
const CALLED = phrases(
  'ông|bà|anh|chị|cô|chú|bác|dì|em|cháu|tôi là|mình là|em là|anh là|chị là|con là|là|sang|cho|gặp|nhân viên',
);
/** after these a name in capitals is a street, a school, a place */
const PLACED = phrases(
  'đường|hẻm|ngõ|kiệt|phố|ở|tại|trường|xã|phường|quận|huyện|chợ|cầu|số|bệnh viện|khu|ngã tư|ngã ba|thpt|thcs|điện lực|thôn|ấp',
);
const MIDDLE = phrases(
  'văn|thị|hữu|đức|minh|quốc|thanh|ngọc|thành|xuân|công|đình|bá|quang|kim|mỹ|thùy|hồng|tuấn|anh|bảo|gia|hoàng|như|phương',
);
const ENDS = new Set(
  'ma sdt dia chi nha o la co khong bi da dang muon can xin so dien thoai va voi cu moi dung sai khach hang thai do roi nhe a nha em anh chi ben canh gui thi sang cho nhu duoc chua tren trong mat qua se nhan giup dum con vay ha roi xin hoi goi tra ky qua'.split(
    ' ',
  ),
);
const LONGEST = 5;

const capital = ({ received, tokens }: Reading, at: number): boolean => {
  const first = tokens[at]?.kind === 'word' ? received[tokens[at]!.start] : undefined;
  return first !== undefined && first !== first.toLowerCase();
};

/** Full names: a surname and what follows it, in capitals or after a word such as "tên", "chủ hộ", "đứng tên". */
export const person: Grammar = (reading) => {
  const { tokens } = reading;
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]!.kind !== 'word' || phraseAt(tokens, i, SURNAMES) === 0) continue;
    const headed = [4, 3, 2, 1].some((back) => i - back >= 0 && headAt(tokens, i - back) === back);
    let to = i + 1;
    if (capital(reading, i)) {
      while (to - i < LONGEST && capital(reading, to)) to++;
      const called = phraseAt(tokens, i - 1, CALLED) > 0 || phraseAt(tokens, i - 2, CALLED) === 2;
      const words = to - i;
      const after = isSign(tokens[i - 1], ',') ? 2 : 1;
      if (phraseAt(tokens, i - after, PLACED) > 0 || tokens[i - 1]?.kind === 'number') continue;
      if (
        words < 2 ||
        (words === 2 && !headed && !called) ||
        (words >= 3 && !headed && !called && !middles(tokens, i, to))
      )
        continue;
    } else {
      if (!headed) continue;
      while (
        to - i < LONGEST &&
        tokens[to]?.kind === 'word' &&
        (!ENDS.has(tokens[to]!.bare) || (to === i + 1 && phraseAt(tokens, to, MIDDLE) > 0))
      )
        to++;
      if (to - i < 2) continue;
    }
    found.push({
      type: 'person',
      value: reading.received.slice(tokens[i]!.start, tokens[to - 1]!.end).normalize('NFC'),
      from: i,
      to,
      sureness: headed ? 0.93 : 0.8,
    });
    i = to - 1;
  }
  return found;
};

const headAt = (tokens: Reading['tokens'], at: number): number => {
  const length = phraseAt(tokens, at, HEADS);
  return isSign(tokens[at + length], ':') || (length > 0 && says(tokens[at + length], 'là')) ? length + 1 : length;
};

/** "Nguyễn Văn An": something of a middle name between the surname and the last word */
const middles = (tokens: Reading['tokens'], from: number, to: number): boolean => {
  for (let i = from + 1; i < to - 1; i++) if (phraseAt(tokens, i, MIDDLE) > 0) return true;
  return false;
};
