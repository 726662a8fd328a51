import { isSign, lexicon, lookAt, phraseAt, phrases, type Reading } from './reading';

/** Administrative words, and others that a name follows. */
export const LEVELS = lexicon([
  ['ward', 'phường|xã|thị trấn'],
  ['district', 'quận|huyện|thị xã|thành phố|tp'],
  ['province', 'tỉnh'],
  ['street', 'đường số|đường|hẻm|ngõ|kiệt|ngách|phố|quốc lộ|tỉnh lộ|đại lộ|hương lộ'],
  [
    'hamlet',
    'thôn|ấp|tổ dân phố|khu phố|khóm|bản|làng|tổ|xóm|buôn|khu dân cư|chung cư|khối phố|kênh|cù lao|khu đô thị|khu công nghiệp|khu tái định cư|cụm công nghiệp|kcn|kdc|kđt|ccn|kcx|tdp|lô|thửa|tờ bản đồ|block|tòa nhà|cư xá',
  ],
  [
    'landmark',
    'chợ|hợp tác xã|trường cấp 1|trường cấp 2|trường cấp 3|trường tiểu học|trường mầm non|trường mẫu giáo|trường trung học|trường|bệnh viện|cầu|ngã ba|ngã tư|ngã năm|bến xe|chùa|nhà thờ|siêu thị|sân bay|bến phà|công viên',
  ],
]);

/** a place name ends before these */
const STOPS = new Set(
  `cup mat cat bi co khong hay la thi ma dang da se roi lich tien bao may khi nao gi sao chua duoc vay nha ha nhe a oi em anh chi toi ban voi va tuan thang ngay
  hom mai nay ni kia do day tu den luc gio sang chieu toi dem nua luon het muon can xin cho hoi tra cuu xem dien nuoc ai dau hoac nhung vi tai o bao lau de lai
  vua mua lam nghe tin nhan app zalo dia diem phong giao dich tram cot tru bien ap day cap ca cung hu chay yeu chap bua lai mo gap dung lap trong ngoai ben phai ghi doi moi nhu the con hoai ad shop`.split(
    /\s+/,
  ),
);
const STOP_ACCENTED = new Set(
  `cúp mất cắt bị có không hay là thì mà đang đã sẽ rồi lịch tiền bao mấy khi nào gì sao chưa được vậy nha hả nhé ạ ơi em anh chị tôi bạn với và tuần tháng ngày
  hôm nay ni kia đó đây từ đến lúc giờ sáng chiều tối đêm nữa luôn hết muốn cần xin cho hỏi tra cứu xem điện nước ai đâu hoặc nhưng vì tại ở để lại vừa làm nghe tin
  trạm cột trụ dây cáp cả cũng phòng hư cháy yếu chập bữa mở gặp dùng lắp trong ngoài bên phải ghi đổi mới như thế còn hoài`.split(
    /\s+/,
  ),
);
/** only with these marks: without them they are parts of names */
const STOP_MARKED = new Set(
  'được đèn đoạn đóng vẫn kêu họp rớt đứt đổ nghiêng ngã nổ cúp tui mình bác cô chú bà ông con thưa nè đi chứ ko vào ra tới thanh toán nợ trả gọi nhờ kiểm tổng đợi chờ lâu quá mốt nhất cũ bực lắm'
    .split(' ')
    .filter((word) => word !== 'thanh' && word !== 'toán'),
);
/** stop words that are also the second half of many names: "Tân Phong", "Vĩnh Điện", "Hoàng Anh" */
const SECOND = new Set(
  'dien phong anh mai nay hoa lai do toi lam can day mo moi trong dong dung giao tin ben chay'.split(' '),
);
const HARD = new Set(
  'mat cup cat bi co chua khong k hom tuan sang chieu toi mai bao khi la thi roi co tu ngay'.split(' '),
);

const NOT_PLACES = phrases(
  `đó|đây|nhà|chỗ|đâu|trên|ngoài|trong|kia|này|ni|mô|bên|đấy|công ty|quê|trọ|một|mức|bậc|app|zalo|web|cơ quan|bưu điện|dưới|bếp|lầu|gác|phòng|sân|vườn|đường|hẻm|xóm|khu|xa|gần|nước|ngân hàng|văn phòng|tổng đài|quầy|ổ|công tơ|đồng hồ|tầng|ban công|ruộng|rẫy|chung|riêng|với|một mình|mình|em|tui|tôi|anh|chị|cuối|đầu|giữa|bất cứ|đoạn nào|mấy|cột|trụ|dây|cầu dao|tủ|cửa hàng|tiệm|quán|facebook|sms|hóa đơn|tháng|năm|tuần|ngày|kỳ|đơn vị|cây|cổng|ngã|mặt|phía|thời điểm|xài|thuê|ghép|đợ|nhờ|lâu|tạm|viber|momo|vnpay|zalopay|viettel|internet|ví|máy|mạng|tài khoản|khoản|sao|vì|nghe|nạn|xế|tâm|chúng|nơi|từng|hạn|cửa`,
);

const capital = ({ received, tokens }: Reading, at: number): boolean => {
  const first = tokens[at]?.kind === 'word' ? received[tokens[at]!.start] : undefined;
  return first !== undefined && first !== first.toLowerCase();
};

const telling = new WeakMap<object, boolean>();
/** Whether capitals mean anything in this message: not where every word has one. */
const capitalsTell = (reading: Reading): boolean => {
  let tell = telling.get(reading.tokens);
  if (tell === undefined) {
    let words = 0;
    let capitals = 0;
    for (let i = 0; i < reading.tokens.length; i++) {
      if (reading.tokens[i]!.kind !== 'word') continue;
      words++;
      if (capital(reading, i)) capitals++;
    }
    tell = capitals > 0 && (words - capitals >= 2 || words <= 4);
    telling.set(reading.tokens, tell);
  }
  return tell;
};

/** The word at `at` ends a name: an everyday word, as far as its marks tell. */
export const stops = ({ tokens }: Reading, at: number): boolean => {
  const { bare, word } = tokens[at]!;
  return STOP_MARKED.has(word) && word !== bare ? true : STOPS.has(bare) && (word === bare || STOP_ACCENTED.has(word));
};

/** What follows a word that says where is no name: "ở đây", "ở nhà", "ở cơ quan". */
export const notAName = (reading: Reading, at: number): boolean =>
  phraseAt(reading.tokens, at, NOT_PLACES) > 0 &&
  !(capitalsTell(reading) && capital(reading, at) && capital(reading, at + 1));

/**
 * The token after the name that begins at `at`, or `at` when there is none. Words with capitals go on as long as they have
 * them; lower-case words end before a stop word. `level` is the administrative word before the name, `free` after ở or tại,
 * `capitals` where only capitals make a name, `awaited` where a place was asked for.
 */
export const nameEnd = (reading: Reading, at: number, level: string): number => {
  const { tokens } = reading;
  const first = tokens[at];
  if (!first) return at;
  if (first.kind === 'number') return numberEnd(reading, at, level);
  if (first.kind !== 'word') return at;
  if (level === 'street' && tokens[at + 1]?.kind === 'number' && lookAt(tokens, at, NUMBER_WORD))
    return numberEnd(reading, at + 1, level);
  if (capitalsTell(reading) && capital(reading, at)) {
    let to = at + 1;
    while (to - at < 7) {
      if (capital(reading, to)) to++;
      else if (isSign(tokens[to], '-') && capital(reading, to + 1)) to += 2;
      else if (isSign(tokens[to], '.') && tokens[to]!.glued && tokens[to + 1]?.glued && tokens[to + 1]!.kind === 'word')
        to += 2;
      else break;
    }
    // "Hòa khánh": a name whose second half lost its capital
    if (
      to === at + 1 &&
      tokens[to]?.kind === 'word' &&
      !stops(reading, to) &&
      level !== 'capitals' &&
      level !== 'landmark' &&
      !marksNoName(reading, to)
    ) {
      while (to - at < 4 && tokens[to]?.kind === 'word' && !stops(reading, to)) to++;
    }
    return to;
  }
  if (level === 'capitals') return at;
  const most = level === 'awaited' ? 8 : 4;
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
    if (stops(reading, to) && !(to === at + 1 && closesName(reading, to))) break;
    if (token.kind === 'number' && to > at && level !== 'awaited') break;
    if (to > at && (token.word !== token.bare || token.bare.length > 3) && phraseAt(tokens, to, LEVELS) > 0) break;
    to++;
  }
  // one lower-case syllable after a level is rarely a name: "thôn bác", "đường kêu"
  if (to === at + 1 && level !== 'awaited' && level !== 'free' && first.kind === 'word') return at;
  if (to === at + 1 && level === 'free' && first.word !== first.bare && first.bare.length < 3) return at;
  return to;
};

const NUMBER_WORD = phrases('số');
const marksNoName = ({ tokens }: Reading, at: number): boolean => STOP_MARKED.has(tokens[at]!.word);

/** "vinh dien mat dien": a stop word that makes the second half of a name, where a clear stop follows. */
const closesName = ({ tokens }: Reading, at: number): boolean => {
  const token = tokens[at]!;
  if (!SECOND.has(token.bare)) return false;
  const next = tokens[at + 1];
  return (
    token.word === token.bare &&
    (next === undefined || next.kind === 'sign' || HARD.has(next.bare) || HARD.has(next.typed))
  );
};

/** "5", "12A", "123/4": and for alleys the street behind it. */
const numberEnd = (reading: Reading, at: number, level: string): number => {
  const { tokens } = reading;
  if (tokens[at]!.typed.length > 5) return at;
  let to = at + 1;
  while (
    isSign(tokens[to], '/', '-') &&
    tokens[to]!.glued &&
    tokens[to + 1]?.glued &&
    tokens[to + 1]!.kind === 'number'
  )
    to += 2;
  const letter = tokens[to];
  if (letter?.kind === 'word' && letter.glued && /^[a-d]$/.test(letter.typed)) to++;
  // "kiệt 24 Hoàng Diệu", "hẻm 12 le loi", "p5 Gò Vấp"
  if (tokens[to]?.kind !== 'word' || notAName(reading, to)) return to;
  const named = nameEnd(reading, to, level === 'street' ? 'numbered' : 'capitals');
  return named > to + 1 ? named : to;
};
