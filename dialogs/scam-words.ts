import type { Memory } from '../core/dialog';
import type { Cues, Understanding } from '../core/understanding';
import { mentions, phrases } from './words';

const NUMBER = /(?<!\d)(?:\+?84|0|1[89]00)(?:[ .-]?\d){4,10}(?![ .-]?\d)/;
const WHOSE =
  phrases(`có phải của, phải của bên, phải của điện lực, phải số của bên, phải số của điện lực, phải số điện lực, phải số bên, phải số tổng đài, phải tổng đài,
  đúng số điện lực, đúng số của, số thật, số giả, có đúng là của, có thật, thiệt không, thật không, phải điện lực, phải bên, phải lừa đảo`);
const OF_US = phrases('của bên, của điện lực, của evn, của công ty, bên mình gọi, bên em gọi, điện lực gọi');
const PAID =
  phrases(`lỡ chuyển, đã chuyển, mới chuyển, chuyển rồi, chuyển khoản rồi, lỡ gửi tiền, lỡ đóng, lỡ nộp, lỡ quét, lỡ ck, ck rồi, lỡ trả, chuyển cho nó, chuyển cho họ, chuyển cho tụi,
  mất tiền rồi, mất hết tiền, bị trừ tiền, trừ hết tiền, bị mất tiền, bị lừa rồi, bị lừa mất, bị lừa chuyển, lừa chuyển, lừa lấy, bị mất`);
const INSTALLED = phrases(
  `cài rồi, cài luôn, lỡ cài, đã cài, mới cài, cài xong, cài app rồi, cài về, tải rồi, tải luôn, tải về rồi, lỡ tải, đã tải, cài đặt rồi, tải app rồi`,
);
const OPENED =
  phrases(`lỡ bấm, bấm rồi, bấm vô rồi, bấm vào rồi, bấm link rồi, đã bấm, lỡ nhấn, nhấn rồi, lỡ vào, vào rồi, vô rồi, lỡ mở, lỡ click, click rồi, lỡ nhập, nhập rồi, đã nhập,
  lỡ đọc, đọc rồi, đọc otp rồi, đưa otp, lỡ cho, lỡ gửi, lỡ quét mặt`);
const CLAIMS_DEBT = phrases('nợ, thiếu tiền, chưa đóng, chưa thanh toán, quá hạn, cắt điện, không thì cắt, thu tiền');
const LURED = phrases(
  'bấm link, bấm vào link, bấm vô link, cài app, tải app, đọc otp, quét mã, chuyển khoản, truy cập',
);
const APP_ASKED = phrases('có app, app nào, app gì, tên app, app tên, app của điện lực');
const CALLED = phrases('gọi, nhắn, bảo, kêu, xưng, link, tin nhắn, đòi, dụ');

/** A number that can be dialled, as its digits: "1900 1909", "0911.222.333". */
export const numberAsked = (text: string): string | undefined => NUMBER.exec(text)?.[0].replace(/\D/g, '');

/** "số 0911… có phải của bên mình không" */
export const asksWhose = (text: string, { question }: Cues): boolean =>
  NUMBER.test(text) && (mentions(text, WHOSE) || (question && mentions(text, OF_US)));

/** What has already happened: the worst of it first. */
export const harmIn = (text: string): 'paid' | 'app' | 'link' | undefined =>
  mentions(text, PAID) ? 'paid' : mentions(text, INSTALLED) ? 'app' : mentions(text, OPENED) ? 'link' : undefined;

/** The message that is doubted speaks of a debt, which the records can tell. */
export const claimsDebt = (text: string): boolean => mentions(text, CLAIMS_DEBT);

/** "có app evn nào không" doubts nobody. */
export const asksForApp = (text: string): boolean => mentions(text, APP_ASKED) && !mentions(text, CALLED);

const tellsOfScam = ({ facts }: Memory): boolean =>
  facts.find(({ record }) => !/^(hotlines|rules)\//.test(record))?.record.startsWith('knowledge/scam-') ?? false;
const BESIDE = new Set(['debt.lookup', 'bill.lookup', 'safety.hazard', 'outage.report']);

/** A doubt about who called or wrote, with its whole story; or what became of it, after it was spoken of. */
export const doubtsCaller = (
  text: string,
  { intents, wants, entities, cues }: Understanding,
  memory: Memory,
): boolean => {
  if (asksWhose(text, cues)) return true;
  const code = entities.some(({ type }) => type === 'customer_code');
  if (tellsOfScam(memory) && harmIn(text) && !code) return true;
  const doubted = wants.some(({ intent, sureness }) => intent === 'scam.check' && sureness >= 0.5);
  const lured = entities.some(({ type }) => type === 'url') && mentions(text, LURED);
  return (
    (doubted || (lured && intents[0]!.name.startsWith('notify.'))) && !wants.some(({ intent }) => BESIDE.has(intent))
  );
};
