import type { IntentName, Want } from '../core/understanding';
import { type Found, isSign, phraseAt, phrases } from './entities/reading';
import type { Token } from './text/tokens';

export type Judge = (tokens: readonly Token[]) => { name: IntentName; sureness: number };

/** how sure each part of a message of several wants must be; and what is left when thanks and greetings are cut off */
const PART = 0.6;
const BESIDE_MANNERS = 0.5;
/** "không phải, nợ cơ": what a "no", a farewell, a cancel stands beside must be surer */
const BESIDE_STEERING = 0.8;
/** beside a danger only a sure want counts */
const BESIDE_DANGER = 0.8;
/** longer messages tell a story; their clauses are no separate wants */
const LONGEST = 90;
const MOST_SEAMS = 10;
const MOST_PIECES = 3;

const JOINS = phrases('với lại|với|và|đồng thời|sẵn tiện|nhân tiện|luôn tiện|tiện thể|cùng với');
const TURNS = phrases('rồi|mà|còn|nhưng');
const THANKS = phrases(
  'cảm ơn|xin cảm ơn|em cảm ơn|chị cảm ơn|anh cảm ơn|tôi cảm ơn|mình cảm ơn|cô cảm ơn|chú cảm ơn|bác cảm ơn|cháu cảm ơn|con cảm ơn|chân thành cảm ơn',
);
const GREETS = phrases(
  'xin chào|em chào|chào em|chào anh chị|chào anh|chào chị|chào bạn|chào shop|chào ad|chào admin|chào cháu|chào con|chào các bạn|chào mọi người|chào|a lô',
);
/** without diacritics these are other words: "mã", "con" */
const NEVER_BARE = new Set(['ma', 'con', 'va']);

interface Seam {
  at: number;
  /** by a word that adds; by a line break or a comma between bare wants; else by the turn of a story */
  joined: boolean;
}

/** Where a message may fall apart. */
const seamsOf = (tokens: readonly Token[], received: string): Seam[] => {
  const found: Seam[] = [];
  const put = (at: number, joined: boolean) => {
    const last = found.at(-1);
    if (last?.at === at) last.joined ||= joined;
    else if (at > 0 && at < tokens.length) found.push({ at, joined });
  };
  for (let i = 0; i < tokens.length && found.length < MOST_SEAMS; i++) {
    const token = tokens[i]!;
    const before = tokens[i - 1];
    if (before && token.start > before.end && received.slice(before.end, token.start).includes('\n')) put(i, false);
    const greeting = i === 0 || before!.kind === 'sign' ? phraseAt(tokens, i, GREETS) : 0;
    if (token.kind === 'sign') {
      const inNumber = tokens[i + 1]?.glued && tokens[i + 1]!.kind === 'number' && before?.kind === 'number';
      if (!inNumber && isSign(token, ',', '.', ';', '?', '!', '+', '&', ':')) put(i + 1, isSign(token, '+', '&'));
    } else if (greeting > 0) put(i + greeting, false);
    else if (phraseAt(tokens, i, THANKS) > 0) put(i, false);
    else if (!NEVER_BARE.has(token.word)) {
      if (phraseAt(tokens, i, JOINS) > 0) put(i, true);
      else if (phraseAt(tokens, i, TURNS) > 0) put(i, false);
    }
  }
  return found;
};

const topic = (name: string) => name.slice(0, name.indexOf('.'));
const isManners = (name: string) => name.startsWith('chat.') || name.startsWith('dialog.');

/** A want to act on by itself: small talk and steering beside another want are manners. */
const actionable = (name: string): boolean => !isManners(name) && name !== 'out_of_scope';

/** Words that say no want: what stands around a code, a month, a house. */
const FILLERS = new Set(
  'a u um da vang oi em anh chi ong ba co chu bac di con chau minh toi tui ta nha nhe nhen nghe ne day do kia nay ni ay la cua cho va voi thi the vay roi ma kh khach hang nua luon gium giup o tai va voi lai quan tro rua hoi xin'.split(
    ' ',
  ),
);

interface Piece {
  from: number;
  to: number;
  joined: boolean;
  /** values and small words only */
  bare: boolean;
}

/** Nothing is said but values and small words: "ở Thọ Quang đó con". */
export const saysValuesOnly = (tokens: readonly Token[], found: readonly Found[]): boolean =>
  found.length > 0 &&
  tokens.every((t, i) => t.kind === 'sign' || FILLERS.has(t.bare) || found.some(({ from, to }) => i >= from && i < to));

const piecesOf = (tokens: readonly Token[], received: string, found: readonly Found[]): Piece[] => {
  const seams = seamsOf(tokens, received);
  const valued = new Set<number>();
  for (const { from, to } of found) for (let t = from; t < to; t++) valued.add(t);
  const starts = [{ at: 0, joined: false }, ...seams];
  return starts.map(({ at, joined }, n) => {
    const to = starts[n + 1]?.at ?? tokens.length;
    let bare = true;
    for (let t = at; t < to && bare; t++)
      bare = tokens[t]!.kind === 'sign' || valued.has(t) || FILLERS.has(tokens[t]!.bare);
    return { from: at, to, joined, bare };
  });
};

interface Part extends Piece {
  name: IntentName;
  sureness: number;
}

/** The way through the pieces whose parts are surest: each a want, manners, or nothing but values. */
const bestParts = (
  tokens: readonly Token[],
  pieces: readonly Piece[],
  whole: ReturnType<Judge>,
  judge: Judge,
): Part[] | undefined => {
  const best: ({ parts: Part[]; sum: number } | undefined)[] = [{ parts: [], sum: 0 }];
  for (let end = 1; end <= pieces.length; end++) {
    for (let begin = Math.max(0, end - MOST_PIECES); begin < end; begin++) {
      const before = best[begin];
      if (!before) continue;
      const [first, last] = [pieces[begin]!, pieces[end - 1]!];
      const piece = { from: first.from, to: last.to, joined: first.joined };
      let part: Part;
      if (pieces.slice(begin, end).every((p) => p.bare))
        part = { ...piece, bare: true, name: 'out_of_scope', sureness: 0 };
      else {
        const all = begin === 0 && end === pieces.length;
        const { name, sureness } = all ? whole : judge(tokens.slice(first.from, last.to));
        if (name === 'out_of_scope' || sureness < (isManners(name) ? BESIDE_MANNERS : PART)) continue;
        part = { ...piece, bare: false, name, sureness };
      }
      // fewer parts where they are as sure; manners and values add nothing
      const worth = part.bare || isManners(part.name) ? 0 : part.sureness - 0.1;
      const sum = before.sum + worth;
      const held = best[end];
      if (!held || sum > held.sum) best[end] = { parts: [...before.parts, part], sum };
    }
  }
  return best[pieces.length]?.parts;
};

/**
 * The wants of a message in the order in which they were said, when its parts are sure of them and the whole agrees with
 * one. Parts of one topic are one story, unless a word adds the second to the first. Thanks and greetings around a want,
 * and a "no" before it, are cut off.
 */
export const wantsIn = (
  tokens: readonly Token[],
  received: string,
  found: readonly Found[],
  whole: { name: IntentName; sureness: number },
  judge: Judge,
): Want[] | undefined => {
  if (tokens.length > LONGEST) return undefined;
  const pieces = piecesOf(tokens, received, found);
  if (pieces.length < 2) return undefined;
  if (whole.name === 'safety.hazard') return besideDanger(tokens, pieces, judge);
  const parts = bestParts(tokens, pieces, whole, judge);
  if (!parts) return undefined;
  const wants: Part[] = [];
  for (const part of parts) {
    const last = wants.at(-1);
    if (part.bare) {
      if (last) last.to = part.to;
    } else if (actionable(part.name)) {
      const same = wants.find((w) => w.name === part.name);
      const story = !part.joined && last && topic(last.name) === topic(part.name);
      if (same || story) {
        if (story && part.sureness > last.sureness && !same) [last.name, last.sureness] = [part.name, part.sureness];
        (same ?? last)!.to = part.to;
      } else wants.push({ ...part });
    }
  }
  // "báo trúng giải, kêu bấm link, có phải lừa đảo không": the prize is of the story
  if (whole.name === 'scam.check' && wants.some(({ name }) => name === 'scam.check'))
    wants.splice(0, wants.length, ...wants.filter(({ name }) => topic(name) !== 'campaign'));
  if (wants.length === 0) return undefined;
  const agrees = wants.some(({ name }) => name === whole.name);
  if (wants.length === 1) {
    // thanks, a greeting or a "no" must not swallow what stands beside it
    const sure = whole.name === 'chat.thanks' || whole.name === 'chat.greet' ? BESIDE_MANNERS : BESIDE_STEERING;
    if (agrees || !isManners(whole.name) || wants[0]!.sureness < sure) return undefined;
    // "xong rồi, chào em" says goodbye and asks nothing
    const words = tokens.slice(wants[0]!.from, wants[0]!.to).filter((t) => t.kind !== 'sign');
    if (whole.name === 'chat.bye' && words.length < 4) return undefined;
  } else if (!agrees && !isManners(whole.name) && whole.sureness > PART) return undefined;
  return shareTimes(
    wants.map(({ name, sureness, from, to }) => spanOf(tokens, name, sureness, from, to)),
    tokens,
    found,
  );
};

const spanOf = (tokens: readonly Token[], intent: IntentName, sureness: number, from: number, to: number): Want => {
  let first = from;
  while (first < to - 1 && tokens[first]!.kind === 'sign') first++;
  return { intent, sureness, start: tokens[first]!.start, end: tokens[to - 1]!.end };
};

const MONTHLY = new Set<IntentName>(['bill.lookup', 'reading.lookup', 'usage.lookup']);
const TIMES = new Set(['month', 'year', 'period', 'date', 'date_range']);

/** "tháng 9 cả sản lượng và tiền": a monthly want without a time of its own shares the span of the one beside it. */
const shareTimes = (wants: Want[], tokens: readonly Token[], found: readonly Found[]): Want[] => {
  const timed = ({ start, end }: Want) =>
    found.some((f) => TIMES.has(f.type) && tokens[f.from]!.start >= start && tokens[f.from]!.start < end);
  return wants.map((want, n) => {
    if (!MONTHLY.has(want.intent) || timed(want)) return want;
    const beside = [wants[n - 1], wants[n + 1]].find((w) => w && MONTHLY.has(w.intent) && timed(w));
    return beside ? { ...want, start: Math.min(want.start, beside.start), end: Math.max(want.end, beside.end) } : want;
  });
};

/** what is told of a danger sounds like these */
const OF_THE_DANGER = new Set<IntentName>([
  'safety.hazard', 'safety.advice', 'outage.report', 'outage.status', 'complaint', 'agent.request', 'theft.report', 'help.menu',
]); // biome-ignore format: a list

/** A danger goes first and carries its whole story; what is surely another want may be answered after it. */
const besideDanger = (tokens: readonly Token[], pieces: readonly Piece[], judge: Judge): Want[] => {
  const wants: Want[] = [];
  for (const { from, to, bare } of pieces) {
    if (bare) continue;
    const { name, sureness } = judge(tokens.slice(from, to));
    const own = actionable(name) && !OF_THE_DANGER.has(name);
    if (own && sureness >= BESIDE_DANGER && !wants.some((w) => w.intent === name))
      wants.push(spanOf(tokens, name, sureness, from, to));
  }
  return wants;
};
