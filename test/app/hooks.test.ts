import type { Activity } from '../../core/activity';
import type { Receipt } from '../../core/events';
import { hookedHouse, NOW, scriptedChannel } from './hooked-house';

const platform = scriptedChannel('telegram', { replyWindowHours: 24 });
const paid = scriptedChannel('sms');
let house: Awaited<ReturnType<typeof hookedHouse>>;
let count = 0;

beforeAll(async () => {
  house = await hookedHouse({ telegram: platform.channel, sms: paid.channel });
});
afterAll(() => house.close());
beforeEach(() => {
  platform.sent.length = platform.answers.length = paid.sent.length = paid.answers.length = 0;
  house.logged.length = 0;
});

const heard = (who: string, text: string, more: Partial<Activity> = {}): Activity => ({
  type: 'message',
  id: `e${++count}`,
  from: { id: who },
  conversation: { id: who },
  text,
  ...more,
});
const post = (activities: unknown, headers: Record<string, string> = {}, channel = 'telegram') =>
  house.http.inject({
    method: 'POST',
    url: `/hooks/${channel}`,
    headers: { 'x-secret': 'open', 'content-type': 'application/json', ...headers },
    payload: typeof activities === 'string' ? activities : JSON.stringify(activities),
  });
const settled = () => house.house.worker.idle(true);
const receipt = (who: string, value: Receipt) => heard(who, '', { type: 'event', name: 'receipt', value });
const rows = async (who: string, channel = 'telegram') => {
  const states = ['waiting', 'claimed', 'sent', 'delivered', 'read', 'failed', 'refused', 'unsure', 'expired'] as const;
  const found = (await Promise.all(states.map((state) => house.stores.outbox.byState(state, 1000)))).flat();
  return found
    .filter(({ conversation }) => conversation === `${channel}:${who}`)
    .sort((a, b) => a.order - b.order)
    .map(({ state, wire, code }) => ({ state, wire, ...(code && { code }) }));
};
const GREETING = /^Dạ em chào anh\/chị/;

describe('what a hook answers', () => {
  test('a message is kept before it is answered, and a redelivery is answered likewise and kept once', async () => {
    const one = heard('an', 'xin chào');
    for (const status of [await post([one]), await post([one])].map(({ statusCode }) => statusCode))
      expect(status).toBe(200);
    await settled();
    await post([one]);
    await settled();
    expect(platform.sent).toMatchObject([
      { address: { conversation: 'an', person: 'an' }, text: expect.stringMatching(GREETING) },
    ]);
  });

  test('the same ids on two platforms are two conversations', async () => {
    await Promise.all([post([heard('7', 'xin chào')]), post([heard('7', 'xin chào')], {}, 'sms')]);
    await settled();
    expect([platform.sent.length, paid.sent.length > 0]).toEqual([1, true]);
    expect(await house.stores.turns.last('telegram:7')).toMatchObject({ seq: 1 });
    expect(await house.stores.turns.last('sms:7')).toMatchObject({ seq: 1 });
  });

  test('a forged request is refused and nothing of it is kept', async () => {
    const forged = heard('eve', 'xin chào');
    expect((await post([forged], { 'x-secret': 'opened' })).statusCode).toBe(401);
    expect((await post([forged], { 'x-secret': 'open, open' })).statusCode).toBe(401);
    await settled();
    expect(await house.stores.inbox.find('telegram:eve', forged.id!)).toBeUndefined();
    expect(JSON.stringify(house.logged)).not.toMatch(/xin chào|opened/);
  });

  test.each([
    ['HEAD', 200],
    ['GET', 401],
    ['PUT', 405],
    ['DELETE', 405],
    ['OPTIONS', 405],
    ['PATCH', 405],
  ] as const)('%s is answered %i and keeps nothing', async (method, status) => {
    const answer = await house.http.inject({ method, url: '/hooks/telegram' });
    expect([answer.statusCode, answer.body]).toEqual([status, '']);
  });

  test('a challenge is answered as plain text, never as a page', async () => {
    const answer = await house.http.inject({ method: 'GET', url: '/hooks/telegram?challenge=<script>' });
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.statusCode).toBe(200);
  });

  test.each([
    ['no content type', {}],
    ['form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['text', { 'content-type': 'text/plain; charset=utf-16' }],
    ['xml', { 'content-type': 'application/xml' }],
  ])('the bytes are read whatever the content type says: %s', async (_name, headers) => {
    const one = heard(`type-${count}`, 'cảm ơn');
    const answer = await house.http.inject({
      method: 'POST',
      url: '/hooks/telegram',
      headers: { 'x-secret': 'open', ...headers },
      payload: Buffer.from(JSON.stringify([one])),
    });
    expect(answer.statusCode).toBe(200);
    expect(await house.stores.inbox.find(`telegram:${one.from!.id}`, one.id!)).toBeDefined();
    await settled();
  });

  test('a body over the bound is refused with 413; one under it is read', async () => {
    expect((await post('x'.repeat(1024 * 1024 + 1))).statusCode).toBe(413);
    expect((await post('x'.repeat(1024 * 1024))).statusCode).toBe(200);
  });

  test('while the store is being filled the platform is told to come again', async () => {
    house.ready(false);
    expect((await post([heard('an', 'xin chào')])).statusCode).toBe(503);
    house.ready(true);
  });

  test('an answer never waits for the turn', async () => {
    let free = () => {};
    const held = new Promise<void>((go) => {
      free = go;
    });
    const send = platform.channel.send;
    platform.channel.send = async (...args) => {
      await held;
      return send(...args);
    };
    expect((await post([heard('slow', 'xin chào')])).statusCode).toBe(200);
    expect(platform.sent).toEqual([]);
    free();
    await settled();
    expect(platform.sent).toHaveLength(1);
    platform.channel.send = send;
  });
});

describe('what leaves', () => {
  const menu = (who: string) => post([heard(who, 'xin chào')]);

  test('later ones wait for an earlier one, also those of the next turn, and all leave in their order', async () => {
    platform.channel.render = ({ text }) => ['đầu', text ?? ''];
    platform.answers.push({ is: 'later', afterMs: 60_000, why: 'too fast' });
    await menu('binh');
    await settled();
    await post([heard('binh', 'cảm ơn em')]);
    await settled();
    expect((await rows('binh')).map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting', 'waiting']);
    await house.later(59_000);
    expect(platform.sent).toEqual([]);
    await house.later(2_000);
    await house.later(2_000);
    expect(platform.sent.map(({ text }) => text)).toEqual([
      'đầu',
      expect.stringMatching(GREETING),
      'đầu',
      expect.stringMatching(/^Dạ không có chi/),
    ]);
    platform.channel.render = ({ text }) => (text ?? '').split('\n').filter(Boolean);
  });

  test('an unsure free answer is sent again under the same key', async () => {
    platform.answers.push({ is: 'unsure', why: 'no answer' });
    await menu('chi');
    await settled();
    const [waiting] = (await house.stores.outbox.byState('waiting', 10)).filter(({ conversation }) =>
      conversation.endsWith('chi'),
    );
    await house.later(2_000);
    expect(platform.sent).toMatchObject([{ key: waiting!.key }]);
  });

  test('an unsure paid one is parked; its receipt, by our key, settles it; nothing is sent twice', async () => {
    paid.answers.push({ is: 'unsure', why: 'no answer' });
    await post([heard('0901', 'xin chào')], {}, 'sms');
    await settled();
    await house.later(3_600_000);
    const [row] = await house.stores.outbox.byState('unsure', 10);
    expect(row).toMatchObject({ conversation: 'sms:0901' });
    await post([receipt('0901', { state: 'delivered', sendKey: row!.key })], {}, 'sms');
    await settled();
    expect((await rows('0901', 'sms'))[0]).toMatchObject({ state: 'delivered' });
    expect(paid.sent.filter(({ key }) => key === row!.key)).toEqual([]);
  });

  test('outside the reply window nothing is sent, and the row says why', async () => {
    await post([heard('dung', 'xin chào', { timestamp: new Date(house.clock.now - 25 * 3_600_000).toISOString() })]);
    await settled();
    expect(await rows('dung')).toMatchObject([{ state: 'refused', code: 'WINDOW_CLOSED' }]);
    expect(platform.sent).toEqual([]);
  });

  test('what waits is still in time when the customer has written since', async () => {
    platform.answers.push({ is: 'later', afterMs: 25 * 3_600_000, why: 'closed' });
    await menu('giang');
    await settled();
    house.clock.now += 24 * 3_600_000;
    await post([heard('giang', 'cảm ơn')]);
    await settled();
    await house.later(2 * 3_600_000);
    await house.later(2_000);
    expect((await rows('giang')).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  test('a channel that throws costs nobody their answer', async () => {
    const send = platform.channel.send;
    platform.channel.send = async () => {
      throw new Error('a bug');
    };
    await menu('hoa');
    await settled();
    platform.channel.send = send;
    await house.later(2_000);
    expect(platform.sent).toHaveLength(1);
    expect(house.logged).toContainEqual(expect.arrayContaining(['error']));
  });
});

describe('what is no message', () => {
  test('receipts by platform id and by watermark settle rows and make no turn; one that comes early waits', async () => {
    await post([heard('khoa', 'xin chào')]);
    await settled();
    await post([receipt('khoa', { state: 'delivered', platformIds: ['p1'] })]);
    await settled();
    expect(await rows('khoa')).toMatchObject([{ state: 'delivered' }]);
    await post([receipt('khoa', { state: 'read', upTo: house.clock.now })]);
    await settled();
    expect(await rows('khoa')).toMatchObject([{ state: 'read' }]);
    expect(await house.stores.turns.last('telegram:khoa')).toMatchObject({ seq: 1 });

    const early = receipt('lan', { state: 'delivered', platformIds: ['p2'] });
    await post([early]);
    await settled();
    expect(await house.stores.inbox.find('telegram:lan', early.id!)).toMatchObject({ state: 'waiting' });
    await post([heard('lan', 'xin chào')]);
    await settled();
    platform.sent.length = 0;
    await house.later(31_000);
    expect(await house.stores.inbox.find('telegram:lan', early.id!)).toMatchObject({ state: 'done' });
  });

  test('who came is greeted; who left is answered nothing', async () => {
    await post([heard('minh', '', { type: 'event', name: 'follow' })]);
    await settled();
    expect(platform.sent).toMatchObject([{ text: expect.stringMatching(GREETING) }]);
    await post([heard('minh', '', { type: 'event', name: 'unfollow' })]);
    await settled();
    expect(platform.sent).toHaveLength(1);
  });

  test('while a person writes in the platform’s console nothing is said, and again once they are gone', async () => {
    const taken = () => post([heard('nga', '', { type: 'event', name: 'taken' })]);
    await taken();
    await post([heard('nga', 'xin chào')]);
    await settled();
    expect(platform.sent).toEqual([]);
    await post([heard('nga', '', { type: 'event', name: 'returned' })]);
    await post([heard('nga', 'xin chào')]);
    await settled();
    expect(platform.sent).toHaveLength(1);
    await taken();
    await settled();
    house.clock.now += 31 * 60_000;
    await post([heard('nga', 'cảm ơn')]);
    await settled();
    expect(platform.sent).toHaveLength(2);
  });

  test('in a public place nothing is looked up and nothing is repeated', async () => {
    const group = { id: 'g1', isGroup: true };
    await post([heard('oanh', 'mã PP05000974006 nợ bao nhiêu, gọi em 0912345678', { conversation: group })]);
    await post([heard('oanh', 'PP0500', { conversation: group })]);
    await settled();
    const said = platform.sent.map(({ text }) => text).join('\n');
    expect(said).toMatch(/nhắn riêng/);
    expect(said).not.toMatch(/PP0500|0912|đồng|\d đ/);
    expect(await house.stores.turns.last('telegram:g1')).toMatchObject({
      orders: [],
      state: { memory: { facts: [], houses: [] } },
    });
  });
});

test('what was accepted is acknowledged to the platform, once, and its failure is nobody’s trouble', async () => {
  const told: string[] = [];
  platform.channel.acknowledge = async ({ id }) => {
    told.push(id!);
    throw new Error('no');
  };
  const one = heard('phuc', 'xin chào');
  await post([one]);
  await post([one]);
  await settled();
  expect(told).toEqual([one.id]);
  expect(NOW).toBeLessThan(house.clock.now);
});
