import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messenger } from '../../bots/messenger';
import { profileOf } from '../../bots/messenger/profile';
import { type GraphFake, startGraph } from '../fakes/graph';
import { profileFault } from '../fakes/graph-rules';
import { portsFor, SETTINGS, settingsOf } from './messenger-harness';

let graph: GraphFake;
let server: Server;
let local: string;

/** The hook behind a proxy that ends TLS: the fake reaches it where it listens. */
const connect = (more: Record<string, string> = {}, url: string | undefined = 'https://cskh.example.vn') =>
  messenger.connect(
    settingsOf({ ...SETTINGS, GRAPH_API_BASE: graph.base, ...more }),
    portsFor({ publicUrl: (path) => url && url + path, utility: { name: 'Điện lực Đom Đóm', sample: true } as never }),
  );

beforeAll(async () => {
  graph = await startGraph();
  server = createServer(async (request, response) => {
    const verified = await connect().verify({ method: 'GET', url: request.url!, headers: {}, body: Buffer.alloc(0) });
    response.writeHead(verified.is === 'challenge' ? 200 : 403).end(verified.is === 'challenge' ? verified.answer : '');
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  local = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  graph.state.reach = (url) => url.replace('https://cskh.example.vn', local);
});
afterAll(async () => {
  server.close();
  await graph.stop();
});

const wrong = async (channel: ReturnType<typeof connect>, verb: 'check' | 'setup') =>
  (await channel[verb]!()).filter(({ is }) => is === 'wrong').map(({ what }) => what);

test('before: check says what is missing', async () => {
  expect(await wrong(connect(), 'check')).toEqual([
    'The app has no active webhook for pages.',
    'The page is not subscribed to the app.',
    expect.stringMatching(/^Not set: get_started, greeting, ice_breakers, persistent_menu\. Run: /),
  ]);
});

test('setup registers webhook, fields, menu, greeting and ice breakers, and says what is left for a person', async () => {
  const findings = await connect().setup!();
  expect(findings.filter(({ is }) => is === 'wrong')).toEqual([]);
  expect(findings.filter(({ is }) => is === 'todo').length).toBeGreaterThan(3);
  expect(graph.profile()).toMatchObject({ get_started: { payload: 'chat.greet' } });
  expect(await connect().check!()).toEqual(
    findings.filter(({ is }) => is === 'ok').map(() => ({ is: 'ok', what: expect.any(String) })),
  );
});

test('afterwards, again, and without the app id: nothing is wrong, the id is told', async () => {
  expect(await wrong(connect(), 'setup')).toEqual([]);
  const { MESSENGER_APP_ID: _none, ...rest } = SETTINGS;
  const unaware = messenger.connect(settingsOf({ ...rest, GRAPH_API_BASE: graph.base }), portsFor());
  expect(await unaware.check!()).toContainEqual({ is: 'todo', what: `Set MESSENGER_APP_ID=${graph.app.id}.` });
});

test('the menu and the ice breakers bring their wants', () => {
  const an = graph.person('2001');
  an.getsStarted({ ref: 'qr', source: 'SHORTLINK', type: 'OPEN_THREAD' });
  an.presses('Lịch cắt điện');
  an.presses('Nhà tôi mất điện');
  expect(graph.hooks.waiting()).toBe(3);
});

test.each([
  [
    'another token',
    { MESSENGER_PAGE_TOKEN: 'EAAB-wrong-token' },
    /MESSENGER_PAGE_TOKEN and MESSENGER_APP_SECRET: refused, TOKEN/,
  ],
  [
    'another secret',
    { MESSENGER_APP_SECRET: 'app-secret-wrong' },
    /MESSENGER_PAGE_TOKEN and MESSENGER_APP_SECRET: refused, INVALID/,
  ],
  [
    'another app',
    { MESSENGER_APP_ID: '123456' },
    /^MESSENGER_APP_ID is not the app of the page token, which is 880011\.$/,
  ],
])('%s is found out, and no secret is told', async (_name, more, finding) => {
  const found = await wrong(connect(more), 'check');
  expect(found.join()).toMatch(finding);
  for (const secret of Object.values({ ...SETTINGS, ...more }).filter((one) => !/^\d+$/.test(one)))
    expect(found.join()).not.toContain(secret);
});

test('a verify token that the server does not know, an address without TLS, no address', async () => {
  expect(await wrong(connect({ MESSENGER_VERIFY_TOKEN: 'another-verify-token' }), 'setup')).toEqual([
    expect.stringMatching(/refused, UNKNOWN \(2200\)/),
  ]);
  for (const url of ['http://cskh.example.vn', ''])
    expect(await wrong(connect({}, url), 'setup')).toEqual([expect.stringMatching(/^PUBLIC_URL is not set/)]);
});

test('the profile is within the limits for every utility name', () => {
  for (const name of ['A', 'Tổng công ty Điện lực Thành phố Hồ Chí Minh và các đơn vị thành viên trực thuộc miền Nam'])
    for (const sample of [true, false]) expect(profileFault({}, profileOf({ name, sample }))).toBeUndefined();
});
