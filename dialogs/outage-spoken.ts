import { choices } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import type { PlannedOutage } from '../core/records';
import { showInstant } from '../core/time';
import { PERSON } from './offers';
import { placeSaid, servedPlace } from './places';
import { fact } from './show';
import { valueSaid } from './slots';
import { ofHouse, ofPlace, plannedFor, type Supply } from './supply';
import { mentions, phrases } from './words';

const BACK_AT = (o: PlannedOutage, soonest: string) =>
  `Dạ lịch${soonest} từ ${showInstant(o.from)}, dự kiến có điện lại lúc ${showInstant(o.to)} ạ.`;
const BECAUSE = (o: PlannedOutage, soonest: string) =>
  `Dạ lịch${soonest} từ ${showInstant(o.from)} đến ${showInstant(o.to)} có lý do: ${o.reason} ạ.`;
const NO_REASON = (o: PlannedOutage, soonest: string) =>
  `Dạ lịch${soonest} từ ${showInstant(o.from)} đến ${showInstant(o.to)} không ghi lý do ạ.`;
const SOONEST = ' gần nhất';

const WHEN = phrases(
  'mấy giờ, khi nào, bao giờ, chừng nào, lúc nào, bao lâu, có lại, có điện lại, mấy tiếng, tới mấy, đến mấy',
);
const WHY = phrases(`
  vì sao, tại sao, sao lại, lý do, lí do, nguyên nhân, vì gì, tại gì, để làm gì, làm gì mà, sao cắt, sao cúp, sao mất,
  sao ngừng, sao tạm ngừng`);
/** these tell of a loss of supply that is felt now, which the plan for later does not explain */
const NOW = phrases('đang, hiện, bây giờ, mất điện rồi, cúp rồi, cúp điện rồi, mất rồi, từ sáng, từ chiều, nãy giờ');

/** Asked for the end or the reason of something, of nothing but what was just said. */
export const asksOfIt = (turn: Turn): boolean =>
  (mentions(turn.text, WHEN) || mentions(turn.text, WHY)) &&
  !mentions(turn.text, NOW) &&
  valueSaid(turn, 'customer_code') === undefined &&
  turn.meaning.cues.houses.length === 0 &&
  placeSaid(turn) === undefined;

/** "mấy giờ có lại", "vì sao cắt" after planned outages: answered from the soonest of them; undefined when none was spoken of. */
export const ofPlanSpoken = async (turn: Turn): Promise<Step | undefined> => {
  const said = turn.memory.facts[0];
  // a plan that was told beside a report, which was then taken back, is not what is asked about
  if (!turn.memory.lastIntent || !said?.record.startsWith('planned_outages/') || !asksOfIt(turn)) return undefined;
  const supply = await supplySpokenOf(turn, said.customer);
  if (!supply) return undefined;
  const plans = await plannedFor(turn, supply);
  const plan = plans.find(({ id }) => said.record === `planned_outages/${id}`);
  if (!plan) return undefined;
  const soonest = plans.length > 1 ? SOONEST : '';
  const why = mentions(turn.text, WHY);
  const text = why ? (plan.reason ? BECAUSE : NO_REASON)(plan, soonest) : BACK_AT(plan, soonest);
  const of = { record: said.record, ...(said.customer ? { customer: said.customer } : {}) };
  return {
    say: [choices(text, [PERSON])],
    remember: {
      facts: [
        fact(turn.now, plan, { what: 'outage.from', value: plan.from, ...of }),
        fact(turn.now, plan, { what: 'outage.to', value: plan.to, ...of }),
      ],
    },
    then: { is: 'done' },
  };
};

const supplySpokenOf = async (turn: Turn, customer: string | undefined): Promise<Supply | undefined> => {
  const { place } = turn.memory;
  if (!customer) return place ? ofPlace(place, servedPlace(turn, place, true)) : undefined;
  const supply = await ofHouse(turn, { code: customer });
  return 'called' in supply ? supply : undefined;
};
