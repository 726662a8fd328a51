import type { Activity, Choice } from '../core/activity';
import type { Month } from '../core/services';
import { type Entity, type EntityType, INTENTS, type IntentName, type Understanding } from '../core/understanding';
import { articleChosen } from './articles';

/**
 * A choice that starts a want, with the slots it needs in its value, so that it still works when it is tapped days
 * later: `bill.lookup;code=PP05000974006;month=2016-10-1` (ASCII, at most 64 bytes).
 */
export const want = (title: string, intent: IntentName, slots: { code?: string; month?: Month } = {}): Choice => ({
  title,
  value: [
    intent,
    ...(slots.code ? [`code=${slots.code}`] : []),
    ...(slots.month
      ? [`month=${slots.month.year}-${slots.month.month}${slots.month.period ? `-${slots.month.period}` : ''}`]
      : []),
  ].join(';'),
});

/** What a tapped `want` means; undefined when the value is not one. */
export const meaningOf = (value: string): Understanding | undefined => {
  const [name, ...slots] = value.replace(/^want:/, '').split(';');
  if (!INTENTS.includes(name as IntentName)) return undefined;
  const entities: Entity[] = [];
  const add = (type: EntityType, value: string | number) =>
    entities.push({ type, value, start: 0, end: 0, text: String(value), sureness: 1 } as Entity);
  for (const slot of slots) {
    const code = /^code=(\w{13})$/.exec(slot);
    if (code) add('customer_code', code[1]!);
    const month = /^month=(\d{4})-(\d{1,2})(?:-(\d))?$/.exec(slot);
    if (month) {
      add('month', Number(month[2]));
      add('year', Number(month[1]));
      if (month[3]) add('period', Number(month[3]));
    }
  }
  const intent = name as IntentName;
  return {
    intents: [{ name: intent, sureness: 1 }],
    wants: [{ intent, sureness: 1, start: 0, end: 0 }],
    entities,
    cues: NO_CUES,
    because: [`chosen ${value}`],
  };
};

export const NO_CUES: Understanding['cues'] = {
  incomplete: false,
  angry: false,
  correcting: false,
  following: false,
  totalling: false,
  comparing: false,
  question: false,
  houses: [],
};

/** What a dialog hears when it comes back to the top: nothing. It asks again, or goes on if it has all it needs. */
export const SILENCE: Understanding = {
  intents: [{ name: 'out_of_scope', sureness: 0 }],
  wants: [],
  entities: [],
  cues: NO_CUES,
  because: ['back on top'],
};

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** "chỉ nhà mình thôi" for "Chỉ nhà mình bị": a long label but for its last word. */
const nearly = (said: string[], label: string[]): boolean =>
  label.length >= 4 && said.length <= label.length && label.slice(0, -1).every((word, n) => word === said[n]);

/**
 * What was chosen by a tap, by number ("2", "số 2", "2.") or by label, accented or not; its title says what a number means. A tap
 * on something that was offered long ago has no title.
 */
export const chosenFrom = (
  heard: readonly Activity[],
  text: string,
  offered: readonly Choice[],
): { value: string; title?: string } | undefined => {
  const tapped = heard.find((activity) => typeof activity.value === 'string')?.value as string | undefined;
  if (
    tapped !== undefined &&
    tapped.length <= 64 &&
    (meaningOf(tapped) || articleChosen(tapped) || offered.some((c) => c.value === tapped))
  )
    return { value: tapped };
  const said = plain(text);
  const numbered = /^(?:so|cau|chon|muc|cai|y)?(?: so)? ?(\d{1,2})(?: (?:di|nhe|nha|a|em))?$/.exec(said);
  const numberth = numbered && offered[Number(numbered[1]) - 1];
  if (numberth) return numberth;
  const titles = offered.map(({ title }) => plain(title));
  const exact = titles.indexOf(said);
  return offered[exact >= 0 ? exact : titles.findIndex((title) => nearly(said.split(' '), title.split(' ')))];
};
