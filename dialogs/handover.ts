import { say } from '../core/activity';
import type { Dialog, Fact } from '../core/dialog';
import { careLine } from './inforce';
import { titleOf } from './titles';

const RECORDED = (line: string) =>
  `Dạ em đã ghi lại yêu cầu gặp nhân viên của anh/chị. Trong khung trò chuyện này em chưa nối máy ngay được và không hẹn được giờ; cần nói chuyện liền, anh/chị gọi ${line} ạ. Trong lúc đó anh/chị vẫn hỏi em bình thường.`;
const ALREADY = (line: string) =>
  `Dạ yêu cầu gặp nhân viên của anh/chị em đã ghi rồi ạ. Em không hẹn được giờ; cần nói chuyện liền, anh/chị gọi ${line} nhé.`;
const BRIEF = (line: string) => `Đã ghi yêu cầu gặp nhân viên. Cần nói chuyện ngay, gọi ${line}.`;

/** a second wish within this time is the same one */
const SAME_WISH_MS = 60 * 60_000;

const recordedAt = (now: Date): Fact => {
  const at = now.toISOString();
  return { what: 'handover.recorded', value: at, record: 'handovers', asOf: at, saidAt: at };
};

/** The wish to talk to a person: recorded, with the line that answers now. */
export const handover: Dialog = {
  id: 'agent.request',
  version: 1,
  intents: ['agent.request'],
  async start({ memory, ...turn }) {
    const line = careLine({ memory, ...turn });
    const { now } = turn;
    const wished = memory.facts.find(({ what }) => what === 'handover.recorded');
    if (wished && now.getTime() - Date.parse(wished.saidAt) < SAME_WISH_MS)
      return { say: [say(ALREADY(line.text))], remember: { facts: line.facts }, then: { is: 'done' } };
    const about = memory.lastIntent ? titleOf(memory.lastIntent) : undefined;
    return {
      say: [say((turn.channel.abilities.oneReply ? BRIEF : RECORDED)(line.text))],
      remember: { facts: [...line.facts, recordedAt(now)] },
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
