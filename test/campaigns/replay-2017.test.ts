import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { closeCampaign, drawCampaign, openCampaign, publishCampaign } from '../../app/draws';
import { folderAt } from '../../app/lists';
import { verify } from '../../campaigns/published';
import type { Campaign } from '../../core/campaign';
import { chance, request, stage } from './stage';

/** Document 1, part I: from its rules to the table of winners. */

const SCRIPT = join(__dirname, '../../scripts/verify_draw.py');
const python = (folder: string) => spawnSync('python3', [SCRIPT, folder], { encoding: 'utf8' });

let here: Awaited<ReturnType<typeof stage>>;
beforeEach(async () => {
  here = await stage();
});
afterEach(() => here.close());

const npc = (n: number) => `PA0100${String(n).padStart(7, '0')}`;
const foreign = (n: number) => `PC0100${String(n).padStart(7, '0')}`;
const AT = '2017-11-22T03:00:00.000Z';

/** `customers` in the order of their tickets; winners by slot */
const winnersOf = async (campaign: Campaign, customers: string[]) => {
  here.at('2017-11-20T00:00:00Z');
  await openCampaign(here.drawers, campaign);
  await Promise.all(
    customers.map((customer, n) =>
      here.stores.tickets.take(campaign, request({ who: `who ${n}`, customer, want: `want ${n}`, at: AT })),
    ),
  );
  here.at('2017-12-21T00:00:00Z');
  await closeCampaign(here.drawers, campaign);
  await drawCampaign(here.drawers, campaign);
  const winners = await here.stores.draws.winners(campaign.id);
  return winners.map(({ stratum, number, customer }) => [Number(stratum), number, customer]);
};

const people = (count: number) => Array.from({ length: count }, (_, n) => npc(n + 1));

test('200 foreign, 201 eligible: 201', async () => {
  const customers = people(205);
  customers[199] = foreign(1);
  expect(await winnersOf(here.campaign('evnnpc-2017-may-man'), customers)).toEqual([
    [1, 1, npc(1)],
    [200, 201, npc(201)],
  ]);
});

test('200 foreign, 201 foreign, 202 eligible: 202', async () => {
  const customers = people(205);
  customers[199] = foreign(1);
  customers[200] = foreign(2);
  expect(await winnersOf(here.campaign('evnnpc-2017-may-man'), customers)).toEqual([
    [1, 1, npc(1)],
    [200, 202, npc(202)],
  ]);
});

test('200 foreign, 201 has won, 202 eligible: 202; a winner again in 400: it passes to 401', async () => {
  const customers = people(410);
  customers[199] = foreign(1);
  customers[200] = npc(1);
  customers[399] = npc(1);
  expect(await winnersOf(here.campaign('evnnpc-2017-may-man'), customers)).toEqual([
    [1, 1, npc(1)],
    [200, 202, npc(202)],
    [400, 401, npc(401)],
  ]);
});

test('a winner again in 400, where the slot lapses: nobody', async () => {
  const passes = here.campaign('evnnpc-2017-may-man');
  const lapses: Campaign = { ...passes, selection: { kind: 'ordinal', first: 1, step: 200, repeat: 'lapses' } };
  const customers = people(610);
  customers[399] = npc(1);
  expect(await winnersOf(lapses, customers)).toEqual([
    [1, 1, npc(1)],
    [200, 200, npc(200)],
    [600, 600, npc(600)],
  ]);
});

test('30 days, 50,000 contacts over five channels, with foreign callers, repeat callers and one who floods', async () => {
  const campaign = here.campaign('evnnpc-2017-may-man');
  const { tickets } = here.stores;
  here.at('2017-11-20T00:00:00Z');
  await openCampaign(here.drawers, campaign);
  const next = chance(2017);
  const channels = ['phone', 'email', 'sms', 'web', 'counter'];
  const wants = ['bill.lookup', 'outage.report', 'complaint', 'service.contract'];
  const first = Date.parse('2017-11-20T17:00:00Z');
  const contacts = Array.from({ length: 50_000 }, (_, n) => {
    const at = new Date(first + Math.floor((n / 50_000) * 30 * 86_400_000)).toISOString();
    const caller = next(20) === 0 ? next(40) : 100 + next(30_000);
    const code = next(10) === 0 ? foreign(caller) : npc(caller);
    return request({ who: code, customer: code, channel: channels[next(5)]!, want: wants[next(4)]!, at });
  });
  // somebody wants to reach 200 by writing 500 times in a day
  const flood = Array.from({ length: 500 }, () =>
    request({ who: 'flooder', customer: npc(99_999), want: 'bill.lookup', channel: 'web', at: contacts[9000]!.at }),
  );
  contacts.splice(9000, 0, ...flood);
  const given = await Promise.all(contacts.map((one) => tickets.take(campaign, one)));

  const flooded = given.slice(9000, 9500).map((one) => ('number' in one ? one.number : 0));
  expect(new Set(flooded).size).toBe(1);
  // the rule again, in the plainest words: who has asked for the same on the same day has a number already
  const seen = new Map<string, number>();
  const order: typeof contacts = [];
  const numbers = contacts.map((one) => {
    const day = new Date(Date.parse(one.at) + 7 * 3_600_000).toISOString().slice(0, 10);
    const key = `${one.who}|${one.want}|${day}`;
    if (!seen.has(key)) seen.set(key, order.push(one));
    return seen.get(key);
  });
  expect(given.map((one) => ('number' in one ? one.number : one.is))).toEqual(numbers);
  expect(order.length).toBeLessThan(50_000);
  const won = new Set<string>();
  const expected: [slot: number, number: number][] = [];
  for (let slot = 1; slot <= order.length; slot = slot === 1 ? 200 : slot + 200) {
    let at = slot;
    while (at <= order.length && (order[at - 1]!.customer!.startsWith('PC') || won.has(order[at - 1]!.customer!))) at++;
    if (at > order.length || expected.some(([, number]) => number === at)) continue;
    won.add(order[at - 1]!.customer!);
    expected.push([slot, at]);
  }

  here.at('2017-12-21T00:00:00Z');
  await closeCampaign(here.drawers, campaign);
  expect(await tickets.take(campaign, request({ who: 'late', at: AT }))).toEqual({ is: 'closed' });
  const doc = await drawCampaign(here.drawers, campaign);
  const winners = await here.stores.draws.winners(campaign.id);
  expect(winners.map(({ stratum, number }) => [Number(stratum), number])).toEqual(expected);
  expect(doc!.winners).toBe(expected.length);
  expect(expected.length).toBeGreaterThan(200);

  const folder = await publishCampaign(here.drawers, campaign, SCRIPT);
  expect(await verify(folderAt(folder))).toMatchObject({ ok: true, faults: [], rows: order.length });
  const said = python(folder);
  expect([said.status, said.stderr, said.stdout]).toEqual([0, '', expect.stringContaining('holds: ')]);
  const [heading, top] = doc!.files.table!.split('\n');
  expect(heading).toMatch(
    /^Thứ tự ghi nhận trên hệ thống CRM,Họ và tên,Mã khách hàng,Số điện thoại,Địa chỉ khách hàng,/,
  );
  expect(top).toMatch(/^1,[^,]+,PA\*{10},/);
}, 90_000);
