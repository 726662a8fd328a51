import { choices, say } from '../core/activity';
import type { Dialog, Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import type { IntentName } from '../core/understanding';
import { inForce } from '../core/utility';
import { careLine } from './inforce';
import { MENU, PERSON } from './offers';
import { likeliest, titleOf } from './titles';

const OFFERED: IntentName[] = [
  'bill.lookup',
  'debt.lookup',
  'reading.lookup',
  'reading.schedule',
  'usage.lookup',
  'outage.planned',
  'outage.report',
  'agent.request',
];
const SAMPLE = ' Đây là bản dùng thử với dữ liệu mẫu, không phải số liệu thật.';
const CAN = (sample: string) =>
  `Dạ em xem giúp được tiền điện, nợ, chỉ số, lịch ghi điện, sản lượng, lịch cắt điện; ghi tin báo mất điện; chỉ cách giữ an toàn khi có nguy hiểm về điện; và ghi lại yêu cầu gặp nhân viên.${sample} Anh/chị chọn, hoặc cứ nhắn như nói chuyện ạ:`;
const BRIEF = (syntaxes: string, number: string) => `Soạn tin gửi ${number}:\n${syntaxes}`;

/** Sentence that says that everything is invented, where it is. */
export const sampleNotice = ({ utility }: Turn): string => (utility.sample ? SAMPLE : '');

/** The utility's printed SMS syntaxes, one a line: "1. Lịch ghi điện: LGD MaKH Ky MM YYYY". */
export const syntaxes = (turn: Turn): string => {
  const rows = inForce(turn.utility.sms, dayOf(turn.now)).filter(({ intent }) => intent !== 'help.menu');
  const lines = rows.map(
    ({ intent, syntax, title }, n) => `${n + 1}. ${title ?? titleOf(intent as IntentName) ?? intent}: ${syntax}`,
  );
  return rows[0] ? BRIEF(lines.join('\n'), rows[0].number) : `Gọi ${careLine(turn).text}.`;
};

/** What the assistant can do; by SMS the syntaxes, as the command TC has always answered. */
export const menu: Dialog = {
  id: 'help.menu',
  version: 1,
  intents: ['help.menu'],
  async start(turn) {
    const said = turn.channel.abilities.oneReply
      ? say(syntaxes(turn))
      : choices(
          CAN(sampleNotice(turn)),
          likeliest(
            OFFERED.map((name) => ({ name })),
            OFFERED.length,
          ),
        );
    return { say: [said], then: { is: 'done' } };
  },
  resume: (_, turn) => menu.start(turn),
};

/** Choices for who has not said what they want. */
export const OPENERS = [
  ...likeliest(
    (['bill.lookup', 'outage.planned', 'outage.report'] as const).map((name) => ({ name })),
    3,
  ),
  MENU,
  PERSON,
];
