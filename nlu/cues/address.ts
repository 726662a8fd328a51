import type { Cues } from '../../core/understanding';
import { lexicon, lookAt, phraseAt, phrases } from '../entities/reading';
import type { Token } from '../text/tokens';

/** elders and seniors by the word they use of themselves, with what we then call ourselves */
const SELF = lexicon([
  ['bà/con', 'bà|bà ngoại|bà nội'],
  ['ông/con', 'ông|ông ngoại|ông nội'],
  ['cô/cháu', 'cô'],
  ['chú/cháu', 'chú'],
  ['bác/cháu', 'bác'],
  ['dì/con', 'dì'],
  ['dượng/con', 'dượng'],
  ['cậu/con', 'cậu'],
  ['mợ/con', 'mợ'],
  ['thím/con', 'thím'],
  ['cô chú/cháu', 'cô chú'],
  ['chị/em', 'chị'],
  ['anh/em', 'anh'],
]);
const GIVES = phrases('cho|giúp|giùm|nhờ|dùm|chỉ|báo|coi giúp|xem giúp|hướng dẫn|nói');
const WISHES = phrases('hỏi|muốn|cần|nhờ|coi|xem|biết|với|tra|kiểm tra|đóng|đăng ký|gửi|báo|xin|tí|chút|cái|một|nghe');
const OWNS = phrases('của|nhà|bên|quán');
const CALLS = phrases('ơi|à|nè|hỡi|nghen|nhen|hen|nhé|nha');
const YOUNGER = lexicon([
  ['con', 'con'],
  ['cháu', 'cháu'],
  ['em', 'em'],
]);
/** "bà con lối xóm", "chị ấy", "anh thợ": somebody else */
const OTHERS = phrases(
  'con|ấy|kia|đó|hàng|chồng|vợ|thợ|nhân viên|trưởng|gái|trai|ruột|hai|ba|tư|năm|xã|đội|công an|chủ|giáo|út',
);

/** "bà tôi", "chú em": kin of the one who writes */
const KIN = phrases('tôi|tui|mình|em|con|cháu|tao');

/** How the customer speaks of self and of us, or undefined when the wording does not say. */
export const addressIn = (tokens: readonly Token[]): Cues['address'] => {
  let calledUs: string | undefined;
  for (let i = 0; i < tokens.length; i++) {
    const us = lookAt(tokens, i, YOUNGER);
    if (us && phraseAt(tokens, i + 1, CALLS) > 0 && phraseAt(tokens, i - 1, GIVES) === 0) calledUs ??= us.value;
  }
  for (let i = 0; i < tokens.length; i++) {
    const self = lookAt(tokens, i, SELF);
    if (!self) continue;
    const after = i + self.length;
    // "chị ơi", "anh ơi" call us
    if (phraseAt(tokens, after, CALLS) > 0 || phraseAt(tokens, after, OTHERS) > 0) continue;
    const given = phraseAt(tokens, i - 1, GIVES) > 0;
    const wishes = phraseAt(tokens, after, WISHES) > 0;
    // without diacritics "ba", "co", "chu" are other words: only the fixed "cho bà hỏi" counts
    const typed = tokens[i]!.word !== tokens[i]!.bare || tokens[i]!.word === 'anh';
    const first = i === 0 || tokens[i - 1]!.kind === 'sign';
    const sure = typed
      ? (given && (wishes || after >= tokens.length || tokens[after]!.kind === 'sign' || calledUs !== undefined)) ||
        (wishes && first) ||
        (calledUs !== undefined &&
          (wishes || phraseAt(tokens, i - 1, OWNS) > 0 || (first && phraseAt(tokens, after, KIN) === 0)))
      : given && wishes;
    if (!sure) continue;
    const [customer, us] = self.value.split('/') as [string, string];
    const ours =
      us === 'em'
        ? 'em'
        : calledUs && calledUs !== 'em'
          ? calledUs
          : mentions(tokens, 'cháu')
            ? 'cháu'
            : mentions(tokens, 'con')
              ? 'con'
              : us;
    return { customer, us: ours };
  }
  return calledUs && calledUs !== 'em' ? { customer: 'cô/chú', us: calledUs } : undefined;
};

const mentions = (tokens: readonly Token[], word: string): boolean => tokens.some((t) => t.word === word);
