import type { Fact, Memory, Turn } from '../core/dialog';
import type { Use } from '../core/tariff';
import { dayOf } from '../core/time';
import type { Understanding } from '../core/understanding';
import { FILLERS, onlyWords, withoutValues } from './bare';
import { priceFact, useIn } from './prices';
import { fold, mentions, phrases, wordsOf } from './words';

/** What was reckoned last, or whose prices were told last: a message after it changes one part of it. */
export interface Reckoned {
  kwh?: number;
  /** đồng, where kWh were asked for */
  total?: number;
  households?: number;
  use?: Use;
}

const VAT = phrases('thuế, vat, gtgt');
const INCLUDED = phrases('chưa, gồm, bao gồm, tính vô, tính vào, cộng vô, cộng vào, luôn không, có thuế, trong đó');
const FIGURES = new Set(['kwh', 'money', 'households']);
/** words around the part that changes: "còn nếu xài giá gia đình thì sao" */
const AROUND = new Set(
  `neu gia su lo vay the la tinh dung xai so ky chu gia tien dong dien them bot giam tang het mat ton tam co khoang chi moi ho gia dinh
  sinh hoat kinh doanh san xuat quan xuong nha o phai tra chung rieng dc duoc theo muc can len xuong ve ra den toi it nhieu hon lam`.split(
    /\s+/,
  ),
);
const SHORT = 8;

/** The newest thing that was said of prices, if nothing else was said since. */
const newest = ({ facts }: Pick<Memory, 'facts'>): Fact | undefined => {
  const shown = facts.find(({ record }) => !/^(hotlines|rules)\//.test(record));
  return shown && /^(?:estimate|tariff)\./.test(shown.what) ? shown : undefined;
};

/** What was said with the newest fact about prices: the amount, whose price, how many households. */
export const reckonedIn = (memory: Pick<Memory, 'facts'>): Reckoned => {
  const last = newest(memory);
  const of = (what: string) => memory.facts.find((one) => one.what === what && one.saidAt === last?.saidAt)?.value;
  if (!last) return {};
  const [kwh, total, households, use] = ['estimate.kwh', 'estimate.given', 'estimate.households', 'tariff.use'].map(of);
  return {
    ...(kwh !== undefined && { kwh: Number(kwh) }),
    ...(total !== undefined && { total: Number(total) }),
    ...(households !== undefined && { households: Number(households) }),
    ...(use !== undefined && { use: use as Use }),
  };
};

type Row = Parameters<typeof priceFact>[3];

export const useFact = (turn: Turn, use: Use, row: Row): Fact => ({
  ...priceFact(turn, 'tariff.use', 0, row),
  value: use,
});

/** An estimate as facts, its amount first. */
export const reckonedFacts = (
  turn: Turn,
  total: number,
  { kwh, total: given, households = 1, use = 'household' }: Reckoned,
  decision?: string,
): Fact[] => {
  const row = { decision: decision ?? turn.services.tariff.household(dayOf(turn.now)).decision };
  return [
    ...(given === undefined ? [] : [priceFact(turn, 'estimate.given', given, row)]),
    priceFact(turn, 'estimate.amount', total, row),
    ...(kwh === undefined ? [] : [priceFact(turn, 'estimate.kwh', kwh, row)]),
    ...(households > 1 ? [{ ...priceFact(turn, 'estimate.households', 0, row), value: String(households) }] : []),
    ...(use === 'household' ? [] : [useFact(turn, use, row)]),
  ];
};

/** "thuế tính vô chưa": of the amount that was just reckoned. */
export const asksVat = (text: string): boolean =>
  wordsOf(text).length <= SHORT && mentions(text, VAT) && mentions(text, INCLUDED);

const BARE = /^(?:(?:con|the|vay|roi|neu|thi) )*(\d{2,5})(?: (?:thi sao|thi nhieu|thi bao nhieu|a|em|thoi))*\??$/;

/** "còn 300" after kWh that were reckoned: as many kWh. */
export const kwhInstead = (text: string, memory: Pick<Memory, 'facts'>): number | undefined => {
  const { kwh, total } = reckonedIn(memory);
  const said = kwh === undefined || total !== undefined ? undefined : BARE.exec(fold(text).trim())?.[1];
  return said === undefined ? undefined : Number(said);
};

/** "vậy 800k thì sao", "nếu 3 hộ", "giá gia đình thì nhiêu", "thuế tính vô chưa" after an estimate: one part of it changes. */
export const goesOnReckoning = (text: string, meaning: Understanding, memory: Memory): boolean => {
  if (!newest(memory)?.what.startsWith('estimate.')) return false;
  const { entities } = meaning;
  if (entities.some(({ type }) => type === 'customer_code')) return false;
  if (kwhInstead(text, memory) !== undefined) return true;
  const figures = entities.some(({ type }) => FIGURES.has(type));
  if (!figures) return asksVat(text) || (useIn(text) !== undefined && onlyAround(text, meaning));
  return onlyAround(text, meaning);
};

const onlyAround = (text: string, meaning: Understanding): boolean =>
  onlyWords(withoutValues(text, meaning, FIGURES), (word) => FILLERS.has(word) || AROUND.has(fold(word)));
