import { type Found, type Grammar, isSign, lexicon, lookAt, phraseAt, phrases, type Reading, says } from './reading';

const LEVELS = lexicon([
  ['ward', 'phường|xã|thị trấn'],
  ['district', 'quận|huyện|thị xã|thành phố|tp'],
  ['province', 'tỉnh'],
  ['street', 'đường|hẻm|ngõ|kiệt|ngách|phố'],
  ['hamlet', 'thôn|ấp|tổ dân phố|khu phố|khóm|bản|làng|tổ|xóm|khu dân cư|chung cư|khu đô thị|khu công nghiệp'],
]);
const OPENERS = phrases(
  `ở khu vực | tại khu vực | ở khu | tại khu | khu vực | ở chỗ | bên | ở | tại | khu | dưới | trên`,
);
/** a place name ends before these */
const STOPS = new Set(
  `cup mat cat bi co khong hay la thi ma dang da se roi lich tien bao may khi nao gi sao chua duoc vay nha ha nhe a oi em anh chi toi ban voi va tuan thang ngay
  hom mai nay ni kia do day tu den luc gio sang chieu toi dem nua luon het muon can xin cho hoi tra cuu xem dien nuoc ai dau hoac nhung vi tai o bao lau de lai
  vua mua lam nghe tin nhan app zalo dia diem phong giao dich tram cot tru bien ap day cap ca cung hu chay yeu chap`.split(
    /\s+/,
  ),
);
/** before the number of a house: "trước nhà 12 Lê Duẩn" */
const AT_NUMBER = phrases('trước nhà|trước nhà số|gần nhà số|trước số|số nhà|nhà số');
const NOT_PLACES = phrases(
  `đó | đây | nhà | chỗ | đâu | trên | ngoài | trong | kia | này | ni | mô | bên | đấy | công ty | quê | trọ | một | mức | bậc | app | zalo | web`,
);

/** no place, even where one is awaited */
const NO_ANSWER = phrases('cảm ơn|cám ơn|dạ|ừ|ok|thôi|không|chưa|rồi|hủy|quay lại|chào|biết|gặp|xin lỗi|cả');

const nameAfter = ({ tokens }: Reading, at: number, most: number): number => {
  let to = at;
  while (to < tokens.length && to - at < most) {
    const token = tokens[to]!;
    if (token.kind === 'sign') {
      if (isSign(token, '/', '-') && token.glued && tokens[to + 1]?.glued) {
        to++;
        continue;
      }
      break;
    }
    // accented words that only look like a stop word without their marks stay ("Cát", "Mai", "Đà")
    if (STOPS.has(token.bare) && (token.word === token.bare || STOP_ACCENTED.has(token.word))) break;
    if (phraseAt(tokens, to, LEVELS) > 0 && to > at) break;
    to++;
  }
  return to;
};
const STOP_ACCENTED = new Set(
  `cúp mất cắt bị có không hay là thì mà đang đã sẽ rồi lịch tiền bao mấy khi nào gì sao chưa được vậy nha hả nhé ạ ơi em anh chị tôi bạn với và tuần tháng ngày
  hôm nay ni kia đó đây từ đến lúc giờ sáng chiều tối đêm nữa luôn hết muốn cần xin cho hỏi tra cứu xem điện nước ai đâu hoặc nhưng vì tại ở để lại vừa làm nghe tin
  trạm cột trụ dây cáp cả cũng phòng hư cháy yếu chập`.split(/\s+/),
);

/** Where: free text after ở, tại, khu vực, or an administrative word, with its parts when they are named. */
export const place: Grammar = (reading) => {
  const { tokens, expects } = reading;
  const found: Found[] = [];
  const read = (from: number, start: number, free: boolean): number => {
    const parts: Record<string, string> = {};
    let to = start;
    let levels = 0;
    // a house number before a street: "số 12 đường Lê Lợi"
    for (;;) {
      let i = to;
      if (levels > 0 || to > start) while (isSign(tokens[i], ',', '-') || says(tokens[i], 'thuộc')) i++;
      const level = lookAt(tokens, i, LEVELS);
      if (!level) {
        if (levels > 0 && i > to && tokens[i]?.kind === 'word' && free && levels < 3) {
          // "xã Tam Kỳ, Đà Nẵng"
          const end = nameAfter(reading, i, 3);
          if (end > i + 1 && tokens.slice(i, end).every((t) => t.kind === 'word')) {
            to = end;
          }
        }
        break;
      }
      const word = level.length;
      const end = nameAfter(reading, i + word, 4);
      if (end === i + word) break;
      const [first, last] = [tokens[i + word]!, tokens[end - 1]!];
      parts[level.value] ??= reading.received.slice(first.start, last.end);
      to = end;
      levels++;
    }
    if (levels === 0 && free) {
      if (phraseAt(tokens, start, NOT_PLACES) > 0) return 0;
      to = nameAfter(reading, start, 4);
      // "cả xóm mất hết" names no place
      if (to === start || tokens.slice(start, to).every((t) => t.kind === 'number')) return 0;
      if (phraseAt(tokens, start, LEVELS) === to - start) return 0;
    }
    if (to === start) return 0;
    found.push({
      type: 'place',
      value: reading.received.slice(tokens[start]!.start, tokens[to - 1]!.end).normalize('NFC'),
      from: start,
      to,
      sureness: levels > 0 ? 0.9 : 0.6,
      ...(levels > 0 ? { parts } : {}),
    });
    void from;
    return to;
  };
  for (let i = 0; i < tokens.length; i++) {
    const opener = phraseAt(tokens, i, OPENERS);
    const level = phraseAt(tokens, i, LEVELS) > 0;
    const door = phraseAt(tokens, i, AT_NUMBER);
    if (door > 0 && tokens[i + door]?.kind === 'number' && tokens[i + door + 1]?.kind === 'word') {
      const to = read(i, i + door, true);
      if (to > 0) i = to - 1;
      continue;
    }
    if (
      level &&
      !says(tokens[i - 1], 'dân') &&
      !(says(tokens[i], 'tổ') && says(tokens[i + 1], 'chức')) &&
      !(says(tokens[i], 'đường') && (says(tokens[i + 1], 'dây') || says(tokens[i - 1], 'đèn'))) &&
      !says(tokens[i], 'bản', 'phố')
    ) {
      const to = read(i, i, true);
      if (to > 0) i = to - 1;
    } else if (opener > 0 && !(says(tokens[i], 'trên', 'dưới', 'bên') && !tokens[i + 1])) {
      if (opener === 1 && says(tokens[i], 'trên', 'dưới', 'bên', 'khu') && phraseAt(tokens, i + opener, LEVELS) === 0)
        continue;
      const to = read(i, i + opener, true);
      if (to > 0) i = to - 1;
    }
  }
  if (found.length === 0 && expects.has('place') && tokens.length > 0 && tokens.length <= 10) {
    const begins = tokens.findIndex((t) => t.kind === 'word');
    let to =
      begins >= 0 && begins <= 3 && phraseAt(tokens, begins, NO_ANSWER) === 0 ? nameAfter(reading, begins, 8) : 0;
    if (to <= begins) to = 0;
    // "12 Lê Lợi, Tam Kỳ"
    while (to > 0 && isSign(tokens[to], ',') && tokens[to + 1]?.kind === 'word') {
      const further = nameAfter(reading, to + 1, 4);
      if (further === to + 1) break;
      to = further;
    }
    if (to > 0)
      found.push({
        type: 'place',
        value: reading.received.slice(tokens[0]!.start, tokens[to - 1]!.end).normalize('NFC'),
        from: 0,
        to,
        sureness: 0.5,
      });
  }
  return found;
};
