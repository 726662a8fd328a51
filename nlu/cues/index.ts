import type { Cues, Entity } from '../../core/understanding';
import { isSign, type Lexicon, phraseAt, phrases, says } from '../entities/reading';
import type { Token } from '../text/tokens';
import { addressIn } from './address';
import { correctionAt, denialAt } from './correction';
import { housesIn } from './houses';
import { isIncomplete } from './incomplete';

const CONNECTS = phrases('còn|thế còn|vậy còn|thế|vậy|rồi còn|mà còn|thế thì|vậy thì');
const WHAT_OF = phrases('thì sao|thì răng|thì thế nào|thì nhiêu|thì bao nhiêu|thì mấy');
const SLOT = phrases('tháng|kỳ|năm|quý|nhà|quán|mã|bên|hôm|tuần|cái|chỗ|tiệm|xưởng|hóa đơn|bữa|t');
const TOTALLING = phrases(
  'cộng lại|cộng hết|cộng chung|cộng dồn|cộng vào|tổng cộng|tổng tiền|tổng số tiền|tổng hai|tổng 2|tổng là|tổng hết|tổng nợ|cả hai|cả 2|cả ba|cả 3|cả thảy|hết thảy|tất cả bao nhiêu|tất cả là|gộp lại|gộp chung|gộp|tất cả mấy',
);
const ELSEWHERE = phrases(
  'bạn nói|em nói|con nói|cháu nói|bạn bảo|em bảo|bạn báo|em báo|em kêu|bên em nói|bên bạn nói|bot nói|hồi nãy|lúc nãy|khi nãy|nãy em|nãy bạn|app ghi|app báo|app hiện|app nói|zalo báo|zalo ghi|tin nhắn ghi|tin nhắn báo|trên app|trong app|hóa đơn ghi|giấy báo ghi|ngân hàng báo|nhân viên nói|nhân viên báo|tổng đài nói|tổng đài báo|web ghi|momo ghi|momo báo|ở trên ghi|tin nhắn nói|người ta nói|app evncpc nói|app evncpc ghi|app evncpc báo|app evn nói|app evn ghi|app evn báo|mà ở đây',
);
/** "em báo mất điện" reports, and quotes nobody */
const REPORTED = phrases('mất|cúp|sự cố|hư|cháy|đứt|từ|hôm qua|rồi|lên|cho');
const DIFFERS = phrases('sao|khác|lệch|không khớp|chứ|mà|không giống|đúng|đâu phải|giờ lại|bây giờ lại');
const ASKS = phrases(
  'bao nhiêu|bao lâu|bao giờ|khi nào|chừng nào|lúc nào|hồi nào|mấy giờ|ngày nào|ngày mấy|thế nào|như nào|ra sao|làm sao|tại sao|vì sao|sao|ở đâu|gì|mấy|nhiêu|nào|ai|phải không|đúng không|được không|có phải|răng',
);
/** a question only at the end of what is said */
const ENDS_ASKING = phrases('không|chưa|hả|hở|à|hông|đâu|chi|nhỉ|ha|mô|sao|phải hông|đúng hông');
const TAIL = phrases('em|ạ|vậy|con|bạn|shop|ta|anh|chị|cháu|ad|admin|thế|ơi|rứa|nhỉ|nữa|nè|dạ|cô|chú|đó|đấy|ha|hả');
const ANGRY = phrases(
  `bực mình | bực quá | bực bội | tức quá | tức ghê | quá đáng | làm ăn kiểu | làm ăn gì | làm ăn vậy | làm ăn như | làm ăn thế | vô trách nhiệm | ăn cướp | lừa đảo dân | chán quá | chán thật | mất dạy |
  đồ ngu | bố láo | khốn nạn | chết tiệt | đm | đmm | vcl | vl | clgt | wtf | tồi tệ | tệ hại | tệ quá | quá tệ | thất vọng | không chấp nhận được | hết chịu nổi | chịu hết nổi | đi kiện | kiện lên | ức chế | móc túi | hút máu |
  vô lý | phẫn nộ | cúp hoài | cắt hoài | mất hoài | mất điện hoài | cúp điện hoài | mấy lần rồi | bao nhiêu lần rồi | trả lời cho đàng hoàng | coi thường | hành dân | lừa dân | điên quá | điên tiết | quan liêu | tắc trách | làm việc kiểu gì | quá quắt`,
);
/** only with their diacritics, for without them they are other words */
const ANGRY_EXACT = new Set(['bực', 'láo', 'cướp', 'chán', 'vãi', 'đéo', 'khùng', 'xàm', 'ngu', 'mẹ kiếp', 'tức']);
const ANGRY_SIGNS = new Set(['😡', '🤬', '😠', '👿', '😤', '💢']);
export interface CueContext {
  entities: readonly Entity[];
  /** an entity that the dialog waits for is there, or the message is an SMS command, or its want tells enough by itself */
  complete: boolean;
}

const anywhere = (tokens: readonly Token[], lexicon: Lexicon<unknown>): boolean => {
  for (let i = 0; i < tokens.length; i++) if (phraseAt(tokens, i, lexicon) > 0) return true;
  return false;
};

const quotes = (tokens: readonly Token[]): boolean => {
  for (let i = 0; i < tokens.length; i++) {
    const length = phraseAt(tokens, i, ELSEWHERE);
    // "em báo 2 lần rồi" counts reports
    const counted = tokens[i + length]?.kind === 'number' && says(tokens[i + length + 1], 'lần');
    const reports = says(tokens[i + length - 1], 'báo') && (counted || phraseAt(tokens, i + length, REPORTED) > 0);
    if (length > 0 && !reports) return true;
  }
  return false;
};

const asks = (tokens: readonly Token[]): boolean => {
  for (let i = 0; i < tokens.length; i++) {
    if (isSign(tokens[i], '?') || phraseAt(tokens, i, ASKS) > 0) return true;
    const length = phraseAt(tokens, i, ENDS_ASKING);
    if (length === 0 || i === 0 || says(tokens[i - 1], 'à', 'ủa', 'ý', 'í')) continue;
    let j = i + length;
    for (let tail = phraseAt(tokens, j, TAIL); tail > 0; tail = phraseAt(tokens, j, TAIL)) j += tail;
    if (j >= tokens.length || tokens[j]!.kind === 'sign') return true;
  }
  return false;
};

/** "cho chị hỏi ngu tí", "tui ngu quá không hiểu": said of oneself */
const OF_ONESELF = new Set(['hỏi', 'tui', 'tôi', 'mình', 'hơi']);

/** Strong words of displeasure. */
export const isAngry = (tokens: readonly Token[]): boolean =>
  anywhere(tokens, ANGRY) ||
  tokens.some(
    (t, i) =>
      ANGRY_SIGNS.has(t.word) ||
      (ANGRY_EXACT.has(t.typed) && !(t.typed === 'ngu' && OF_ONESELF.has(tokens[i - 1]?.word ?? ''))),
  );

/** What the wording says besides wants and values. */
export const cuesOf = (tokens: readonly Token[], { entities, complete }: CueContext): Cues => {
  // "nhà số 2 Lê Lợi" is an address
  const houses = housesIn(tokens).filter(
    (h) => !entities.some((e) => e.type === 'place' && e.start > h.start && e.start < h.end),
  );
  const question = asks(tokens);
  const first = tokens.findIndex(
    (t) => t.kind !== 'sign' && !says(t, 'mà', 'à', 'dạ', 'ủa', 'ừ', 'ok', 'rồi', 'ừm', 'thôi'),
  );
  const connects = first < 0 ? 0 : phraseAt(tokens, first, CONNECTS);
  const next = first + connects;
  const slot =
    first >= 0 &&
    (phraseAt(tokens, next, SLOT) > 0 ||
      entities.some((e) => e.start === tokens[next]?.start) ||
      houses.some((h) => h.start === tokens[next]?.start));
  const address = addressIn(tokens);
  return {
    incomplete: !complete && !question && isIncomplete(tokens, entities),
    angry: isAngry(tokens),
    correcting:
      correctionAt(tokens) >= 0 || (denialAt(tokens) >= 0 && says(tokens[denialAt(tokens) - 3], 'chứ', 'chớ')),
    following: (connects > 0 && slot) || anywhere(tokens, WHAT_OF),
    totalling: anywhere(tokens, TOTALLING),
    comparing: quotes(tokens) && (anywhere(tokens, DIFFERS) || tokens.some((t) => t.kind === 'number')),
    question,
    houses,
    ...(address ? { address } : {}),
  };
};
