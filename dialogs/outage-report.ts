import { type Activity, type Choice, choices, say } from '../core/activity';
import type { Order, Step, Turn } from '../core/dialog';
import { dayOf, showInstant } from '../core/time';
import { inForce } from '../core/utility';
import { needsCare } from './danger';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { knownNow } from './outage-now';
import { severalStep } from './outage-several';
import { locatedIn, type ReportState } from './outage-where';
import { valueSaid } from './slots';
import { rememberSupply, type Supply } from './supply';
import { type Around, aroundIn, hasNoCode, outcomeIn, type Trouble, troubleIn, troubleText } from './symptoms';
import { askWhere, refused, waitWhere } from './where';

const NONE = (called: string) => `Dạ em chưa thấy sự cố hay lịch cắt điện nào được ghi nhận cho ${called}.`;
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
const TAKEN_BRIEF = (trouble: string, called: string, line: string) =>
  `Chưa thấy sự cố hay lịch cắt điện của ${called}. Đã ghi tin báo ${trouble}. Cần gấp gọi ${line}.`;

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

const taken = (turn: Turn, supply: Supply, trouble: Trouble, around: Around | undefined): Step => {
  const line = careLine(turn);
  const unit = inForce(turn.utility.units, dayOf(turn.now)).find(({ code }) => code === supply.unit)?.name ?? '';
  const words = troubleText(trouble);
  const said = turn.channel.abilities.oneReply
    ? say(TAKEN_BRIEF(words, supply.called, line.text))
    : choices(TAKEN(words, supply.called, showInstant(turn.now.toISOString()), unit, line.text), [PERSON]);
  return {
    say: [said],
    remember: { ...rememberSupply([supply]), facts: line.facts },
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
  const located = await locatedIn(turn, state);
  const whereAgain = waitWhere({ trouble, asking: 'where', asked: (state.asked ?? 0) + 1 });
  if (located.is === 'refused') return refused(turn, located, whereAgain);
  if (located.is === 'missing') {
    const question = hasNoCode(turn.text)
      ? [say(NO_CODE)]
      : askWhere(located.label, turn.text ? (state.asked ?? 0) : 0);
    return { say: question, then: whereAgain };
  }
  if (located.supplies.length > 1) return severalStep(turn, located.supplies, trouble);
  const supply = located.supplies[0]!;
  const { house, place } = supply;
  const kept: ReportState = { trouble, ...(house ?? {}), ...(place ? { place } : {}) };
  const wait = (
    asking: 'around' | 'breaker',
    question: Activity[],
    offered: Choice[],
    more: ReportState = {},
  ): Step => ({
    say: question,
    remember: rememberSupply([supply]),
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
  const tooOften = (state.asked ?? 0) > 1;
  const tapped = turn.chosen?.split(':');
  const around =
    state.around ??
    (tapped?.[0] === 'around' ? (tapped[1] as Around) : aroundIn(turn.text)) ??
    (trouble === 'device' || turn.channel.abilities.oneReply || (state.asking === 'around' && tooOften)
      ? 'unknown'
      : undefined);
  if (!around) {
    const before = !first ? '' : known?.text || (supply.unit || supply.served ? NONE : NO_UNIT)(supply.called);
    const question = `${before} ${AROUND[trouble === 'no-supply' ? trouble : 'other']}`.trim();
    return wait('around', [choices(question, AROUND_CHOICES)], AROUND_CHOICES);
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
