import type { Memory } from '../core/dialog';
import type { IntentName, Understanding } from '../core/understanding';
import { asksIfStill, chases, waitsStill } from './chasing';
import { tellsBackOn } from './outage-back';
import { takesBack } from './taking-back';
import { mentions, phrases, wordsOf } from './words';

/** a loss of supply was spoken of, and not only a plan */
export const OF_REPORT = new Set<IntentName>(['outage.report', 'outage.status']);
/** how sure a want of its own must be to be more than a word about the report */
const SURE = 0.6;
const REPORT_IT = phrases(
  'báo đi, báo luôn, báo giùm, báo giúp, báo hộ, báo lại đi, cứ báo, vẫn báo, ghi đi, ghi luôn',
);
/** "mà thôi, báo đi" and no more words than these */
const MOST_WORDS = 6;
/** what is still not there may be something else */
const OTHERS = phrases(`
  tiền, nợ, hóa đơn, thanh toán, đóng, chỉ số, công tơ, hợp đồng, thưởng, mã, app, tin nhắn, hiểu, rõ, nhớ, gọi, nhân viên, trả lời, lịch`);
const NOTICE = phrases('báo trước, thông báo trước, báo sớm, báo trễ, báo gấp');

/** What words that say little alone ("có ai ra chưa", "vẫn không được", "mà thôi, báo đi") ask of the loss of supply just spoken of. */
export const ofLossSpoken = (
  text: string,
  meaning: Understanding,
  { lastIntent, facts }: Memory,
): IntentName | undefined => {
  if (!lastIntent || !OF_REPORT.has(lastIntent)) return undefined;
  const { wants, entities } = meaning;
  // "không cần báo nữa" sounds like a wish to get no more notices
  if (takesBack({ text, meaning })) return 'outage.report';
  if (mentions(text, REPORT_IT) && wordsOf(text).length <= MOST_WORDS) return 'outage.report';
  const newest = facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));
  const spokenOf = /^(reports|incidents|planned_outages)\//.test(newest?.record ?? '');
  const told = waitsStill(text) || tellsBackOn({ text, meaning });
  if (told && spokenOf && !entities.length && !mentions(text, OTHERS)) return lastIntent;
  const own = ({ intent, sureness }: Understanding['wants'][number]) =>
    sureness >= SURE && !/^(outage|chat|dialog)\.|^(complaint|agent\.request)$/.test(intent);
  if (wants.some(own)) return undefined;
  const timed = entities.some(({ type }) => /^(date|month|year)/.test(type));
  return chases(text) || (asksIfStill(text) && !timed) ? 'outage.status' : undefined;
};

/** "sao báo trước có 1 ngày": the rule for work on the grid, which after any other subject is one for a cut for debt. */
export const asksNotice = (text: string, { intents, entities, cues }: Understanding, { lastIntent }: Memory): boolean =>
  mentions(text, NOTICE) &&
  (lastIntent?.startsWith('outage.') ||
    (intents[0]!.name.startsWith('outage.') &&
      cues.question &&
      !entities.some(({ type }) => type === 'place' || type === 'customer_code'))) === true;
