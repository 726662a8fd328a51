import { type Activity, choices, offeredChoices, say, tableOf } from '../core/activity';
import type { Memory, Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import type { IntentName } from '../core/understanding';
import { inForce } from '../core/utility';
import { PERSON } from './offers';
import { spoken } from './pronouns';

const REGARD = 'Dạ em rất tiếc vì đã làm anh/chị bực mình.';
const WRITE = (syntax: string, number: string) => `Soạn ${syntax} gửi ${number}`;
const NO_CODE = 'Tin nhắn chưa có mã khách hàng.';

type Told = Pick<Turn, 'meaning' | 'channel' | 'utility' | 'now'> & { memory: Memory };

/** What is said, in the words of this conversation, as its channel takes it. */
export const composed = (answers: Activity[], question: Activity[], turn: Told): Activity[] => {
  const said = turn.channel.abilities.oneReply
    ? [oneReply(answers, question, turn)]
    : withRegard([...answers, ...question], turn);
  return said.map((activity) => spoken(activity, turn.memory.pronouns));
};

/** Anger gets one sentence of regard, the answer, and the offer of a person. */
const withRegard = (said: Activity[], { meaning }: Told): Activity[] => {
  const [first, ...rest] = said;
  if (!meaning.cues.angry || !first || meaning.intents[0]?.name === 'safety.hazard') return said;
  const opened = [{ ...first, text: `${REGARD} ${first.text ?? ''}`.trim() }, ...rest];
  if (opened.some((one) => offeredChoices(one).some(({ value }) => value === PERSON.value))) return opened;
  const last = opened.at(-1)!;
  const { suggestedActions } = choices('', [...offeredChoices(last).slice(0, 3), PERSON]);
  return [...opened.slice(0, -1), { ...last, suggestedActions: suggestedActions! }];
};

/** One message without a question: a question becomes the syntax that would have answered it. */
const oneReply = (answers: Activity[], question: Activity[], turn: Told): Activity => {
  const texts = answers.map(linesOf);
  if (question.length) texts.push(`${NO_CODE} ${syntaxOf(turn)}`);
  return say(texts.filter(Boolean).join('\n').replaceAll('?', '.') || syntaxOf(turn));
};

const linesOf = (activity: Activity): string =>
  [
    activity.text,
    ...(activity.attachments ?? []).flatMap((card) => tableOf(card)?.rows.map((row) => row.join(', ')) ?? []),
  ]
    .filter(Boolean)
    .join('\n');

/** The printed syntax of what was wanted, else of the bill. */
export const syntaxOf = ({ meaning, utility, now }: Pick<Turn, 'meaning' | 'utility' | 'now'>): string => {
  const rows = inForce(utility.sms, dayOf(now));
  const wanted = meaning.intents.map(({ name }) => rows.find(({ intent }) => intent === (name as IntentName)));
  const row = wanted.find(Boolean) ?? rows.find(({ intent }) => intent === 'help.menu') ?? rows[0];
  return row ? WRITE(row.syntax, row.number) : '';
};
