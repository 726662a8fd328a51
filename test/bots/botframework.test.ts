import { botframework } from '../../bots/botframework';
import { type Activity, HERO, TABLE, tableOf } from '../../core/activity';
import type { Ports, RawRequest } from '../../core/channel';
import { hookedHouse } from '../app/hooked-house';
import { noPorts } from '../channels';
import { channelContract } from '../contracts/channel';
import { FakeConnector } from '../fakes/bot-connector';
import { freePort } from '../processes';

const fake = new FakeConnector();
const alarms: string[] = [];
const ports = (patienceMs = 5_000): Ports => ({
  ...noPorts,
  clock: () => new Date(),
  fetch,
  publicUrl: (path) => `https://chat.example.vn${path}`,
  alarm: (what) => alarms.push(what),
  deadline: () => AbortSignal.timeout(patienceMs),
});
const settings = (base: string, password = fake.app.password) => ({
  MicrosoftAppId: fake.app.id,
  MicrosoftAppPassword: password,
  MicrosoftAppTenantId: 'botframework.com',
  ToChannelFromBotLoginUrl: base,
  ToBotFromChannelOpenIdMetadataUrl: `${base}/openid`,
});

let authorization = '';
const { error } = console;
const lines = new Set<string>();
console.error = (...line) => void lines.add(line.map(String).join(' ').slice(0, 2000));
afterAll(async () => {
  console.error = error;
  await fake.stop();
});

/** the SDK prints what it refuses: held to the same rule as our logs */
const printed = () => [...lines].join('\n');

const request = (body: Buffer | object, header = authorization): RawRequest => ({
  method: 'POST',
  url: '/api/messages',
  headers: { authorization: header, 'content-type': 'application/json' },
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
});
const say = (text: string, who = 'u1', more = {}) => fake.activity({ text, id: `m-${text}-${who}`, ...more }, who);
const buttons = ({ attachments = [] }: Activity) =>
  attachments.flatMap(({ contentType, content }) =>
    contentType === HERO ? (content as { buttons: { title: string; value: string }[] }).buttons : [],
  );
const written = ({ text = '', attachments = [] }: Activity): string =>
  [
    text,
    ...attachments.flatMap((one) =>
      one.contentType === TABLE
        ? [...JSON.stringify(one.content).matchAll(/"text":("(?:[^"\\]|\\.)*")/g)].map(
            ([, cell]) => JSON.parse(cell!) as string,
          )
        : [],
    ),
  ].join('\n');

// the contract describes its channel before anything listens, so the fake is given its port beforehand
let connected = botframework.connect({}, noPorts);
beforeAll(async () => {
  const base = await fake.start();
  authorization = fake.authorization();
  connected = botframework.connect(settings(base), ports());
});
const shown = botframework.connect({ ...settings('http://127.0.0.1:1') }, ports());
const channel = new Proxy(shown, { get: (_, key) => connected[key as keyof typeof connected] });
/** a request whose parts that need the running fake are filled in when they are read */
const lazily = (make: () => RawRequest): RawRequest =>
  new Proxy({} as RawRequest, { get: (_, key) => make()[key as keyof RawRequest] });
const heard = (name: string, make: () => object, ...activities: Partial<Activity>[]) => ({
  name,
  request: lazily(() => request(make())),
  activities,
});
const wire: Activity = { type: 'message', text: 'Dạ' };

channelContract<Activity>('botframework', () => ({
  channel,
  payloads: [
    heard('text', () => say('mất điện rồi'), {
      text: 'mất điện rồi',
      from: { id: 'u1' },
      conversation: { id: 'conv-u1' },
    }),
    heard('tap in Web Chat', () => say('Gặp nhân viên', 'u1', { value: 'agent.request' }), { value: 'agent.request' }),
    heard('tap in Teams', () => say('Em làm được gì', 'u1', { channelId: 'msteams', value: { value: 'help.menu' } }), {
      value: 'help.menu',
    }),
    heard(
      'a channel of Teams',
      () =>
        say('<at>Đom Đóm</at> xin chào', 'u1', {
          channelId: 'msteams',
          conversation: { id: '19:a@thread', isGroup: true, conversationType: 'channel' },
        }),
      { text: 'xin chào', conversation: { id: '19:a@thread', isGroup: true } },
    ),
    heard(
      'who came',
      () =>
        fake.activity({
          type: 'conversationUpdate',
          id: 'c1',
          text: undefined,
          membersAdded: [{ id: 'bot1' }, { id: 'u1' }],
        }),
      { type: 'event', name: 'follow', from: { id: 'u1' } },
    ),
    heard(
      'a picture',
      () =>
        say('', 'u2', {
          attachments: [
            { contentType: 'image/png', contentUrl: 'https://example.org/a.png' },
            { contentType: 'text/html', content: '<p>' },
          ],
        }),
      { attachments: [{ contentType: 'image/png' }] },
    ),
  ],
  forgeries: [
    { name: 'another key', request: lazily(() => request(say('a'), fake.authorization({ key: true }))) },
    {
      name: 'another app',
      request: lazily(() => request(say('a'), fake.authorization({ claims: { aud: 'another' } }))),
    },
    {
      name: 'another issuer',
      request: lazily(() => request(say('a'), fake.authorization({ claims: { iss: 'https://evil.example' } }))),
    },
    {
      name: 'expired',
      request: lazily(() => request(say('a'), fake.authorization({ claims: { exp: 1_700_000_000 } }))),
    },
    {
      name: 'another service address',
      request: lazily(() => request(say('a', 'u1', { serviceUrl: 'https://evil.example/' }))),
    },
    { name: 'no service address', request: lazily(() => request(say('a', 'u1', { serviceUrl: undefined }))) },
    { name: 'no algorithm', request: lazily(() => request(say('a'), fake.authorization({ alg: 'none' }))) },
    {
      name: 'one character of the token',
      request: lazily(() =>
        request(
          say('a'),
          authorization.slice(0, -9) + (authorization.at(-9) === 'A' ? 'B' : 'A') + authorization.slice(-8),
        ),
      ),
    },
    { name: 'no token', request: lazily(() => request(say('a'), '')) },
    {
      name: 'a channel of another hosting',
      request: lazily(() => request(say('a', 'u1', { channelId: 'AseChannel' }))),
    },
    {
      name: 'a channel that the key does not endorse',
      request: lazily(() => request(say('a', 'u1', { channelId: 'facebook' }))),
    },
  ],
  people: [lazily(() => request(say('a', 'u1'))), lazily(() => request(say('a', 'u2')))],
  echoes: [
    lazily(() => request(fake.activity({ text: 'a', from: { id: 'bot1' } }))),
    lazily(() => request(fake.activity({ text: 'a', from: { id: 'x', role: 'bot' } }))),
  ],
  unknown: [
    lazily(() => request(fake.activity({ type: 'invoke', name: 'adaptiveCard/action' }))),
    lazily(() => request(fake.activity({ type: 'typing' }))),
    lazily(() => request(fake.activity({ type: 'conversationUpdate', membersAdded: [{ id: 'bot1' }] }))),
  ],
  withBody: request,
  forgedBody: (body) => request(body, 'Bearer a.b.c'),
  textOf: written,
  tappable: (one) => buttons(one).map(({ title, value }) => ({ title, value })),
  tap: (wires, n) => {
    const { title, value } = buttons(wires.at(-1)!)[n]!;
    return request(say(title, 'u1', { value }));
  },
  deliveries: (
    [
      ['sent', [], 'accepted'],
      ['429', [429], 'later'],
      ['500', [500], 'later'],
      ['403', [403], 'refused'],
      ['404', [404], 'refused'],
      ['400', [400], 'refused'],
      ['broken after the work', ['after'], 'unsure'],
    ] as const
  ).map(([name, faults, is]) => ({ name, wire, is, answers: () => void fake.faults.splice(0, 9, ...faults) })),
  address: {
    conversation: 'conv-u1',
    person: 'u1',
    get route() {
      return JSON.stringify({ serviceUrl: `${fake.base}/`, channelId: 'webchat', bot: 'bot1' });
    },
  },
  secrets: [fake.app.password, 'token-of-the-fake'],
  without: {
    challenge: 'every request carries a token',
    receipts: 'Bot Framework tells nothing of delivery or reading',
  },
}));

const address = (base = fake.base) => ({
  channel: 'botframework' as const,
  conversation: 'conv-u1',
  person: 'u1',
  route: JSON.stringify({ serviceUrl: `${base}/`, channelId: 'webchat', bot: 'bot1' }),
});

test('nobody at the other end is later; no answer is unsure; an unknown way back is refused; each is sent once', async () => {
  fake.taken.length = 0;
  expect(await channel.send(address(`http://127.0.0.1:${await freePort()}`), wire, 'k')).toMatchObject({ is: 'later' });
  expect(await channel.send({ ...address(), route: 'x' }, wire, 'k')).toMatchObject({
    is: 'refused',
    code: 'NO_ROUTE',
  });
  fake.faults.splice(0, 9, 'silent');
  const hasty = botframework.connect(settings(fake.base), ports(300));
  expect(await hasty.send(address(), wire, 'k')).toMatchObject({ is: 'unsure' });
  expect(fake.taken).toHaveLength(1);
});

test('a wrong password is later, with an alarm; check says so without showing it', async () => {
  const wrong = botframework.connect(settings(fake.base, 'not-the-password'), ports());
  expect(await wrong.send(address(), wire, 'k')).toMatchObject({ is: 'later' });
  expect(alarms).toHaveLength(1);
  const found = await wrong.check!();
  expect(found.map(({ is }) => is)).toEqual(['wrong', 'todo']);
  expect((await channel.check!()).map(({ is }) => is)).toEqual(['ok', 'todo']);
  expect(JSON.stringify(found)).not.toContain('not-the-password');
});

test('without settings there is no hook and it refuses', async () => {
  const off = botframework.connect({}, noPorts);
  expect(off.hooks).toEqual([]);
  expect(await off.send(address(), wire, 'k')).toMatchObject({ is: 'refused', code: 'NOT_SET_UP' });
});

test('through the house: a greeting with buttons, a tap, a redelivery, a group that hears nothing of a record', async () => {
  fake.taken.length = 0;
  const house = await hookedHouse({ botframework: connected });
  const post = async (activity: object, header = authorization) =>
    (
      await house.http.inject({
        method: 'POST',
        url: '/api/messages',
        headers: { authorization: header, 'content-type': 'application/json' },
        payload: JSON.stringify(activity),
      })
    ).statusCode;
  const hello = say('xin chào', 'u9');
  expect([await post(hello), await post(hello), await post(hello, 'Bearer a.b.c')]).toEqual([200, 200, 401]);
  await house.house.worker.idle(true);
  expect(fake.taken).toHaveLength(1);
  const [{ activity, conversation }] = fake.taken as unknown as [
    { activity: Record<string, unknown>; conversation: string },
  ];
  expect(conversation).toBe('conv-u9');
  expect(activity).toMatchObject({ text: expect.stringMatching(/^Dạ em chào/), recipient: { id: 'u9' } });
  const menu = buttons(activity as never).find(({ value }) => value === 'help.menu')!;
  await post(say(menu.title, 'u9', { value: menu.value }));
  const group = { id: '19:b@thread', isGroup: true, conversationType: 'groupChat' };
  await post(say('nợ PP05000974006', 'u9', { channelId: 'msteams', conversation: group }));
  await house.house.worker.idle(true);
  const said = fake.taken.slice(1).map((one) => String(one.activity.text));
  expect(said.some((text) => /^Dạ em xem giúp được/.test(text))).toBe(true);
  expect(said.some((text) => /nhắn riêng/.test(text))).toBe(true);
  expect(said.join()).not.toContain('PP05');
  await house.close();
  expect(printed()).not.toContain(fake.app.password);
  expect(tableOf({ contentType: HERO })).toBeUndefined();
});
