import { choices, say } from '../core/activity';
import type { Dialog, Fact, Order, Step, Turn } from '../core/dialog';
import { type Danger, dangerOf, tellsDanger } from './danger';
import { adviceFor, BRIEF, numbersOf } from './hazard-advice';
import { careLine } from './inforce';
import { mediaOf, sharedPlace } from './media';
import { PERSON } from './offers';
import { knownNow } from './outage-now';
import { canBeFound, placeSaid, placeTold } from './places';
import { valueSaid } from './slots';
import { ofHouse } from './supply';
import { mentions } from './words';

const WHERE: Record<'place' | 'home', string> = {
  place: 'Em đã ghi tin báo nguy hiểm này. Chỗ đó ở đâu ạ? (số nhà, đường, xã/phường, hoặc số ghi trên trụ điện)',
  home: 'Em đã ghi tin báo này. Nhà mình ở đâu ạ? (địa chỉ, hoặc mã khách hàng nếu anh/chị có sẵn)',
};
const NOTED = 'Em đã ghi tin báo này ạ.';
const PLACED = (where: string, line: string) =>
  `Em đã ghi nơi nguy hiểm: ${where}. Anh/chị vẫn giữ khoảng cách; ${line} là nơi cử người nhanh nhất nên anh/chị gọi giúp em ạ.`;
const PLACED_HOME = (where: string, line: string) =>
  `Em đã ghi nơi có người bệnh cần điện: ${where}. Anh/chị vẫn gọi ${line} giúp em để báo gấp ạ.`;
const NO_PLACE = (line: string) => `Dạ không sao ạ. Anh/chị gọi ${line} và tả chỗ đó giúp em, vẫn nhớ đứng xa ạ.`;
const UNSURE = ['không biết', 'ko biết', 'không rõ', 'ko rõ', 'hổng biết', 'chưa biết', 'k biết'];

const report = (turn: Turn, place: string | undefined): Order => {
  const customer = valueSaid(turn, 'customer_code');
  const phone = valueSaid(turn, 'phone');
  const units = placeSaid(turn)?.served?.units ?? [];
  const unit = customer?.slice(0, 6) ?? (units.length === 1 ? units[0]!.code : undefined);
  return {
    kind: 'report-outage',
    report: {
      what: 'hazard',
      ...(customer ? { customer } : {}),
      ...(unit ? { unit } : {}),
      ...(place ? { place } : {}),
      ...(phone ? { phone } : {}),
    },
  };
};

/** A location shared with this message, or just before the tap on "Báo nguy hiểm". */
const pointed = ({ heard, chosen, memory }: Turn): string | undefined =>
  sharedPlace(heard) ?? (chosen && /vị trí -?\d/.test(memory.place ?? '') ? memory.place : undefined);

const ask = (danger: Danger): Pick<Step, 'say' | 'then'> => ({
  say: [choices(WHERE[danger === 'medical' ? 'home' : 'place'], [PERSON])],
  then: { is: 'wait', state: { danger }, expects: { entities: ['place', 'customer_code'] } },
});

/** Who has a sick person without light also hears what is known of it; only after what to do. */
const news = async (turn: Turn, danger: Danger): Promise<Pick<Step, 'say'> & { facts: Fact[] }> => {
  const code = danger === 'medical' ? valueSaid(turn, 'customer_code') : undefined;
  const supply = code ? await ofHouse(turn, { code }) : undefined;
  const known = supply && 'called' in supply ? await knownNow(turn, supply) : undefined;
  return known?.is === 'going' ? { say: [say(known.text)], facts: known.facts } : { say: [], facts: [] };
};

/** Danger to life: what to do comes before everything else, and no code is ever needed for it. */
export const hazard: Dialog = {
  id: 'safety.hazard',
  version: 1,
  intents: ['safety.hazard'],
  async start(turn) {
    const danger = dangerOf(turn.text);
    const { facts, ...numbers } = numbersOf(turn);
    const place = pointed(turn) ?? valueSaid(turn, 'place');
    const kept = { remember: { facts, ...(place ? { place } : {}) }, orders: [report(turn, place)] };
    if (turn.channel.abilities.oneReply) return { ...kept, say: [say(BRIEF[danger](numbers))], then: { is: 'done' } };
    const advice = say(adviceFor(danger, numbers));
    if (!pointed(turn) && !canBeFound(turn) && !valueSaid(turn, 'customer_code')) {
      const question = ask(danger);
      return { ...kept, say: [advice, ...question.say], then: question.then };
    }
    const known = await news(turn, danger);
    return {
      ...kept,
      say: [advice, ...known.say, choices(NOTED, [PERSON])],
      remember: { ...kept.remember, facts: [...facts, ...known.facts] },
      then: { is: 'done' },
    };
  },
  async resume(state, turn) {
    // more than a place: what has become of it, and so what to do, is new
    if (tellsDanger(turn.text)) return hazard.start(turn);
    const danger = (state.danger as Danger | undefined) ?? 'wire';
    const code = valueSaid(turn, 'customer_code');
    const place = sharedPlace(turn.heard) ?? (code ? valueSaid(turn, 'place') : placeTold(turn));
    const line = careLine(turn);
    if (!place && !code && !mediaOf(turn.heard).length) return ask(danger);
    if ((!place && !code) || mentions(turn.text, UNSURE))
      return { say: [choices(NO_PLACE(line.text), [PERSON])], remember: { facts: line.facts }, then: { is: 'done' } };
    const known = await news(turn, danger);
    const where = place ?? `mã ${code}`;
    return {
      say: [...known.say, choices((danger === 'medical' ? PLACED_HOME : PLACED)(where, line.text), [PERSON])],
      remember: { ...(place ? { place } : {}), facts: [...line.facts, ...known.facts] },
      orders: [report(turn, place)],
      then: { is: 'done' },
    };
  },
};
