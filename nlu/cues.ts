import type { Cues, Entity } from '../core/understanding';
import { isSign, phraseAt, says, saysAll } from './entities/reading';
import { strip } from './text/characters';
import type { Token } from './text/tokens';

const CORRECTING = [
  'à không',
  'ủa không',
  'ý không',
  'í không',
  'à nhầm',
  'ý em là',
  'ý anh là',
  'ý chị là',
  'ý tôi là',
  'ý mình là',
  'ý là',
  'ý cô là',
  'ý bác là',
  'í là',
  'lộn',
  'nhầm',
  'nhầm rồi',
  'nhầm mã',
  'mã khác',
  'không phải mã',
  'không phải tháng',
  'sai rồi',
  'sai mã',
  'gõ sai',
  'viết sai',
  'ghi sai mã',
  'chứ không phải',
  'đổi lại',
  'sửa lại',
  'à mà không',
  'không phải vậy',
  'nói lại',
];
/** "có nhầm không", "ghi nhầm": a doubt about us, not a correction of oneself */
const NOT_CORRECTING_BEFORE = [
  'có',
  'tính',
  'ghi',
  'thu',
  'gạch',
  'in',
  'cắt',
  'bị',
  'nhà',
  'đọc',
  'chắc',
  'đóng',
  'chuyển',
  'nộp',
  'công',
  'hay',
  'gửi',
  'sợ',
];
const FOLLOWING = ['còn', 'thế còn', 'vậy còn', 'thế', 'vậy', 'rồi'];
const TOTALLING = [
  'cộng lại',
  'cộng',
  'tổng cộng',
  'tổng',
  'cả hai',
  'cả 2',
  'cả ba',
  'cả 3',
  'tất cả',
  'gộp',
  'hết thảy',
  'hai nhà',
  'cả thảy',
  'hai cái',
  'gộp lại',
];
const COMPARING = [
  'sao bạn nói',
  'sao em nói',
  'sao nói',
  'sao bạn báo',
  'sao em báo',
  'sao lại báo',
  'sao ở đây',
  'sao đây',
  'bạn nói',
  'em nói',
  'con nói',
  'cháu nói',
  'bạn bảo',
  'em bảo',
  'bên em nói',
  'bên bạn nói',
  'hồi nãy',
  'lúc nãy',
  'khi nãy',
  'app ghi',
  'app báo',
  'zalo báo',
  'zalo ghi',
  'app hiện',
  'tin nhắn ghi',
  'tin nhắn báo',
  'trên app',
  'hóa đơn ghi',
  'giấy báo ghi',
  'khác với',
  'không khớp',
  'không giống',
  'lệch',
  'mà em nói',
  'mà bạn nói',
  'nhân viên nói',
  'tổng đài nói',
  'tổng đài báo',
];
const QUESTION = [
  'bao nhiêu',
  'bao lâu',
  'bao giờ',
  'khi nào',
  'mấy giờ',
  'ngày nào',
  'ngày mấy',
  'thế nào',
  'như nào',
  'làm sao',
  'tại sao',
  'vì sao',
  'sao',
  'ở đâu',
  'đâu',
  'gì',
  'không',
  'chưa',
  'mấy',
  'nhiêu',
  'hả',
  'hở',
  'à',
  'phải không',
  'đúng không',
  'ai',
  'nào',
  'hông',
  'chi',
  'răng',
  'được không',
];
const ANGRY = [
  'bực',
  'bực mình',
  'bực quá',
  'tức',
  'tức quá',
  'quá đáng',
  'làm ăn',
  'vô trách nhiệm',
  'ăn cướp',
  'cướp',
  'lừa đảo dân',
  'chán',
  'mất dạy',
  'đồ ngu',
  'ngu',
  'bố láo',
  'láo',
  'khốn nạn',
  'chết tiệt',
  'vãi',
  'vl',
  'vcl',
  'đm',
  'dm',
  'đmm',
  'dmm',
  'cc',
  'clgt',
  'wtf',
  'tồi tệ',
  'tệ hại',
  'tệ quá',
  'quá tệ',
  'thất vọng',
  'không chấp nhận được',
  'hết chịu nổi',
  'chịu hết nổi',
  'kiện',
  'khùng',
  'xàm',
  'ức chế',
  'móc túi',
  'hút máu',
  'vô lý',
  'vô lí',
  'phẫn nộ',
  'mệt mỏi',
  'hoài vậy',
  'cúp hoài',
  'cắt hoài',
  'bao nhiêu lần rồi',
  'mấy lần rồi',
  'trời ơi',
];
const ANGRY_SIGNS = new Set(['😡', '🤬', '😠', '👿', '😤', '💢']);
const HOUSES = [
  'nhà ba má',
  'nhà bố mẹ',
  'nhà cha mẹ',
  'nhà ông bà',
  'nhà nội',
  'nhà ngoại',
  'nhà trọ',
  'phòng trọ',
  'dãy trọ',
  'nhà thuê',
  'nhà mẹ',
  'nhà má',
  'nhà ba',
  'nhà bố',
  'nhà vợ',
  'nhà chồng',
  'nhà con',
  'nhà mới',
  'nhà cũ',
  'nhà kia',
  'nhà này',
  'nhà riêng',
  'nhà chị',
  'nhà anh',
  'nhà em',
  'nhà dưới',
  'nhà trên',
  'nhà xưởng',
  'nhà hàng',
  'nhà nghỉ',
  'quán',
  'tiệm',
  'cửa hàng',
  'xưởng',
  'công ty',
  'kho',
  'trại',
  'ao tôm',
  'shop',
  'khách sạn',
  'văn phòng',
  'nhà',
];

/** How elders and juniors speak of self; our own word answers theirs. */
const PAIRS: [string, string][] = [['bà', 'con'], ['ông', 'con'], ['cô', 'cháu'], ['chú', 'cháu'], ['bác', 'cháu'], ['dì', 'con'], ['thím', 'con'], ['cậu', 'con'], ['mợ', 'con'], ['chị', 'em'], ['anh', 'em'], ['má', 'con']]; // biome-ignore format: a table

const anywhere = (tokens: readonly Token[], phrases: readonly string[]): number => {
  for (let i = 0; i < tokens.length; i++) if (phraseAt(tokens, i, phrases) > 0) return i;
  return -1;
};

/** Where self-correction is said, as the index of the first token after it; -1 when it is not. */
export const correctionAt = (tokens: readonly Token[]): number => {
  for (let i = 0; i < tokens.length; i++) {
    let longest = 0;
    for (const phrase of CORRECTING) {
      const length = saysAll(tokens, i, phrase) ? phrase.split(' ').length : 0;
      if (length > longest) longest = length;
    }
    if (longest === 0) continue;
    const before = tokens[i - 1];
    if (longest === 1 && before && says(before, ...NOT_CORRECTING_BEFORE)) continue;
    if (longest === 1 && says(tokens[i], 'lộn') && says(tokens[i + 1], 'xộn', 'xôn')) continue;
    // "à không" as an answer is a refusal, unless something follows
    if (longest === 2 && says(tokens[i + 1], 'không') && !tokens.slice(i + 2).some((t) => t.kind !== 'sign'))
      return i + 2;
    return i + longest;
  }
  return -1;
};

const address = (tokens: readonly Token[]): Cues['address'] => {
  const called = (us: string): boolean => {
    for (let i = 0; i < tokens.length; i++) {
      if (!says(tokens[i], us)) continue;
      if (says(tokens[i + 1], 'ơi', 'à', 'ạ', 'nhé', 'nha', 'hen', 'hỡi')) return !says(tokens[i + 1], 'ạ');
    }
    return false;
  };
  for (const [customer, us] of PAIRS) {
    for (let i = 0; i < tokens.length; i++) {
      if (!says(tokens[i], customer) || tokens[i]!.kind !== 'word') continue;
      const asks =
        says(tokens[i - 1], 'cho', 'giúp', 'nhờ', 'dùm', 'bảo', 'báo', 'của', 'chỉ', 'coi', 'nhà', 'đến') ||
        says(tokens[i + 1], 'hỏi', 'muốn', 'cần', 'nhờ', 'xem', 'đóng', 'coi', 'không', 'đây', 'kiếm', 'bị', 'tên');
      const bareClash =
        tokens[i]!.word === tokens[i]!.bare && ['ba', 'co', 'chu', 'ma', 'di', 'cau'].includes(tokens[i]!.bare);
      if (
        bareClash
          ? called('con') || called('cháu')
          : asks &&
            (called(us) ||
              called('con') ||
              called('cháu') ||
              (['bà', 'ông', 'cô', 'chú', 'bác', 'dì', 'thím'].includes(customer) &&
                says(tokens[i - 1], 'cho', 'giúp', 'nhờ')))
      ) {
        const said = called('cháu') ? 'cháu' : called('con') ? 'con' : us;
        if (said === 'em' && !['anh', 'chị'].includes(customer)) continue;
        return { customer, us: said };
      }
    }
  }
  if (called('cháu')) return { customer: 'bác', us: 'cháu' };
  if (called('con')) return { customer: 'cô/chú', us: 'con' };
  return undefined;
};

/** Words that open a message and say no want, and the plain topics: together alone they are not yet a message. */
const OPENING = new Set(
  'cho toi minh em anh chi ba ong co chu bac di chau con hoi xin chut ty xiu ti cai nay voi oi a alo alô admin ad ban shop dien luc nhan vien tong dai lam phien nho giup tu van minhf mot muon can hoi tham de de hoi'.split(
    ' ',
  ),
);
const TOPIC = new Set(
  'tien dien hoa don bill no chi so san luong lich ghi cup cat mat thang nay ni truoc roi nam ky ngay hom tuan nha ma khach hang cong to dong ho bieu gia gia thong tin tra cuu xem coi kiem tra cua'.split(
    ' ',
  ),
);
const GREETING = new Set(
  'xin chao hello hi alo a lo da vang ok u khong cam on tam biet bye thoi huy dung phai menu giup help'.split(' '),
);

export interface CueContext {
  entities: readonly Entity[];
  /** an entity that the dialog waits for is there */
  awaited: boolean;
  command: boolean;
  /** the best intent and how sure it is */
  intent: string;
  sureness: number;
}

const incompleteOf = (
  tokens: readonly Token[],
  { entities, awaited, command, intent }: CueContext,
  question: boolean,
): boolean => {
  if (awaited || command || tokens.length === 0 || question) return false;
  if (intent.startsWith('safety.hazard')) return false;
  const words = tokens.filter((t) => t.kind === 'word');
  if (words.length > 8) return false;
  if (entities.some((e) => !['month', 'year', 'period', 'date', 'date_range'].includes(e.type))) return false;
  const vocative =
    words.length > 0 &&
    words.length <= 4 &&
    says(words[words.length - 1], 'ơi') &&
    words.every((w) => OPENING.has(w.bare));
  if (vocative) return true;
  if (words.length > 0 && words.every((w) => GREETING.has(w.bare))) return false;
  const opening =
    words.length > 0 &&
    words.every((w) => OPENING.has(w.bare) || w.bare === 'da') &&
    words.some((w) => ['hoi', 'oi', 'nho', 'giup', 'muon', 'can'].includes(w.bare));
  if (opening) return true;
  const times = entities.some((e) => ['month', 'year', 'period', 'date', 'date_range'].includes(e.type));
  const topics = words.filter((w) => TOPIC.has(w.bare)).length;
  const others = words.filter((w) => !TOPIC.has(w.bare) && !OPENING.has(w.bare)).length;
  if (others > 0) return false;
  // a bare time, or a bare topic of few words; topic and time together are a want
  const inTime = tokens.filter((t) => entities.some((e) => t.start >= e.start && t.end <= e.end)).length;
  if (times) return inTime >= tokens.filter((t) => t.kind !== 'sign').length;
  return topics > 0 && words.length <= 4 && tokens.every((t) => t.kind !== 'number');
};

/** What the wording says besides wants and values. */
export const cuesOf = (tokens: readonly Token[], context: CueContext): Cues => {
  const houses: Cues['houses'] = [];
  for (let i = 0; i < tokens.length; i++) {
    const length = phraseAt(tokens, i, HOUSES);
    if (length === 0) continue;
    if (
      says(tokens[i], 'nhà') &&
      length === 1 &&
      (says(tokens[i + 1], 'nước', 'mạng', 'ga', 'máy', 'bạn') || says(tokens[i - 1], 'người', 'cả', 'chủ'))
    )
      continue;
    houses.push({
      label: tokens
        .slice(i, i + length)
        .map((t) => t.word)
        .join(' '),
      start: tokens[i]!.start,
      end: tokens[i + length - 1]!.end,
    });
    i += length - 1;
  }
  const questionSign = tokens.some((t) => isSign(t, '?'));
  const question = questionSign || anywhere(tokens, QUESTION) >= 0;
  const caps = false;
  const first = tokens.findIndex((t) => t.kind !== 'sign' && !says(t, 'mà', 'à', 'dạ', 'ủa', 'ừ', 'ok', 'rồi'));
  const words = tokens.filter((t) => t.kind === 'word').length;
  const following =
    first >= 0 &&
    words <= 9 &&
    ((phraseAt(tokens, first, FOLLOWING) > 0 && says(tokens[first], 'còn', 'thế', 'vậy')) ||
      anywhere(tokens, ['thì sao', 'thì răng']) >= 0 ||
      (says(tokens[first], 'tháng', 'kỳ', 'năm') && questionSign && words <= 4));
  const comparing =
    anywhere(tokens, COMPARING) >= 0 &&
    (anywhere(tokens, ['sao', 'khác', 'lệch', 'không khớp', 'đúng', 'chứ', 'mà', 'vậy', 'không giống']) >= 0 ||
      context.entities.some((e) => e.type === 'money' || e.type === 'kwh'));
  return {
    incomplete: incompleteOf(tokens, context, question),
    angry: caps || anywhere(tokens, ANGRY) >= 0 || tokens.some((t) => ANGRY_SIGNS.has(t.word)),
    correcting: correctionAt(tokens) >= 0,
    following,
    totalling: anywhere(tokens, TOTALLING) >= 0,
    comparing,
    question,
    houses,
    ...((a) => (a ? { address: a } : {}))(address(tokens)),
  };
};
void strip;
