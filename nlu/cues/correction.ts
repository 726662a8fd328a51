import { isSign, phraseAt, phrases, says } from '../entities/reading';
import type { Token } from '../text/tokens';

const TAKEN_BACK = phrases(
  `à mà thôi | ờ mà thôi | mà thôi coi | mà thôi xem | mà thôi cho | thôi coi mã | thôi xem mã | à không | ủa không | ý không | í không | à nhầm | ý em là | ý anh là | ý chị là | ý tôi là | ý mình là | ý tui là | ý cô là | ý bác là | ý chú là |
  ý bà là | ý là | í là | lộn | lộn rồi | lộn mã | nhầm | nhầm rồi | nhầm mã | mã khác | tháng khác | nhà khác | không phải mã | không phải tháng | không phải nhà |
  sai mã rồi | gõ sai | gõ nhầm | viết sai | viết nhầm | ghi lộn mã | đổi lại | sửa lại | à mà không | không phải vậy | nói lại | đính chính | quên`,
);
const ALONE = phrases('lộn|nhầm|quên');
/** "ghi nhầm", "tính lộn": a doubt about our work, not about one's own words */
const DOUBT = phrases(
  'có|tính|ghi|thu|gạch|in|cắt|bị|nhà|đọc|chắc|đóng|chuyển|nộp|công|hay|gửi|sợ|báo|đi|đừng|không|lẫn|xem|coi',
);
const NEVER_AFTER = phrases('xộn|lẫn|không|hông|số liệu|tiền|chỉ số|hay|vậy|mật khẩu|mã|sổ');

/**
 * Where someone takes back what they just said ("t9, í lộn t8", "à không, tháng 8"): the index of the first token after it,
 * or -1. What is said before it and again after it counts only as said after it.
 */
export const correctionAt = (tokens: readonly Token[]): number => {
  for (let i = 0; i < tokens.length; i++) {
    // a lone "a" is read as "anh"
    const ah = tokens[i]!.typed === 'a' && says(tokens[i + 1], 'không', 'nhầm', 'lộn') ? 2 : 0;
    const length = ah || phraseAt(tokens, i, TAKEN_BACK);
    if (length === 0) continue;
    if (phraseAt(tokens, i, ALONE) === 1) {
      if (phraseAt(tokens, i - 1, DOUBT) > 0) continue;
      if (length === 1 && phraseAt(tokens, i + 1, NEVER_AFTER) > 0) continue;
      // "quên" takes back only when it stands between signs: "tháng 9, quên, tháng 8"
      if (says(tokens[i], 'quên') && !(isSign(tokens[i - 1], ',', '.') && isSign(tokens[i + 1], ',', '.'))) continue;
    }
    // "à không" with nothing behind it is an answer
    const answer = length === 2 && says(tokens[i + 1], 'không');
    if (answer && tokens.slice(i + 2).every((t) => t.kind === 'sign' || says(t, 'em', 'ạ', 'bạn', 'con', 'nha')))
      continue;
    if (answer && ah === 0 && !says(tokens[i], 'à', 'ủa', 'ý', 'í')) continue;
    return i + length;
  }
  return -1;
};

const NOT_THAT = phrases(
  'chứ không phải là|chứ không phải|chớ không phải|chứ đâu phải|chớ đâu phải|chứ đâu có phải|chứ chẳng phải|chứ có phải|không phải là|không phải|đâu phải',
);

/** "tháng 10 chứ không phải tháng 11": the index of the first token after the denial, or -1. What it denies was never meant. */
export const denialAt = (tokens: readonly Token[]): number => {
  for (let i = 1; i < tokens.length; i++) {
    const length = phraseAt(tokens, i, NOT_THAT);
    if (length > 0) return i + length;
  }
  return -1;
};
