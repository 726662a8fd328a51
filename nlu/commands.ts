import type { IntentName } from '../core/understanding';
import type { Found, Reading } from './entities/reading';
import { isSign, lexicon, lookAt, plain } from './entities/reading';
import { yearNumber } from './entities/year';

/** A message in the SMS syntax of a utility: one sure want and its slots. */
export interface Command {
  intent: IntentName;
  found: Found[];
  keyword: string;
}

/**
 * EVNCPC 8088 (founding document 3) and EVNHCMC 8055 (`NO`, `LMD`, `MD`), EVNHANOI (`CD`). A command that needs a code is
 * one only when something like a code follows, or when it is all that was written.
 */
const KEYWORDS = new Map<string, IntentName>(
  Object.entries({
  lgd: 'reading.schedule', cs: 'reading.lookup', td: 'bill.lookup', ntd: 'debt.lookup', lcd: 'outage.planned', tc: 'help.menu',
  no: 'debt.lookup', lmd: 'outage.planned', md: 'outage.status',
  }),
); // biome-ignore format: a table
/** keywords that are words of the language too: only with a code behind them */
const ALSO_WORDS = new Set(['no', 'md']);
const BRANDS = new Set(['evn', 'evnhanoi', 'evncpc', 'evnspc', 'evnhcmc', 'evnnpc', 'spc', 'cpc', 'hcmc', 'npc']);

const TIMES = new Set(['period', 'month', 'year']);

const skipSigns = ({ tokens }: Reading, at: number): number => {
  let i = at;
  while (isSign(tokens[i], '.', '_', '-', '/', ',', ':', ';', '#', '*', '+', '(', ')', '[', ']', '<', '>', '"', "'"))
    i++;
  return i;
};

const NAMED = lexicon<'period' | 'month' | 'year'>([
  ['period', 'kỳ|kì'],
  ['month', 'tháng|t|th'],
  ['year', 'năm'],
]);

/** Month, year and period after the code: `1 10 2016`, `10/2016`, `2016 10`, `ky1 t10 16`, `10`. */
const slotsAfter = (reading: Reading, at: number, entities: readonly Found[]): Found[] => {
  const { tokens, today } = reading;
  const numbers: { value: number; at: number; year?: number; named?: 'period' | 'month' | 'year' }[] = [];
  for (let i = at; i < tokens.length && numbers.length < 4; i++) {
    const value = plain(tokens[i], 4);
    if (value === undefined || tokens[i]!.typed.length === 3) continue;
    let word = i - 1;
    while (word >= at && tokens[word]!.kind === 'sign') word--;
    const named = word >= at ? lookAt(tokens, word, NAMED)?.value : undefined;
    numbers.push({ value, at: i, named, year: yearNumber(tokens, i, numbers.length > 0) });
  }
  // "tháng trước", "tháng mười": the grammars read what no number says
  if (!numbers.some((n) => n.named !== 'period') && entities.some((e) => e.from >= at && e.type === 'month'))
    return entities.filter((e) => e.from >= at && ['month', 'year', 'period'].includes(e.type));
  const found: Found[] = [];
  const put = (type: 'period' | 'month' | 'year', value: number, i: number, more: Partial<Found> = {}) =>
    found.push({ type, value, from: i, to: i + 1, sureness: 1, ...more } as Found);
  const byYear = numbers.findIndex(
    (n) => n.named === 'year' || (tokens[n.at]!.typed.length === 4 && n.year !== undefined),
  );
  const last = numbers.at(-1);
  const yearAt =
    byYear >= 0
      ? byYear
      : numbers.length >= 2 && last!.value > 12 && last!.year !== undefined
        ? numbers.length - 1
        : -1;
  const rest = numbers.filter((_, i) => i !== yearAt);
  const isMonth = (n: { value: number }) => n.value >= 1 && n.value <= 12;
  const monthEntry =
    rest.find((n) => n.named === 'month') ??
    (rest.length >= 2 && rest[1]!.named !== 'period' && (isMonth(rest[1]!) || byYear >= 0)
      ? rest[1]
      : rest.find((n) => n.named !== 'period'));
  const periodEntry = rest.find((n) => n.named === 'period') ?? rest.find((n) => n !== monthEntry);
  if (periodEntry && periodEntry.value >= 1 && periodEntry.value <= 4) put('period', periodEntry.value, periodEntry.at);
  if (monthEntry && monthEntry.value >= 1 && monthEntry.value <= 12) {
    put('month', monthEntry.value, monthEntry.at);
    if (yearAt < 0) {
      const value = monthEntry.value <= today.month ? today.year : today.year - 1;
      put('year', value, monthEntry.at, { sureness: 0.9, assumed: true });
    }
  } else if (monthEntry) put('month', monthEntry.value, monthEntry.at, { sureness: 0.3, impossible: true });
  if (yearAt >= 0 && numbers[yearAt]!.year !== undefined) put('year', numbers[yearAt]!.year!, numbers[yearAt]!.at);
  return found;
};

/** "PP05000974006 TD 1 10 2016": the code before the keyword, and nothing but numbers behind it. */
const codeFirst = (reading: Reading, entities: readonly Found[]): Command | undefined => {
  const { tokens } = reading;
  const code = entities.find((e) => e.type === 'customer_code');
  if (!code || code.from !== skipSigns(reading, 0)) return undefined;
  const at = skipSigns(reading, code.to);
  const keyword = tokens[at]?.typed ?? '';
  const intent = KEYWORDS.get(keyword);
  if (!intent || keyword === 'tc') return undefined;
  let next = at + 1;
  while (tokens[next]?.start === tokens[at]!.start) next++;
  if (tokens.slice(next).some((t) => t.kind === 'word' && !lookAt([t], 0, NAMED))) return undefined;
  return { intent, found: [code, ...slotsAfter(reading, next, entities)], keyword };
};

/** Reads a message as an SMS command; undefined when it is ordinary talk. */
export const commandIn = (reading: Reading, entities: readonly Found[]): Command | undefined => {
  const { tokens } = reading;
  let at = skipSigns(reading, 0);
  if (BRANDS.has(tokens[at]?.typed ?? '')) at = skipSigns(reading, at + 1);
  const first = tokens[at];
  if (!first) return undefined;
  let keyword = first.typed;
  let next = at + 1;
  // "l g d", "l.g.d"
  for (
    let letters = keyword;
    letters.length < 3 && /^[a-z]$/.test(tokens[next]?.typed ?? '') && !KEYWORDS.has(keyword);
  ) {
    letters += tokens[next]!.typed;
    next = next + 1;
    if (KEYWORDS.has(letters)) keyword = letters;
  }
  if (!KEYWORDS.has(keyword)) return codeFirst(reading, entities);
  while (tokens[next] && tokens[next]!.start === first.start) next++;
  const code = entities.find((e) => e.type === 'customer_code');
  const end = skipSigns(reading, next);
  if (keyword === 'tc')
    return end >= tokens.length || (tokens.length <= 4 && tokens.slice(end).every((t) => t.kind !== 'number'))
      ? { intent: 'help.menu', found: [], keyword }
      : undefined;
  if (!code) {
    // the keyword alone, or with what should have been a code
    if (ALSO_WORDS.has(keyword)) return undefined;
    const wrong = tokens.slice(end).some((t) => t.kind === 'number' && t.typed.length >= 4);
    if (end < tokens.length && !wrong && tokens.slice(end).some((t) => t.kind === 'word')) return undefined;
    return {
      intent: KEYWORDS.get(keyword)!,
      found: wrong ? entities.filter((e) => TIMES.has(e.type)) : slotsAfter(reading, end, entities),
      keyword,
    };
  }
  return { intent: KEYWORDS.get(keyword)!, found: [code, ...slotsAfter(reading, code.to, entities)], keyword };
};
