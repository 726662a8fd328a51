import type { Memory } from '../core/dialog';
import type { Understanding } from '../core/understanding';
import { withoutValues } from './bare';
import { near } from './show';
import { mentions, phrases } from './words';

const EARLIER = phrases('hồi nãy, lúc nãy, khi nãy, vừa nãy, ban nãy, zalo nói, app nói, tin nhắn nói, giấy báo nói');
const DOUBT = phrases(`đúng không, chắc không, có chắc, chắc chưa, thiệt không, thật không, chính xác không,
  có đúng, lấy ở đâu ra, căn cứ đâu, sao biết, cái nào đúng, số nào đúng, đúng là bao nhiêu, đúng là nhiêu, em nói bao nhiêu, em báo bao nhiêu, em nói nhiêu, vậy là bao nhiêu`);
/** what a figure is not: the month, year or code that is asked about */
const SLOT_FIGURES = new Set(['month', 'year', 'period', 'customer_code', 'phone', 'date_range']);

/** "hồi nãy em nói 15h", "app ghi 742k": what is said is held against what was told; "đúng không đó" doubts it. */
export const quotesUs = (text: string, meaning: Understanding, { facts }: Memory): boolean => {
  if (!facts.length) return false;
  const { cues, entities, wants } = meaning;
  const best = meaning.intents[0]!.name;
  const figures = /\d/.test(withoutValues(text, meaning, SLOT_FIGURES));
  const asking = wants.some(({ intent, sureness }) => intent.startsWith('outage.') && sureness > 0.9);
  // a figure of ours that is quoted is asked about; another one is held against it
  const totals = facts.filter(({ what }) => what.endsWith('.total'));
  const months = entities.filter(({ type }) => type === 'month');
  const untold = months.length > 0 && !months.some(({ value }) => totals.some(({ month }) => month?.month === value));
  const disputed =
    best === 'bill.explain' &&
    totals.length > 0 &&
    !untold &&
    entities.some(
      ({ type, value }) => type === 'money' && !totals.some((one) => near(Number(value), Number(one.value))),
    );
  const doubting = /^(dialog\.|chat\.|out_of_scope)/.test(best) && mentions(text, DOUBT);
  return (
    disputed ||
    doubting ||
    (cues.comparing && (figures || !(asking || untold))) ||
    (figures && (best === 'dialog.repeat' || mentions(text, EARLIER)))
  );
};
