import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeCampaign, drawCampaign, openCampaign, publishCampaign } from '../../app/draws';
import { folderAt } from '../../app/lists';
import { draw, sha256, winnersFile } from '../../campaigns/draw';
import { verify } from '../../campaigns/published';
import type { Campaign } from '../../core/campaign';
import { chance, request, stage } from './stage';

/** Document 2: a draw per province, from its rules to the table; and what a changed byte does. */

const SCRIPT = join(__dirname, '../../scripts/verify_draw.py');
const python = (folder: string) => spawnSync('python3', [SCRIPT, folder], { encoding: 'utf8' });

let here: Awaited<ReturnType<typeof stage>>;
let campaign: Campaign;
let folder: string;
beforeAll(async () => {
  here = await stage();
  campaign = here.campaign('evnspc-2021-app');
}, 60_000);
afterAll(() => here.close());

const strata = () => (campaign.selection.kind === 'stratified' ? campaign.selection.strata : []);
const AT = '2021-12-05T03:00:00.000Z';

test('651 winners over 21 provinces, quotas and value exact; both verifiers agree', async () => {
  const { stores, drawers } = here;
  here.at('2021-11-25T00:00:00Z');
  const { seed, files } = await openCampaign(drawers, campaign);
  expect(files.opened).not.toContain(seed);
  const next = chance(2021);
  const installs = Array.from({ length: 4200 }, (_, n) => {
    const head = strata()[n % 21]!.heads[0]!.padEnd(4, '0');
    const customer = `${head}01${String(next(9_999_999)).padStart(7, '0')}`;
    return request({ who: customer, customer, want: 'install', channel: 'app', at: AT });
  });
  const foreigner = request({ who: 'f', customer: 'PA01000000001', want: 'install', channel: 'app', at: AT });
  const staff = installs[7]!.customer!;
  await Promise.all([...installs, foreigner].map((one) => stores.tickets.take(campaign, one)));
  // the same customer installs again: no second chance
  expect(await stores.tickets.take(campaign, installs[3]!)).toMatchObject({ is: 'repeat' });

  await expect(closeCampaign(drawers, campaign)).rejects.toMatchObject({ code: 'BAD_STEP' });
  here.at('2022-01-02T00:00:00Z');
  const closed = await closeCampaign(drawers, campaign, new Set([staff]));
  await expect(drawCampaign(drawers, campaign, '123456')).rejects.toMatchObject({ code: 'BAD_STEP' });
  here.at('2022-01-04T00:00:00Z');
  await expect(drawCampaign(drawers, campaign)).rejects.toMatchObject({ code: 'BAD_STEP' });
  const drawn = await drawCampaign(drawers, campaign, '123456');
  expect(drawn!.winners).toBe(651);
  expect(closed.rows).toBe(new Set(installs.map(({ customer }) => customer)).size - 1);

  const winners = (await stores.draws.winners(campaign.id)).filter(({ reserve }) => !reserve);
  const worth = winners.reduce((sum, { tier }) => sum + campaign.prizes.find((one) => one.tier === tier)!.value!, 0);
  expect(worth).toBe(1_470_000_000);
  expect(new Set(winners.map(({ customer }) => customer)).size).toBe(651);
  expect(winners.map(({ customer }) => customer)).not.toContain(staff);
  for (const { name, heads } of strata()) {
    const own = winners.filter(({ stratum }) => stratum === name);
    expect(own.every(({ customer }) => heads.some((head) => customer.startsWith(head)))).toBe(true);
    const count = (tier: string) => own.filter((one) => one.tier === tier).length;
    expect([name, count('nhat'), count('nhi'), count('ba'), count('khuyen-khich')]).toEqual([name, 1, 5, 10, 15]);
  }
  folder = await publishCampaign(drawers, campaign, SCRIPT);
  expect(await verify(folderAt(folder))).toEqual({
    ok: true,
    faults: [],
    rows: closed.rows,
    winners: 651,
    publicNumber: '123456',
  });
  const said = python(folder);
  expect([said.status, said.stderr]).toEqual([0, '']);
  expect(said.stdout).toContain('651 winners; public number 123456');
  // no code and no phone in clear in anything that is published
  for (const name of readdirSync(folder))
    if (/\.(csv|json|txt)$/.test(name)) expect(readFileSync(join(folder, name), 'utf8')).not.toMatch(/P[BK][0-9]{11}/);
}, 60_000);

test('one changed byte of any published file: neither verifier lets it pass', async () => {
  const next = chance(77);
  const names = readdirSync(folder).filter((name) => /\.(csv|json|txt)$/.test(name));
  expect(names.sort()).toEqual(
    ['closed.json', 'draw.json', 'entrants.csv', 'opened.json', 'public-number.txt', 'rules.json', 'seed.txt', 'table.csv', 'winners.csv'],
  ); // biome-ignore format: a list
  const copy = join(here.dir, 'changed');
  cpSync(folder, copy, { recursive: true });
  for (const name of names) {
    const bytes = readFileSync(join(folder, name));
    const places = [0, bytes.length - 1, ...Array.from({ length: 6 }, () => next(bytes.length))];
    for (const [n, place] of places.entries()) {
      const changed = Buffer.from(bytes);
      changed[place] = changed[place]! ^ (1 << next(7));
      writeFileSync(join(copy, name), changed);
      expect([name, place, (await verify(folderAt(copy))).ok]).toEqual([name, place, false]);
      if (n >= 3) continue;
      const { status, stdout, stderr } = python(copy);
      expect([name, place, status, stderr, stdout.slice(0, 7)]).toEqual([name, place, 1, '', 'FAULT: ']);
    }
    writeFileSync(join(copy, name), bytes);
  }
  expect((await verify(folderAt(copy))).ok).toBe(true);
}, 60_000);

const key = (n: number) => sha256(`entrant ${n}`).slice(0, 22);
const listOf = (rows: [key: string, stratum: string][]) => [
  'key,stratum',
  ...rows.sort(([a], [b]) => (a < b ? -1 : 1)).map((row) => row.join(',')),
];
const drawnFrom = (rules: Campaign, lines: string[], publicNumber = '1') =>
  draw({ rules, lines: [lines], listHash: sha256(`${lines.join('\n')}\n`), chance: { seed: 's', publicNumber } });

test('a province with too few entrants: the last prizes stay with nobody, or go to the others, as the rules say', async () => {
  const few = strata()[19]!.name;
  const rows = strata().flatMap(({ name }, s) =>
    Array.from({ length: name === few ? 8 : 60 }, (_, n): [string, string] => [key(s * 1000 + n), name]),
  );
  const unawarded = (await drawnFrom(campaign, listOf(rows))).filter(({ reserve }) => !reserve);
  expect(unawarded).toHaveLength(651 - 31 + 8);
  expect(unawarded.filter(({ slot }) => slot === few).map(({ tier }) => tier)).toEqual(['nhat', 'nhi', 'nhi', 'nhi', 'nhi', 'nhi', 'ba', 'ba']); // biome-ignore format: a list
  const selection = { ...campaign.selection, shortage: 'pooled' } as Campaign['selection'];
  const pooled = (await drawnFrom({ ...campaign, selection }, listOf(rows))).filter(({ reserve }) => !reserve);
  expect(pooled).toHaveLength(651);
  expect(new Set(pooled.map(({ key }) => key)).size).toBe(651);
  const own = new Map(rows);
  expect(pooled.filter(({ slot, key }) => slot !== own.get(key)).every(({ slot }) => slot === few)).toBe(true);
});

test('neither the order of entrants nor that of tickets changes a winner', async () => {
  const rows = strata().flatMap(({ name }, s) =>
    Array.from({ length: 40 }, (_, n): [string, string] => [key(s * 1000 + n), name]),
  );
  const one = winnersFile(await drawnFrom(campaign, listOf([...rows])));
  const other = winnersFile(await drawnFrom(campaign, listOf([...rows].reverse())));
  expect(other).toBe(one);
  await expect(drawnFrom(campaign, ['key,stratum', ...rows.map((row) => row.join(','))])).rejects.toMatchObject({
    code: 'BAD_FILE',
  });
});
