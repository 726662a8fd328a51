import type { Memory } from '../core/dialog';
import { dayOf } from '../core/time';
import type { IntentName, Understanding } from '../core/understanding';
import { measureSaid } from './comparison';
import { asksOutstanding } from './outstanding';
import { goesOnReckoning } from './reckoned';
import { fold, mentions, phrases } from './words';

const SHARED = phrases('dùng chung, xài chung, chung công tơ, chung đồng hồ, chung một công tơ, chung một đồng hồ');
/** "sao 381 số có 822 ngàn", not "300 số thì sao", "tính sao" */
const WHY = /(?<!\b(?:thi|tinh|lam|ra|the|la) )\bsao\b/;
/** wants that figures are heard as beside "why" */
const OF_FIGURES = new Set<IntentName>(['bill.explain', 'tariff.estimate', 'tariff.lookup', 'bill.lookup']);
const OF_TIERS = phrases('mấy bậc, bao nhiêu bậc, 5 bậc, 6 bậc, năm bậc, sáu bậc, bậc thang');
const MEANS = phrases('là sao, là gì, nghĩa là, là như nào, là thế nào, ở đâu ra, đâu ra');

/** Why, what it means and what would be, asked of figures. Pure. */
export const whyMeant = (text: string, meaning: Understanding, memory: Memory): IntentName | undefined => {
  const { entities, wants } = meaning;
  const last = memory.lastIntent;
  const best = meaning.intents[0]!.name;
  const has = (type: string) => entities.some((one) => one.type === type);
  const shown = memory.facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));
  // "mã … sao 381 số có 822 ngàn mà nhà kế bên …": why, whatever is reckoned in the telling
  const ofFigures = OF_FIGURES.has(best) && wants.every(({ intent }) => OF_FIGURES.has(intent));
  const ownBill = has('customer_code') || (memory.code && shown?.what.startsWith('bill.'));
  const figures = has('kwh') || has('money');
  if (ofFigures && figures && WHY.test(fold(text)) && (best === 'bill.explain' ? wants.length > 1 : ownBill))
    return 'bill.explain';
  // "6 hộ là sao" of a bill that says so
  if (has('households') && last?.startsWith('bill.') && mentions(text, MEANS)) return 'tariff.lookup';
  // "mấy bậc cả thảy, nghe nói còn 5 bậc"
  if (best === 'tariff.lookup' && !wants.length && mentions(text, OF_TIERS)) return best;
  if (goesOnReckoning(text, meaning, memory)) return 'tariff.estimate';
  return undefined;
};

/** What amounts, households, spans and months that stand out are asked about, whatever else it sounds like. Pure. */
export const figuresMeant = (
  text: string,
  meaning: Understanding,
  memory: Memory,
  now: Date,
): IntentName | undefined => {
  const { entities, wants } = meaning;
  const last = memory.lastIntent;
  const best = meaning.intents[0]!.name;
  const has = (type: string) => entities.some((one) => one.type === type);
  // "tháng 5/2025 310 số hết bao nhiêu": an amount of kWh that is given is reckoned with, not looked up
  if (has('kwh') && best === 'tariff.estimate' && wants.length < 2 && !has('customer_code')) return best;
  // "2 hộ dùng chung 1 đồng hồ, 400 số tính sao"
  if (has('kwh') && has('households') && best === 'tariff.lookup' && wants.length < 2) return 'tariff.estimate';
  // "tính từ đầu năm tới giờ hết bao nhiêu": what was is looked up, not reckoned
  const past = entities.some(({ type, value }) => type === 'date_range' && (value as { to: string }).to <= dayOf(now));
  if (best === 'tariff.estimate' && past && !has('kwh') && !has('money') && wants.length < 2) return 'bill.lookup';
  // "tháng nào dùng nhiều nhất": of use, whatever it sounds like
  if (asksOutstanding(text) && /^(?:bill|usage)\.lookup$/.test(best) && wants.length < 2) {
    const measure = measureSaid(text);
    if (measure) return measure === 'kwh' ? 'usage.lookup' : 'bill.lookup';
  }
  // "bình quân 1 tháng bao nhiêu" of what was just shown
  const shownMonths = last === 'bill.lookup' || last === 'usage.lookup';
  if (
    shownMonths &&
    memory.code &&
    asksOutstanding(text) &&
    /^(bill\.lookup|usage|tariff\.estimate|out_of_scope)/.test(best)
  )
    return /^(bill|usage)\./.test(best) ? best : last;
  // "3 hộ dùng chung đồng hồ thì tính sao": how tiers widen, whatever else it sounds like
  const shared = has('households') && mentions(text, SHARED) && !has('kwh') && !has('money') && !has('customer_code');
  if (shared && last !== 'tariff.estimate' && !/^(service|bill|debt|outage|safety)\./.test(best))
    return 'tariff.lookup';
  // "hai hộ dùng chung" after an estimate
  const reckoned = last === 'tariff.estimate' && /^(tariff|service\.contract|out_of_scope|dialog)/.test(best);
  if (reckoned && has('households') && !has('kwh') && !has('money')) return 'tariff.estimate';
  // "hôm qua em nói PP… tháng 11 là 250k": held against the record, where nothing was told here
  if (meaning.cues.comparing && has('customer_code') && has('money')) return 'bill.explain';
  return undefined;
};
