import { choices, say } from '../core/activity';
import type { Fact, Order, Step, Turn } from '../core/dialog';
import type { OutageReport } from '../core/records';
import { showInstant } from '../core/time';
import { want } from './choosing';
import { careLine } from './inforce';
import { PERSON } from './offers';
import type { Known } from './outage-now';
import { servedPlace } from './places';
import { ofHouse, ofPlace, type Supply } from './supply';
import { troubleText } from './symptoms';

const REPORTED = (what: string, where: string, at: string, again: string) =>
  `Dạ em thấy tin báo ${what}${where} lúc ${at}${again}, vẫn còn ghi ở đây ạ.`;
const AGAIN = (at: string) => `, nhắc lại lúc ${at}`;
const NOTHING_SINCE = (still: string, line: string) =>
  `Từ đó tới giờ em chưa thấy ghi nhận sự cố hay giờ khắc phục cho tin báo này. Nếu vẫn chưa ${still}, anh/chị báo lại giúp em hoặc gọi ${line} ạ.`;
const STILL_WAITING = (sorry: string, again: string, line: string) =>
  `Đến giờ em chưa thấy ghi nhận xử lý hay giờ khắc phục cho tin báo này${sorry}.${again} Em không có giờ nên không dám hẹn; cần gấp anh/chị gọi ${line} ạ.`;
const SORRY = ', em rất tiếc vì anh/chị phải chờ';
const SAID_AGAIN = ' Em vừa ghi nhắc lại tin báo.';
/** a sentence that does not open the reply */
const goingOn = (text: string): string => text.replace(/^Dạ (\p{L})/u, (_, letter: string) => letter.toUpperCase());
const BRIEF = (what: string, where: string, at: string, line: string) =>
  `Tin báo ${what}${where} lúc ${at} đã ghi, chưa thấy ghi nhận xử lý hay giờ có điện lại. Cần gấp gọi ${line}.`;
export const STILL_OUT = 'Nếu nhà mình vẫn chưa có điện thì anh/chị báo lại giúp em ạ.';
export const STILL = want('Vẫn mất điện', 'outage.report');
const STILL_BAD = want('Vẫn chưa được', 'outage.report');
const HOUR_MS = 3_600_000;
/** sooner than this nothing is gained by filing it again */
const AGAIN_AFTER_MS = HOUR_MS / 4;

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
  value: report.since ?? report.at,
  record: `reports/${report.id}`,
  asOf: report.at,
  saidAt: turn.now.toISOString(),
  ...(report.customer ? { customer: report.customer } : {}),
});

const whereOf = ({ customer, place }: OutageReport): string =>
  customer ? ` cho mã ${customer}` : place ? ` tại ${place}` : '';

/** The same report once more: whoever looks at the reports sees that it still holds, and since when. */
export const repeated = (report: OutageReport, more: { what?: string; phone?: string } = {}): Order => {
  const { id: _id, conversation: _conversation, person: _person, at, ...rest } = report;
  return { kind: 'report-outage', report: { ...rest, since: rest.since ?? at, ...more } };
};

export const supplyOf = async (turn: Turn, { customer, place }: OutageReport): Promise<Supply | undefined> => {
  const supply = customer
    ? await ofHouse(turn, { code: customer })
    : place
      ? ofPlace(place, servedPlace(turn, place, true))
      : undefined;
  return supply && 'called' in supply ? supply : undefined;
};

/**
 * An answer from a report, with what the records have said since. `still`: the trouble is told to be there still, so it is
 * filed again, but not at once. `what`: the same trouble with more that was told of it.
 */
export const fromReport = (
  turn: Turn,
  report: OutageReport,
  known: Known | undefined,
  { still = false, what = report.what }: { still?: boolean; what?: string } = {},
): Step => {
  const line = careLine(turn);
  const first = Date.parse(report.since ?? report.at);
  const words = troubleText(what);
  const out = what.startsWith('no-supply');
  const told = REPORTED(
    words,
    whereOf(report),
    showInstant(report.since ?? report.at),
    Date.parse(report.at) - first >= AGAIN_AFTER_MS ? AGAIN(showInstant(report.at)) : '',
  );
  const explained = known && known.is !== 'none' ? known : undefined;
  const due = turn.now.getTime() - Date.parse(report.at) >= AGAIN_AFTER_MS || what !== report.what;
  // what is going on around a place may leave out this house
  const again = still && due && (known?.is !== 'going' || !report.customer);
  const sorry = !turn.meaning.cues.angry && turn.now.getTime() - first > HOUR_MS ? SORRY : '';
  const since = explained
    ? goingOn(explained.text) + (again ? SAID_AGAIN : explained.is === 'restored' ? ` ${STILL_OUT}` : '')
    : still
      ? STILL_WAITING(sorry, again ? SAID_AGAIN : '', line.text)
      : NOTHING_SINCE(out ? 'có điện' : 'được', line.text);
  const brief = turn.channel.abilities.oneReply && !explained;
  return {
    say: [
      brief
        ? say(BRIEF(words, whereOf(report), showInstant(report.since ?? report.at), line.text))
        : choices(`${told}\n${since}`, still ? [PERSON] : [out ? STILL : STILL_BAD, PERSON]),
    ],
    remember: { facts: [factOf(turn, report), ...(known?.facts ?? []), ...line.facts] },
    ...(again ? { orders: [repeated(report, { what })] } : {}),
    then: { is: 'done' },
  };
};
