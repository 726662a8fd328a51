import type { Frame, Memory } from '../core/dialog';
import type { Entity, IntentName, Understanding, Want } from '../core/understanding';
import { afterDanger, dangerTold, isOfThePast } from './after-danger';
import { articleChosen } from './articles';
import { isBare } from './bare';
import { chases } from './chasing';
import { meaningOf, SILENCE } from './choosing';
import { codeAfterArticle } from './debt-followups';
import { followUpOf, MONTHLY } from './followups';
import { answersReport, isOnlyDark } from './outage-answer';
import { mentions, phrases } from './words';

/** What is done with a message, in order. */
export type Move =
  | { do: 'start'; dialog: string; meaning: Understanding }
  | { do: 'resume'; meaning: Understanding }
  | { do: 'aside' | 'drop' | 'cancel' | 'back' | 'repeat' | 'nod' };

export interface Situation {
  text: string;
  chosen: string | undefined;
  meaning: Understanding;
  media: boolean;
  /** the text is the name of a place that is served, and nothing else */
  placed: boolean;
  /** a shared location is among them */
  located: boolean;
  frames: Frame[];
  memory: Memory;
  now: Date;
  /** the dialog of an intent */
  dialogOf(intent: IntentName): string;
  /** the intents of the topmost dialog */
  awaited: IntentName[];
}

export const SMALL = /^(chat|dialog)\.|^out_of_scope$/;
const STEERING = { 'dialog.cancel': 'cancel', 'dialog.back': 'back', 'dialog.repeat': 'repeat' } as const;
const SLOTS = new Set(['customer_code', 'month', 'year', 'period', 'date', 'date_range']);
/** "thôi xem chỉ số đi": this instead of what was asked before */
const INSTEAD = ['thôi', 'khỏi'];
/** who waits to be told a code hears that there is none at hand */
const LACKING = ['không có hóa đơn', 'không có mã', 'không nhớ mã', 'không biết mã', 'quên mã', 'mất hóa đơn', 'chưa có mã']; // biome-ignore format: a list
/** dialogs whose wants are easily heard in the words for a place */
const OF_PLACES = new Set(['knowledge', 'office']);
/** and words that are no part of one */
const ASKING = phrases(
  'muốn, cho hỏi, cần gì, thủ tục, làm sao, thế nào, bao nhiêu, bao lâu, mấy ngày, đăng ký, nghi, tố cáo, tố giác, câu trộm, trộm điện, ăn cắp điện, khiếu nại',
);
const AMOUNT = ['bao nhiêu', 'nhiêu', 'nhiu', 'mấy tiền', 'mấy'];
/** how sure a want must be to count beside the answer to a question, or in words that say nothing complete */
const SURE = 0.6;
/** below it an article is no answer to words that name a house */
const WEAK = 0.5;
/** likewise where free words are awaited */
const SURE_ELSEWHERE = 0.8;

/** "mã khác", "đổi mã": the last question again, of a code that is still to be given */
const OTHER_CODE = ['mã khác', 'đổi mã', 'mã khách hàng khác'];
const OF_RECORDS = /^(?:bill|debt|reading|usage|outage)\./;

const LOOKING = ['tra cứu', 'tra giúp', 'xem giúp', 'xem hộ', 'tra hộ', 'kiểm tra hộ', 'kiểm tra giúp'];
/** "mã của mẹ tôi là …", "tra cứu hộ mẹ mã …" */
const givesCode = (intent: IntentName, text: string): boolean =>
  intent === 'account.link' || (intent === 'account.delegate' && mentions(text, LOOKING));

/** Mere anger, and a code that is given beside a want, are not wants of their own. */
const yields = (intent: IntentName, { cues, entities }: Understanding, text: string): boolean =>
  (intent === 'complaint' && (cues.angry || chases(text))) ||
  (givesCode(intent, text) && entities.some(({ type }) => type === 'customer_code'));

/** Two wants that one dialog answers ("mất điện, khi nào có lại") are one; every want without a dialog is named. */
const oneEach = (wants: Want[], dialogOf: Situation['dialogOf']): Want[] =>
  wants.filter(
    ({ intent }, n) =>
      ['knowledge', 'unavailable'].includes(dialogOf(intent)) ||
      !wants.slice(0, n).some((one) => one.intent !== intent && dialogOf(one.intent) === dialogOf(intent)),
  );

/** What each of these says as well. */
const TELLS: Partial<Record<IntentName, IntentName[]>> = {
  'bill.payment_status': ['debt.lookup'],
  'debt.reconnect': ['debt.cutoff', 'debt.lookup', 'bill.pay', 'outage.status'],
};

/** Of an index that is told: what was used since, and why it is not the bill's, unless money is asked about. */
const OF_INDEX: IntentName[] = ['tariff.estimate', 'usage.lookup', 'bill.explain'];
const toldBy = (intent: IntentName, text: string): IntentName[] =>
  intent === 'reading.submit' && /\d{3}/.test(text) && !mentions(text, ['tiền']) ? OF_INDEX : (TELLS[intent] ?? []);

/** The wants to act on: small talk and mere anger yield to a want. */
const wantsOf = (meaning: Understanding, text: string, dialogOf: Situation['dialogOf']): Want[] => {
  const { wants, cues } = meaning;
  const told = wants.flatMap(({ intent }) => toldBy(intent, text));
  const real = wants.filter(({ intent }) => !SMALL.test(intent) && !told.includes(intent));
  const own = real.filter(({ intent }) => !yields(intent, meaning, text));
  const still = own.length ? own : real.filter(({ intent }) => intent !== 'account.link' || real.length === 1);
  const hasCode = meaning.entities.some(({ type }) => type === 'customer_code');
  // whoever names a house asks about it, not for the rules that a weak reading finds
  const isWeak = ({ intent, sureness }: Want) => hasCode && sureness < WEAK && dialogOf(intent) === 'knowledge';
  return oneEach(still, dialogOf)
    .filter((want) => !isWeak(want))
    .filter(
      ({ intent, start, end, sureness }) =>
        (real.length === 1 && !cues.incomplete) ||
        ((!cues.incomplete || sureness >= SURE) &&
          (!isBare(text, meaning, start, end) ||
            (intent === 'bill.lookup' && mentions(text.slice(start, end), AMOUNT)))),
    );
};

/**
 * A want with the entities of its part of the text, and those that stand outside every part. A code serves all wants,
 * unless each has its own ("nhà PP… nợ không, còn quán PC… bao nhiêu").
 */
const only = (meaning: Understanding, want: Want, wants: Want[]): Understanding => {
  const inside = (part: Want, at: number) => at >= part.start && at < part.end;
  const codes = meaning.entities.filter(({ type }) => type === 'customer_code');
  const each = wants.length > 1 && wants.every((one) => codes.some(({ start }) => inside(one, start)));
  const belongs = (at: number) => inside(want, at) || !wants.some((other) => inside(other, at));
  const { houses } = meaning.cues;
  return {
    ...meaning,
    intents: [{ name: want.intent, sureness: want.sureness }, ...meaning.intents],
    wants: [want],
    entities: meaning.entities.filter((e) => (e.type === 'customer_code' && !each) || belongs(e.start)),
    cues: { ...meaning.cues, houses: each ? houses.filter(({ start }) => belongs(start)) : houses },
  };
};

const startingOf = (
  some: Want[],
  meaning: Understanding,
  dialogOf: Situation['dialogOf'],
  all: Want[] = meaning.wants,
): Move[] => some.map((want) => ({ do: 'start', dialog: dialogOf(want.intent), meaning: only(meaning, want, all) }));

/** Emoji and no word: as good as a sticker. */
const isPictures = (text: string): boolean =>
  !/[\p{L}\p{N}?]/u.test(text) && /\p{Extended_Pictographic}|[:;=]['-]?[)D(]/u.test(text);

const PLACED = 0.6;
/** A place, beside no want that is sure and of something else. */
const isPlaceOfDanger = ({ entities, wants }: Understanding): boolean =>
  entities.some(({ type, sureness }) => type === 'place' && sureness >= PLACED) &&
  wants.every(
    ({ intent, sureness }) =>
      sureness < SURE_ELSEWHERE ||
      /^(?:safety|outage\.report|service\.office|out_of_scope|chat|dialog|account)\b/.test(intent),
  );
/** "?", "1" where nothing is numbered, "sao k trả lời": it is asked again what is needed. */
const saysNothing = (text: string): boolean => !/\p{L}/u.test(text) && !/\d{3}/.test(text);
const UNANSWERED = phrases(
  'sao không trả lời, sao không rep, sao không nói gì, sao im, sao không phản hồi, sao chưa trả lời, sao ko trả lời, sao k trả lời, sao ko rep, sao k rep, không trả lời vậy, ad đâu rồi, admin đâu rồi, em đâu rồi, bạn đâu rồi, shop đâu rồi, đâu hết rồi',
);

const opening = (text: string): string => text.split(/\s+/, 2).join(' ');

/** What follows the warning of a danger, and is about it still. */
const afterWarning = ({ text, chosen, meaning, memory, now, frames, dialogOf }: Situation): Move[] | undefined => {
  const told = text && chosen === undefined ? dangerTold(memory, now) : undefined;
  if (!told || meaning.entities.some(({ type }) => type === 'customer_code')) return undefined;
  const dialog = dialogOf('safety.hazard');
  const top = frames.at(-1)?.dialog;
  if ((top === dialog || told.last) && afterDanger(text))
    return top === dialog ? [{ do: 'resume', meaning }] : [{ do: 'start', dialog, meaning }];
  // where it is, when nothing asks for it any more
  return told.last && !top && isPlaceOfDanger(meaning) ? [{ do: 'start', dialog, meaning }] : undefined;
};

/** Reads a situation into moves. Pure. */
export const movesFor = (at: Situation): Move[] => {
  const { meaning, memory, text } = at;
  const { cues, entities } = meaning;
  const named = (dialog: string): Move[] => [{ do: 'start', dialog, meaning }];
  const best = meaning.intents[0]!.name;
  const top = at.frames.at(-1);

  const hazard = best === 'safety.hazard' || meaning.wants.some(({ intent }) => intent === 'safety.hazard');
  if (hazard && at.chosen === undefined && !(top && isOnlyDark(top, text))) {
    // "gần trường học": the place of the danger sounds like the danger; the dialog tells them apart
    if (top?.dialog === at.dialogOf('safety.hazard')) return [{ do: 'resume', meaning }];
    if (isOfThePast(text)) return named(at.dialogOf('safety.hazard'));
    // what to do comes first, then what else was asked
    const others = wantsOf(meaning, text, at.dialogOf).filter(
      ({ intent, sureness }) => intent !== 'safety.hazard' && intent !== 'outage.report' && sureness >= SURE,
    );
    return [...named(at.dialogOf('safety.hazard')), ...startingOf(others, meaning, at.dialogOf)];
  }
  const warned = afterWarning(at);
  if (warned) return warned;
  if ((at.media && !text) || isPictures(text))
    return at.located && top?.expects.entities.includes('place') ? [{ do: 'resume', meaning }] : named('media');

  if (at.chosen !== undefined) {
    const meant = meaningOf(at.chosen);
    if (top?.expects.choices?.some(({ value }) => value === at.chosen))
      return [{ do: 'resume', meaning: meant ?? SILENCE }];
    if (articleChosen(at.chosen)) return named('knowledge');
    if (meant) return [{ do: 'start', dialog: at.dialogOf(meant.wants[0]!.intent), meaning: meant }];
  }
  const unanswered = mentions(text, UNANSWERED) && text.split(/\s+/).length <= 6 && best !== 'complaint';
  if (!top && at.chosen === undefined && !entities.length && (saysNothing(text) || unanswered))
    return named('listening');
  // "hàng xóm vẫn sáng con ơi": an answer, whatever else it sounds like
  const answers = top !== undefined && answersReport(top, text);
  const follows = answers ? undefined : followUpOf(text, meaning, memory, at);
  if (follows && !(top && entities.some(({ type }) => top.expects.entities.includes(type))))
    // a report that is being taken goes on with what it knows
    return follows.dialog === 'outage' && top?.dialog === 'outage'
      ? [{ do: 'resume', meaning: follows.meaning }]
      : [{ do: 'start', ...follows }];

  // the answer to "where" or "do the neighbours have light" can be any words: only a sure want is another want then
  const open = top?.expects.entities.includes('place') || top?.expects.choices;
  // whoever says where a danger is ("gần trường học") is not told of a rule or an office that sounds like the place
  const danger = top?.dialog === at.dialogOf('safety.hazard');
  const asks = cues.question || mentions(text, ASKING);
  const placing =
    (danger && (entities.some(({ type }) => type === 'place') || !mentions(text, ASKING))) ||
    (top?.dialog === 'outage' && !asks);
  const wants = wantsOf(meaning, text, at.dialogOf).filter(
    ({ intent, sureness }) => !open || (sureness >= SURE_ELSEWHERE && !(placing && OF_PLACES.has(at.dialogOf(intent)))),
  );
  const starting = (some: Want[]) => startingOf(some, meaning, at.dialogOf, wants);
  const slots = entities.some(({ type }) => SLOTS.has(type));
  const bare = isBare(text, meaning);
  const code = entities.some(({ type }) => type === 'customer_code');
  // any words can be a place: they are one only when they are nothing else ("cảm ơn", "gặp nhân viên đi")
  const foreign = wants.some(({ intent }) => !at.awaited.includes(intent));
  if (answers && !foreign) return [{ do: 'resume', meaning }];
  const small =
    meaning.wants.length > 0 && /^(chat|dialog)\./.test(best) && !(/affirm|deny/.test(best) && text.includes(' '));
  const awaited = (e: Entity) =>
    top!.expects.entities.includes(e.type) && !(e.type === 'place' && !e.parts && (foreign || small));
  // an answer in words to a question with choices ("hàng xóm vẫn có điện") sounds like the want that is being answered
  if (top?.expects.choices && wants.length && !foreign && !slots) return [{ do: 'resume', meaning }];
  // "tôi không có hóa đơn" sounds like the want that waits for its code: it is asked again, with the picture
  const forCode = top?.expects.entities.includes('customer_code') && !top.expects.entities.includes('place');
  if (forCode && !slots && (mentions(text, LACKING) || (wants.length && !foreign))) return [{ do: 'resume', meaning }];
  if (top && entities.some(awaited)) {
    // an answer, perhaps with another want beside it
    const others = bare
      ? []
      : wants.filter(
          ({ intent, sureness }) => !at.awaited.includes(intent) && intent !== 'account.link' && sureness >= SURE,
        );
    return [{ do: 'resume', meaning }, ...starting(others)];
  }
  const touches = slots || cues.houses.length > 0 || cues.totalling || cues.correcting;
  if (bare && touches && top) return [{ do: 'resume', meaning }];
  const month = entities.some(({ type }) => type === 'month' || type === 'year' || type === 'period');
  const amount = cues.totalling || mentions(text, AMOUNT);
  // rules and procedures have no months, and no houses
  const told = memory.lastIntent && ['knowledge', 'unavailable'].includes(at.dialogOf(memory.lastIntent));
  const asked = told ? undefined : memory.lastIntent;
  if (cues.correcting && !slots && !top && mentions(text, OTHER_CODE))
    return named(at.dialogOf(asked && OF_RECORDS.test(asked) ? asked : 'bill.lookup'));
  const monthly = asked ? MONTHLY.has(asked) : !memory.code;
  const billed = !monthly || (amount && asked === 'outage.planned');
  const last = month && billed ? 'bill.lookup' : asked;
  if (bare && touches && last) return named(at.dialogOf(last));
  if (bare && touches && amount) return named(at.dialogOf('bill.lookup'));
  const ofArticle = code && bare ? codeAfterArticle(memory) : undefined;
  if (ofArticle)
    return startingOf([{ intent: ofArticle, sureness: 1, start: 0, end: text.length }], meaning, at.dialogOf);
  if (code && (bare || (wants.length > 0 && wants.every(({ intent }) => givesCode(intent, text)))))
    return named('whatabout');
  if (wants.length) return [...(mentions(opening(text), INSTEAD) ? [{ do: 'drop' } as const] : []), ...starting(wants)];

  const sure = !open || meaning.intents[0]!.sureness >= SURE_ELSEWHERE;
  if (best in STEERING && !slots && sure) return [{ do: STEERING[best as keyof typeof STEERING] }];
  if (top?.expects.confirm && (best === 'dialog.affirm' || best === 'dialog.deny')) return [{ do: 'resume', meaning }];
  if (best.startsWith('chat.') && meaning.wants.length && !slots) return named(at.dialogOf(best));
  // "giá vàng hôm nay": a day alone makes no question of ours out of it
  const outside = best === 'out_of_scope' && !code && !month && !cues.houses.length && !cues.totalling;
  if (touches && !top && last && !outside) return named(at.dialogOf(last));
  if (code && !top && !wants.length) return named('whatabout');
  if (best === 'dialog.deny' && meaning.wants.length)
    return forCode
      ? named('whereiscode')
      : [{ do: top?.expects.entities.includes('place') ? 'resume' : 'cancel', meaning }];
  if (best === 'dialog.affirm') return [{ do: 'nod' }];
  if (best.startsWith('chat.') && (meaning.wants.length || !top)) return named(at.dialogOf(best));
  if (cues.incomplete) return named('listening');
  // not our business: it is said, and what was asked stays asked
  if (forCode && best === 'out_of_scope' && !/\d/.test(text) && text.split(/\s+/).length > 3) return [{ do: 'aside' }];
  if (top) return [{ do: 'resume', meaning }];
  // "còn Hải Châu?": a place is often no more than a name
  const following = cues.following || mentions(text.split(/\s/, 1)[0]!, ['còn', 'thế']);
  if (following && memory.lastIntent?.startsWith('outage.')) return named(at.dialogOf(memory.lastIntent));
  return named('fallback');
};
