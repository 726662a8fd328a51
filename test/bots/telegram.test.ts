import { createServer } from 'node:http';
import TelegramServer from 'telegram-test-api';
import { acceptAll } from '../../app/hooks';
import { telegram, type Wire } from '../../bots/telegram';
import type { Ports, RawRequest } from '../../core/channel';
import { hookedHouse } from '../app/hooked-house';
import { noPorts } from '../channels';
import { channelContract } from '../contracts/channel';
import { wrongIn, wrongInCall } from '../fakes/bot-api';
import { FakeTelegram } from '../fakes/telegram';
import { eventually, freePort } from '../processes';

const SECRET = 'a-secret-of-the-tests_1';
const fake = new FakeTelegram();
const alarms: string[] = [];
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');
const ports = (patienceMs = 2_000): Ports => ({
  ...noPorts,
  clock: () => new Date(),
  utility: { name: 'Điện lực thử', sample: true } as never,
  publicUrl: (path) => `https://chat.example.vn${path}`,
  picture: async (url) => (url === '/assets/a.png' ? { bytes: PNG, contentType: 'image/png' } : undefined),
  alarm: (what) => alarms.push(what),
  wait: (_ms, signal) => new Promise((go) => (signal?.aborted ? go() : (setImmediate(go), undefined))),
  deadline: () => AbortSignal.timeout(patienceMs),
});
const settings = (base: string, secret: string | undefined = SECRET) => ({
  TELEGRAM_BOT_TOKEN: fake.token,
  TELEGRAM_WEBHOOK_SECRET: secret,
  TELEGRAM_API_BASE: base,
});
let base: string;
const port = freePort();
// the contract needs the channel before the fake listens: the address is known beforehand
const lazily = telegram.connect(settings('http://127.0.0.1:1'), ports());
let connected = lazily;
const channel = new Proxy(lazily, { get: (_, key) => connected[key as keyof typeof connected] });

beforeAll(async () => {
  base = await fake.start();
  connected = telegram.connect(settings(base), ports());
  await port;
});
afterAll(() => fake.stop());
beforeEach(() => {
  fake.calls.length = fake.faults.length = alarms.length = 0;
  fake.blocked.clear();
});
afterEach(() => expect(fake.wrong.splice(0)).toEqual([]));

const request = (body: Buffer | object, secret = SECRET): RawRequest => ({
  method: 'POST',
  url: '/hooks/telegram',
  headers: { 'x-telegram-bot-api-secret-token': secret, 'content-type': 'application/json' },
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
});
const maker = new FakeTelegram();
const group = { id: -100123, type: 'supergroup', title: 'Tổ dân phố 5' };
const wire: Wire = { method: 'sendMessage', text: 'Dạ' };
const photo: Wire = { method: 'sendPhoto', photo: '/assets/a.png', alt: 'Hóa đơn mẫu', caption: 'Dạ' };
const answered = (status: number, description: string, parameters?: object) => () => {
  fake.faults.push({ status, body: { ok: false, error_code: status, description, ...(parameters && { parameters }) } });
};
const payload = (name: string, update: object, ...activities: object[]) => ({
  name,
  request: request(update),
  activities,
});

channelContract<Wire>('telegram', () => ({
  channel,
  payloads: [
    payload('text', maker.message(7, { text: 'mất điện rồi' }), {
      type: 'message',
      text: 'mất điện rồi',
      from: { id: '7' },
      conversation: { id: '7' },
      locale: 'vi',
    }),
    payload('start', maker.message(7, { text: '/start zalo-42' }), { type: 'event', name: 'follow' }),
    payload('command with a code', maker.message(7, { text: '/tiendien@domdom_test_bot pp05000974006' }), {
      text: 'Xem tiền điện',
      value: 'bill.lookup;code=PP05000974006',
    }),
    payload('command with words', maker.message(7, { text: '/no tháng này' }), { text: 'Xem nợ tiền điện tháng này' }),
    payload(
      'photo with caption',
      maker.message(7, { caption: 'đây', photo: [{ file_id: 'a', file_unique_id: 'b', width: 1, height: 1 }] }),
      {
        text: 'đây',
        attachments: [{ contentType: 'image/jpeg' }],
      },
    ),
    payload(
      'voice',
      maker.message(7, { voice: { file_id: 'a', file_unique_id: 'b', duration: 1, mime_type: 'audio/ogg' } }),
      {
        attachments: [{ contentType: 'audio/ogg' }],
      },
    ),
    payload('location', maker.message(7, { location: { latitude: 16.07, longitude: 108.22 } }), {
      attachments: [{ contentType: 'application/geo+json', content: { coordinates: [108.22, 16.07] } }],
    }),
    payload(
      'own contact',
      maker.message(7, { contact: { phone_number: '+84912345678', first_name: 'Lan', user_id: 7 } }),
      {
        type: 'event',
        name: 'contact',
        value: { phone: '+84912345678' },
      },
    ),
    payload(
      'somebody else’s contact',
      maker.message(7, { contact: { phone_number: '+84999999999', first_name: 'Y', user_id: 8 } }),
      {
        type: 'message',
        attachments: [{ contentType: 'text/vcard' }],
      },
    ),
    payload(
      'command in a group',
      maker.message(7, { text: '/no', chat: group, entities: [{ type: 'bot_command', offset: 0, length: 3 }] }),
      {
        conversation: { id: '-100123', isGroup: true },
      },
    ),
    payload(
      'blocked',
      maker.update({
        my_chat_member: {
          chat: { id: 7, type: 'private' },
          from: { id: 7, is_bot: false, first_name: 'Lan' },
          date: 1_760_000_000,
          old_chat_member: { status: 'member', user: { id: 1, is_bot: true, first_name: 'b' } },
          new_chat_member: { status: 'kicked', user: { id: 1, is_bot: true, first_name: 'b' }, until_date: 0 },
        },
      }),
      { type: 'event', name: 'unfollow', from: { id: '7' } },
    ),
  ],
  forgeries: [
    {
      name: 'one character of the secret',
      request: request(maker.message(7, { text: 'a' }), `${SECRET.slice(0, -1)}2`),
    },
    { name: 'no secret', request: request(maker.message(7, { text: 'a' }), '') },
    { name: 'the secret twice', request: request(maker.message(7, { text: 'a' }), `${SECRET}, ${SECRET}`) },
  ],
  people: [request(maker.message(7, { text: 'a' })), request(maker.message(8, { text: 'a' }))],
  echoes: [request(maker.message(7, { text: 'a', from: { id: 1, is_bot: true, first_name: 'b' } }))],
  unknown: [
    request(maker.update({ poll_answer: { poll_id: '1', option_ids: [], option_persistent_ids: [] } })),
    request({ update_id: 4, edited_message: { text: 'a' } }),
    request({ update_id: 5, channel_post: { text: 'a' } }),
    request(maker.message(7, { text: 'chuyện nhà', chat: group })),
    request(maker.message(7, { new_chat_title: 'x' })),
  ],
  withBody: request,
  forgedBody: (body) => request(body, 'another-secret-of-16'),
  textOf: (one) =>
    (one.method === 'sendMessage' ? one.text : one.method === 'sendPhoto' ? (one.caption ?? '') : '') +
    ('reply_markup' in one ? '' : ''),
  tappable: (one) =>
    'reply_markup' in one
      ? (one.reply_markup?.inline_keyboard ?? [])
          .flat()
          .map(({ text: title, callback_data: value }) => ({ title, value }))
      : [],
  tap: (wires, n) => {
    const keyboard = (wires.at(-1) as unknown as { reply_markup: never }).reply_markup as {
      inline_keyboard: { callback_data: string }[][];
    };
    return request(maker.tap(7, keyboard.inline_keyboard.flat()[n]!.callback_data, keyboard));
  },
  deliveries: [
    { name: 'sent', answers: () => {}, wire, is: 'accepted' },
    { name: 'a picture', answers: () => {}, wire: photo, is: 'accepted' },
    { name: 'typing', answers: () => {}, wire: { method: 'sendChatAction', action: 'typing' } as Wire, is: 'accepted' },
    { name: '429', answers: answered(429, 'Too Many Requests: retry after 7', { retry_after: 7 }), wire, is: 'later' },
    { name: 'blocked', answers: answered(403, 'Forbidden: bot was blocked by the user'), wire, is: 'refused' },
    { name: 'deactivated', answers: answered(403, 'Forbidden: user is deactivated'), wire, is: 'refused' },
    { name: 'no chat', answers: answered(400, 'Bad Request: chat not found'), wire, is: 'refused' },
    { name: 'too long', answers: answered(400, 'Bad Request: message is too long'), wire, is: 'refused' },
    { name: 'token', answers: answered(401, 'Unauthorized'), wire, is: 'later' },
    { name: '502', answers: () => void fake.faults.push({ status: 502, body: '<html>' }), wire, is: 'later' },
    { name: 'not JSON', answers: () => void fake.faults.push({ status: 418, body: '<html>' }), wire, is: 'unsure' },
    { name: 'broken before the work', answers: () => void fake.faults.push({ breaks: 'before' }), wire, is: 'unsure' },
    { name: 'broken after the work', answers: () => void fake.faults.push({ breaks: 'after' }), wire, is: 'unsure' },
    {
      name: 'a picture that Telegram cannot fetch is said in words',
      answers: answered(400, 'Bad Request: wrong file identifier/HTTP URL specified'),
      wire: photo,
      is: 'accepted',
    },
  ].map(({ answers, ...one }) => ({
    ...one,
    is: one.is as 'later',
    answers: () => (fake.faults.splice(0), answers()),
  })),
  address: { conversation: '7', person: '7' },
  secrets: [SECRET, fake.token],
  without: {
    challenge: 'Telegram sends its secret with every update',
    receipts: 'the Bot API tells nothing of delivery or reading',
  },
}));

const ADDRESS = { channel: 'telegram' as const, conversation: '7', person: '7' };

test('429 says when; a refusal says why, in a code; nobody at the other end is later, not unsure', async () => {
  answered(429, 'Too Many Requests: retry after 7', { retry_after: 7 })();
  expect(await channel.send(ADDRESS, wire, 'k')).toEqual({
    is: 'later',
    afterMs: 7000,
    why: expect.stringContaining('429'),
  });
  fake.blocked.add(7);
  expect(await channel.send(ADDRESS, wire, 'k')).toMatchObject({ is: 'refused', code: 'BLOCKED' });
  const nowhere = telegram.connect(settings(`http://127.0.0.1:${await port}`), ports());
  expect(await nowhere.send(ADDRESS, wire, 'k')).toMatchObject({ is: 'later' });
});

test('an answer that never comes is unsure after our patience, not after telegraf’s 500 s', async () => {
  const hasty = telegram.connect(settings(base), ports(100));
  fake.faults.push({ breaks: 'silent' });
  expect(await hasty.send(ADDRESS, wire, 'k')).toMatchObject({ is: 'unsure' });
});

test('a path in front of /bot is kept', async () => {
  const seen: string[] = [];
  const server = createServer((asked, answer) => {
    seen.push(asked.url!);
    answer.end('{"ok":true,"result":{"message_id":1}}');
  });
  await new Promise<void>((go) => server.listen(0, '127.0.0.1', go));
  const mirror = telegram.connect(
    settings(`http://127.0.0.1:${(server.address() as { port: number }).port}/mirror`),
    ports(),
  );
  await mirror.send(ADDRESS, wire, 'k');
  server.closeAllConnections();
  server.close();
  expect(seen).toEqual([`/mirror/bot${fake.token}/sendMessage`]);
});

test('pictures: bytes are uploaded, an unknown one goes by its public address, long captions go before it', async () => {
  await channel.send(ADDRESS, photo, 'k');
  await channel.send(ADDRESS, { ...photo, photo: '/assets/other.png' }, 'k');
  const [uploaded, linked] = fake.sent() as { photo: Blob | string }[];
  expect(uploaded!.photo).toBeInstanceOf(Blob);
  expect(linked!.photo).toBe('https://chat.example.vn/assets/other.png');
  const long = telegram.connect({}, noPorts).render({
    type: 'message',
    text: 'Dạ. '.repeat(300),
    attachments: [{ contentType: 'image/png', contentUrl: '/assets/a.png', name: 'Hóa đơn' }],
  });
  expect(long.map(({ method }) => method)).toEqual(['sendMessage', 'sendPhoto']);
});

test('without settings it renders, has no hook, and refuses', async () => {
  const off = telegram.connect({}, noPorts);
  expect([off.hooks, off.listen, off.check]).toEqual([[], undefined, undefined]);
  expect(await off.send(ADDRESS, wire, 'k')).toMatchObject({ is: 'refused', code: 'NOT_SET_UP' });
});

test('setup registers webhook, commands and descriptions; check finds them, and says what is wrong', async () => {
  expect((await channel.check!()).map(({ is }) => is)).toContain('wrong');
  const done = await channel.setup!();
  expect(done.filter(({ is }) => is === 'wrong')).toEqual([]);
  expect(done.some(({ is }) => is === 'todo')).toBe(true);
  expect(fake.webhook).toMatchObject({ url: 'https://chat.example.vn/hooks/telegram', secret_token: SECRET });
  expect(fake.commands).toContainEqual({ command: 'tiendien', description: 'Xem tiền điện' });
  expect((await channel.check!()).filter(({ is }) => is !== 'ok')).toEqual([]);
  const stranger = telegram.connect({ ...settings(base), TELEGRAM_BOT_TOKEN: '99:nobody' }, ports());
  const found = await stranger.check!();
  expect(found).toMatchObject([{ is: 'wrong' }]);
  expect(JSON.stringify([...done, ...found])).not.toMatch(new RegExp(`${SECRET}|${fake.token}|99:nobody`));
});

test('the checker of calls sees what is wrong: a missing chat, an unknown field, a keyboard of texts', () => {
  expect(wrongInCall('sendMessage', { text: 'a' })).toEqual(['sendMessage.chat_id is missing']);
  expect(wrongInCall('sendMessage', { text: 'a', chat_id: 1, colour: 'red' })).toEqual([
    'sendMessage.colour is not known',
  ]);
  expect(wrongInCall('sendMessage', { text: 'a', chat_id: 1, reply_markup: { inline_keyboard: [['a']] } })).not.toEqual(
    [],
  );
  expect(wrongIn('Update', { update_id: 'x' }, 'update')).toEqual(['update.update_id is no integer']);
  expect(maker.wrong).toEqual([]);
});

describe('through the house', () => {
  let house: Awaited<ReturnType<typeof hookedHouse>>;
  beforeAll(async () => {
    house = await hookedHouse({ telegram: telegram.connect(settings(base), ports()) });
    await house.http.listen({ port: 0, host: '127.0.0.1' });
    const { port } = house.http.server.address() as { port: number };
    fake.webhook = { url: `http://127.0.0.1:${port}/hooks/telegram`, secret_token: SECRET };
  });
  afterAll(() => house.close());
  const settled = () => house.house.worker.idle(true);

  test('/start is greeted with buttons; a tap is answered and acknowledged; a duplicate and a late redelivery change nothing', async () => {
    const start = fake.message(21, { text: '/start' });
    expect([await fake.deliver(start), await fake.deliver(start)]).toEqual([200, 200]);
    await settled();
    const [greeting] = fake.sent(21) as {
      reply_markup: { inline_keyboard: { text: string; callback_data: string }[][] };
    }[];
    const button = greeting!.reply_markup.inline_keyboard.flat().find(({ text }) => text === 'Em làm được gì')!;
    await fake.deliver(fake.tap(21, button.callback_data, greeting!.reply_markup));
    await settled();
    await fake.deliver(start);
    await settled();
    expect(fake.sent(21)).toHaveLength(2);
    await eventually(async () => fake.calls.find(({ method }) => method === 'answerCallbackQuery'));
  });

  test('refused while the store fills, an update comes again on Telegram’s own time, and is answered once', async () => {
    house.ready(false);
    expect(await fake.deliver(fake.message(22, { text: 'xin chào' }))).toBe(503);
    house.ready(true);
    await fake.clock.advance(1_000);
    await settled();
    expect(fake.sent(22)).toHaveLength(1);
  });

  test('updates out of order and a wrong secret: each genuine one answered, the forged one 401', async () => {
    const [one, two] = [fake.message(23, { text: 'xin chào' }), fake.message(23, { text: 'cảm ơn em' })];
    await fake.deliver(two!);
    await fake.deliver(one!);
    await settled();
    expect(fake.sent(23)).toHaveLength(2);
    const { secret_token } = fake.webhook;
    fake.webhook.secret_token = 'not-the-secret-1234';
    expect(await fake.deliver(fake.message(24, { text: 'xin chào' }), 9)).toBe(401);
    fake.webhook.secret_token = secret_token!;
    await settled();
    expect(fake.sent(24)).toEqual([]);
  });

  test('an answer lost after the write is said again, never dropped; 429 is waited for', async () => {
    fake.faults.push({ method: 'sendMessage', breaks: 'after' });
    await fake.deliver(fake.message(25, { text: 'xin chào' }));
    await settled();
    await house.later(2_000);
    expect(fake.sent(25)).toHaveLength(2);
    answered(429, 'Too Many Requests: retry after 30', { retry_after: 30 })();
    await fake.deliver(fake.message(26, { text: 'xin chào' }));
    await settled();
    await house.later(20_000);
    expect(fake.sent(26)).toEqual([]);
    await house.later(11_000);
    expect(fake.sent(26)).toHaveLength(1);
  });

  test('a call in a group is answered without anything of a record', async () => {
    const entities = [{ type: 'bot_command', offset: 0, length: 3 }];
    await fake.deliver(fake.message(27, { text: '/no PP05000974006', chat: group, entities }));
    await settled();
    expect(
      fake
        .sent(-100123)
        .map(({ text }) => text)
        .join(),
    ).toMatch(/nhắn riêng/);
    expect(JSON.stringify(fake.sent(-100123))).not.toContain('PP05');
  });
});

test('long polling: updates are heard in order, confirmed once safe, heard again when keeping failed; it stops at once', async () => {
  fake.webhook = { url: '' };
  const polled = telegram.connect({ ...settings(base), TELEGRAM_WEBHOOK_SECRET: undefined }, ports(60_000));
  const heard: string[] = [];
  let failing = true;
  const stop = await polled.listen!(async (asked) => {
    const [{ text }] = polled.read({ ...asked, network: '' }) as unknown as [{ text: string }];
    if (text === 'hai' && failing) {
      failing = false;
      throw new Error('the store is away');
    }
    heard.push(text);
  });
  await fake.deliver(fake.message(31, { text: 'một' }));
  await fake.deliver(fake.message(31, { text: 'hai' }));
  await eventually(async () => (heard.includes('hai') ? true : undefined));
  await stop();
  expect(heard).toEqual(['một', 'hai']);
  expect(polled.hooks).toEqual([]);
});

test('telegram-test-api, written by others, drives the bot: text, command and tap', async () => {
  const server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
  const token = 'sampleToken';
  const independent = telegram.connect(
    { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_BASE: server.config.apiURL },
    { ...ports(5_000), wait: (ms) => new Promise((go) => setTimeout(go, Math.min(ms, 20))) },
  );
  const house = await hookedHouse({ telegram: independent });
  const stop = await independent.listen!(async (asked) => {
    await acceptAll(
      { accept: house.house.accept, log: house.log },
      independent,
      independent.read({ ...asked, network: '' }),
    );
  });
  const client = server.getClient(token, { timeout: 10_000 });
  const said = async () => {
    const { result } = await client.getUpdates();
    return result.map(({ message }) => message) as unknown as {
      text: string;
      reply_markup?: { inline_keyboard: { callback_data: string }[][] };
    }[];
  };
  await client.sendCommand(client.makeCommand('/start'));
  const [greeting] = await said();
  expect(greeting!.text).toMatch(/^Dạ em chào anh\/chị/);
  const data = greeting!.reply_markup!.inline_keyboard.flat().map(({ callback_data }) => callback_data);
  await client.sendCallback(client.makeCallbackQuery(data.find((one) => one === 'help.menu')!));
  expect((await said())[0]!.text).toMatch(/^Dạ em xem giúp được/);
  await client.sendMessage(client.makeMessage('cảm ơn em'));
  expect((await said())[0]!.text).toMatch(/^Dạ không có chi/);
  await stop();
  await house.close();
  await server.stop();
});
