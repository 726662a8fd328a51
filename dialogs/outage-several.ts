import { type Activity, choices } from '../core/activity';
import type { Fact, Order, Step, Turn } from '../core/dialog';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { knownNow, nothingNow } from './outage-now';
import { reportOf } from './outage-taken';
import { rememberSupply, type Supply } from './supply';
import { type Trouble, troubleText } from './symptoms';

const TAKEN = (trouble: string) => ` Em đã ghi tin báo ${trouble} cho nơi này.`;
const URGENT = (line: string) => `Cần gấp anh/chị gọi ${line} ạ.`;

/** Several houses in one message: each is told what is known of it, and reported where nothing is. */
export const severalStep = async (turn: Turn, supplies: Supply[], trouble: Trouble | undefined): Promise<Step> => {
  const say: Activity[] = [];
  const orders: Order[] = [];
  const facts: Fact[] = [];
  for (const supply of supplies) {
    const known = await knownNow(turn, supply);
    const none = known.text ? { text: '', facts: [] } : await nothingNow(turn, supply);
    facts.push(...known.facts, ...none.facts);
    const report = trouble && known.is !== 'going' && !turn.meaning.cues.question;
    say.push({
      type: 'message',
      text: (known.text || none.text) + (report ? TAKEN(troubleText(trouble)) : ''),
    });
    if (report) orders.push(reportOf(turn, supply, trouble, undefined));
  }
  const line = careLine(turn);
  return {
    say: [...say, choices(URGENT(line.text), [PERSON])],
    remember: { ...rememberSupply([...supplies].reverse()), facts: [...facts, ...line.facts] },
    orders,
    then: { is: 'done' },
  };
};
