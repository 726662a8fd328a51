import type { Memory } from '../core/dialog';
import type { IntentName, Understanding } from '../core/understanding';
import { FILLERS, onlyWords, withoutValues } from './bare';
import { asksComparison, asksWhy, measureSaid } from './comparison';
import { fold } from './words';

/** wants whose answers are figures of months */
const OF_MONTHS = new Set<IntentName>(['bill.lookup', 'bill.explain', 'usage.lookup', 'reading.lookup']);
const WHY_WORDS = new Set(
  'sao vi tai rang ly do gi ma tang giam cao thap nhieu it chenh lech du kinh ghe hon'.split(' '),
);
/** what such words are easily taken for */
const TAKEN_FOR =
  /^(?:bill\.(?:lookup|explain|invoice|payment_status)|usage|reading\.(?:lookup|schedule)|saving|tariff\.(?:estimate|lookup)|out_of_scope|dialog|chat|complaint|service\.meter_check|campaign)/;
/** "tiền thì sao" after kWh */
const WHAT_OF = /\b(?:thi|con|the|vay) (?:sao|rang|bao nhieu|nhieu|may)\b|\bcon (?:tien|so)\b/;
const MEASURES = new Set('tien dien so kwh luong san'.split(' '));
const isOfMeasure = (word: string): boolean => FILLERS.has(word) || MEASURES.has(word);
const OF_BILLS = /^(?:bill\.|tariff\.|account\.link|out_of_scope|complaint)/;
/** heard in a few words that name nothing of ours */
const FOREIGN = /^(?:out_of_scope|dialog|chat|complaint|campaign|saving|service)/;
const HELD = new Set(
  'so sanh voi hon it nhieu cao thap lon tang giam chenh lech kem quan ben ngoai truoc cung ki phan tram hay dung xai ton tien dien kwh luong tuc do di lien ke cac nhau'.split(
    ' ',
  ),
);
const OF_PRICES = /\bgia\b|\bbac\b|\bbieu gia\b/;

/** What figures just told are asked about, without naming them: "tại sao", "nhà nào cao hơn", "so với năm ngoái". Pure. */
export const heldAgainst = (text: string, meaning: Understanding, memory: Memory): IntentName | undefined => {
  const { entities } = meaning;
  const best = meaning.intents[0]!.name;
  const has = (type: string) => entities.some((one) => one.type === type);
  const shown = memory.facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));
  const last = memory.lastIntent;
  const told = last !== undefined && OF_MONTHS.has(last) && /^(?:bill|usage|reading)\./.test(shown?.what ?? '');
  const months = new Set(['month', 'year']);
  if (
    told &&
    asksWhy(text) &&
    onlyWords(withoutValues(text, meaning, months), (word) => FILLERS.has(word) || WHY_WORDS.has(word))
  )
    return 'bill.explain';
  const measure = measureSaid(text);
  const code = has('customer_code') || memory.code !== undefined;
  // "tháng 9 1tr780 là sao": a bill with its figure, and why
  if (code && has('money') && has('month') && asksWhy(text) && OF_BILLS.test(best)) return 'bill.explain';
  if (told && measure && WHAT_OF.test(fold(text)) && onlyWords(withoutValues(text, meaning, months), isOfMeasure))
    return measure === 'kwh' ? 'usage.lookup' : 'bill.lookup';
  const named = has('customer_code') || (has('month') && /^(?:bill|usage|reading)\./.test(best));
  if (!(told || named) || !asksComparison(text) || !TAKEN_FOR.test(best) || has('money') || has('kwh'))
    return undefined;
  if (!named && OF_PRICES.test(fold(text))) return undefined;
  const isHeld = (word: string) => FILLERS.has(word) || HELD.has(word);
  if (FOREIGN.test(best) && !onlyWords(withoutValues(text, meaning, months), isHeld)) return undefined;
  const ofUse = /^(?:usage|reading)\./.test(told ? last : best);
  return (measure ?? (ofUse ? 'kwh' : 'money')) === 'kwh' ? 'usage.lookup' : 'bill.lookup';
};
