import type { Day } from '../core/time';
import type { IntentName } from '../core/understanding';
import { inForce, type Utility } from '../core/utility';
import type { Found, Reading } from './entities/reading';
import { isSign, lexicon, lookAt, plain } from './entities/reading';
import { yearNumber } from './entities/year';

/** A message in the SMS syntax of a utility: one sure want and its slots. */
export interface Command {
  intent: IntentName;
  found: Found[];
  keyword: string;
  /** what the utility calls it in print, where the want's own name says too little */
  title?: string;
}

/** What a utility prints: "LGD MaKH Ky MM YYYY", "EVNHANOI DK MaKH", "SPCDK MaKH LG". */
export type Syntaxes = Utility['sms'];

interface Pattern {
  intent: IntentName;
  /** what must stand behind the keyword */
  about?: 'customer_code' | 'request_no';
  /** the word behind the code */
  option?: string;
  /** printed with the name of the utility in front; without it the keyword needs what it is about */
  branded: boolean;
  /** numbers behind the code are no month */
  timeless: boolean;
  title?: string;
}

/** Keywords in lower case. */
export type Commands = ReadonlyMap<string, readonly Pattern[]>;

/** `_` stands for a space; words in capitals are written as they are, the others stand for values: MaKH, GKxxxxxxxxxx, Ky, MM, YYYY, mm/yy, SDTcu. */
const patternOf = ({ command, intent, syntax, title }: Syntaxes[number]): Pattern => {
  const words = syntax.split(/[ _]+/);
  const at = words.indexOf(command);
  const [, about, option = ''] = [words[at], words[at + 1] ?? '', words[at + 2]];
  return {
    intent: intent as IntentName,
    ...(about === 'MaKH' && { about: 'customer_code' }),
    ...(/^GK/.test(about) && { about: 'request_no' }),
    ...(/^[A-Z]{2}$/.test(option) && option !== 'MM' && { option: option.toLowerCase() }),
    branded: at > 0,
    timeless: /SDT|GK/.test(syntax),
    ...(title && { title }),
  };
};

/**
 * The keywords of the rows that are printed on a day. One that is printed no more is still read where no newer row has its keyword,
 * for old leaflets hang longer than a service runs.
 */
export const commandsOf = (syntaxes: Syntaxes, on: Day): Commands => {
  const commands = new Map<string, Pattern[]>();
  const begun = syntaxes.filter(({ from }) => from === undefined || from <= on);
  const now = new Set(inForce(begun, on));
  for (const row of begun) {
    const isNewest = now.has(row) || !begun.some((other) => now.has(other) && other.command === row.command);
    const keyword = row.command.toLowerCase();
    if (isNewest) commands.set(keyword, [...(commands.get(keyword) ?? []), patternOf(row)]);
  }
  return commands;
};

/** keywords that are words of the language too: only with a code behind them */
const ALSO_WORDS = new Set(['no', 'md']);
const BRANDS = new Set([
  'evn',
  'evnhanoi',
  'evncpc',
  'evnspc',
  'evnhcmc',
  'evnnpc',
  'hanoi',
  'spc',
  'cpc',
  'hcmc',
  'npc',
]);

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
const codeFirst = (reading: Reading, entities: readonly Found[], commands: Commands): Command | undefined => {
  const { tokens } = reading;
  const code = entities.find((e) => e.type === 'customer_code');
  if (!code || code.from !== skipSigns(reading, 0)) return undefined;
  const at = skipSigns(reading, code.to);
  const keyword = tokens[at]?.typed ?? '';
  const pattern = commands.get(keyword)?.find(({ about, branded }) => about === 'customer_code' && !branded);
  if (!pattern) return undefined;
  let next = at + 1;
  while (tokens[next]?.start === tokens[at]!.start) next++;
  if (tokens.slice(next).some((t) => t.kind === 'word' && !lookAt([t], 0, NAMED))) return undefined;
  return { intent: pattern.intent, found: [code, ...slotsAfter(reading, next, entities)], keyword };
};

/** Reads a message as an SMS command; undefined when it is ordinary talk. */
export const commandIn = (reading: Reading, entities: readonly Found[], commands: Commands): Command | undefined => {
  if (commands.size === 0) return undefined;
  const { tokens } = reading;
  const start = skipSigns(reading, 0);
  let at = start;
  while (at - start < 4 && BRANDS.has(tokens[at]?.typed ?? '')) at = skipSigns(reading, at + 1);
  const first = tokens[at];
  if (!first) return undefined;
  let keyword = first.typed;
  let next = at + 1;
  // "l g d", "l.g.d"
  for (
    let letters = keyword;
    letters.length < 3 && /^[a-z]$/.test(tokens[next]?.typed ?? '') && !commands.has(keyword);
  ) {
    letters += tokens[next]!.typed;
    next = next + 1;
    if (commands.has(letters)) keyword = letters;
  }
  const patterns = commands.get(keyword);
  if (!patterns) return codeFirst(reading, entities, commands);
  while (tokens[next] && tokens[next]!.start === first.start) next++;
  const end = skipSigns(reading, next);
  const named = at > start;
  const about = entities.find((e) => patterns.some((pattern) => pattern.about === e.type));
  const option = about && tokens[skipSigns(reading, about.to)]?.typed;
  const pattern = patterns.find((one) => one.option === option) ?? patterns.find((one) => !one.option) ?? patterns[0]!;
  const { intent } = pattern;
  const title = pattern.title ? { title: pattern.title } : {};
  if (!pattern.about) {
    const alone = tokens.length - at <= 4 && tokens.slice(end).every((t) => t.kind !== 'number');
    return (end >= tokens.length || alone) && (named || !pattern.branded)
      ? { intent, found: [], keyword, ...title }
      : undefined;
  }
  if (!about) {
    // the keyword alone, or with what should have been a code
    if (!named && (pattern.branded || ALSO_WORDS.has(keyword))) return undefined;
    const wrong = tokens.slice(end).some((t) => t.kind === 'number' && t.typed.length >= 4);
    if (end < tokens.length && !wrong && tokens.slice(end).some((t) => t.kind === 'word')) return undefined;
    const times = wrong ? entities.filter((e) => TIMES.has(e.type)) : slotsAfter(reading, end, entities);
    return { intent, found: pattern.timeless ? [] : times, keyword, ...title };
  }
  return {
    intent,
    found: [about, ...(pattern.timeless ? [] : slotsAfter(reading, about.to, entities))],
    keyword: pattern.option ? `${keyword} ${pattern.option}` : keyword,
    ...title,
  };
};
