import { badList, type Drawn, type Kind, wholeIn } from '../kind';

interface Saved {
  number: number;
  winners: Drawn[];
}

/** The first so many tickets that meet every condition, one a customer; then the reserves. `eligible`: `yes`, or what is not met. */
export const first: Kind<'first'> = {
  columns: ['number', 'key', 'eligible'],
  begin({ prizes, reserves }, _orderOf, saved) {
    const tiers = prizes.flatMap(({ tier, quota = 0 }) => Array.from({ length: quota }, () => tier));
    const at = (saved as Saved | undefined) ?? { number: 0, winners: [] };
    const won = new Set(at.winners.map(({ key }) => key));
    return {
      row([cell, key = '', eligible]) {
        const number = wholeIn(cell);
        if (number !== at.number + 1) badList(`ticket ${at.number + 1} is not where it should be`);
        at.number = number;
        const place = at.winners.length;
        if (eligible !== 'yes' || won.has(key) || place >= tiers.length + reserves) return;
        won.add(key);
        at.winners.push({
          tier: tiers[place] ?? tiers.at(-1)!,
          slot: '',
          reserve: place >= tiers.length,
          number,
          key,
        });
      },
      saved: () => at,
      winners: () => at.winners,
    };
  },
};
