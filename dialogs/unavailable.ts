import { choices } from '../core/activity';
import type { Dialog, Step, Turn } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { cutoffStep, naggedStep } from './cutoff';
import { phoneIn, wishOf } from './handover';
import { careLine } from './inforce';
import { intentOf } from './meant';
import { MENU, PERSON } from './offers';
import { suspendedNow } from './outage-now';
import { ofPlanSpoken } from './outage-spoken';
import { valueSaid } from './slots';
import { ofHouse } from './supply';

/** What the customer wants, in words that follow "việc"; the wants that have no dialog of their own yet. */
const WANTS: Partial<Record<IntentName, string>> = {
  'bill.invoice': 'gửi hóa đơn điện tử hay biên nhận',
  'bill.pay': 'hướng dẫn thanh toán tiền điện',
  'bill.payment_status': 'kiểm tra khoản đã đóng đã vào chưa',
  'reading.submit': 'nhận chỉ số công tơ anh/chị tự ghi',
  'debt.cutoff': 'giải đáp quy định cắt điện do nợ',
  'debt.reconnect': 'đóng điện lại sau khi tạm ngừng vì nợ',
  'safety.advice': 'tư vấn an toàn điện và hành lang lưới điện',
  'saving.advice': 'tư vấn tiết kiệm điện',
  'service.new_connection': 'đăng ký cấp điện mới',
  'service.contract': 'thay đổi hợp đồng mua bán điện',
  'service.meter_check': 'yêu cầu kiểm tra công tơ',
  'service.relocate': 'di dời công tơ, cột hay đường dây',
  'service.capacity': 'tăng công suất hay chuyển 1 pha, 3 pha',
  'service.solar': 'thủ tục điện mặt trời mái nhà',
  'service.autopay': 'đăng ký trích nợ tự động hay dời ngày thanh toán',
  'service.status': 'xem tiến độ yêu cầu, hồ sơ',
  'service.office': 'chỉ phòng giao dịch, điểm thu',
  'theft.report': 'nhận tin báo trộm cắp điện',
  complaint: 'nhận khiếu nại',
  'campaign.info': 'giới thiệu chương trình khuyến mãi, tri ân',
  'campaign.join': 'đăng ký tham gia chương trình',
  'campaign.prizes': 'xem giải thưởng của chương trình',
  'campaign.result': 'xem kết quả trúng thưởng',
  'campaign.claim': 'hướng dẫn nhận thưởng',
  'account.link': 'liên kết mã khách hàng',
  'account.unlink': 'gỡ liên kết mã khách hàng',
  'account.update_contact': 'đổi số điện thoại, e-mail hay thông tin liên hệ',
  'account.delegate': 'đăng ký cho người thân nhận thông báo',
  'notify.preferences': 'đổi kênh nhận thông báo',
  'scam.check': 'xác minh tin nhắn, cuộc gọi hay đường link có thật không',
  'privacy.request': 'xem, xuất hay xóa dữ liệu cá nhân',
};
const OTHER = 'đó';
const NOT_YET = (want: string, line: string) =>
  `Dạ em hiểu ý anh/chị rồi, nhưng việc ${want} thì em chưa làm được ở đây ạ. Anh/chị gọi ${line} để được giải quyết, hoặc để em ghi lại yêu cầu gặp nhân viên.`;
const NOT_YET_BRIEF = (want: string, line: string) => `Chưa hỗ trợ việc ${want} qua kênh này. Gọi ${line}.`;
/** What can safely be said in the meantime. */
const MEANWHILE: Partial<Record<IntentName, string>> = {
  'scam.check': ' Trong lúc chưa chắc, anh/chị đừng bấm link, đừng chuyển tiền và đừng đọc mã OTP cho ai nhé.',
  'debt.reconnect': ' Anh/chị giữ biên nhận thanh toán để đối chiếu nhé.',
};

/** Of a want without a dialog, the part that the records answer: where the debt of the house in use stands. */
const fromRecords = async (turn: Turn, intent: IntentName): Promise<Step | undefined> => {
  // "vì sao cắt" after planned work is about that work
  if (intent === 'debt.cutoff') return (await ofPlanSpoken(turn)) ?? cutoffStep(turn);
  const code = valueSaid(turn, 'customer_code') ?? turn.memory.code;
  // "tôi đóng rồi mà" to who was told that supply is off for debt
  const toldOff = turn.memory.facts
    .slice(0, 4)
    .some(({ what, value }) => what === 'debt.stage' && value === 'suspended');
  if (!code || !(intent === 'debt.reconnect' || (intent === 'bill.payment_status' && toldOff))) return undefined;
  const supply = await ofHouse(turn, { code });
  const suspended = 'called' in supply ? await suspendedNow(turn, supply) : undefined;
  return (
    suspended && {
      say: [choices(suspended.text, [PERSON])],
      remember: { code, houses: [{ code }], facts: suspended.facts },
      then: { is: 'done' },
    }
  );
};

/** What the records or the conversation already answer of a want without a dialog. */
export const knownStep = async (turn: Turn, intent: IntentName): Promise<Step | undefined> => {
  const wished = intent === 'account.update_contact' && phoneIn(turn.text) ? wishOf(turn) : undefined;
  // a number left for the person who was asked for; of one message the hand-over has taken it already
  if (wished)
    return wished.saidAt === turn.now.toISOString()
      ? { say: [], then: { is: 'done' } }
      : { say: [], then: { is: 'goto', dialog: 'agent.request' } };
  return (await naggedStep(turn)) ?? fromRecords(turn, intent);
};

/** An understood want without a dialog is named, never answered by the fallback. */
export const unavailable: Dialog = {
  id: 'unavailable',
  version: 1,
  intents: Object.keys(WANTS) as IntentName[],
  async start(turn) {
    const intent = intentOf(turn.meaning, unavailable.intents);
    const known = await knownStep(turn, intent);
    if (known) return known;
    const line = careLine(turn);
    const asked = turn.meaning.wants[0]?.intent ?? turn.meaning.intents[0]?.name;
    // a want that a care manager has added, and nobody has written a dialog for
    const added = turn.meaning.intents.find(({ name, called }) => called && name === asked && !WANTS[name])?.called;
    const want = added ?? (turn.meaning.intents.some(({ name }) => name === intent) ? WANTS[intent]! : OTHER);
    const brief = turn.channel.abilities.oneReply;
    const text = (brief ? NOT_YET_BRIEF : NOT_YET)(want, line.text) + (brief ? '' : (MEANWHILE[intent] ?? ''));
    return { say: [choices(text, [PERSON, MENU])], remember: { facts: line.facts }, then: { is: 'done' } };
  },
  resume: (_, turn) => unavailable.start(turn),
};
