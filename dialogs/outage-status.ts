import { choices, say } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import type { OutageReport } from '../core/records';
import { showInstant } from '../core/time';
import { want } from './choosing';
import { needsCare } from './danger';
import { careLine } from './inforce';
import { intentOf } from './meant';
import { PERSON } from './offers';
import { type Known, knownNow, nothingBrief } from './outage-now';
import { reportStep } from './outage-report';
import { severalStep } from './outage-several';
import { servedPlace } from './places';
import { locate, ofHouse, ofPlace, rememberSupply, type Supply } from './supply';
import { troubleText } from './symptoms';
import { askWhere, gaveUp, refused, waitWhere } from './where';
import { mentions } from './words';

const REPORTED = (what: string, where: string, at: string) =>
  `Dạ em thấy tin báo ${what}${where} lúc ${at}, vẫn còn ghi ở đây ạ.`;
const NOTHING_SINCE = (line: string) =>
  `Từ đó tới giờ em chưa thấy ghi nhận sự cố hay giờ khắc phục cho tin báo này. Nếu vẫn chưa có điện, anh/chị báo lại giúp em hoặc gọi ${line} ạ.`;
const STILL_OUT = 'Nếu nhà mình vẫn chưa có điện thì anh/chị báo lại giúp em ạ.';
const NONE_BRIEF = (none: string, line: string) => `${none} Nếu mất điện, gọi ${line}.`;
const STILL = want('Vẫn mất điện', 'outage.report');
const OF_REPORT = ['báo', 'đã báo', 'phản ánh', 'hôm qua', 'tin báo', 'hồi tối', 'tối qua', 'hồi sáng', 'hồi nãy'];
const HOUR_MS = 3_600_000;

/** The report that is meant: one of the last day and a half, or of the week when the words speak of a report. */
export const recentReport = async (
  turn: Turn,
  code: string | undefined,
  spokenOf = false,
): Promise<OutageReport | undefined> => {
  const report = await turn.services.latestReport(code);
  if (!report || report.what === 'hazard' || report.what === 'restored') return undefined;
  const age = turn.now.getTime() - Date.parse(report.at);
  return age <= (spokenOf ? 7 * 24 : 36) * HOUR_MS ? report : undefined;
};

const factOf = (turn: Turn, report: OutageReport): Fact => ({
  what: 'report.at',
  value: report.at,
  record: `reports/${report.id}`,
  asOf: report.at,
  saidAt: turn.now.toISOString(),
  ...(report.customer ? { customer: report.customer } : {}),
});

const reportedText = ({ what, customer, place, at }: OutageReport): string =>
  REPORTED(troubleText(what), customer ? ` cho mã ${customer}` : place ? ` tại ${place}` : '', showInstant(at));

/** An answer from the report, with what the records have said since. */
const fromReport = (turn: Turn, report: OutageReport, known: Known | undefined): Step => {
  const line = careLine(turn);
  const since =
    known && known.is !== 'none'
      ? `${known.text}${known.is === 'restored' ? ` ${STILL_OUT}` : ''}`
      : NOTHING_SINCE(line.text);
  return {
    say: [choices(`${reportedText(report)}\n${since}`, [STILL, PERSON])],
    remember: { facts: [factOf(turn, report), ...(known?.facts ?? []), ...line.facts] },
    then: { is: 'done' },
  };
};

const supplyOf = async (turn: Turn, { customer, place }: OutageReport): Promise<Supply | undefined> => {
  const supply = customer
    ? await ofHouse(turn, { code: customer })
    : place
      ? ofPlace(place, servedPlace(turn, place, true))
      : undefined;
  return supply && 'called' in supply ? supply : undefined;
};

/** Cause and restoration of an interruption that is going on, or what became of a report; from the records alone. */
export const statusStep = async (turn: Turn, state: { asked?: number }): Promise<Step> => {
  if (needsCare(turn.text)) return { say: [], then: { is: 'goto', dialog: 'safety.hazard' } };
  const ofRequest = intentOf(turn.meaning, ['outage.status', 'service.status']) === 'service.status';
  const located = await locate(turn);
  if (located.is === 'refused') return refused(turn, located, waitWhere({ ...state, asking: 'status' }));
  if (located.is === 'found' && located.supplies.length > 1) return severalStep(turn, located.supplies, undefined);
  const supply = located.is === 'found' ? located.supplies[0]! : undefined;
  const spokenOf = ofRequest || mentions(turn.text, OF_REPORT);
  const report = await recentReport(turn, supply?.house?.code, spokenOf);
  if (ofRequest && !report) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
  if (!supply) {
    const reported = report && (await supplyOf(turn, report));
    if (report) return fromReport(turn, report, reported && (await knownNow(turn, reported)));
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
  if (report && (known.is !== 'going' || spokenOf)) return told(fromReport(turn, report, known));
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
    remember: { facts: [...none.facts, ...line.facts] },
    then: { is: 'done' },
  });
};
