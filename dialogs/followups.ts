import type { Memory } from '../core/dialog';
import { dayOf } from '../core/time';
import type { IntentName, Understanding } from '../core/understanding';
import { askedAfter, aspectAsked, placedAfter } from './articles';
import { FILLERS, onlyWords, withoutValues } from './bare';
import { BILL_DETAIL, DUE, SPAN } from './bill-detail';
import { careMeant } from './care-followups';
import { debtMeant } from './debt-followups';
import { asksMore } from './explain';
import { figuresMeant, whyMeant } from './figure-followups';
import { heldAgainst } from './held-against';
import { asksNotice, ofLossSpoken } from './outage-follows';
import { quotesUs } from './quoted';
import { fold, mentions, phrases } from './words';

/** The dialog that a message belongs to because of what was just shown, and what it means there. */
export interface FollowUp {
  dialog: string;
  meaning: Understanding;
}

const NEXT_BILL = phrases('khi nào có, bao giờ có, chừng nào có, khi nào ra, bao giờ ra, chừng nào ra, ngày nào có, mấy bữa nữa có'); // biome-ignore format: a list
const COMPARES = new Set('so sanh hon nhieu it lien truoc do sau'.split(' '));
/** wants that a month changes; after another one a bare month is about the bill */
export const MONTHLY = new Set<IntentName>([
  'bill.lookup',
  'bill.pay',
  'bill.invoice',
  'reading.lookup',
  'reading.schedule',
  'usage.lookup',
  'outage.planned',
]);
const CUT = phrases('cúp, cắt, ngừng, ngưng');
const BACK_ON = phrases('có điện, có lại');
const LOST = phrases('cúp, mất, cắt, ngừng, ngưng');
const ABOUT_SUPPLY = phrases('điện, cúp, mất, cắt');

const about = (meaning: Understanding, intent: IntentName): Understanding => ({
  ...meaning,
  intents: [{ name: intent, sureness: 1 }, ...meaning.intents],
  wants: [{ intent, sureness: 1, start: 0, end: 0 }],
});

/** What a message means only because of what was said before it; undefined when it stands by itself. Pure. */
export const followUpOf = (
  text: string,
  meaning: Understanding,
  memory: Memory,
  { dialogOf, placed, now }: { dialogOf(intent: IntentName): string; placed: boolean; now: Date },
): FollowUp | undefined => {
  const { entities, cues, wants } = meaning;
  const last = memory.lastIntent;
  const best = meaning.intents[0]!.name;
  const one = wants.length < 2;
  const has = (type: string) => entities.some((e) => e.type === type);
  const to = (intent: IntentName): FollowUp => ({ dialog: dialogOf(intent), meaning: about(meaning, intent) });
  const shown = memory.facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));

  if (askedAfter(text, memory) || aspectAsked(text, memory, entities)) return { dialog: 'knowledge', meaning };
  if (asksNotice(text, meaning, memory)) return { dialog: 'knowledge', meaning: about(meaning, 'outage.planned') };
  const told =
    ofLossSpoken(text, meaning, memory) ??
    (one ? debtMeant(text, meaning, memory) : undefined) ??
    careMeant(text, meaning, memory) ??
    whyMeant(text, meaning, memory);
  if (told) return to(told);
  if (quotesUs(text, meaning, memory)) return { dialog: 'compare', meaning };

  // "lịch tháng 12" after the day of the reading
  if (last === 'reading.schedule' && best === 'outage.planned' && !mentions(text, ABOUT_SUPPLY)) return to(last);

  // "còn Tam Kỳ", "huyện Hòa Vang": no more than the name of a place
  const place = entities.some(({ type }) => type === 'place');
  const named = withoutValues(text, meaning, new Set(['place']));
  const alone =
    (placed && !wants.some(({ intent }) => intent.startsWith('outage.'))) ||
    (place && !cues.houses.length && onlyWords(named, (word) => FILLERS.has(word)));
  if (alone && placedAfter(memory)) return { dialog: 'knowledge', meaning: { ...meaning, wants: [] } };
  if (alone && (last?.startsWith('outage.') || last === 'safety.hazard')) return to(last);
  if (alone && shown?.what === 'office.address') return to('service.office');
  if (alone && place && wants.every(({ intent }) => /^(?:out_of_scope|chat\.)/.test(intent)))
    return { dialog: 'whatplace', meaning };

  // "so với tháng trước", "tháng trước đó nữa": no want of its own
  const relative = entities.some((e) => e.type === 'month' && e.relative !== undefined);
  const words = withoutValues(text, meaning, new Set(['month', 'year']));
  if (relative && last && MONTHLY.has(last) && onlyWords(words, (word) => FILLERS.has(word) || COMPARES.has(word)))
    return to(last);

  if (last === 'bill.explain' && asksMore(text)) return to('bill.explain');
  const figures = (one ? heldAgainst(text, meaning, memory) : undefined) ?? figuresMeant(text, meaning, memory, now);
  if (figures) return to(figures);

  // "sáng mai cúp tới mấy giờ": of work that is planned, even while a loss of supply is being reported
  const ahead = entities.some(({ type, value }) => type === 'date' && String(value) > dayOf(now));
  const ofPlan = /^outage\.(planned|status)$/.test(best) && mentions(text, CUT) && !mentions(text, BACK_ON);
  if (ahead && one && ofPlan) return to('outage.planned');
  // "hạn chót đóng tiền là khi nào": of a bill, whatever has been said of the debt
  const ofCode = has('customer_code') || memory.code !== undefined;
  const ofTerm = mentions(text, DUE) && /^(?:debt\.cutoff|debt\.lookup|bill|out_of_scope)/.test(best);
  const ofSpan =
    mentions(text, SPAN) && (has('month') || /^(?:bill|reading|usage|tariff)/.test(best)) && !mentions(text, LOST);
  if (ofCode && (ofTerm || ofSpan)) return { dialog: 'bill-detail', meaning };
  const ofBill = last === 'bill.lookup' && shown?.what.startsWith('bill.');
  if (ofBill && BILL_DETAIL.some((words) => mentions(text, words)) && !/\bsao\b|\bgi\b/.test(fold(text)))
    return { dialog: 'bill-detail', meaning };
  if (last === 'bill.lookup' && mentions(text, NEXT_BILL) && !mentions(text, ABOUT_SUPPLY))
    return to('reading.schedule');
  return undefined;
};
