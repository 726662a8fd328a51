import { badList, type Drawn, type Kind, wholeIn } from '../kind';

interface Saved {
  number: number;
  pending: number[];
  winners: Drawn[];
}

/**
 * Tickets 1, 200, 400 …: numbers are never shifted, and the next ticket that may win takes the place of one that may not.
 * Tickets: every number without a gap; `eligible` is `yes` or why not.
 */
export const ordinal: Kind<'ordinal'> = {
  columns: ['number', 'key', 'eligible'],
  begin({ selection: { first, step, repeat }, prizes }, _orderOf, saved) {
    const at = (saved as Saved | undefined) ?? { number: 0, pending: [], winners: [] };
    const won = new Set(at.winners.map(({ key }) => key));
    return {
      row([cell, key = '', eligible]) {
        const number = wholeIn(cell);
        if (number !== at.number + 1) badList(`ticket ${at.number + 1} is not where it should be`);
        at.number = number;
        if (number === first || number % step === 0) at.pending.push(number);
        if (at.pending.length === 0 || eligible !== 'yes') return;
        if (won.has(key)) {
          if (repeat === 'lapses') at.pending.shift();
          return;
        }
        won.add(key);
        at.winners.push({ tier: prizes[0]!.tier, slot: String(at.pending.shift()), reserve: false, number, key });
      },
      saved: () => at,
      winners: () => at.winners,
    };
  },
};
