import { registerHooks } from '../../app/hooks';
import { makeHouse } from '../../app/house';
import { makeHttp } from '../../app/http';
import { readSettings } from '../../app/settings';
import { BOTS } from '../../bots';
import type { Channel, ChannelName } from '../../core/channel';
import { openEmbedded, storesOf } from '../../data';
import { demoCustomers, sampleUtility } from '../../data/sample';
import { loadUtility } from '../../data/utilities';
import { createKnowledge } from '../../nlu/knowledge';
import { computeBill } from '../../tariff';
import { unconnectedChannels } from '../channels';
import { type GraphFake, PAGE_INBOX, startGraph } from '../fakes/graph';
import { understandingForTests } from '../nlu/model';
import { scratch } from '../processes';
import { portsFor, SETTINGS } from './messenger-harness';

const NOW = '2026-03-12T02:00:00.000Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CODE = demoCustomers()[0]!;

const store = scratch();
const logged: unknown[] = [];
let graph: GraphFake;
let house: ReturnType<typeof makeHouse>;
let stores: ReturnType<typeof storesOf>;
let http: ReturnType<typeof makeHttp>;
let people = 0;
let ready = true;
let alarms: string[] = [];

beforeAll(async () => {
  graph = await startGraph({ now: Date.parse(NOW) });
  const utility = await loadUtility('sample');
  stores = storesOf(await openEmbedded({ dir: store.dir }), utility.id);
  for (const { kind, rows } of sampleUtility({
    until: { year: 2026, month: 3 },
    now: NOW,
    customers: 40,
    utility,
    computeBill,
  }))
    await stores.writer.put(kind, rows as never);
  await stores.boots.start({ id: 'house', role: 'serve', pid: process.pid, host: 'test', at: NOW });
  const settings = readSettings({
    ...SETTINGS,
    MESSENGER_INBOX_APP_ID: PAGE_INBOX,
    GRAPH_API_BASE: graph.base,

    PORT: '0',
  });
  const log = Object.fromEntries(
    ['info', 'debug', 'error', 'fatal', 'warn'].map((level) => [level, (...line: unknown[]) => logged.push(line)]),
  ) as never;
  const ports = portsFor({
    clock: () => new Date(graph.now()),
    utility,
    picture: async () => ({ bytes: Buffer.from('PNG'), contentType: 'image/png' }),
  });
  alarms = ports.alarms;
  const messenger = BOTS.messenger.connect(settings as never, ports);
  const channels: Record<ChannelName, Channel> = { ...unconnectedChannels(), messenger };
  house = makeHouse({
    channels,
    opened: { stores, utility, boot: 'house', secret: 's', hash: (text) => text, close: () => stores.close() },
    understand: understandingForTests(),
    knowledge: createKnowledge([]),
    log,
    settings,
    clock: () => new Date(graph.now()),
  });
  http = makeHttp({ settings, log, ready: () => ready });
  await registerHooks(http, {
    channels: [messenger],
    accept: house.accept,
    synchronous: house.synchronous,
    ready: () => ready,
    log,
  });
  const address = await http.listen({ port: 0, host: '127.0.0.1' });
  expect(await graph.hooks.subscribe(`${address}/hooks/messenger`, 'another token')).toBe(false);
  expect(await graph.hooks.subscribe(`${address}/hooks/messenger`, graph.verifyToken)).toBe(true);
});
afterAll(async () => {
  await http.close();
  await house.worker.idle(true);
  await stores.close();
  await graph.stop();
  store.remove();
});

/** Everything that is on its way arrives, both ways, until nothing moves. */
const settle = async (how: Parameters<GraphFake['hooks']['deliver']>[0] = {}) => {
  do {
    await graph.hooks.deliver(how);
    await house.worker.idle(true);
  } while (graph.hooks.due() > 0);
};
/** Time passes, and what has become due is tried again, by the platform and by us. */
const later = async (ms: number) => {
  graph.advance(ms);
  await settle();
  (await house.watch(HOUR))();
  await settle();
};
const someone = () => graph.person(String(2000 + (people += 1)));
const turnsOf = ({ psid }: { psid: string }) => stores.turns.since(`messenger:${graph.page.id}:${psid}`, 0, 100);
const STATES = ['waiting', 'claimed', 'sent', 'delivered', 'read', 'failed', 'refused', 'unsure', 'expired'] as const;
const rowsOf = async ({ psid }: { psid: string }) =>
  (await Promise.all(STATES.map((state) => stores.outbox.byState(state, 1000))))
    .flat()
    .filter(({ conversation }) => conversation === `messenger:${graph.page.id}:${psid}`)
    .sort((a, b) => a.order - b.order);
const statesOf = async (person: { psid: string }) => (await rowsOf(person)).map(({ state }) => state);

test('a whole conversation about a bill: asked, shown where the code stands, told, tapped, delivered, read', async () => {
  const an = someone();
  an.says('tien dien thang nay cua toi bao nhieu');
  await settle();
  expect(an.said()).toContain('mã khách hàng');
  an.taps('Mã ở đâu?');
  await settle();
  expect(an.shown.at(-1)).toMatchObject({ attachment: { type: 'image' }, file: { size: 3, type: 'image/png' } });
  const before = an.shown.length;
  an.says(`ma cua toi la ${CODE}`);
  await settle();
  const [bill] = await stores.records.bills(CODE, undefined, 1);
  expect(an.said(before)).toContain(`${bill!.total.toLocaleString('vi-VN')} đ`);
  expect(an.shown.at(-1)!.quickReplies.length).toBeGreaterThan(1);
  an.taps('Còn nợ không?');
  await settle();
  expect(an.said()).toMatch(/nợ/);
  an.receives();
  an.reads();
  await settle();
  expect(new Set(await statesOf(an))).toEqual(new Set(['read']));
  expect(graph.calls.filter(({ status }) => status !== 200)).toEqual([]);
});

test('redelivery, disorder and duplicates are answered once', async () => {
  const binh = someone();
  for (const text of ['xin chào', `còn nợ bao nhiêu ${CODE}`, 'cảm ơn em']) binh.says(text);
  await settle({ together: true, twice: true, backwards: true });
  await graph.hooks.replay();
  await settle();
  const heard = (await turnsOf(binh)).flatMap((turn) => turn.heardIds);
  expect(heard).toHaveLength(3);
  expect(new Set(heard).size).toBe(3);
  expect(
    binh.shown.filter(({ text }) => /không còn nợ|đang nợ|còn nợ|chưa thanh toán|đã thanh toán/.test(text ?? '')),
  ).toHaveLength(1);
});

test('while we are down the platform tries again, and the message is answered once', async () => {
  const chi = someone();
  chi.says(`tiền điện ${CODE}`);
  ready = false;
  expect(await graph.hooks.deliver()).toBe(0);
  expect(chi.shown).toEqual([]);
  ready = true;
  await later(MINUTE);
  expect(chi.shown).toHaveLength(1);
});

test('an answer that may have left is not sent again once its echo came back', async () => {
  const dung = someone();
  graph.trouble({ reset: 'after' });
  dung.says(`tiền điện ${CODE}`);
  await settle();
  expect(await statesOf(dung)).toEqual(['delivered']);
  await later(10 * MINUTE);
  expect(dung.shown).toHaveLength(1);
  expect((await rowsOf(dung))[0]!.platformId).toBe(dung.shown[0]!.mid);
});

test('an answer that never left is sent when the platform is back: 5xx, rate limit, a break before the write, a lost token', async () => {
  const em = someone();
  graph.trouble({ status: 503 }, { answer: { code: 613 } }, { reset: 'before' });
  em.says(`tiền điện ${CODE}`);
  await settle();
  for (let n = 0; n < 4 && em.shown.length === 0; n += 1) await later(2 * MINUTE);
  expect(em.shown).toHaveLength(1);
  graph.loseToken();
  em.says('cảm ơn em');
  await settle();
  expect(em.shown).toHaveLength(1);
  expect(alarms.join()).toContain('TOKEN');
  graph.restoreToken();
  await later(11 * MINUTE);
  expect(em.shown).toHaveLength(2);
});

test('an answer that would be late is not sent', async () => {
  const giang = someone();
  giang.says(`tiền điện ${CODE}`);
  graph.trouble({ answer: { code: 613 } });
  await settle();
  await later(25 * HOUR);
  expect(giang.shown).toEqual([]);
  expect(await rowsOf(giang)).toMatchObject([{ state: 'refused', code: 'WINDOW_CLOSED' }]);
});

test('a person’s own words go out for seven days, as HUMAN_AGENT once the window has passed', async () => {
  const giau = someone();
  giau.says('xin chào');
  await settle();
  const [row] = await rowsOf(giau);
  const [wire] = BOTS.messenger
    .connect({}, portsFor())
    .render({ type: 'message', text: 'Em là Lan, em xem lại rồi ạ', from: { id: 'lan', role: 'agent' } });
  const wrote = (n: number) => ({
    ...row!,
    id: `${row!.id}:p${n}`,
    key: `${row!.key}:p${n}`,
    order: row!.order + n,
    wire,
    person: true as const,
    state: 'waiting' as const,
    open: 1 as const,
    dueAt: graph.now(),
    leaseBy: null,
    leaseUntil: null,
  });
  await later(30 * HOUR);
  await stores.outbox.enqueue([wrote(1)]);
  await later(0);
  expect(giau.shown.at(-1)).toMatchObject({ text: 'Em là Lan, em xem lại rồi ạ' });
  expect(graph.calls.at(-1)!.body).toMatchObject({ messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
  await later(6 * 24 * HOUR);
  await stores.outbox.enqueue([wrote(2)]);
  await later(0);
  expect((await rowsOf(giau)).at(-1)).toMatchObject({ state: 'refused', code: 'WINDOW_CLOSED' });
});

test('another app takes the thread: all is kept, nothing is answered, until it is passed back', async () => {
  const ha = someone();
  ha.says('xin chào');
  await settle();
  const greeted = ha.shown.length;
  graph.inbox.takes(ha.psid);
  await settle();
  ha.says(`tiền điện ${CODE}`);
  graph.inbox.says(ha.psid, 'Dạ chị chờ em xem');
  await settle();
  expect(ha.shown.slice(greeted).map(({ sender }) => sender)).toEqual([PAGE_INBOX]);
  expect((await turnsOf(ha)).flatMap(({ heard }) => heard.map(({ text }) => text))).toEqual(
    expect.arrayContaining([`tiền điện ${CODE}`, 'Dạ chị chờ em xem']),
  );
  graph.inbox.passesBack(ha.psid);
  ha.says(`tiền điện ${CODE}`);
  await settle();
  expect(ha.shown.at(-1)).toMatchObject({ sender: graph.app.id, text: expect.stringContaining(CODE) });
});

test('a thread that was let go without a word is ours with the next message; one sent before the take stays unanswered', async () => {
  const hoa = someone();
  hoa.says(`tiền điện ${CODE}`);
  graph.advance(1000);
  graph.inbox.takes(hoa.psid);
  await settle({ backwards: true });
  expect(hoa.shown).toEqual([]);
  graph.inbox.releases(hoa.psid);
  graph.advance(1000);
  hoa.says(`còn nợ không ${CODE}`);
  await settle();
  expect(hoa.shown).toHaveLength(1);
});

test('a person who writes in the inbox is not talked over for an hour', async () => {
  const khanh = someone();
  khanh.says('xin chào');
  await settle();
  graph.inbox.says(khanh.psid, 'Chào anh, em là Lan');
  await settle();
  const before = khanh.shown.length;
  graph.advance(10 * MINUTE);
  khanh.says(`tiền điện ${CODE}`);
  await settle();
  expect(khanh.shown).toHaveLength(before);
  graph.advance(51 * MINUTE);
  khanh.says(`tiền điện ${CODE}`);
  await settle();
  expect(khanh.shown.length).toBeGreaterThan(before);
});

test('a wish for a person is answered, then the thread goes to the inbox of the page', async () => {
  const lan = someone();
  lan.says('cho tôi gặp nhân viên');
  await settle();
  expect(lan.shown).toHaveLength(1);
  expect(graph.ownerOf(lan.psid)).toBe(PAGE_INBOX);
  lan.says(`tiền điện ${CODE}`);
  await settle();
  expect(lan.shown).toHaveLength(1);
});

test('a comment with a code is answered once, in private; every other comment is neither answered nor kept', async () => {
  const minh = someone();
  const calls = graph.calls.length;
  const asked = minh.comments(`Shop ơi tiền điện ${CODE} tháng này bao nhiêu`);
  const left = minh.comments('Khi nào có điện lại vậy?');
  await settle({ twice: true });
  const [bill] = await stores.records.bills(CODE, undefined, 1);
  expect(minh.shown).toHaveLength(1);
  const [{ text, quickReplies }] = minh.shown as [(typeof minh.shown)[0]];
  // as it reads in Messenger, not as a paid SMS
  expect(text).toContain(`${bill!.total.toLocaleString('vi-VN')} đ`);
  expect(text).toContain(`Dạ tiền điện tháng`);
  expect(text).toMatch(/nhắn vào đây/);
  expect(text).not.toMatch(/Soạn|8088/);
  expect(quickReplies).toEqual([]);
  expect(
    graph.calls.slice(calls).map(({ path, body }) => [path.split('/').slice(2).join('/'), body.recipient]),
  ).toEqual([['me/messages', { comment_id: asked }]]);
  expect(await stores.inbox.find(`messenger:${graph.page.id}:comment:${left}`, `comment:${left}`)).toBeUndefined();
});

test('a comment with a phone number and no code is asked in one private message, which opens the chat', async () => {
  const oanh = someone();
  oanh.comments('Nhà tôi 0912 345 678, tiền điện tháng này bao nhiêu');
  await settle();
  expect(oanh.shown).toHaveLength(1);
  expect(oanh.shown[0]!.text).toMatch(/mã khách hàng/);
  expect(oanh.shown[0]!.text).not.toMatch(/Soạn|8088|0912/);
  oanh.says(`tiền điện ${CODE}`);
  await settle();
  expect(oanh.shown).toHaveLength(2);
});

test('someone who blocked the page is not tried again', async () => {
  const nam = someone();
  nam.says('xin chào');
  nam.blocks();
  await settle();
  await later(HOUR);
  expect(await rowsOf(nam)).toMatchObject([{ state: 'refused', code: 'PERSON_UNAVAILABLE' }]);
});

test('nothing that a customer wrote, and no secret, is in the logs', () => {
  const lines = JSON.stringify(logged) + alarms.join();
  for (const hidden of [CODE, 'xin chào', graph.page.token, graph.app.secret, graph.verifyToken])
    expect(lines).not.toContain(hidden);
  for (const { path, query } of graph.calls) expect(`${path}?${query}`).not.toContain(graph.page.token);
});
