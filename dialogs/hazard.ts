import { choices, say } from '../core/activity';
import type { Dialog, Fact, Order, Step, Turn } from '../core/dialog';
import { showInstant } from '../core/time';
import { afterDanger, dangerTold, isOfThePast, tellsItIsOver } from './after-danger';
import { type Danger, dangerOf, isEnglish, isFigure, tellsDanger } from './danger';
import { adviceAfter, adviceFor, BRIEF, inEnglish, numbersOf, safeFirst } from './hazard-advice';
import { careLine } from './inforce';
import { mediaOf, sharedPlace } from './media';
import { isNod, namesNoPlace } from './nods';
import { PERSON } from './offers';
import { knownNow } from './outage-now';
import { canBeFound, placeSaid, placeTold } from './places';
import { valueSaid } from './slots';
import { ofHouse } from './supply';
import { mentions, phrases, wordsOf } from './words';

const WHERE: Record<'place' | 'home', string> = {
  place: 'Em đã ghi tin báo nguy hiểm này. Chỗ đó ở đâu ạ? (số nhà, đường, xã/phường, hoặc số ghi trên trụ điện)',
  home: 'Em đã ghi tin báo này. Nhà mình ở đâu ạ? (địa chỉ, hoặc mã khách hàng nếu anh/chị có sẵn)',
};
const WHERE_AGAIN: Record<'place' | 'home', string> = {
  place:
    'Anh/chị biết chỗ nguy hiểm đó ở đâu thì nhắn em ghi thêm cho dễ tìm ạ (số nhà, đường, xã/phường, số trụ điện).',
  home: 'Anh/chị nhắn em địa chỉ hoặc mã khách hàng của nhà có người bệnh để em ghi thêm ạ.',
};
const NOTED = 'Em đã ghi tin báo này ạ.';
const NOTED_HOME = (code: string) =>
  `Em đã ghi tin báo này cho mã ${code} đang xem. Nếu người bệnh ở nơi khác, anh/chị nhắn em địa chỉ hoặc mã ở đó ạ.`;
const RIGHT_HOME = (code: string, line: string) =>
  `Dạ em đã ghi đúng mã ${code}. Anh/chị vẫn gọi ${line} giúp em để báo gấp ạ.`;
const PLACED = (where: string, line: string) =>
  `Em đã ghi nơi nguy hiểm: ${where}. Anh/chị vẫn giữ khoảng cách; ${line} là nơi cử người nhanh nhất nên anh/chị gọi giúp em ạ.`;
const PLACED_HOME = (where: string, line: string) =>
  `Em đã ghi nơi có người bệnh cần điện: ${where}. Anh/chị vẫn gọi ${line} giúp em để báo gấp ạ.`;
const NO_PLACE = (line: string) => `Dạ không sao ạ. Anh/chị gọi ${line} và tả chỗ đó giúp em, vẫn nhớ đứng xa ạ.`;
const FALSE_ALARM = (line: string) =>
  `Dạ không có nguy hiểm là em mừng rồi ạ. Tin báo em đã ghi, nên anh/chị gọi ${line} nói là báo nhầm giúp em nhé.`;
const WITHDRAWN = phrases('nhầm, lộn rồi, lộn chỗ, nói đùa, giỡn, không có gì, hết nguy hiểm, không sao đâu');
const UNSURE = ['không biết', 'ko biết', 'không rõ', 'ko rõ', 'hổng biết', 'chưa biết', 'k biết'];

const OWN = /^(safety|outage\.report|outage\.status|account|dialog|chat)\b/;

/** Beside the place, or instead of it, something of another matter is asked. */
const asksElse = ({ meaning }: Turn): boolean => meaning.wants.some(({ intent }) => !OWN.test(intent));

/** A code said now belongs to the danger, unless it came with a want of its own ("ok rồi, tiền điện PP01…"). */
const codeSaid = (turn: Turn): string | undefined => (asksElse(turn) ? undefined : valueSaid(turn, 'customer_code'));

const report = (turn: Turn, place: string | undefined, code?: string): Order => {
  const customer = code ?? codeSaid(turn);
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

const SURE = 0.9;
const sureOf = ({ meaning: { intents } }: Turn): boolean =>
  intents[0]?.name === 'safety.hazard' && intents[0].sureness > SURE;
const bestOf = (turn: Turn): string => turn.meaning.intents[0]?.name ?? '';

/** A location shared with this message, or just before the tap on "Báo nguy hiểm". */
const pointed = ({ heard, chosen, memory }: Turn): string | undefined =>
  sharedPlace(heard) ?? (chosen && /vị trí -?\d/.test(memory.place ?? '') ? memory.place : undefined);

const ask = (danger: Danger, asked = 0): Pick<Step, 'say' | 'then'> => ({
  say: [choices((asked ? WHERE_AGAIN : WHERE)[danger === 'medical' ? 'home' : 'place'], [PERSON])],
  then: {
    is: 'wait',
    state: { danger, asked: asked + 1 },
    expects: { entities: ['place', 'customer_code'], confirm: true },
  },
});

/** Recorded for the house in use; another one may still be named. */
const askHome = (code: string): Pick<Step, 'say' | 'then'> => ({
  say: [choices(NOTED_HOME(code), [PERSON])],
  then: {
    is: 'wait',
    state: { danger: 'medical', code },
    expects: { entities: ['place', 'customer_code'], confirm: true },
  },
});

/** Who has a sick person without light also hears what is known of it; only after what to do. */
const news = async (turn: Turn, code: string | undefined): Promise<Pick<Step, 'say'> & { facts: Fact[] }> => {
  const supply = code ? await ofHouse(turn, { code }) : undefined;
  if (!supply || !('called' in supply)) return { say: [], facts: [] };
  const known = await knownNow(turn, supply);
  return known.is === 'going' ? { say: [say(known.text)], facts: known.facts } : { say: [], facts: [] };
};

const tellingOf = ({ now }: Turn, danger: Danger, at = now.toISOString()): Fact => {
  return { what: 'hazard.told', value: danger, record: 'reports', asOf: at, saidAt: at };
};
const PLACES = phrases(
  'ngã tư, ngã ba, hẻm, cổng, gần, đối diện, cạnh, kế bên, chợ, trường, cầu, xã, phường, thôn, ấp',
);

/** A number, a ward, a place that is served, or words that say where. */
const isPlaced = (turn: Turn): boolean =>
  canBeFound(turn) ||
  mentions(turn.text, PLACES) ||
  turn.meaning.entities.some((e) => e.type === 'place' && /\d/.test(turn.text) && e.sureness > GUESSED);
const GUESSED = 0.5;
const isUnknown = (turn: Turn): boolean => mentions(turn.text, UNSURE) || bestOf(turn) === 'dialog.deny';

/** "ngay ngã tư chợ": where it is, and nothing new of what it is. */
const isWhere = (turn: Turn): boolean =>
  !tellsDanger(turn.text) && (mentions(turn.text, PLACES) || canBeFound(turn)) && wordsOf(turn.text).length < 12;

/** "Nguyễn Văn Linh", "chợ Cồn nè em": no more than a name; any other words are no place. */
const isName = (text: string): boolean => {
  const words = wordsOf(text).filter((word) => !AROUND_A_NAME.has(word));
  return words.length > 1 && words.length < 7 && !mentions(text, NO_NAME);
};
const AROUND_A_NAME = new Set('dạ da ở o tại tai ạ a em nè nha nhé đó anh chị ơi'.split(' '));
const NO_NAME = phrases(`
  rồi, không, ko, hông, hổng, chưa, mà, đang, bị, nó, tui, tôi, chồng, vợ, sao, gì, được, thì, của, cũng, luôn, hoài, thấy, nghe, nói, biết, chịu, tắt, gọi, vậy, hả, quá, lắm, đừng, làm, có, hết, nữa,
  con em, con tui, ai, đứng, nhanh, nguy hiểm, thôi, hô hấp, what, should, the`);

/** What follows the warning and is no place: answered at once; where it is stays asked. */
const answerAfter = (turn: Turn, danger: Danger, waiting: number | undefined): Step | undefined => {
  const what = afterDanger(turn.text);
  // "ngắt điện khu này giùm được không, đường Hùng Vương": where it is counts for more
  if (
    !what ||
    (what === 'may-i' && canBeFound(turn)) ||
    (what !== 'victim' && tellsDanger(turn.text) && dangerOf(turn.text) !== danger)
  )
    return undefined;
  const { facts, ...numbers } = numbersOf(turn);
  const { saidAt } = turn.memory.facts.find((one) => one.what === 'hazard.told') ?? {};
  const english = isEnglish(turn.text) ? `${inEnglish(numbers)}\n` : '';
  const said = english + adviceAfter(what, danger, numbers, saidAt && showInstant(saidAt));
  const remember = { facts: [...facts, tellingOf(turn, danger, saidAt)] };
  const brief = turn.channel.abilities.oneReply;
  if (waiting === undefined || waiting > 1 || what === 'over' || brief)
    return { say: [brief ? say(said) : choices(said, [PERSON])], remember, then: { is: 'done' } };
  const question = ask(danger, waiting);
  return { say: [say(said), ...question.say], remember, then: question.then };
};

/** Danger to life: what to do comes before everything else, and no code is ever needed for it. */
export const hazard: Dialog = {
  id: 'safety.hazard',
  version: 1,
  intents: ['safety.hazard'],
  async start(turn) {
    if (isFigure(turn.text)) return { say: [], then: { is: 'goto', dialog: 'fallback' } };
    if (isOfThePast(turn.text) && dangerOf(turn.text) === 'shock')
      return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    const told = dangerTold(turn.memory, turn.now)?.danger;
    const after = told && answerAfter(turn, told, undefined);
    if (after) return after;
    // its place, or more of the same
    if (told && (isWhere(turn) || !tellsDanger(turn.text)))
      return hazard.resume({ danger: told, asked: isPlaced(turn) ? 1 : 2 }, turn);
    if (tellsItIsOver(turn.text) && !told) {
      const { facts, ...numbers } = numbersOf(turn);
      return {
        say: [choices(adviceAfter('over', 'wire', numbers, undefined), [PERSON])],
        remember: { facts },
        then: { is: 'done' },
      };
    }
    const danger = dangerOf(turn.text);
    const { facts, ...numbers } = numbersOf(turn);
    const place = pointed(turn) ?? valueSaid(turn, 'place');
    const said = valueSaid(turn, 'customer_code');
    const unplaced = !pointed(turn) && !canBeFound(turn) && !said;
    // whose supply a life depends on is the house that is being spoken of; a wire may lie anywhere
    const inUse = danger === 'medical' && unplaced ? turn.memory.code : undefined;
    const kept = {
      remember: { facts: [...facts, tellingOf(turn, danger)], ...(place ? { place } : {}) },
      orders: [report(turn, place, inUse)],
    };
    if (turn.channel.abilities.oneReply) return { ...kept, say: [say(BRIEF[danger](numbers))], then: { is: 'done' } };
    const english = isEnglish(turn.text) ? `${inEnglish(numbers)}\n` : '';
    const advice = say(english + adviceFor(danger, numbers));
    if (unplaced && !inUse) {
      const question = ask(danger);
      return { ...kept, say: [advice, ...question.say], then: question.then };
    }
    const known = await news(turn, danger === 'medical' ? (said ?? inUse) : undefined);
    const end: Pick<Step, 'say' | 'then'> = inUse
      ? askHome(inUse)
      : { say: [choices(NOTED, [PERSON])], then: { is: 'done' } };
    return {
      ...kept,
      say: [advice, ...known.say, ...end.say],
      remember: { ...kept.remember, facts: [...kept.remember.facts, ...known.facts] },
      then: end.then,
    };
  },
  async resume(state, turn) {
    // more than a place: what has become of it, and so what to do, is new
    const danger = (state.danger as Danger | undefined) ?? 'wire';
    const asked = Number(state.asked ?? 0);
    const after = answerAfter(turn, danger, asked);
    if (after) return after;
    if (tellsDanger(turn.text)) return hazard.start(turn);
    const inUse = state.code as string | undefined;
    const code = codeSaid(turn);
    // "nước tới ổ cắm rồi" while the place is awaited: more of the danger, and no place
    const more = sureOf(turn) && !mentions(turn.text, PLACES) && !canBeFound(turn) && !/\d/.test(turn.text);
    const told = more || valueSaid(turn, 'customer_code') ? valueSaid(turn, 'place') : placeTold(turn);
    const place =
      sharedPlace(turn.heard) ??
      (told && (isPlaced(turn) || isName(turn.text)) && !namesNoPlace(told) && !/^(?:dialog|chat)\./.test(bestOf(turn))
        ? told
        : undefined);
    const line = careLine(turn);
    if (inUse && !place && !code && !mediaOf(turn.heard).length) {
      if (bestOf(turn) === 'dialog.deny') return ask(danger);
      const agreed = isNod(turn.text) || bestOf(turn) === 'dialog.affirm';
      return {
        say: agreed ? [choices(RIGHT_HOME(inUse, line.text), [PERSON])] : [],
        remember: { facts: agreed ? line.facts : [] },
        then: { is: 'done' },
      };
    }
    if (!place && mentions(turn.text, WITHDRAWN))
      return {
        say: [choices(FALSE_ALARM(line.text), [PERSON])],
        remember: { facts: line.facts },
        then: { is: 'done' },
      };
    if (
      !place &&
      !code &&
      turn.text &&
      !mediaOf(turn.heard).length &&
      !isUnknown(turn) &&
      !isNod(turn.text) &&
      !asksElse(turn)
    ) {
      const { facts, ...numbers } = numbersOf(turn);
      const question = asked < 2 ? ask(danger, asked) : undefined;
      const safe = question ? say(safeFirst(danger, numbers)) : choices(safeFirst(danger, numbers), [PERSON]);
      return { say: [safe, ...(question?.say ?? [])], remember: { facts }, then: question?.then ?? { is: 'done' } };
    }
    // asked again once; then it stays with what was recorded
    if (!place && !code && !mediaOf(turn.heard).length && asked < 2 && !isUnknown(turn)) return ask(danger, asked);
    if ((!place && !code) || mentions(turn.text, UNSURE))
      return { say: [choices(NO_PLACE(line.text), [PERSON])], remember: { facts: line.facts }, then: { is: 'done' } };
    const known = await news(turn, danger === 'medical' ? code : undefined);
    const where = place ?? `mã ${code}`;
    return {
      say: [...known.say, choices((danger === 'medical' ? PLACED_HOME : PLACED)(where, line.text), [PERSON])],
      remember: { ...(place ? { place } : {}), facts: [...line.facts, ...known.facts] },
      orders: [report(turn, place)],
      then: { is: 'done' },
    };
  },
};
