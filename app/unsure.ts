import type { Understand } from '../core/understanding';
import type { TurnDoc, Turns } from '../data/stores';
import type { Unsure } from '../nlu/review';

/** below it an answer was a guess */
const SURE = 0.5;
const PAGE = 500;
const LONGEST = 300;

type Mask = typeof import('../nlu/masked-text.js').maskedText;

/** The messages since a moment that were not surely understood, masked, the most frequent first. Values that a dialog waited for are left out. */
export const unsureSince = async (
  turns: Turns,
  since: string,
  { understand, maskedText, most }: { understand: Understand; maskedText: Mask; most: number },
): Promise<Unsure[]> => {
  const found = new Map<string, Unsure>();
  let after = since;
  for (;;) {
    const page = await turns.recent(after, PAGE);
    for (const turn of page) {
      const text = heardText(turn);
      const best = turn.meant?.intents[0];
      if (!text || !best || (best.sureness >= SURE && best.name !== 'out_of_scope')) continue;
      const { entities } = understand(text, { now: new Date(turn.at) });
      const masked = maskedText(text, entities);
      const key = masked.toLowerCase();
      const row = found.get(key);
      if (row) row.times++;
      else found.set(key, { text: masked, guess: best.name, sureness: best.sureness, times: 1 });
    }
    const last = page.at(-1)?.at;
    if (page.length < PAGE || last === undefined || last === after) break;
    after = last;
  }
  return [...found.values()].sort((a, b) => b.times - a.times || a.sureness - b.sureness).slice(0, most);
};

/** What a person typed: taps and files say nothing to learn from. */
const heardText = ({ heard }: TurnDoc): string | undefined => {
  const typed = heard.filter(({ type, value, text }) => type === 'message' && value === undefined && text);
  const text = typed
    .map((activity) => activity.text!.trim())
    .join(' ')
    .normalize('NFC');
  return text !== '' && text.length <= LONGEST ? text : undefined;
};
