import { type Activity, choices, say } from '../core/activity';
import type { Dialog, Turn } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { careLine } from './inforce';
import { intentOf } from './meant';
import { OPENERS, sampleNotice, syntaxes } from './menu';
import { MENU, PERSON } from './offers';
import { mentions, phrases } from './words';

const GREET = (utility: string, sample: string) =>
  `Dạ em chào anh/chị. Em là Đom Đóm, trợ lý tự động của ${utility}.${sample} Anh/chị cần em giúp gì ạ?`;
const GREET_AGAIN = 'Dạ em đây ạ. Anh/chị cần em xem giúp gì ạ?';
const THANKS = 'Dạ không có chi ạ. Anh/chị cần gì thêm cứ nhắn em.';
const BYE = 'Dạ em chào anh/chị. Khi nào cần, anh/chị cứ nhắn em ạ.';
const IDENTITY = (utility: string, sample: string, line: string) =>
  `Dạ em là Đom Đóm, trợ lý tự động của ${utility}, không phải người thật ạ.${sample} Anh/chị muốn nói chuyện với người thì gọi ${line}, hoặc nhắn “gặp nhân viên” để em ghi lại yêu cầu.`;

const greeting = (turn: Turn): Activity =>
  turn.channel.abilities.oneReply
    ? say(syntaxes(turn))
    : choices(turn.memory.lastIntent ? GREET_AGAIN : GREET(turn.utility.name, sampleNotice(turn)), OPENERS);

/** "chào em, anh muốn hỏi điện" opens a conversation, whatever a farewell sounds like. */
const OPENING = phrases('muốn hỏi, cho hỏi, cần hỏi, hỏi chút, hỏi xíu, hỏi tí, hỏi cái');

/** Small talk: short, and honest about what is answering. */
export const chat: Dialog = {
  id: 'chat',
  version: 1,
  intents: ['chat.greet', 'chat.thanks', 'chat.bye', 'chat.identity'],
  async start(turn) {
    const line = careLine(turn);
    const replies: Partial<Record<IntentName, () => Activity>> = {
      'chat.greet': () => greeting(turn),
      'chat.thanks': () => say(THANKS),
      'chat.bye': () => say(BYE),
      'chat.identity': () => choices(IDENTITY(turn.utility.name, sampleNotice(turn), line.text), [MENU, PERSON]),
    };
    const meant = intentOf(turn.meaning, chat.intents);
    const intent = meant === 'chat.bye' && mentions(turn.text, OPENING) ? 'chat.greet' : meant;
    return {
      say: [replies[intent]!()],
      ...(intent === 'chat.identity' ? { remember: { facts: line.facts } } : {}),
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => chat.start(turn),
};
