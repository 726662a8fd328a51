import { say } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import { showInstant } from '../core/time';
import { waitsStill } from './chasing';
import { phoneIn } from './handover';
import { careLine } from './inforce';
import { fromReport, recentReport, repeated, supplyOf } from './outage-noted';
import { knownNow } from './outage-now';
import { placeSaid } from './places';
import { valueSaid } from './slots';
import { locate } from './supply';
import { aroundTold, troubleIn, troubleText } from './symptoms';
import { takesBack } from './taking-back';
import { fold, mentions, phrases, wordsOf } from './words';

const CALL = (phone: string, what: string, line: string) =>
  `Dạ em ghi thêm số ${phone} vào tin báo ${what} để tiện liên hệ ạ. Em không hẹn được giờ; cần gấp anh/chị gọi ${line} nhé.`;
const KEPT = (what: string, at: string) =>
  `Dạ vâng ạ. Tin báo ${what} lúc ${at} em đã ghi từ trước nên vẫn còn; khi nào có điện lại, anh/chị nhắn “có điện lại rồi” giúp em nhé.`;
const NONE_FILED = 'Dạ vâng, em không ghi tin báo nào ạ. Khi cần báo mất điện, anh/chị cứ nhắn em.';

/** a number with more words than these tells something else besides */
const MOST_WORDS = 8;

/** "lại mất nữa rồi": another one than was reported */
const ANEW = phrases('lại mất, lại cúp, lại tắt, lại bị, mất nữa, cúp nữa, mất tiếp, cúp tiếp, mất lại, cúp lại');

/** What was reported is told again: nothing is asked that is known, and it is filed once more; undefined when it is new. */
export const againStep = async (turn: Turn): Promise<Step | undefined> => {
  if (mentions(turn.text, ANEW)) return undefined;
  const located = await locate(turn);
  if (located.is === 'refused' || (located.is === 'missing' && located.label)) return undefined;
  const supply = located.is === 'found' ? located.supplies[0] : undefined;
  if (located.is === 'found' && located.supplies.length > 1) return undefined;
  // who else of the house has reported it was told nothing of it here
  const report = await recentReport(turn, undefined);
  if (!report) return undefined;
  const elsewhere = supply?.place
    ? fold(supply.place) !== fold(report.place ?? '')
    : supply?.house && report.customer !== supply.house.code && (report.customer || valueSaid(turn, 'customer_code'));
  const [trouble, around] = report.what.split(':');
  const other = troubleIn(turn.text);
  if (elsewhere || (other && other !== trouble)) return undefined;
  const reported = supply ?? (await supplyOf(turn, report));
  const known = reported && (await knownNow(turn, reported));
  if (known?.is === 'going' && report.customer) return undefined;
  const told = around ?? aroundTold(turn.text);
  const still = !turn.meaning.cues.question || waitsStill(turn.text);
  return fromReport(turn, report, known, { still, what: told ? `${trouble}:${told}` : trouble! });
};

/** A number left after a report belongs to it; where nothing was reported a person calls back. */
export const phoneLeft = async (turn: Turn): Promise<Step | undefined> => {
  const told =
    troubleIn(turn.text) !== undefined || placeSaid(turn) !== undefined || wordsOf(turn.text).length > MOST_WORDS;
  const phone = told ? undefined : phoneIn(turn.text);
  if (!phone || valueSaid(turn, 'customer_code') !== undefined) return undefined;
  const report = await recentReport(turn, undefined);
  if (!report) return { say: [], then: { is: 'goto', dialog: 'agent.request' } };
  const line = careLine(turn);
  return {
    say: [say(CALL(phone, troubleText(report.what.split(':')[0]!), line.text))],
    remember: { facts: line.facts },
    orders: [repeated(report, { phone })],
    then: { is: 'done' },
  };
};

/** "thôi không báo nữa": nothing is filed; what was filed stays, and that is said. */
export const takenBack = async (turn: Turn): Promise<Step | undefined> => {
  if (!takesBack(turn)) return undefined;
  const report = await recentReport(turn, undefined);
  return {
    say: [
      say(report ? KEPT(troubleText(report.what.split(':')[0]!), showInstant(report.since ?? report.at)) : NONE_FILED),
    ],
    then: { is: 'done' },
  };
};
