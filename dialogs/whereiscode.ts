import { choices, picture } from '../core/activity';
import type { Dialog } from '../core/dialog';
import { CODE_PICTURE } from './account';
import { asksByName } from './by-name';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { mentions, phrases } from './words';

const LINKING = ['liên kết', 'đăng ký', 'đăng kí', 'gắn', 'kết nối', 'thêm mã'];
const SIGNING_IN = phrases('đăng nhập, mật khẩu, otp, không vào được, vô không được, vào không được');
const WHERE = (prefixes: string) =>
  `Dạ mã khách hàng có 13 ký tự${prefixes}, in ở khung thông tin khách hàng phía trên hóa đơn như trong hình. Trong tin nhắn báo tiền điện cũng có mã này. Thấy mã rồi anh/chị gửi em nhé.`;

const ONLY_BY_CODE = (line: string) =>
  `Dạ em không tra theo tên, số điện thoại hay địa chỉ được, chỉ theo mã khách hàng, để giữ thông tin của mỗi nhà ạ. Mã in trên hóa đơn như trong hình và trong tin nhắn báo tiền điện; không có thì anh/chị gọi ${line} để hỏi mã nhé.`;

/** Whoever has no code is shown where it stands on the bill. */
export const whereiscode: Dialog = {
  id: 'whereiscode',
  version: 1,
  intents: ['account.link'],
  async start(turn) {
    const { utility, text, meaning } = turn;
    if (asksByName(text, meaning.entities)) {
      const line = careLine(turn);
      const told = picture(ONLY_BY_CODE(line.text), CODE_PICTURE);
      return {
        say: [{ ...told, suggestedActions: choices('', [PERSON]).suggestedActions! }],
        remember: { facts: line.facts },
        then: { is: 'done' },
      };
    }
    if (mentions(text, SIGNING_IN)) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    if (mentions(text, LINKING)) return { say: [], then: { is: 'goto', dialog: 'unavailable' } };
    const prefixes = utility.prefixes.length ? `, bắt đầu bằng ${utility.prefixes.join(', ')}` : '';
    const shown = picture(WHERE(prefixes), CODE_PICTURE);
    return { say: [{ ...shown, suggestedActions: choices('', [PERSON]).suggestedActions! }], then: { is: 'done' } };
  },
  resume: (_, turn) => whereiscode.start(turn),
};
