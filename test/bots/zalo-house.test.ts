import fastify, { type FastifyInstance } from 'fastify';
import { openChannels } from '../../app/channels';
import { registerHooks } from '../../app/hooks';
import { type House, makeHouse } from '../../app/house';
import { readSettings } from '../../app/settings';
import { openEmbedded, storesOf } from '../../data';
import { loadSample } from '../../data/sample';
import { loadUtility } from '../../data/utilities';
import { createKnowledge } from '../../nlu/knowledge';
import { computeBill } from '../../tariff';
import { type FakeZalo, type FakeZaloOptions, startZalo } from '../fakes/zalo';
import { understandingForTests } from '../nlu/model';
import { scratch } from '../processes';

const CODE = 'PP05000974006';
const HOUR = 3_600_000;
const place = scratch();
const logged: string[] = [];
const write = (...line: unknown[]) => void logged.push(JSON.stringify(line));
let stores: ReturnType<typeof storesOf>;
let utility: Awaited<ReturnType<typeof loadUtility>>;
let zalo: FakeZalo;
let first: Record<string, string>;
let house: House;
let http: FastifyInstance;
let people = 0;
let fakes = 0;
const understand = understandingForTests();

/** The house as `serve` joins it, on the platform, over HTTP in both directions. */
const open = async (options: FakeZaloOptions = {}) => {
  fakes += 1;
  zalo = await startZalo({ ...options, named: String(fakes) });
  first = zalo.settings();
  const settings = readSettings(first);
  const opened = { stores, utility, boot: 'zalo', secret: 's', hash: (text: string) => text, close: async () => {} };
  const log = { info: write, warn: write, debug: write, error: write, fatal: write } as never;
  const clock = zalo.clock.now;
  const channels = openChannels(settings, opened, log, clock);
  house = makeHouse({
    opened,
    channels,
    understand,
    knowledge: createKnowledge([]),
    log,
    settings,
    clock,
    gatherMs: 0,
  });
  http = fastify();
  await registerHooks(http, {
    channels: Object.values(channels),
    accept: house.accept,
    synchronous: house.synchronous,
    ready: () => true,
    log,
  });
  const address = await http.listen({ host: '127.0.0.1', port: 0 });
  expect(await zalo.webhook.register(`${address}/hooks/zalo`)).toBe(true);
};
const quiet = async () => {
  await house.worker.idle(true);
  await zalo.webhook.settled();
  await house.worker.idle(true);
};
const later = async (ms: number) => {
  await zalo.clock.advance(ms);
  (await house.watch(1_000_000))();
  await quiet();
};
const somebody = () => {
  people += 1;
  return zalo.person(`24684588352919${7000 + people}`);
};
const turnsOf = (id: string) => stores.turns.since(`zalo:${id}`, 0, 100);

beforeAll(async () => {
  utility = await loadUtility('sample');
  stores = storesOf(await openEmbedded({ dir: place.dir }), utility.id);
  const ticks = { elapsed: () => 0, rest: async () => {} };
  const now = '2026-03-12T01:00:00.000Z';
  await loadSample(stores.writer, stores.meta, {
    until: { year: 2026, month: 3 },
    now,
    utility,
    computeBill,
    ticks,
    customers: 40,
  });
  await stores.boots.start({ id: 'zalo', role: 'chat', pid: process.pid, host: 'test', at: now });
});
afterEach(async () => {
  if (!http.server.listening) return;
  await http.close();
  await house.worker.idle(true);
  await zalo.close();
});
afterAll(async () => {
  await stores.close();
  place.remove();
});

test('a conversation about a bill: typed, by button, by number, and each message told as read', async () => {
  await open();
  const customer = somebody();
  await customer.follows();
  await quiet();
  expect(customer.heard().length).toBeGreaterThan(0);
  await customer.says(`mã ${CODE} tháng 10/2016 hết bao nhiêu tiền điện`);
  await quiet();
  const answer = customer.heard().at(-1)!;
  expect(
    customer
      .heard()
      .map(({ message }) => message.text)
      .join('\n'),
  ).toMatch(/500\.550|đồng|đ/);
  const buttons =
    answer.message.attachment && 'buttons' in answer.message.attachment.payload
      ? answer.message.attachment.payload.buttons
      : [];
  expect(buttons.length).toBeGreaterThan(0);
  expect(buttons.length).toBeLessThanOrEqual(5);

  const said = customer.heard().length;
  await customer.taps(buttons[0]!.title);
  await quiet();
  expect(customer.heard().length).toBeGreaterThan(said);
  const tapped = (await turnsOf(customer.id)).at(-1)!;
  expect(tapped.heard[0]).toMatchObject({ text: buttons[0]!.title, value: expect.stringMatching(/^[a-z]/) });
  expect(JSON.stringify(customer.heard().map(({ message }) => message.text))).not.toContain('#chon');

  await customer.sees(customer.heard().map(({ id }) => id));
  await quiet();
  const rows = await stores.outbox.byState('read', 100);
  expect(rows.filter(({ address }) => address.person === customer.id)).toHaveLength(customer.heard().length);
  expect((await turnsOf(customer.id)).length).toBe(3);
});

test('a message that comes twice, again by the ladder, and out of order is answered once each', async () => {
  await open({ receipts: 'straight', echo: 'before' });
  const customer = somebody();
  zalo.webhook.hold();
  const events = [await customer.says('xin chào'), await customer.says(`mã ${CODE} còn nợ bao nhiêu`)];
  await zalo.webhook.release((list) => [...list].reverse());
  await quiet();
  const answered = customer.heard().length;
  expect((await turnsOf(customer.id)).flatMap(({ heardIds }) => heardIds)).toHaveLength(2);
  for (const event of [...events, ...events]) await zalo.webhook.deliver(event);
  await quiet();
  expect(customer.heard()).toHaveLength(answered);

  // our server is away: the ladder brings the message later, and once it was heard it is not brought again
  const { port } = http.server.address() as { port: number };
  await http.close();
  await customer.says('cảm ơn em nhiều nha');
  await zalo.clock.advance(29_000);
  expect(customer.heard()).toHaveLength(answered);
  http = fastify();
  const log = { info: write, warn: write, debug: write, error: write, fatal: write } as never;
  const channels = openChannels(
    readSettings(first),
    { stores, utility, boot: 'zalo', secret: 's', hash: (text) => text, close: async () => {} },
    log,
    zalo.clock.now,
  );
  await registerHooks(http, {
    channels: [channels.zalo],
    accept: house.accept,
    synchronous: house.synchronous,
    ready: () => true,
    log,
  });
  await http.listen({ host: '127.0.0.1', port });
  await zalo.clock.advance(2 * HOUR);
  await quiet();
  expect(customer.heard()).toHaveLength(answered + 1);
  expect(zalo.webhook.attempts.at(-1)).toMatchObject({ status: 200 });
  expect(zalo.webhook.attempts.filter(({ retry }) => retry === 1)).toHaveLength(1);
  expect(zalo.webhook.disabled).toBe(false);
  for (const { status, tookMs } of zalo.webhook.attempts) if (status === 200) expect(tookMs).toBeLessThan(2000);
});

test('sends that meet faults arrive in order; a reply past seven days is not tried', async () => {
  await open({ echo: 'never' });
  const customer = somebody();
  zalo.hosts.oa.fail('/v3.0/oa/message/cs', 'drop-before');
  await customer.says('xin chào');
  await quiet();
  expect(customer.heard()).toHaveLength(0);
  await later(2_000);
  expect(customer.heard()).toHaveLength(1);

  zalo.hosts.oa.fail('/v3.0/oa/message/cs', { body: { error: -32, message: 'OA has reached its limit' } });
  await customer.says('cảm ơn em');
  await quiet();
  expect(customer.heard()).toHaveLength(1);
  await later(61_000);
  expect(customer.heard()).toHaveLength(2);

  zalo.hosts.oa.fail('/v3.0/oa/message/cs', { body: { error: -200, message: 'failed' } });
  await customer.says('xin chào');
  await quiet();
  await later(7 * 24 * HOUR + 1_000);
  expect(customer.heard()).toHaveLength(2);
  const refused = await stores.outbox.byState('refused', 10);
  expect(refused.filter(({ address }) => address.person === customer.id)).toMatchObject([{ code: 'WINDOW_CLOSED' }]);
});

test('somebody of the utility writes in the console of Zalo: we keep silent', async () => {
  await open();
  const customer = somebody();
  await customer.says('xin chào');
  await quiet();
  const before = customer.heard().length;
  const ends = { sender: { id: '388613280878808645', admin_id: '5' }, recipient: { id: customer.id } };
  await zalo.webhook.deliver(zalo.event('oa_send_text', { ...ends, message: { msg_id: 'h1', text: 'Em là Lan ạ' } }));
  await customer.says('cho hỏi tiền điện');
  await quiet();
  expect(customer.heard()).toHaveLength(before);
});

test('an anonymous visitor is answered in text, with numbers in the place of buttons', async () => {
  await open();
  const ends = { sender: { id: 'a1b2c3' }, recipient: { id: '388613280878808645' } };
  await zalo.webhook.deliver(
    zalo.event('anonymous_send_text', {
      ...ends,
      message: { msg_id: 'an1', text: 'xin chào', conversation_id: 'cv1' },
    }),
  );
  await quiet();
  const heard = zalo.oa.messages.filter(({ to }) => to === 'anonymous:a1b2c3:cv1');
  expect(heard.length).toBeGreaterThan(0);
  expect(heard.at(-1)!.message.attachment).toBeUndefined();
});

test('no log line held a token, a secret or what customers wrote', () => {
  const all = logged.join('\n');
  for (const hidden of ['access-token-', 'refresh-token-', 'secret-of-the-fake', 'hết bao nhiêu tiền điện', CODE])
    expect(all).not.toContain(hidden);
});
