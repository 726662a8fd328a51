import { type Activity, choices, offeredChoices, say, tableOf } from '../core/activity';
import type { Memory, Turn } from '../core/dialog';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { spoken } from './pronouns';
import { syntaxOf } from './syntax';

const REGARD = 'Dạ em rất tiếc vì đã làm anh/chị bực mình.';
const WRITE_HERE = 'Anh/chị cần gì thêm cứ nhắn vào đây, em xem tiếp cho ạ.';
const NO_CODE = 'Tin nhắn chưa có mã khách hàng.';

/** a loss of supply has no printed syntax: it is told in words */
const NO_PLACE = (line: string) =>
  `Tin nhắn chưa có mã khách hàng hay địa chỉ. Soạn lại, ví dụ: mat dien MaKH, hoặc: mat dien xa/phuong. Cần gấp gọi ${line}.`;

type Told = Pick<Turn, 'meaning' | 'channel' | 'utility' | 'now'> & { memory: Memory };

/** What is said, in the words of this conversation, as its channel takes it. */
export const composed = (answers: Activity[], question: Activity[], turn: Told): Activity[] => {
  const { oneReply, inOne } = turn.channel.abilities;
  const said = oneReply
    ? [inBrief(answers, question, turn)]
    : inOne
      ? [joined(withRegard(answers, turn), question)]
      : withRegard([...answers, ...question], turn);
  return said.map((activity) => spoken(activity, turn.memory.pronouns));
};

/** Anger gets one sentence of regard, the answer, and the offer of a person. */
const withRegard = (said: Activity[], { meaning }: Told): Activity[] => {
  const [first, ...rest] = said;
  if (!meaning.cues.angry || !first || meaning.intents[0]?.name === 'safety.hazard') return said;
  const opened = [{ ...first, text: `${REGARD} ${withoutDa(first.text ?? '')}`.trim() }, ...rest];
  if (opened.some((one) => offeredChoices(one).some(({ value }) => value === PERSON.value))) return opened;
  const last = opened.at(-1)!;
  const { suggestedActions } = choices('', [...offeredChoices(last).slice(0, 3), PERSON]);
  return [...opened.slice(0, -1), { ...last, suggestedActions: suggestedActions! }];
};

const withoutDa = (text: string): string => text.replace(/^Dạ,? (\p{L})/u, (_, letter: string) => letter.toUpperCase());

/** One message without a question: a question becomes the syntax that would have answered it. */
const inBrief = (answers: Activity[], question: Activity[], turn: Told): Activity => {
  const texts = answers.map(linesOf);
  const syntax = syntaxOf(turn, turn.memory.lastIntent, ...turn.meaning.intents.map(({ name }) => name));
  const ofOutage = turn.meaning.intents.some(
    ({ name, sureness }) => sureness > 0.5 && /^outage\.(?:report|status)$/.test(name),
  );
  if (question.length) texts.push(ofOutage ? NO_PLACE(careLine(turn).text) : `${NO_CODE} ${syntax}`);
  return say(texts.filter(Boolean).join('\n').replaceAll('?', '.') || syntax);
};

/** All of a reply in one message. It opens a chat, where a question is answered in words. */
const joined = (answers: Activity[], question: Activity[]): Activity => {
  const asked = question.map((one) => {
    const titles = offeredChoices(one).map(({ title }) => title);
    return [linesOf(one), ...(titles.length > 0 ? [`(${titles.join(', ')})`] : [])].join(' ');
  });
  return say(
    [...answers.map(linesOf), ...asked, ...(question.length > 0 ? [] : [WRITE_HERE])].filter(Boolean).join('\n'),
  );
};

const linesOf = (activity: Activity): string =>
  [
    activity.text,
    ...(activity.attachments ?? []).flatMap((card) => tableOf(card)?.rows.map((row) => row.join(', ')) ?? []),
  ]
    .filter(Boolean)
    .join('\n');
