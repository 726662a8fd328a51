import { choices, picture } from '../core/activity';
import type { Dialog } from '../core/dialog';
import { CODE_PICTURE } from './account';
import { PERSON } from './offers';
import { mentions, phrases } from './words';

const LINKING = ['liên kết', 'đăng ký', 'đăng kí', 'gắn', 'kết nối', 'thêm mã'];
const SIGNING_IN = phrases('đăng nhập, mật khẩu, otp, không vào được, vô không được, vào không được');
const WHERE = (prefixes: string) =>
  `Dạ mã khách hàng có 13 ký tự${prefixes}, in ở khung thông tin khách hàng phía trên hóa đơn như trong hình. Trong tin nhắn báo tiền điện cũng có mã này. Thấy mã rồi anh/chị gửi em nhé.`;

/** Whoever has no code is shown where it stands on the bill. */
export const whereiscode: Dialog = {
  id: 'whereiscode',
  version: 1,
  intents: ['account.link'],
  async start({ utility, text }) {
    if (mentions(text, SIGNING_IN)) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    if (mentions(text, LINKING)) return { say: [], then: { is: 'goto', dialog: 'unavailable' } };
    const prefixes = utility.prefixes.length ? `, bắt đầu bằng ${utility.prefixes.join(', ')}` : '';
    const shown = picture(WHERE(prefixes), CODE_PICTURE);
    return { say: [{ ...shown, suggestedActions: choices('', [PERSON]).suggestedActions! }], then: { is: 'done' } };
  },
  resume: (_, turn) => whereiscode.start(turn),
};
