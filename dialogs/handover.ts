import { say } from '../core/activity';
import type { Dialog } from '../core/dialog';
import { careLine } from './inforce';
import { titleOf } from './titles';

const RECORDED = (line: string) =>
  `Dạ em đã ghi lại yêu cầu gặp nhân viên của anh/chị. Trong khung trò chuyện này em chưa nối máy ngay được và không hẹn được giờ; cần nói chuyện liền, anh/chị gọi ${line} ạ. Trong lúc đó anh/chị vẫn hỏi em bình thường.`;
const BRIEF = (line: string) => `Đã ghi yêu cầu gặp nhân viên. Cần nói chuyện ngay, gọi ${line}.`;

/** The wish to talk to a person: recorded, with the line that answers now. */
export const handover: Dialog = {
  id: 'agent.request',
  version: 1,
  intents: ['agent.request'],
  async start({ memory, ...turn }) {
    const line = careLine({ memory, ...turn });
    const about = memory.lastIntent ? titleOf(memory.lastIntent) : undefined;
    return {
      say: [say((turn.channel.abilities.oneReply ? BRIEF : RECORDED)(line.text))],
      remember: { facts: line.facts },
      orders: [
        {
          kind: 'hand-over',
          handOver: { why: about ? `Khách muốn gặp nhân viên, sau khi hỏi: ${about}` : 'Khách muốn gặp nhân viên' },
        },
      ],
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => handover.start(turn),
};
