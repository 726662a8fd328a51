import { choices, say } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import type { OutageReport } from '../core/records';
import { waitsStill } from './chasing';
import { needsCare } from './danger';
import { careLine } from './inforce';
import { intentOf } from './meant';
import { PERSON } from './offers';
import { fromReport, recentReport, STILL, STILL_OUT, supplyOf } from './outage-noted';
import { knownNow, nothingBrief } from './outage-now';
import { reportStep } from './outage-report';
import { severalStep } from './outage-several';
import { placeSaid } from './places';
import { locate, rememberSupply } from './supply';
import { askWhere, gaveUp, refused, waitWhere } from './where';
import { mentions } from './words';

const NONE_BRIEF = (none: string, line: string) => `${none} Nếu mất điện, gọi ${line}.`;

const OF_REPORT = ['báo', 'đã báo', 'phản ánh', 'hôm qua', 'tin báo', 'hồi tối', 'tối qua', 'hồi sáng', 'hồi nãy'];
/** A report of another place says nothing of the one that is asked about. */
const isElsewhere = ({ place, customer }: OutageReport, asked: string): boolean =>
  customer !== undefined || (place !== undefined && !mentions(place, [asked]) && !mentions(asked, [place]));

/** Cause and restoration of an interruption that is going on, or what became of a report; from the records alone. */
export const statusStep = async (turn: Turn, state: { asked?: number }): Promise<Step> => {
  if (needsCare(turn.text)) return { say: [], then: { is: 'goto', dialog: 'safety.hazard' } };
  const ofRequest = intentOf(turn.meaning, ['outage.status', 'service.status']) === 'service.status';
  const located = await locate(turn);
  if (located.is === 'refused') return refused(turn, located, waitWhere({ ...state, asking: 'status' }));
  if (located.is === 'found' && located.supplies.length > 1) return severalStep(turn, located.supplies, undefined);
  const supply = located.is === 'found' ? located.supplies[0]! : undefined;
  const spokenOf = ofRequest || mentions(turn.text, OF_REPORT);
  const newest = await recentReport(turn, supply?.house?.code, spokenOf);
  const report = newest && supply?.place && placeSaid(turn) && isElsewhere(newest, supply.place) ? undefined : newest;
  const still = waitsStill(turn.text);
  if (ofRequest && !report) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
  if (!supply) {
    const reported = report && (await supplyOf(turn, report));
    if (report) return fromReport(turn, report, reported && (await knownNow(turn, reported)), { still });
    const asked = turn.text ? (state.asked ?? 0) : 0;
    if (asked > 1) return gaveUp(turn);
    return {
      say: askWhere(located.is === 'missing' ? located : { label: '' }, asked),
      then: waitWhere({ asking: 'status', asked: asked + 1 }),
    };
  }
  const known = await knownNow(turn, supply);
  const remember = rememberSupply([supply]);
  const told = (step: Step): Step => ({ ...step, remember: { ...remember, ...step.remember } });
  if (report?.what.startsWith('device')) return told(fromReport(turn, report, undefined, { still }));
  if (report && (known.is !== 'going' || spokenOf)) return told(fromReport(turn, report, known, { still }));
  // the same was said a moment ago, to another want of this message
  if (known.is === 'going' && !known.text) return told({ say: [], then: { is: 'done' } });
  if (known.is === 'going')
    return told({ say: [choices(known.text, [PERSON])], remember: { facts: known.facts }, then: { is: 'done' } });
  if (known.is === 'restored')
    return told({
      say: [choices(`${known.text} ${STILL_OUT}`, [STILL])],
      remember: { facts: known.facts },
      then: { is: 'done' },
    });
  if (!turn.channel.abilities.oneReply) return told(await reportStep(turn, { asksOnly: true }));
  const line = careLine(turn);
  const none = await nothingBrief(turn, supply);
  return told({
    say: [say(NONE_BRIEF(none.text, line.text))],
    // newest: a plan for another day is not what was asked about
    remember: { facts: [...line.facts, ...none.facts] },
    then: { is: 'done' },
  });
};
