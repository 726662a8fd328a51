import { type Activity, type Choice, choices, say } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import { wantsNoQuestions } from './chasing';
import { needsCare } from './danger';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { BACK_ON, BREAKER, BREAKER_CHOICES, LEAVE_OFF, tripsAgain } from './outage-breaker';
import { knownNow, nothingNow } from './outage-now';
import { severalStep } from './outage-several';
import { notTaken, reportOf, taken } from './outage-taken';
import { locatedIn, type ReportState, tellsMore } from './outage-where';
import { valueSaid } from './slots';
import { rememberSupply } from './supply';
import { type Around, aroundIn, aroundTold, deviceIn, hasNoCode, outcomeIn, troubleIn } from './symptoms';
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
const NO_NEWS = 'Dạ em chưa có nguyên nhân hay giờ có điện lại nào được ghi nhận ạ.';

/** "mất điện rồi, khi nào có lại" tells of it as well */
const FELT_NOW = phrases('rồi, đang, từ sáng, từ chiều, từ tối, từ hôm, nãy giờ, hồi nãy, suốt');

/** Loss of supply, weak or flickering supply, a broken device: what is known, then the diagnosis, then the report. */
export const reportStep = async (turn: Turn, state: ReportState): Promise<Step> => {
  if (needsCare(turn.text)) return { say: [], then: { is: 'goto', dialog: 'safety.hazard' } };
  const said = troubleIn(turn.text);
  // "à không, điện yếu thôi" changes what is wrong, and nothing else
  const named = said !== undefined && (said !== 'no-supply' || turn.meaning.cues.correcting);
  const trouble = (named ? said : state.trouble) ?? said ?? 'no-supply';
  const device = state.device ?? (trouble === 'device' ? deviceIn(turn.text) : undefined);
  const located = await locatedIn(turn, { ...state, trouble, ...(device ? { device } : {}) });
  const { question } = turn.meaning.cues;
  const asksOnly = state.asksOnly ?? (state.asking === undefined && question && !mentions(turn.text, FELT_NOW));
  const trips = state.trips || tripsAgain(turn.text, state.asking === 'breaker');
  // said as soon as it is told, and once
  const warning = trips && !state.trips && !turn.channel.abilities.oneReply ? [say(LEAVE_OFF)] : [];
  const told = state.around ?? aroundTold(turn.text);
  const phone = valueSaid(turn, 'phone') ?? state.phone;
  const sofar: ReportState = {
    trouble,
    ...(asksOnly ? { asksOnly } : {}),
    ...(trips ? { trips } : {}),
    ...(device ? { device } : {}),
    ...(phone ? { phone } : {}),
  };
  const whereAgain = waitWhere({
    ...sofar,
    ...(told ? { around: told } : {}),
    asking: 'where',
    asked: (state.asked ?? 0) + 1,
  });
  if (located.is === 'refused') return refused(turn, located, whereAgain);
  if (located.is === 'missing') {
    if ((state.asked ?? 0) > 2 && turn.text) return gaveUp(turn);
    const question = hasNoCode(turn.text)
      ? [say(NO_CODE)]
      : askWhere(located, turn.text && !tellsMore(turn) ? (state.asked ?? 0) : 0);
    return { say: [...warning, ...question], then: whereAgain };
  }
  if (located.supplies.length > 1) return severalStep(turn, located.supplies, trouble);
  const supply = located.supplies[0]!;
  const { house, place } = supply;
  const kept: ReportState = {
    ...sofar,
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
    say: [...warning, ...asked],
    remember: { ...rememberSupply([supply]), facts },
    then: {
      is: 'wait',
      state: { ...kept, ...more, asking, asked: state.asking === asking && turn.text ? (state.asked ?? 0) + 1 : 1 },
      expects: { entities: [], choices: offered, confirm: true },
    },
  });
  const moved = house?.code !== state.code || place !== state.place;
  const first = state.asking === undefined || state.asking === 'where' || moved;
  // no loss of supply explains a lamp or a meter that is broken
  const known = first && trouble !== 'device' ? await knownNow(turn, supply) : undefined;
  if (known?.is === 'going')
    return {
      // a place may lie outside the area that is known: its report is kept too
      say: [choices(known.text + (house ? '' : ALSO_TAKEN(supply.called)), [PERSON])],
      ...(house ? {} : { orders: [reportOf(turn, supply, trouble, told, phone)] }),
      remember: { ...rememberSupply([supply]), facts: known.facts },
      then: { is: 'done' },
    };
  // what comes back on top hears nothing; and a question is no answer
  const tooOften = (state.asked ?? 0) > 1 && turn.text !== '';
  const answered = aroundIn(turn.text) ?? (!first && wantsNoQuestions(turn.text) ? 'unknown' : undefined);
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
    return taken(turn, supply, trouble, around, warning, phone);
  const outcome =
    tapped?.[0] === 'breaker'
      ? tapped[1]
      : trips || wantsNoQuestions(turn.text)
        ? 'still'
        : state.asking === 'breaker'
          ? (outcomeIn(turn.text) ?? (tooOften ? 'still' : undefined))
          : undefined;
  if (!outcome) return wait('breaker', [choices(BREAKER, BREAKER_CHOICES)], BREAKER_CHOICES, { around });
  if (outcome === 'still') return taken(turn, supply, trouble, around, warning, phone);
  const line = careLine(turn);
  return { say: [say(BACK_ON(line.text))], remember: { facts: line.facts }, then: { is: 'done' } };
};
