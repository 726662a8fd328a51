import { choices } from '../core/activity';
import type { Dialog, Fact } from '../core/dialog';
import { articleChoice } from './articles';
import { careLine } from './inforce';
import { articleAbout } from './knowledge';
import { PERSON } from './offers';
import { mentions, phrases } from './words';

const ERASES = phrases(
  'xóa, xoá, hủy, huỷ, rút lại, rút đồng ý, gỡ hết, đừng lưu, không được lưu, ngừng dùng, ngưng dùng',
);
const QUESTION = phrases('là gì, thế nào, bao lâu, mấy ngày, có được không, được không, có quyền');
const RECORDED = (line: string) =>
  `Dạ em đã ghi yêu cầu xóa dữ liệu của anh/chị để nhân viên xử lý; em không tự xóa ở đây được. Dữ liệu cần cho hợp đồng và hóa đơn điện vẫn phải giữ. Cần hỏi thêm, anh/chị gọi ${line} ạ.`;
const ALREADY = (line: string) =>
  `Dạ yêu cầu xóa dữ liệu của anh/chị em đã ghi rồi, nhân viên làm chứ em không xóa liền được ạ. Cần hỏi thêm, anh/chị gọi ${line} nhé.`;
/** that it was noted */
export const RECORDED_AS = 'privacy.recorded';
const WHY = 'Khách yêu cầu xóa dữ liệu cá nhân';

/** "xóa hết dữ liệu của tui đi": noted for a person, once; what the law says is told by the articles. */
export const privacy: Dialog = {
  id: 'privacy',
  version: 1,
  intents: ['privacy.request'],
  async start(turn) {
    const { text, memory, now } = turn;
    const before = memory.facts.some(({ what }) => what === RECORDED_AS);
    const asked = mentions(text, ERASES) && (before || !(mentions(text, QUESTION) || turn.meaning.cues.question));
    if (!asked || turn.channel.abilities.oneReply) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    const line = careLine(turn);
    const at = now.toISOString();
    const recorded: Fact = { what: RECORDED_AS, value: at, record: 'handovers', asOf: at, saidAt: at };
    const rights = articleAbout(turn, 'privacy-rights');
    return {
      say: [
        choices(before ? [ALREADY(line.text), rights?.more].filter(Boolean).join(' ') : RECORDED(line.text), [
          ...(rights ? [articleChoice(rights)] : []),
          PERSON,
        ]),
      ],
      remember: { facts: [...line.facts, recorded] },
      ...(!before && { orders: [{ kind: 'hand-over' as const, handOver: { why: WHY } }] }),
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => privacy.start(turn),
};
