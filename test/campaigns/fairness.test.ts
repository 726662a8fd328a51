import { orderOf, sha256 } from '../../campaigns/draw';
import { beginDraw } from '../../campaigns/kinds';
import type { Campaign } from '../../core/campaign';

/** Chance, measured: fixed seeds, so that a run is the same every time. */

const prizes: Campaign['prizes'] = [{ tier: 'nhat', name: 'giải nhất', quota: 2, per: 'stratum' }];
const strata = [
  { name: 'ít', heads: ['PB01'], people: 8 },
  { name: 'vừa', heads: ['PB02'], people: 12 },
  { name: 'nhiều', heads: ['PB03'], people: 20 },
];
const rules = {
  prizes,
  reserves: 0,
  selection: { kind: 'stratified' as const, strata, shortage: 'unawarded' as const },
};
const entrants = strata
  .flatMap(({ name, people }) =>
    Array.from({ length: people }, (_, n) => ({ key: sha256(`${name} ${n}`).slice(0, 22), name })),
  )
  .sort((a, b) => (a.key < b.key ? -1 : 1));
const listHash = sha256('the list');

const winnersWith = (seed: string, publicNumber: string): string[] => {
  const drawing = beginDraw(rules, orderOf({ seed, publicNumber }, listHash));
  for (const { key, name } of entrants) drawing.row([key, name]);
  return drawing.winners().map(({ key }) => key);
};

/** Sum of (seen - expected)² / expected. Bounds: chi-square at α = 0.001 for these degrees of freedom. */
const BOUND: Record<number, number> = { 7: 24.32, 11: 31.26, 19: 43.82 };
const chiSquare = (counts: number[]): number => {
  const expected = counts.reduce((sum, n) => sum + n, 0) / counts.length;
  return counts.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
};

const DRAWS = 100_000;

test(`${DRAWS} draws: within each stratum everybody wins as often`, () => {
  const won = new Map(entrants.map(({ key }) => [key, 0]));
  for (let n = 0; n < DRAWS; n++) for (const key of winnersWith('seed', String(n))) won.set(key, won.get(key)! + 1);
  for (const { name, people } of strata) {
    const counts = entrants.filter((one) => one.name === name).map(({ key }) => won.get(key)!);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(DRAWS * 2);
    // two of so many without putting back: the sum of squares is smaller by (people - 2) / (people - 1)
    const corrected = chiSquare(counts) / ((people - 2) / (people - 1));
    expect([name, corrected < BOUND[people - 1]!]).toEqual([name, true]);
  }
}, 120_000);

test('who knows the seed beforehand, and may choose it, wins no more often: the public number is not known yet', () => {
  const friend = entrants[0]!;
  const people = strata.find(({ name }) => name === friend.name)!.people;
  let won = 0;
  const tries = 3000;
  for (let n = 0; n < tries; n++) {
    // of 20 seeds the organiser takes one with which the friend would win, were the public number what is guessed
    const seeds = Array.from({ length: 20 }, (_, s) => `seed ${n} ${s}`);
    const chosen = seeds.find((seed) => winnersWith(seed, 'guessed').includes(friend.key)) ?? seeds[0]!;
    if (winnersWith(chosen, `real ${n}`).includes(friend.key)) won++;
  }
  const share = 2 / people;
  // 3.29 standard deviations: α = 0.001 on both sides
  expect(Math.abs(won - tries * share)).toBeLessThan(3.29 * Math.sqrt(tries * share * (1 - share)));
});
