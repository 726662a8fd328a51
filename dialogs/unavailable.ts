import { choices } from '../core/activity';
import type { Dialog, Step, Turn } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { cutoffStep, naggedStep } from './cutoff';
import { phoneIn, wishOf } from './handover';
import { careLine } from './inforce';
import { intentOf } from './meant';
import { MENU, PERSON } from './offers';
import { ofPlanSpoken } from './outage-spoken';
import { reconnectStep } from './reconnect';
import { valueSaid } from './slots';
import { WANTS } from './wants';
import { mentions, phrases } from './words';

const OTHER = 'đó';
const NOT_YET = (want: string, line: string) =>
  `Dạ em hiểu ý anh/chị rồi, nhưng việc ${want} thì em chưa làm được ở đây ạ. Anh/chị gọi ${line} để được giải quyết, hoặc để em ghi lại yêu cầu gặp nhân viên.`;
const NOT_YET_BRIEF = (want: string, line: string) => `Chưa hỗ trợ việc ${want} qua kênh này. Gọi ${line}.`;
/** A printed SMS syntax that is understood and not served: what it asks for is said in its own words. */
const ASKED = (title: string, code?: string) =>
  `${title[0]!.toLowerCase()}${title.slice(1)}${code ? ` cho mã ${code}` : ''}`;
const NOT_SERVED = (asked: string, line: string) =>
  `Dạ em hiểu tin này xin ${asked}, nhưng em chưa làm được ở đây ạ. Anh/chị gọi ${line} để được giải quyết, hoặc để em ghi lại yêu cầu gặp nhân viên.`;
const NOT_SERVED_BRIEF = (asked: string, line: string) =>
  `Em hiểu tin xin ${asked}, nhưng chưa làm được qua kênh này. Gọi ${line}.`;
/** What can safely be said in the meantime. */
const MEANWHILE: Partial<Record<IntentName, string>> = {
  'scam.check': ' Trong lúc chưa chắc, anh/chị đừng bấm link, đừng chuyển tiền và đừng đọc mã OTP cho ai nhé.',
  'debt.reconnect': ' Anh/chị giữ biên nhận thanh toán để đối chiếu nhé.',
};

const OF_RULES = phrases('lãi, lãi suất, tiền phạt, phạt chậm, bị phạt, quy định, luật, nghị định, báo trước mấy');

/** Of a want without a dialog, the part that the records answer: where the debt of the house in use stands. */
const fromRecords = async (turn: Turn, intent: IntentName): Promise<Step | undefined> => {
  // "vì sao cắt" after planned work is about that work
  // rules of interest and the like are no matter of a record
  if (intent === 'debt.cutoff' && mentions(turn.text, OF_RULES)) return undefined;
  if (intent === 'debt.cutoff') return (await ofPlanSpoken(turn)) ?? cutoffStep(turn);
  const code = valueSaid(turn, 'customer_code') ?? turn.memory.code;
  return code && intent === 'debt.reconnect' ? reconnectStep(turn, code) : undefined;
};

/** What the records or the conversation already answer of a want without a dialog. */
export const knownStep = async (turn: Turn, intent: IntentName): Promise<Step | undefined> => {
  const wished = intent === 'account.update_contact' && phoneIn(turn.text) ? wishOf(turn) : undefined;
  // a number left for the person who was asked for; of one message the hand-over has taken it already
  if (wished)
    return turn.toldNow.includes(wished)
      ? { say: [], then: { is: 'done' } }
      : { say: [], then: { is: 'goto', dialog: 'agent.request' } };
  return (await naggedStep(turn)) ?? fromRecords(turn, intent);
};

/** The title of the printed syntax that this message is in, if it asks for a want without a dialog. */
export const printedTitle = ({ meaning }: Turn, intent: IntentName): string | undefined =>
  WANTS[intent] && meaning.intents.find(({ name, called }) => called && name === intent)?.called;

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
    const printed = printedTitle(turn, intent);
    if (printed) {
      const asked = ASKED(printed, valueSaid(turn, 'customer_code'));
      const said = (brief ? NOT_SERVED_BRIEF : NOT_SERVED)(asked, line.text);
      return { say: [choices(said, [PERSON, MENU])], remember: { facts: line.facts }, then: { is: 'done' } };
    }
    const text = (brief ? NOT_YET_BRIEF : NOT_YET)(want, line.text) + (brief ? '' : (MEANWHILE[intent] ?? ''));
    return { say: [choices(text, [PERSON, MENU])], remember: { facts: line.facts }, then: { is: 'done' } };
  },
  resume: (_, turn) => unavailable.start(turn),
};
