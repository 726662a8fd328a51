import type { Campaign } from '../core/campaign';
import type { Turn } from '../core/dialog';
import { addDays, type Day, dayOf, instant } from '../core/time';
import { fold, mentions } from './words';

export type Phase = 'before' | 'during' | 'after';

/** Where a campaign stands on a day; one without a last day is over when its year is. */
export const phaseOf = ({ period: { from, to } }: Campaign, on: Day): Phase => {
  if (on < from) return 'before';
  return on <= (to ?? `${from.slice(0, 4)}-12-31`) ? 'during' : 'after';
};

/** Ended longer ago, it is spoken of only when it is named. */
const RECENT_DAYS = 200;
const AHEAD_DAYS = 90;

/** Of the utility that speaks, going on, coming or lately ended. */
const current = (turn: Turn): Campaign[] => {
  const on = dayOf(turn.now);
  return turn.services.campaigns.all.filter(
    ({ territory, period: { from, to }, sample }) =>
      (!sample || turn.utility.sample) &&
      territory.heads.some((head) => turn.utility.prefixes.some((one) => head.startsWith(one))) &&
      from <= addDays(on, AHEAD_DAYS) &&
      addDays(to ?? from, RECENT_DAYS) >= on,
  );
};

const named = (turn: Turn): Campaign[] => {
  const { text, meaning } = turn;
  const years = meaning.entities.flatMap((one) => (one.type === 'year' && !one.assumed ? String(one.value) : []));
  const found = turn.services.campaigns.all.flatMap((one) => {
    if (one.sample && !turn.utility.sample) return [];
    const length = [one.name.toLowerCase(), ...one.called]
      .filter((phrase) => mentions(text, [phrase]))
      .reduce((most, phrase) => Math.max(most, fold(phrase).length), 0);
    return length ? [{ one, length }] : [];
  });
  const ofYear = found.filter(({ one }) => years.some((year) => one.period.from.startsWith(year)));
  const fit = years.length && ofYear.length ? ofYear : found;
  const most = Math.max(0, ...fit.map(({ length }) => length));
  return fit.filter(({ length }) => length === most).map(({ one }) => one);
};

/** Spoken of last in this conversation. */
const spoken = (turn: Turn): Campaign | undefined => {
  const record = turn.memory.facts.find(({ what }) => what === 'campaign')?.record;
  return turn.services.campaigns.all.find(({ id }) => `campaigns/${id}` === record);
};

/** The campaigns that a question can be about, likeliest first; one when it is clear. */
export const campaignsMeant = (turn: Turn, chosen?: string): Campaign[] => {
  const picked = turn.services.campaigns.all.find(({ id }) => id === chosen);
  if (picked) return [picked];
  const own = current(turn);
  const byName = named(turn);
  if (byName.length) {
    const mine = byName.filter((one) => own.includes(one));
    return mine.length ? mine : byName;
  }
  const last = spoken(turn);
  return last ? [last] : own;
};

/** What is remembered of which campaign was spoken of. */
export const remembered = ({ id, period }: Campaign, now: Date) => ({
  what: 'campaign',
  value: id,
  record: `campaigns/${id}`,
  asOf: instant(period.from),
  saidAt: now.toISOString(),
});
