import { type Activity, type Choice, choices, picture, say } from '../core/activity';
import type { Dialog, Fact, House, Step, Turn } from '../core/dialog';
import type { Customer } from '../core/records';
import type { IntentName } from '../core/understanding';
import { want } from './choosing';
import { careLine, ruleOf } from './inforce';
import { PERSON } from './offers';
import { entitiesOf } from './said';
import { entityOf, type Slots, slotsOf, type When } from './slots';
import { syntaxOf } from './syntax';

const ASK = 'Dạ anh/chị cho em xin mã khách hàng (13 ký tự, in trên hóa đơn) để em xem giúp ạ.';
const ASK_AGAIN =
  'Dạ em chưa thấy mã khách hàng. Mã có 13 ký tự, bắt đầu bằng chữ P, nằm ở phần đầu hóa đơn như trong hình. Anh/chị gửi giúp em, hoặc gặp nhân viên nếu không có hóa đơn ạ.';
const ASK_OTHER = 'Dạ anh/chị cho em xin mã khách hàng cần xem ạ.';
const GOT = (given: string) => `Dạ em ghi ${given} rồi ạ.`;
const ASK_HOUSE = (label: string) => `Dạ anh/chị cho em xin mã khách hàng của ${label} ạ.`;
const ASK_STILL = (label: string) => `Anh/chị cho em xin mã khách hàng của ${label} nữa nhé.`;
const UNKNOWN = (code: string, utility: string) =>
  `Dạ em không tìm thấy mã khách hàng ${code} trong dữ liệu của ${utility}. Anh/chị xem lại từng ký tự trên hóa đơn rồi gửi lại giúp em ạ.`;
const WRONG_LENGTH = (code: string, length: string | number) =>
  `Dạ mã khách hàng có ${length} ký tự, còn mã ${code} có ${code.length} ký tự. Anh/chị xem lại trên hóa đơn giúp em ạ.`;
const UNKNOWN_BRIEF = (code: string) => `Không có mã khách hàng ${code}. Mã gồm 13 ký tự, in trên hóa đơn.`;
const DID_YOU_MEAN = (code: string, used: string) =>
  `Dạ em không tìm thấy mã ${code}. Có phải anh/chị muốn nói mã ${used} đã dùng lúc nãy không ạ?`;
const CLOSED = (line: string) =>
  `Dạ để giữ an toàn thông tin khách hàng, hôm nay em không tra thêm theo mã được nữa. Anh/chị gọi ${line} hoặc gặp nhân viên để được hỗ trợ ạ.`;

const WHICH_MONTH = 'Dạ một năm chỉ có 12 tháng, anh/chị cần tháng mấy ạ?';
const UNDISCLOSED = (line: string) =>
  `Dạ số tiền chỉ được báo cho chủ hợp đồng đã xác minh, nên em chưa nói ở đây được ạ. Anh/chị gọi ${line} hoặc gặp nhân viên nhé.`;

const GIVE_UP =
  'Dạ chưa có mã khách hàng thì em chưa xem được ạ. Khi nào có mã, anh/chị gửi em là em xem liền, hoặc gặp nhân viên nhé.';
const MOST_ASKED = 2;

export const WHERE: Choice = want('Mã ở đâu?', 'account.link');
export const CODE_PICTURE = {
  url: '/assets/where-is-the-code.png',
  alt: 'Hóa đơn tiền điện mẫu: mã khách hàng gồm 13 ký tự, bắt đầu bằng chữ P, nằm ở khung thông tin khách hàng phía trên.',
};

/** A code that may be read, or what to say instead. The gate is asked before any record is. */
export type Opened =
  | { is: 'open'; customer: Customer }
  /** `closed`: another code would be refused as well */
  | { is: 'refused'; say: Activity[]; facts?: Fact[]; closed?: true };

export const openCode = async (turn: Turn, code: string): Promise<Opened> => {
  const length = ruleOf(turn, 'code.length');
  if (length && code.length !== length.value) {
    const used = turn.memory.houses.find((house) => alike(house.code, code));
    return { is: 'refused', say: [mistyped(turn, code, WRONG_LENGTH(code, length.value), used)], facts: [length.fact] };
  }
  if ((await turn.services.admit(code)) === 'closed') {
    const line = careLine(turn);
    return { is: 'refused', say: [choices(CLOSED(line.text), [PERSON])], facts: line.facts, closed: true };
  }
  const customer = await turn.services.records.customer(code);
  if (customer) return { is: 'open', customer };
  const used = turn.memory.houses.find((house) => house.code !== code && alike(house.code, code));
  const text = turn.channel.abilities.oneReply ? UNKNOWN_BRIEF(code) : UNKNOWN(code, turn.utility.name);
  return { is: 'refused', say: [mistyped(turn, code, text, used)] };
};

/** What to say of a code that is none; one like it that was used here is offered, never any other. */
const mistyped = (turn: Turn, code: string, text: string, used: House | undefined): Activity => {
  const intent = turn.meaning.wants[0]?.intent ?? turn.memory.lastIntent ?? 'bill.lookup';
  if (turn.channel.abilities.oneReply) return say(`${text} ${syntaxOf(turn, intent)}`);
  return used
    ? choices(DID_YOU_MEAN(code, used.code), [want('Đúng mã đó', intent, { code: used.code }), WHERE, PERSON])
    : choices(text, [WHERE, PERSON]);
};

/** At most two characters replaced, left out or put in (Levenshtein distance). */
const alike = (a: string, b: string): boolean => {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]! <= 2;
};

/** The question for a code; asked again with the picture of where it stands. */
export const askCode = (label: string | undefined, asked: number, known: number): Activity[] =>
  asked > 0
    ? [{ ...picture(ASK_AGAIN, CODE_PICTURE), suggestedActions: choices('', [PERSON]).suggestedActions! }]
    : [label ? say(ASK_HOUSE(label)) : choices(known ? ASK_OTHER : ASK, [WHERE])];

export interface Account {
  house: House;
  customer: Customer;
}

export interface Asked {
  accounts: Account[];
  when: When;
  totalling: boolean;
  /** figures are to be held against each other */
  comparing: boolean;
  /** what the dialog kept of the message that asked, while a code was waited for */
  kept: Record<string, unknown>;
}

/** "quán"; "mã PP05…" where not each of them has a name of its own. */
export const houseName = (accounts: readonly Account[], code: string): string => {
  const labels = new Set(accounts.map(({ house }) => house.label));
  const named = labels.size === accounts.length && !labels.has(undefined);
  return (named && accounts.find(({ house }) => house.code === code)?.house.label) || `mã ${code}`;
};

interface Waiting extends Record<string, unknown> {
  labels?: string[];
  when?: When;
  totalling?: boolean;
  comparing?: boolean;
  asked?: number;
  kept?: Record<string, unknown>;
}

interface AccountDialog {
  id: string;
  version: number;
  intents: IntentName[];
  /** says amounts */
  amounts?: boolean;
  /** what of a message counts beside codes and months; small, for it is kept with the question */
  keep?(turn: Turn): Record<string, unknown>;
}

/** A dialog about the records of one or several customer codes: asks for what is missing, then answers. */
export const accountDialog = (
  { id, version, intents, amounts, keep }: AccountDialog,
  answer: (turn: Turn, asked: Asked) => Promise<Step>,
): Dialog => {
  const step = async (turn: Turn, state: Waiting): Promise<Step> => {
    if (amounts && !turn.disclosure.amounts) return undisclosed(turn);
    const slots = slotsFor(turn, state);
    const kept = { ...state.kept, ...(turn.text && keep?.(turn)) };
    const accounts: Account[] = [];
    const refused: Extract<Opened, { is: 'refused' }>[] = [];
    for (const house of slots.houses) {
      const opened = await openCode(turn, house.code);
      if (opened.is === 'open') accounts.push({ house, customer: opened.customer });
      else if (opened.closed || turn.channel.abilities.oneReply)
        return { say: opened.say, remember: { facts: opened.facts ?? [] }, then: { is: 'done' } };
      else refused.push(opened);
    }
    const used = accounts.map(({ house }) => house);
    const remember = { houses: used, ...(used.length ? { code: used.length > 1 ? undefined : used[0]!.code } : {}) };
    /** after what was wrong with a code, and with what that rests on */
    const after = (next: Step): Step => ({
      ...next,
      say: [...refused.flatMap(({ say }) => say), ...next.say],
      remember: {
        ...remember,
        ...next.remember,
        facts: [...refused.flatMap(({ facts = [] }) => facts), ...(next.remember?.facts ?? [])],
      },
    });
    // a sum waits for the right code; other questions are answered as far as they can be
    if (refused.length > 0 && (slots.totalling || used.length === 0))
      return after(waitForCode(slots, { ...state, kept }, []));
    const impossible = entitiesOf(turn, 'month').find((m) => m.impossible);
    if (impossible && !entitiesOf(turn, 'month').some((m) => !m.impossible))
      return after(noSuchMonth(turn, slots, impossible.value));
    if (slots.missing !== undefined) {
      const given = entitiesOf(turn, 'customer_code').map(({ value }) => value);
      const answered = given.length > 0 || entityOf(turn, 'month');
      const asked = turn.text && state.asked && !answered ? state.asked : 0;
      if (asked >= MOST_ASKED) return after({ say: [choices(GIVE_UP, [WHERE, PERSON])], then: { is: 'done' } });
      const question = askCode(slots.missing, asked, turn.memory.houses.length);
      const got = used.flatMap(({ code, label }) =>
        label && given.includes(code) ? [`mã ${code} là của ${label}`] : [],
      );
      const said = got.length ? [say(`${GOT(got.join(', '))} ${ASK_STILL(slots.missing)}`)] : question;
      return after(waitForCode(slots, { ...state, kept, asked: asked + 1 }, said));
    }
    const { when, totalling, comparing } = slots;
    const done = await answer(turn, { accounts, when, totalling, comparing, kept });
    const month = when.months.length === 1 ? { month: when.months[0]!, months: undefined } : {};
    return after({ ...done, remember: { ...month, ...done.remember } });
  };
  return { id, version, intents, start: (turn) => step(turn, {}), resume: (state, turn) => step(turn, state) };
};

/** A year has twelve months: the newest bill is no answer to "tháng 13". */
const noSuchMonth = (turn: Turn, { labels, totalling }: Slots, month: number): Pick<Step, 'say' | 'then'> =>
  turn.channel.abilities.oneReply
    ? {
        say: [say(`Tháng ${month} không đúng. ${syntaxOf(turn, ...turn.meaning.intents.map(({ name }) => name))}`)],
        then: { is: 'done' },
      }
    : {
        say: [say(WHICH_MONTH)],
        then: { is: 'wait', state: { labels, totalling }, expects: { entities: ['month'] } },
      };

/** Two houses were given or answered for, and none is named now: what follows is about both. */
const slotsFor = (turn: Turn, state: Waiting): Slots => {
  const slots = slotsOf(turn, state);
  const { code, houses } = turn.memory;
  const both = slots.missing === '' && !slots.houses.length && !code && houses.length > 1;
  return both && !turn.meaning.cues.correcting ? { ...slots, houses, missing: undefined } : slots;
};

const undisclosed = (turn: Turn): Step => {
  const line = careLine(turn);
  return { say: [choices(UNDISCLOSED(line.text), [PERSON])], remember: { facts: line.facts }, then: { is: 'done' } };
};

const waitForCode = (slots: Slots, state: Waiting, ask: Activity[]): Step => {
  const labels = slots.labels.map((label) => label.slice(0, 40));
  return {
    say: ask,
    then: {
      is: 'wait',
      state: {
        asked: state.asked ?? 1,
        when: slots.when,
        ...(labels.length ? { labels } : {}),
        ...(slots.totalling ? { totalling: true } : {}),
        ...(slots.comparing ? { comparing: true } : {}),
        ...(state.kept && Object.keys(state.kept).length ? { kept: state.kept } : {}),
      },
      expects: { entities: ['customer_code'] },
    },
  };
};
