import { type Activity, choices, say, table } from '../core/activity';
import type { Dialog, Fact, Step, Turn } from '../core/dialog';
import type { PlannedOutage } from '../core/records';
import { type Day, day, dayOf, daysInMonth, instant, partsOf, showDay, showInstant } from '../core/time';
import { REPORT } from './offers';
import { knownNow } from './outage-now';
import { ofPlanSpoken } from './outage-spoken';
import { isPlaceName } from './place-name';
import { entitiesOf } from './said';
import { fact } from './show';
import { entityOf, valueSaid } from './slots';
import { locate, plannedFor, rememberSupply, type Supply } from './supply';
import { suspensionOf } from './suspension';
import { askWhere, gaveUp, refused, unserved, waitWhere } from './where';
import { mentions, phrases } from './words';

const MOST_ROWS = 5;

const ONE = (called: string, o: PlannedOutage, going: boolean) =>
  `Dạ ${called} ${going ? 'đang trong đợt' : 'có lịch'} tạm ngừng cung cấp điện từ ${showInstant(o.from)} đến ${showInstant(o.to)}.`;
const DETAILS = (o: PlannedOutage) =>
  `${o.area ? ` Khu vực: ${o.area}.` : ''}${o.reason ? ` Lý do: ${o.reason}.` : ''}`;
const SEVERAL = (called: string, count: number) =>
  `Dạ ${called} có ${count} lịch tạm ngừng cung cấp điện${count > MOST_ROWS ? `, ${MOST_ROWS} lịch sớm nhất là` : ''}:`;
const NONE = (called: string, when: string) => `Dạ ${called} không có lịch ngừng, giảm cung cấp điện${when}.`;
const NEXT = (o: PlannedOutage) => ` Lịch gần nhất là từ ${showInstant(o.from)} đến ${showInstant(o.to)}.`;
const PAST = 'Em chỉ xem được lịch từ hôm nay trở đi ạ.';
const NONE_BUT = (called: string, when: string, suspension: string) =>
  `Dạ ${called} không có lịch cắt điện để sửa chữa, bảo trì${when}; nhưng ${suspension} ạ.`;
const ALSO = (suspension: string) => `Ngoài ra, ${suspension} ạ.`;
const IF_OUT = ' Nếu đang mất điện thì anh/chị báo để em ghi lại ạ.';
const BRIEF = {
  some: (sender: string, spans: string) =>
    `${sender} thông báo lịch tạm ngừng cung cấp điện của quý khách là ${spans}.`,
  none: (sender: string, called: string, when: string) =>
    `${sender} thông báo: ${called} không có lịch ngừng cung cấp điện${when}.`,
};

interface Range {
  from: Day;
  to: Day;
}

const RELATIVE = /sau|tới|toi|này|nay|ni|trước|truoc|rồi|roi|qua/iu;

/** A month's year, unless it is only the one that a past month of this name lies in. */
const yearSaid = (turn: Turn): number | undefined => {
  const month = entityOf(turn, 'month');
  const year = entityOf(turn, 'year');
  const own = year && (year.start !== month?.start || year.end === year.start || RELATIVE.test(month.text));
  return own ? year.value : undefined;
};

/** Days as said: a range, a day, or a whole month; a month without a year is the next of its name. */
const rangeSaid = (turn: Turn, kept: unknown): Range | undefined => {
  const range = valueSaid(turn, 'date_range');
  const days = entitiesOf(turn, 'date').map(({ value }) => value);
  const date = valueSaid(turn, 'date');
  const month = valueSaid(turn, 'month');
  // "26 với 28": from the first of them to the last
  if (!range && days.length > 1 && !turn.meaning.cues.correcting)
    return { from: days.toSorted()[0]!, to: days.toSorted().at(-1)! };
  if (range || date) return range ?? { from: date!, to: date! };
  if (!month) return kept as Range | undefined;
  const today = partsOf(turn.now);
  const year = yearSaid(turn) ?? today.year + (month < today.month ? 1 : 0);
  return { from: day(year, month, 1), to: day(year, month, daysInMonth(year, month)) };
};
/** "rứa Phú Bài thì răng" keeps the days of the schedule before it. */
const rangeSpokenOf = (turn: Turn): Range | undefined => {
  const { range, lastIntent } = turn.memory;
  const follows = turn.meaning.cues.following || isPlaceName(turn, turn.text);
  return follows && lastIntent === 'outage.planned' && range && range.to >= dayOf(turn.now) ? range : undefined;
};
/** "còn ngày 5" after "tháng 12" is the 5th of that month, not the one that is past. */
const inMonthSpokenOf = (turn: Turn, range: Range | undefined): Range | undefined => {
  const { memory, text, now } = turn;
  const before = memory.lastIntent === 'outage.planned' ? memory.range?.from : undefined;
  const numbered = turn.meaning.entities.some((e) => /^date/.test(e.type) && /\d/.test(e.text));
  const past = range !== undefined && range.to < dayOf(now);
  if (!past || !numbered || !before || before < range.to || mentions(text, ['tháng'])) return range;
  const { year, month } = partsOf(instant(before));
  const inMonth = (on: Day) => day(year, month, Math.min(Number(on.slice(8)), daysInMonth(year, month)));
  return /\d\/\d/.test(text) ? range : { from: inMonth(range.from), to: inMonth(range.to) };
};
const whenText = (range: Range | undefined): string =>
  !range
    ? ''
    : range.from === range.to
      ? ` ngày ${showDay(range.from)}`
      : ` từ ${showDay(range.from)} đến ${showDay(range.to)}`;
const within = (range: Range | undefined) => (o: PlannedOutage) =>
  !range || (dayOf(o.from) <= range.to && dayOf(o.to) >= range.from);

const factsOf = (turn: Turn, supply: Supply, o: PlannedOutage): Fact[] =>
  (['from', 'to'] as const).map((end) =>
    fact(turn.now, o, {
      what: `outage.${end}`,
      value: o[end],
      record: `planned_outages/${o.id}`,
      ...(supply.house ? { customer: supply.house.code } : {}),
    }),
  );

/** "01/10/2016 9:30", as the SMS answers were printed */
const stamp = (at: string): string => {
  const { hour, minute } = partsOf(at);
  return `${showDay(dayOf(at))} ${hour}:${String(minute).padStart(2, '0')}`;
};

const answerFor = (
  turn: Turn,
  supply: Supply,
  all: PlannedOutage[],
  range: Range | undefined,
  outNow: boolean,
): Activity => {
  const rows = all.filter(within(range));
  const now = turn.now.toISOString();
  const { called } = supply;
  if (turn.channel.abilities.oneReply) {
    const spans = rows
      .slice(0, 2)
      .map((o) => `từ: ${stamp(o.from)} đến: ${stamp(o.to)}`)
      .join('; ');
    return say(
      rows.length ? BRIEF.some(turn.utility.smsName, spans) : BRIEF.none(turn.utility.smsName, called, whenText(range)),
    );
  }
  if (rows.length > 1)
    return table(SEVERAL(called, rows.length), {
      columns: ['Từ', 'Đến', 'Khu vực', 'Lý do'],
      rows: rows.slice(0, MOST_ROWS).map((o) => [showInstant(o.from), showInstant(o.to), o.area, o.reason]),
    });
  const only = rows[0];
  if (only) return say(ONE(called, only, only.from <= now) + DETAILS(only));
  if (range && range.to < dayOf(turn.now)) return say(NONE(called, whenText(range)) + ` ${PAST}`);
  if (outNow) return say(NONE(called, whenText(range)) + (all[0] ? NEXT(all[0]) : ''));
  return choices(NONE(called, whenText(range)) + (all[0] ? NEXT(all[0]) : IF_OUT), [REPORT]);
};

const step = async (turn: Turn, state: { range?: unknown; asked?: number; labels?: string[] }): Promise<Step> => {
  const range = inMonthSpokenOf(turn, rangeSaid(turn, state.range ?? rangeSpokenOf(turn)));
  const labels = turn.meaning.cues.houses.map(({ label }) => label);
  const kept = { ...(range ? { range } : {}), labels: labels.length ? labels : (state.labels ?? []) };
  const asked = turn.text ? (state.asked ?? 0) : 0;
  const wait = (question: Activity[]): Step => ({ say: question, then: waitWhere({ ...kept, asked: asked + 1 }) });

  const located = await locate(turn, state);
  if (located.is === 'refused') return refused(turn, located, waitWhere({ ...kept, asked }));
  if (located.is === 'missing') return asked > 1 ? gaveUp(turn) : wait(askWhere(located, asked));
  const unknown = located.supplies.find(({ house, served }) => !house && !served);
  if (unknown) return asked > 1 ? gaveUp(turn) : wait(unserved(unknown.called, turn.utility.name));
  const told: Activity[] = [];
  const facts: Fact[] = [];
  for (const supply of located.supplies) {
    const all = await plannedFor(turn, supply);
    const suspension = supply.house && (await suspensionOf(turn, supply.house.code));
    // who was just told of a debt asks about that, too
    const ofDebt = [...turn.toldNow, ...turn.memory.facts.slice(0, 6)].some(({ what }) => what.startsWith('debt.'));
    const pressing = ofDebt ? /^(?:suspension-planned|notified)/ : /^suspension-planned$/;
    const cutting = pressing.test(suspension?.stage ?? '') ? suspension : undefined;
    const planned = all.some(within(range));
    const ofToday = !range || (range.from <= dayOf(turn.now) && range.to >= dayOf(turn.now));
    const now = ofToday && !planned && !turn.channel.abilities.oneReply ? await knownNow(turn, supply) : undefined;
    const out = now?.is === 'going' ? now : undefined;
    // a schedule says nothing of a supply that is switched off for debt
    const suspended = suspension?.stage === 'suspended' && out !== undefined;
    if (planned || !(cutting || suspended)) told.push(answerFor(turn, supply, all, range, out !== undefined));
    if (cutting) {
      const next = all[0] && !planned ? NEXT(all[0]) : '';
      told.push(say(planned ? ALSO(cutting.text) : NONE_BUT(supply.called, whenText(range), cutting.text) + next));
      facts.push(...cutting.facts);
    }
    if (out) {
      told.push(say(out.text));
      facts.push(...out.facts);
    }
    const shown = planned || turn.channel.abilities.oneReply ? all.filter(within(range)) : all.slice(0, 1);
    facts.push(...shown.slice(0, MOST_ROWS).flatMap((o) => factsOf(turn, supply, o)));
  }
  return { say: told, remember: { ...rememberSupply(located.supplies), range, facts }, then: { is: 'done' } };
};

const OUT_NOW = phrases('bị cúp, bị mất, bị cắt, đang cúp, đang mất, đang cắt, cúp suốt, cúp điện suốt, cắt điện suốt');
const SCHEDULE = phrases('lịch, kế hoạch, sắp, thông báo');
const WHEN_SAID = new Set(['date', 'date_range', 'month']);

/** "bị cúp điện ở xã Tam Kỳ", "cúp điện suốt ngày": there is no light now, whatever is planned for later. */
const tellsOfNow = ({ text, meaning }: Turn): boolean =>
  mentions(text, OUT_NOW) &&
  !mentions(text, SCHEDULE) &&
  (!meaning.cues.question || meaning.cues.angry) &&
  !meaning.entities.some(({ type }) => WHEN_SAID.has(type));

/** The schedule of planned interruptions, by customer code or by ward and commune; public, as utilities publish it. */
export const outagePlanned: Dialog = {
  id: 'outage.planned',
  version: 1,
  intents: ['outage.planned'],
  start: async (turn) =>
    tellsOfNow(turn)
      ? { say: [], then: { is: 'goto', dialog: 'outage' } }
      : ((await ofPlanSpoken(turn)) ?? step(turn, {})),
  resume: (state, turn) => step(turn, state),
};
