import { say } from '../core/activity';
import type { Dialog, Fact, Turn } from '../core/dialog';
import { careLine } from './inforce';
import { titleOf } from './titles';

const RECORDED = (line: string) =>
  `Dạ em đã ghi lại yêu cầu gặp nhân viên của anh/chị. Trong khung trò chuyện này em chưa nối máy ngay được và không hẹn được giờ; cần nói chuyện liền, anh/chị gọi ${line} ạ. Trong lúc đó anh/chị vẫn hỏi em bình thường.`;
const ALREADY = (line: string, phone?: string) =>
  `Dạ yêu cầu gặp nhân viên của anh/chị em đã ghi rồi${phone ? `, gọi lại số ${phone}` : ''} ạ. Em không hẹn được giờ; cần nói chuyện liền, anh/chị gọi ${line} nhé.`;
const CALL = (phone: string, line: string) =>
  `Dạ em ghi số ${phone} vào yêu cầu để nhân viên gọi lại cho anh/chị. Em không hẹn được giờ; cần nói chuyện liền, anh/chị gọi ${line} nhé.`;
/** the number to be called */
const LEFT = 'handover.phone';
const WHY = 'Khách muốn gặp nhân viên';
const BRIEF = (line: string) => `Đã ghi yêu cầu gặp nhân viên. Cần nói chuyện ngay, gọi ${line}.`;

/** a second wish within this time is the same one */
const SAME_WISH_MS = 60 * 60_000;

/** That a person was asked for, so that it is not asked twice. */
export const recordedAt = (now: Date): Fact => {
  const at = now.toISOString();
  return { what: 'handover.recorded', value: at, record: 'handovers', asOf: at, saidAt: at };
};

const PHONE = /(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)/;

/** A Vietnamese number as it is dialled, wherever in the message it stands: "0912345678". */
export const phoneIn = (text: string): string | undefined =>
  PHONE.exec(text)?.[0].replace(/\D/g, '').replace(/^84/, '0');

/** Whether a person was asked for within the hour, and when. */
export const wishOf = ({ memory, now }: Pick<Turn, 'memory' | 'now'>): Fact | undefined =>
  memory.facts.find(
    ({ what, saidAt }) => what === 'handover.recorded' && now.getTime() - Date.parse(saidAt) < SAME_WISH_MS,
  );

/** The wish to talk to a person: recorded, with the line that answers now. */
export const handover: Dialog = {
  id: 'agent.request',
  version: 1,
  intents: ['agent.request'],
  async start({ memory, ...turn }) {
    const line = careLine(turn);
    const { now } = turn;
    const phone = phoneIn(turn.text);
    if (phone)
      return {
        say: [say(CALL(phone, line.text))],
        remember: { facts: [...line.facts, recordedAt(now), { ...recordedAt(now), what: LEFT, value: phone }] },
        orders: [{ kind: 'hand-over', handOver: { why: `${WHY}, gọi lại số ${phone}` } }],
        then: { is: 'done' },
      };
    const left = memory.facts.find(({ what }) => what === LEFT)?.value;
    if (wishOf({ memory, now }))
      return {
        say: [say(ALREADY(line.text, left?.toString()))],
        remember: { facts: line.facts },
        then: { is: 'done' },
      };
    const about = memory.lastIntent ? titleOf(memory.lastIntent) : undefined;
    return {
      say: [say((turn.channel.abilities.oneReply ? BRIEF : RECORDED)(line.text))],
      remember: { facts: [...line.facts, recordedAt(now)] },
      orders: [
        {
          kind: 'hand-over',
          handOver: { why: about ? `${WHY}, sau khi hỏi: ${about}` : WHY },
        },
      ],
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => handover.start(turn),
};
