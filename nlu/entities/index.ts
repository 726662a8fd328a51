import { appliance } from './appliance';
import { channel } from './channel';
import { customerCode } from './customer_code';
import { date } from './date';
import { dateRange } from './date_range';
import { email } from './email';
import { households } from './households';
import { kwh } from './kwh';
import { meterIndex } from './meter_index';
import { money } from './money';
import { month } from './month';
import { period } from './period';
import { person } from './person';
import { phone } from './phone';
import { place } from './place';
import { LEVELS } from './place_name';
import { type Found, type Grammar, phraseAt, type Reading } from './reading';
import { requestNo } from './request_no';
import { tagged } from './tagged';
import { url } from './url';
import { year } from './year';

/** In order of precedence where two readings are equally long and sure. */
const GRAMMARS: Grammar[] = [
  customerCode, email, url, phone, requestNo, dateRange, date, period, month, year, kwh, money, meterIndex, households, person, place, appliance, channel,
]; // biome-ignore format: an order

/** A month and the year it implies may share characters; a place may hold what else was said in it. */
const mayShare = (a: Found, b: Found): boolean =>
  (a.type === 'month' && b.type === 'year' && a.from === b.from) ||
  (b.type === 'month' && a.type === 'year' && a.from === b.from);

/**
 * What the tagger saw joins where no grammar read anything. A place that begins with "xóm", "khu phố" … before the one that
 * a grammar read takes it in, with its parts.
 */
const withSeen = (kept: Found[], seen: Found, tokens: Reading['tokens']): void => {
  const over = kept.filter((f) => f.from < seen.to && seen.from < f.to);
  const further = over.length > 0 && seen.from < over[0]!.from && over.at(-1)!.to === seen.to;
  const ends = further && over.every((f) => f.type === 'place') && phraseAt(tokens, seen.from, LEVELS) > 0;
  // "tân mai" is no tomorrow
  const mai = further && over.length === 1 && over[0]!.type === 'date' && seen.to - over[0]!.from === 1;
  if (over.length > 0 && (seen.type !== 'place' || !(ends || mai))) return;
  const parts = Object.assign({}, ...over.map((f) => f.parts));
  for (const f of over) kept.splice(kept.indexOf(f), 1);
  kept.push(Object.keys(parts).length > 0 ? { ...seen, parts } : seen);
};

/** Places, persons and appliances as the grammars alone read them. */
export const freeText = (received: string, tokens: Reading['tokens']): Found[] => {
  const today = { year: 2000, month: 1, day: 1, weekday: 6 };
  return entitiesIn({ received, tokens, today, expects: new Set() }).filter(({ type }) =>
    ['place', 'person', 'appliance'].includes(type),
  );
};

/** All entities of a message: overlaps go to the surer code, then to the longer and the surer reading. */
export const entitiesIn = (reading: Reading): Found[] => {
  const all: { found: Found; order: number }[] = [];
  for (let order = 0; order < GRAMMARS.length; order++)
    for (const found of GRAMMARS[order]!(reading)) all.push({ found, order });
  const strength = (f: Found) =>
    (f.type === 'customer_code' && f.sureness > 0.9 ? 100 : 0) +
    (f.type === 'place' && f.sureness < 0.7 ? -50 : 0) +
    (f.to - f.from) * 2 +
    f.sureness * 3;
  all.sort((a, b) => strength(b.found) - strength(a.found) || a.order - b.order);
  const taken: Found[][] = [];
  const kept: Found[] = [];
  for (const { found } of all) {
    let free = true;
    for (let t = found.from; t < found.to && free; t++)
      if (taken[t]?.some((other) => !mayShare(found, other))) free = false;
    if (!free) continue;
    kept.push(found);
    for (let t = found.from; t < found.to; t++) (taken[t] ??= []).push(found);
  }
  for (const seen of tagged(reading)) withSeen(kept, seen, reading.tokens);
  kept.sort((a, b) => a.from - b.from || a.to - b.to);
  // "năm ngoái tháng 9": a year said once on its own is the year of the months that have none
  if (!kept.some((f) => f.type === 'year')) return kept;
  const months = kept.filter((f) => f.type === 'month');
  const implied = (f: Found) => f.type === 'year' && months.some((m) => m.from === f.from);
  const own = kept.filter((f) => f.type === 'year' && !implied(f));
  const attached = own.some((f) => months.some((m) => m.to <= f.from && f.from - m.to <= 1));
  return own.length === 1 && !attached ? kept.filter((f) => !(implied(f) && f.type === 'year' && f.assumed)) : kept;
};
