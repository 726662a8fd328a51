import { type Activity, type Choice, choices, say } from '../core/activity';
import type { Fact, Order, Step, Turn } from '../core/dialog';
import { dayOf, showInstant } from '../core/time';
import { inForce } from '../core/utility';
import { needsCare } from './danger';
import { careLine } from './inforce';
import { PERSON, REPORT } from './offers';
import { knownNow, nothingBrief, nothingNow } from './outage-now';
import { severalStep } from './outage-several';
import { locatedIn, type ReportState } from './outage-where';
import { valueSaid } from './slots';
import { rememberSupply, type Supply } from './supply';
import { type Around, aroundIn, hasNoCode, outcomeIn, type Trouble, troubleIn, troubleText } from './symptoms';
import { askWhere, gaveUp, refused, waitWhere } from './where';
import { mentions, phrases } from './words';

const ALSO_TAKEN = (called: string) => ` Em cũng đã ghi tin báo tại ${called}.`;
const NO_UNIT = (called: string) =>
  `Dạ em chưa rõ ${called} thuộc đơn vị nào nên chưa tra được sự cố, nhưng em vẫn ghi tin báo được ạ.`;
const NO_CODE = 'Dạ không cần mã cũng được ạ. Anh/chị cho em xin địa chỉ hoặc xã/phường đang bị nhé.';
const AROUND = {
  'no-supply': 'Nhà hàng xóm có điện không ạ?',
  other: 'Các nhà xung quanh có bị giống vậy không ạ?',
};
const AROUND_CHOICES: Choice[] = [
  { title: 'Xung quanh cũng bị', value: 'around:same' },
  { title: 'Chỉ nhà mình bị', value: 'around:fine' },
  { title: 'Chưa rõ', value: 'around:unknown' },
];
const BREAKER =
  'Dạ vậy anh/chị xem giúp em cầu dao (CB, aptomat) trong nhà: nếu bị nhảy thì gạt lên lại một lần; có mùi khét, dây nóng hay chỗ đó đang ướt thì đừng chạm vào nhé. Điện có lại chưa ạ?';
const BREAKER_CHOICES: Choice[] = [
  { title: 'Có điện lại rồi', value: 'breaker:back' },
  { title: 'Vẫn chưa có', value: 'breaker:still' },
];
const BACK_ON = (line: string) =>
  `Dạ có điện lại là em mừng rồi ạ. Nếu cầu dao còn nhảy nữa thì anh/chị đừng cố gạt lên, gọi thợ điện hoặc ${line} nhé.`;
const TAKEN = (trouble: string, called: string, at: string, unit: string, line: string) =>
  `Dạ em đã ghi tin báo ${trouble} tại ${called} lúc ${at}${unit ? `, khu vực của ${unit}` : ''}. Em chưa có giờ dự kiến có điện lại nên không dám hẹn; cần gấp anh/chị gọi ${line}. Lát nữa anh/chị nhắn “báo mất điện tới đâu rồi”, em xem lại cho ạ.`;
const TAKEN_BRIEF = (none: string, trouble: string, line: string) =>
  `${none} Đã ghi tin báo ${trouble}. Cần gấp gọi ${line}.`;
const NOT_TAKEN_BRIEF = (none: string, line: string) => `${none} Nếu đang mất điện, gọi ${line}.`;
const NOT_TAKEN = (line: string) =>
  `Dạ vậy em chưa ghi tin báo nào. Nếu nhà mình đang mất điện thì anh/chị báo giúp em, hoặc gọi ${line} ạ.`;
const NO_NEWS = 'Dạ em chưa có nguyên nhân hay giờ có điện lại nào được ghi nhận ạ.';

/** "mất điện rồi, khi nào có lại" tells of it as well */
const FELT_NOW = phrases('rồi, đang, từ sáng, từ chiều, từ tối, từ hôm, nãy giờ, hồi nãy, suốt');

const reportOf = (turn: Turn, supply: Supply, trouble: Trouble, around: Around | undefined): Order => {
  const phone = valueSaid(turn, 'phone');
  return {
    kind: 'report-outage',
    report: {
      what: around && around !== 'unknown' ? `${trouble}:${around}` : trouble,
      ...(supply.house ? { customer: supply.house.code } : {}),
      ...(supply.unit ? { unit: supply.unit } : {}),
      ...(supply.place ? { place: supply.place } : {}),
      ...(phone ? { phone } : {}),
    },
  };
};

/** Asked, and never told that there is no light: nothing is filed, and how to report is said. */
const notTaken = async (turn: Turn, supply: Supply): Promise<Step> => {
  const line = careLine(turn);
  const brief = turn.channel.abilities.oneReply ? await nothingBrief(turn, supply) : undefined;
  return {
    say: [brief ? say(NOT_TAKEN_BRIEF(brief.text, line.text)) : choices(NOT_TAKEN(line.text), [REPORT, PERSON])],
    remember: { ...rememberSupply([supply]), facts: [...(brief?.facts ?? []), ...line.facts] },
    then: { is: 'done' },
  };
};

const taken = async (turn: Turn, supply: Supply, trouble: Trouble, around: Around | undefined): Promise<Step> => {
  const line = careLine(turn);
  const brief = turn.channel.abilities.oneReply ? await nothingBrief(turn, supply) : undefined;
  const unit = inForce(turn.utility.units, dayOf(turn.now)).find(({ code }) => code === supply.unit)?.name ?? '';
  const words = troubleText(trouble);
  const said = brief
    ? say(TAKEN_BRIEF(brief.text, words, line.text))
    : choices(TAKEN(words, supply.called, showInstant(turn.now.toISOString()), unit, line.text), [PERSON]);
  return {
    say: [said],
    remember: { ...rememberSupply([supply]), facts: [...(brief?.facts ?? []), ...line.facts] },
    orders: [reportOf(turn, supply, trouble, around)],
    then: { is: 'done' },
  };
};

/** Loss of supply, weak or flickering supply, a broken device: what is known, then the diagnosis, then the report. */
export const reportStep = async (turn: Turn, state: ReportState): Promise<Step> => {
  if (needsCare(turn.text)) return { say: [], then: { is: 'goto', dialog: 'safety.hazard' } };
  const said = troubleIn(turn.text);
  // "à không, điện yếu thôi" changes what is wrong, and nothing else
  const named = said !== undefined && (said !== 'no-supply' || turn.meaning.cues.correcting);
  const trouble = (named ? said : state.trouble) ?? said ?? 'no-supply';
  const located = await locatedIn(turn, { ...state, trouble });
  const { question } = turn.meaning.cues;
  const asksOnly = state.asksOnly ?? (state.asking === undefined && question && !mentions(turn.text, FELT_NOW));
  const doubt = asksOnly ? { asksOnly } : {};
  const whereAgain = waitWhere({ trouble, ...doubt, asking: 'where', asked: (state.asked ?? 0) + 1 });
  if (located.is === 'refused') return refused(turn, located, whereAgain);
  if (located.is === 'missing') {
    if ((state.asked ?? 0) > 2 && turn.text) return gaveUp(turn);
    const question = hasNoCode(turn.text) ? [say(NO_CODE)] : askWhere(located, turn.text ? (state.asked ?? 0) : 0);
    return { say: question, then: whereAgain };
  }
  if (located.supplies.length > 1) return severalStep(turn, located.supplies, trouble);
  const supply = located.supplies[0]!;
  const { house, place } = supply;
  const kept: ReportState = {
    trouble,
    ...doubt,
    ...(house ?? {}),
    ...(place ? { place } : {}),
  };
  const wait = (
    asking: 'around' | 'breaker',
    asked: Activity[],
    offered: Choice[],
    more: ReportState = {},
    facts: Fact[] = [],
  ): Step => ({
    say: asked,
    remember: { ...rememberSupply([supply]), facts },
    then: {
      is: 'wait',
      state: { ...kept, ...more, asking, asked: state.asking === asking && turn.text ? (state.asked ?? 0) + 1 : 1 },
      expects: { entities: [], choices: offered, confirm: true },
    },
  });
  const moved = house?.code !== state.code || place !== state.place;
  const first = state.asking === undefined || state.asking === 'where' || moved;
  const known = first ? await knownNow(turn, supply) : undefined;
  if (known?.is === 'going')
    return {
      // a place may lie outside the area that is known: its report is kept too
      say: [choices(known.text + (house ? '' : ALSO_TAKEN(supply.called)), [PERSON])],
      ...(house ? {} : { orders: [reportOf(turn, supply, trouble, undefined)] }),
      remember: { ...rememberSupply([supply]), facts: known.facts },
      then: { is: 'done' },
    };
  // what comes back on top hears nothing; and a question is no answer
  const tooOften = (state.asked ?? 0) > 1 && turn.text !== '';
  const answered = aroundIn(turn.text);
  if (!first && tooOften && answered === undefined && !turn.chosen && asksOnly) return notTaken(turn, supply);
  if (turn.channel.abilities.oneReply && asksOnly) return notTaken(turn, supply);
  const tapped = turn.chosen?.split(':');
  const around =
    state.around ??
    (tapped?.[0] === 'around' ? (tapped[1] as Around) : answered) ??
    (trouble === 'device' || turn.channel.abilities.oneReply || (state.asking === 'around' && tooOften)
      ? 'unknown'
      : undefined);
  if (!around) {
    const none = first && !known?.text ? await nothingNow(turn, supply) : undefined;
    const before = first
      ? known?.text || (supply.unit || supply.served ? none!.text : NO_UNIT(supply.called))
      : question
        ? NO_NEWS
        : '';
    const ask = `${before} ${AROUND[trouble === 'no-supply' ? trouble : 'other']}`.trim();
    return wait('around', [choices(ask, AROUND_CHOICES)], AROUND_CHOICES, {}, none?.facts);
  }
  if (around !== 'fine' || trouble !== 'no-supply' || turn.channel.abilities.oneReply)
    return taken(turn, supply, trouble, around);
  const outcome =
    tapped?.[0] === 'breaker'
      ? tapped[1]
      : state.asking === 'breaker'
        ? (outcomeIn(turn.text) ?? (tooOften ? 'still' : undefined))
        : undefined;
  if (!outcome) return wait('breaker', [choices(BREAKER, BREAKER_CHOICES)], BREAKER_CHOICES, { around });
  if (outcome === 'still') return taken(turn, supply, trouble, around);
  const line = careLine(turn);
  return { say: [say(BACK_ON(line.text))], remember: { facts: line.facts }, then: { is: 'done' } };
};
