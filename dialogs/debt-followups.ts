import type { Memory } from '../core/dialog';
import type { IntentName, Understanding } from '../core/understanding';
import { FILLERS } from './bare';
import { asksWhy } from './comparison';
import { claimsPayment } from './payment-claim';
import { fold, mentions, phrases, wordsOf } from './words';

const CUT = phrases('cúp, cắt, ngừng, ngưng, mất điện');
const SINCE = phrases(
  'từ hôm nào, hôm nào, từ khi nào, từ hồi nào, hồi nào, từ bao giờ, hôm mô, từ ngày nào, từ lúc nào',
);
const PAY_FAILS = phrases(
  'sai số tài khoản, sai tài khoản, tài khoản không tồn tại, quét không được, không quét được, ko quét được, qr lỗi, mã lỗi, link lỗi, sai tên, tên khác',
);
const WHICH_MONTHS = /^(?:da |la |ma |u |the |vay )*(?:nhung |may |cac )?(?:thang|ky) (?:nao|mo|may)\b/;
/** "qua vietinbank", "351497": of the payment that was just noted */
const THROUGH = /^(?:da |em |toi |tui |anh |chi )*(?:qua|bang|o|tai) /;
const FIGURE = /^\d{5,8}(?: ?(?:d|dong|vnd))?$/;
const MOST_WORDS = 5;
const OF_MONEY = /^(?:debt|bill)\./;
/** what words of the rules just told are about, once a code is given */
const OF_ARTICLE: Record<string, IntentName> = {
  'debt-reconnect': 'debt.reconnect',
  'debt-cutoff': 'debt.cutoff',
  'paid-still-owing': 'bill.payment_status',
  'pay-astray': 'bill.payment_status',
  'bill-why-high': 'bill.explain',
};

const newestOf = ({ facts }: Memory) => facts.find(({ record }) => !/^(?:hotlines|rules)\//.test(record));

/** What a bare code means after an article: the record that the article speaks of. Pure. */
export const codeAfterArticle = (memory: Memory): IntentName | undefined => {
  const newest = newestOf(memory);
  return newest?.what.startsWith('knowledge.') ? OF_ARTICLE[String(newest.value)] : undefined;
};

/** What is asked or told of a debt that was just spoken of. Pure. */
export const debtMeant = (text: string, meaning: Understanding, memory: Memory): IntentName | undefined => {
  const last = memory.lastIntent;
  const best = meaning.intents[0]!.name;
  const folded = fold(text).trim();
  if (meaning.entities.some(({ type }) => type === 'customer_code')) return undefined;
  const few = wordsOf(text).length <= MOST_WORDS;
  if (last === 'bill.payment_status' && few && (THROUGH.test(folded) || FIGURE.test(folded))) return last;
  if (last === 'bill.pay' && mentions(text, PAY_FAILS) && !/^safety/.test(best)) return last;
  const told = newestOf(memory)?.what ?? '';
  if (!/^(?:debt\.|claim)/.test(told)) return undefined;
  if (last === 'debt.lookup' && WHICH_MONTHS.test(folded) && few) return last;
  if (last && OF_MONEY.test(last) && OF_MONEY.test(best) && best !== 'bill.pay' && claimsPayment({ text, meaning }))
    return 'bill.payment_status';
  if (mentions(text, CUT) && mentions(text, SINCE) && wordsOf(text).length < 9) return 'debt.cutoff';
  const only = wordsOf(text).every((word) => FILLERS.has(fold(word)) || REASONS.has(fold(word)));
  return told === 'debt.stage' && asksWhy(text) && only ? 'debt.cutoff' : undefined;
};
const REASONS = new Set('sao vi tai rang ly do gi bi cat cup ngung dien ma'.split(' '));
