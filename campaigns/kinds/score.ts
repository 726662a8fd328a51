import { badList, type Drawn, type Kind, wholeIn } from '../kind';

interface Player {
  key: string;
  points: number;
  guess: number;
}
interface Saved {
  last: string;
  players: Player[];
}

/**
 * Most points first; then whose guess of how many have all points is nearest; then by lot. Every player stays in memory.
 * The list is in the order of its keys.
 */
export const score: Kind<'score'> = {
  columns: ['key', 'points', 'guess'],
  begin({ selection: { questions }, prizes, reserves }, orderOf, saved) {
    const tiers = prizes.flatMap(({ tier, quota = 0 }) => Array.from({ length: quota }, () => tier));
    const at = (saved as Saved | undefined) ?? { last: '', players: [] };
    return {
      row([key = '', points, guess]) {
        if (key <= at.last) badList('its keys are not in order, or one is there twice');
        at.last = key;
        const player = { key, points: wholeIn(points), guess: wholeIn(guess) };
        if (player.points > questions) badList('somebody has more points than there are questions');
        at.players.push(player);
      },
      saved: () => at,
      winners() {
        const right = at.players.filter(({ points }) => points === questions).length;
        const ranked = at.players.map((player) => ({
          ...player,
          off: Math.abs(player.guess - right),
          order: orderOf(player.key),
        }));
        ranked.sort(
          (a, b) =>
            b.points - a.points ||
            a.off - b.off ||
            (a.order < b.order || (a.order === b.order && a.key < b.key) ? -1 : 1),
        );
        return ranked
          .slice(0, tiers.length + reserves)
          .map(({ key }, n): Drawn => ({ tier: tiers[n] ?? tiers.at(-1)!, slot: '', reserve: n >= tiers.length, key }));
      },
    };
  },
};
