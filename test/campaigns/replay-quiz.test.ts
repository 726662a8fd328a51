import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { closeCampaign, drawCampaign, openCampaign, publishCampaign } from '../../app/draws';
import { folderAt } from '../../app/lists';
import { verify } from '../../campaigns/published';
import { chance, request, stage } from './stage';

/** A quiz with a prediction, from its answers to its winners: points, then the nearer guess, then the lot. */

const SCRIPT = join(__dirname, '../../scripts/verify_draw.py');

test('most points win, then the guess nearest to how many were all right, then the lot; both verifiers agree', async () => {
  const here = await stage();
  const { stores, drawers } = here;
  const campaign = here.campaign('mau-2026-do-vui');
  here.at('2026-11-25T00:00:00Z');
  await openCampaign(drawers, campaign);
  const next = chance(10);
  const codeOf = (n: number) => `PP0100${String(n).padStart(7, '0')}`;
  // 4 are all right; guesses of 4 ± 1 tie in pairs, so that the lot decides between them
  const players = [
    { points: 10, guess: 900 },
    { points: 10, guess: 5 },
    { points: 10, guess: 3 },
    { points: 10, guess: 40 },
    { points: 9, guess: 4 },
    { points: 9, guess: 6 },
    ...Array.from({ length: 200 }, () => ({ points: next(9), guess: next(300) })),
  ];
  for (const [n, player] of players.entries())
    await stores.tickets.take(
      campaign,
      request({ who: codeOf(n), customer: codeOf(n), want: 'quiz', at: '2026-12-05T03:00:00.000Z', ...player }),
    );
  // who answers again keeps the first answers
  const again = request({ who: codeOf(199), customer: codeOf(199), want: 'quiz', at: '2026-12-06T03:00:00.000Z' });
  expect(await stores.tickets.take(campaign, { ...again, points: 10, guess: 4 })).toEqual({
    is: 'repeat',
    number: 200,
  });
  // and a ticket without answers does not take part
  await stores.tickets.take(campaign, request({ who: 'x', customer: codeOf(999), want: 'quiz', at: again.at }));

  here.at('2026-12-21T03:00:00Z');
  expect((await closeCampaign(drawers, campaign)).rows).toBe(players.length);
  here.at('2026-12-23T12:00:00Z');
  await drawCampaign(drawers, campaign, '654321');
  const winners = await stores.draws.winners(campaign.id);
  expect(winners.map(({ tier, reserve }) => `${tier}${reserve ? ' reserve' : ''}`)).toEqual(
    ['nhat', 'nhi', 'nhi', 'nhi', 'nhi', 'nhi', 'nhi reserve', 'nhi reserve', 'nhi reserve'],
  ); // biome-ignore format: a list
  const places = winners.map(({ customer }) => Number(customer.slice(-7)));
  expect(places.slice(0, 2).sort()).toEqual([1, 2]);
  expect(places.slice(2, 6)).toEqual([3, 0, 4, 5]);
  const best = Math.max(...players.slice(6).map(({ points }) => points));
  for (const place of places.slice(6)) expect(players[place]!.points).toBe(best);

  const folder = await publishCampaign(drawers, campaign, SCRIPT);
  expect(await verify(folderAt(folder))).toMatchObject({ ok: true, winners: 6, rows: players.length });
  const { status, stdout } = spawnSync('python3', [SCRIPT, folder], { encoding: 'utf8' });
  expect([status, stdout]).toEqual([0, expect.stringContaining('6 winners; public number 654321')]);
  await here.close();
}, 60_000);
