import { before, foremost, type Placed } from '../foremost';
import { badList, type Drawn, type Kind } from '../kind';

interface Saved {
  last: string;
  strata: Record<string, Placed[]>;
}

/**
 * Within each stratum the foremost of the shuffle take the tiers in order. What a stratum has too few entrants for stays
 * with nobody, or (`pooled`) goes to the foremost of all who have won nothing. The list is in the order of its keys.
 */
export const stratified: Kind<'stratified'> = {
  columns: ['key', 'stratum'],
  begin({ selection: { strata, shortage }, prizes, reserves }, orderOf, saved) {
    const own = prizes.filter(({ per }) => per === 'stratum');
    const tiers = own.flatMap(({ tier, quota = 0 }) => Array.from({ length: quota }, () => tier));
    const enough = (shortage === 'pooled' ? tiers.length * strata.length : tiers.length) + reserves;
    const at = (saved as Saved | undefined) ?? { last: '', strata: {} };
    const heaps = new Map(strata.map(({ name }) => [name, foremost(enough, (at.strata[name] ??= []))]));
    return {
      row([key = '', stratum = '']) {
        if (key <= at.last) badList('its keys are not in order, or one is there twice');
        at.last = key;
        (heaps.get(stratum) ?? badList('a stratum is not one of the rules')).add(key, orderOf(key));
      },
      saved: () => at,
      winners() {
        const lists = strata.map(({ name }) => ({ name, placed: heaps.get(name)!.inOrder() }));
        const winners = lists.flatMap(({ name, placed }) =>
          tiers.slice(0, placed.length).map((tier, n): Drawn => won(tier, name, placed[n]!)),
        );
        const left = lists.map(({ name, placed }) => ({ name, placed: placed.slice(tiers.length) }));
        if (shortage === 'pooled') {
          const open = lists.flatMap(({ name, placed }) => tiers.slice(placed.length).map((tier) => ({ tier, name })));
          const rest = left.flatMap(({ placed }) => placed).sort((a, b) => (before(a, b) ? -1 : 1));
          const pooled = open.flatMap(({ tier, name }, n) => (rest[n] ? won(tier, name, rest[n]) : []));
          const taken = new Set(pooled.map(({ key }) => key));
          winners.push(...pooled);
          for (const list of left) list.placed = list.placed.filter(({ key }) => !taken.has(key));
        }
        const spare = left.flatMap(({ name, placed }) =>
          placed.slice(0, reserves).map((one) => ({ ...won(tiers.at(-1)!, name, one), reserve: true })),
        );
        return [...winners, ...spare];
      },
    };
  },
};

const won = (tier: string, slot: string, { key }: Placed): Drawn => ({ tier, slot, reserve: false, key });
