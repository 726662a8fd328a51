import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MessengerClient } from 'messaging-api-messenger';
import { messenger } from '../../bots/messenger';
import { choices, picture, say } from '../../core/activity';
import { type GraphFake, startGraph } from '../fakes/graph';
import { type Json, sendFault } from '../fakes/graph-rules';
import { portsFor, requestOf, SETTINGS, settingsOf } from './messenger-harness';

let graph: GraphFake;
let client: MessengerClient;

beforeAll(async () => {
  graph = await startGraph();
  client = new MessengerClient({
    accessToken: graph.page.token,
    appId: graph.app.id,
    appSecret: graph.app.secret,
    version: '26.0',
    origin: graph.base,
  });
});
afterAll(() => graph.stop());

describe('messaging-api-messenger drives the fake as it drives the platform', () => {
  test('texts, quick replies, pictures, templates, sender actions', async () => {
    const an = graph.person('5001');
    an.says('xin chào');
    const sent = await client.sendText(an.psid, 'Dạ em chào anh/chị', {
      quickReplies: [{ contentType: 'text', title: 'Tiền điện', payload: 'bill.lookup' }],
    });
    expect(sent).toEqual({ recipientId: an.psid, messageId: an.shown[0]!.mid });
    expect(an.shown[0]).toMatchObject({
      text: 'Dạ em chào anh/chị',
      quickReplies: [{ title: 'Tiền điện', payload: 'bill.lookup' }],
    });
    await client.sendImage(an.psid, 'https://cdn.example/a.png');
    await client.sendImage(an.psid, Buffer.from('PNG'), { filename: 'a.png' } as never);
    expect(an.shown[2]).toMatchObject({ file: { size: 3, type: 'image/png' } });
    await client.sendButtonTemplate(an.psid, 'Chọn ạ', [
      { type: 'postback', title: 'Gặp nhân viên', payload: 'agent.request' },
    ]);
    await client.sendGenericTemplate(an.psid, [{ title: 'Hóa đơn', subtitle: 'Tháng 10' }] as never);
    await client.typingOn(an.psid);
    expect([an.shown.length, an.typing]).toEqual([5, 1]);
    expect(await client.uploadImage('https://cdn.example/a.png')).toEqual({
      attachmentId: expect.stringMatching(/^\d+$/),
    });
  });

  test('limits: 2,001 characters, 14 quick replies, four buttons, a button text of 641, eleven elements', async () => {
    const binh = graph.person('5002');
    binh.says('xin chào');
    const reply = { contentType: 'text' as const, title: 'a', payload: 'a' };
    const button = { type: 'postback' as const, title: 'a', payload: 'a' };
    await client.sendText(binh.psid, 'x'.repeat(2000), { quickReplies: Array(13).fill(reply) });
    await client.sendButtonTemplate(binh.psid, 'x'.repeat(640), Array(3).fill(button));
    const refused: Promise<unknown>[] = [
      client.sendText(binh.psid, 'x'.repeat(2001)),
      client.sendText(binh.psid, 'x', { quickReplies: Array(14).fill(reply) }),
      client.sendButtonTemplate(binh.psid, 'x', Array(4).fill(button)),
      client.sendButtonTemplate(binh.psid, 'x'.repeat(641), [button]),
      client.sendGenericTemplate(binh.psid, Array(11).fill({ title: 'a', subtitle: 'b' })),
      client.sendRawBody({ recipient: { id: binh.psid }, message: { text: 'a' }, senderAction: 'typing_on' } as never),
    ];
    for (const one of refused) await expect(one).rejects.toThrow(/Messenger API - 100 OAuthException/);
    expect(binh.shown).toHaveLength(2);
  });

  test('the window, the three dead tags, HUMAN_AGENT, a person who left, a stranger', async () => {
    const chi = graph.person('5003');
    chi.says('xin chào');
    graph.advance(24 * 3_600_000);
    await expect(client.sendText(chi.psid, 'muộn')).rejects.toThrow(/- 10 /);
    for (const tag of ['ACCOUNT_UPDATE', 'CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE'] as const)
      await expect(client.sendText(chi.psid, 'muộn', { tag })).rejects.toThrow(/- 100 /);
    await client.sendText(chi.psid, 'Em là Lan', { tag: 'HUMAN_AGENT' });
    chi.comesFromAd('xin chào');
    graph.advance(6 * 24 * 3_600_000);
    await client.sendText(chi.psid, 'sau quảng cáo có bảy ngày');
    chi.blocks();
    await expect(client.sendText(chi.psid, 'x')).rejects.toThrow(/- 551 /);
    await expect(client.sendText('nobody', 'x')).rejects.toThrow(/- 100 /);
  });

  test('300 calls in a second, and the next one waits', async () => {
    const dung = graph.person('5004');
    dung.says('xin chào');
    graph.advance(1000);
    for (let n = 0; n < 300; n += 1) await client.sendText(dung.psid, 'x');
    await expect(client.sendText(dung.psid, 'x')).rejects.toThrow(/- 613 /);
    graph.advance(1000);
    await client.sendText(dung.psid, 'x');
  });

  test('profile: a menu needs "get started"; greeting, ice breakers, menu', async () => {
    const menu = [{ type: 'postback', title: 'Tiền điện', payload: 'bill.lookup' }] as never;
    await client.deleteMessengerProfile(['get_started', 'persistent_menu'] as never);
    await expect(client.setPersistentMenu(menu)).rejects.toThrow(/- 100 /);
    await client.setGetStarted('chat.greet');
    await client.setPersistentMenu(menu);
    await client.setGreeting('Xin chào');
    await client.setIceBreakers([{ question: 'Tiền điện?', payload: 'bill.lookup' }]);
    await expect(client.setGreeting('x'.repeat(161))).rejects.toThrow(/- 100 /);
    await expect(client.setIceBreakers(Array(5).fill({ question: 'a', payload: 'a' }))).rejects.toThrow(/- 100 /);
    expect(await client.getGetStarted()).toEqual({ payload: 'chat.greet' });
    expect(await client.getGreeting()).toMatchObject([{ text: 'Xin chào' }]);
    expect(await client.getPersistentMenu()).toMatchObject([{ locale: 'default' }]);
  });

  test('thread control: pass to the inbox, silence, take back', async () => {
    const em = graph.person('5005');
    em.says('xin chào');
    await client.passThreadControlToPageInbox(em.psid, 'gặp nhân viên');
    expect(await client.getThreadOwner(em.psid)).toMatchObject({ appId: '263902037430900' });
    await expect(client.sendText(em.psid, 'x')).rejects.toThrow(/- 10 /);
    await client.takeThreadControl(em.psid, 'xong');
    await client.sendText(em.psid, 'x');
  });

  test('a wrong secret, a wrong token', async () => {
    const origin = graph.base;
    const wrong = { appId: graph.app.id, version: '26.0', origin };
    const noSecret = new MessengerClient({ ...wrong, accessToken: graph.page.token });
    const badSecret = new MessengerClient({ ...wrong, accessToken: graph.page.token, appSecret: 'another' });
    const badToken = new MessengerClient({ ...wrong, accessToken: 'another', appSecret: graph.app.secret });
    await expect(noSecret.getPageInfo()).rejects.toThrow(/- 100 /);
    await expect(badSecret.getPageInfo()).rejects.toThrow(/- 100 /);
    await expect(badToken.getPageInfo()).rejects.toThrow(/- 190 /);
    expect(await client.getPageInfo()).toMatchObject({ id: graph.page.id });
  });
});

describe('the payload files of Bot Framework’s Messenger adapter', () => {
  const channel = messenger.connect(settingsOf({ ...SETTINGS, MESSENGER_APP_ID: '1234567890' }), portsFor());
  const files = join(__dirname, '../fixtures/messenger');
  // a platform sends no byte order mark
  const textOf = (file: string) => readFileSync(join(files, file), 'utf8').replace(/^\ufeff/, '');
  const read = (body: string) =>
    channel
      .read(requestOf(body))
      .map(({ type, name, text, conversation, value, attachments }) => [
        type,
        name ?? text,
        conversation?.id,
        ...(value ? [value] : []),
        ...(attachments ?? []).map(({ contentType, contentUrl }) => `${contentType} ${contentUrl}`),
      ]);
  const idle = 24 * 3_600_000;
  const referral = { ref: 'USER_DEFINED_REFERRAL_PARAM', source: 'SHORTLINK', type: 'OPEN_THREAD' };

  test.each<[string, unknown[]]>([
    // sender and page are both "0" there
    ['Payload.json', [['message', 'text', '0:0']]],
    ['RequestResponse.json', [['message', 'asd', '123123123:123123123']]],
    ['PayloadWithPostBack.json', [['message', 'title', '0:0', 'USER_DEFINED_PAYLOAD']]],
    ['PayloadWithReferral.json', [['event', 'referral', '0:0', referral]]],
    // what stands by there says nothing; the message beside it does
    ['PayloadWithStandby.json', [['message', 'text', 'page1:0']]],
    ['PayloadWithPassThreadControl.json', [['event', 'returned', 'fakeId:fakeId', { by: 'app' }]]],
    ['PayloadWithTakeThreadControl.json', [['event', 'taken', 'fakeId:fakeId', { by: 'app', forMs: idle }]]],
    ['PayloadWithRequestThreadControl.json', [['event', 'thread-requested', 'fakeId:fakeId', { app: '1234567890' }]]],
  ])('%s reads as expected', (file, expected) => {
    expect(read(textOf(file))).toEqual(expected);
  });

  test('FacebookMessages.json: each event in an envelope of its own, with the nulls that it carries', () => {
    const events = JSON.parse(textOf('FacebookMessages.json')) as unknown[];
    const each = events.map((event) =>
      read(JSON.stringify({ object: 'page', entry: [{ id: '123123123', time: 1, messaging: [event] }] })),
    );
    const picture = 'image/* http://mockedtesturl.com/';
    expect(each).toEqual([
      [],
      [],
      [['message', 'Test Hi!', '123123123:123123123']],
      [['message', '', '123123123:123123123', picture, picture, picture]],
      [['message', 'Say Hello', '123123123:123123123', 'Hello button']],
      // its sender has no id
      [],
    ]);
  });
});

/** Not among the fixtures, for its licence; test/fixtures/messenger/README.md says how to get it. */
const postman = process.env.MESSENGER_POSTMAN;
const withPostman = (title: string, run: () => Promise<void>) => {
  if (postman) return test(title, run);
  const reason =
    'the licence of the collection does not let us carry it; MESSENGER_POSTMAN may name one (test/fixtures/messenger)';
  return test(`${title}: not run, ${reason}`, () => {
    process.stdout.write(`messenger: ${title}: not run, ${reason}\n`);
  });
};

withPostman('Meta’s Postman shapes: the fake takes them, ours match them', async () => {
  interface Item {
    name: string;
    item?: Item[];
    request?: { method: string; url: string | { raw: string }; body?: { raw: string } };
  }
  const all = (items: Item[]): Item[] => items.flatMap((one) => (one.item ? all(one.item) : [one]));
  const collection = JSON.parse(readFileSync(postman!, 'utf8')) as {
    auth: { type: string };
    item: Item[];
  };
  expect(collection.auth.type).toBe('bearer');
  const person = graph.person('5006');
  person.says('xin chào');
  const shapes = new Map<string, Json>();
  for (const { name, request } of all(collection.item)) {
    const raw = request!
      .body!.raw.replaceAll('{{page-scoped-id}}', person.psid)
      .replaceAll('<PATH_TO_ASSET>', 'https://cdn.example/a.png')
      .replaceAll('<IS_REUSABLE?>', 'true')
      .replaceAll('<ATTACHMENT_ID>', '1601472827243653')
      .replaceAll('<TITLE>', 'Red');
    const url = typeof request!.url === 'string' ? request!.url : request!.url.raw;
    const path = url.replace('{{version}}', 'v26.0').replace('{{page-id}}', graph.page.id);
    graph.state.requireProof = false;
    const answer = await fetch(path.replace('https://graph.facebook.com', graph.base), {
      method: request!.method,
      headers: { authorization: `Bearer ${graph.page.token}`, 'content-type': 'application/json' },
      body: raw,
    });
    graph.state.requireProof = true;
    expect([name, answer.status]).toEqual([name, 200]);
    shapes.set(name, JSON.parse(raw) as Json);
  }
  const channel = messenger.connect(settingsOf({ ...SETTINGS, GRAPH_API_BASE: graph.base }), portsFor());
  const sent = async (activity: Parameters<typeof channel.render>[0]) => {
    for (const wire of channel.render(activity))
      await channel.send({ channel: 'messenger', conversation: 'c', person: person.psid }, wire, 'k');
    return graph.calls.at(-1)!.body;
  };
  const link = { type: 'openUrl', title: 'Xem', value: 'https://example.vn' };
  const ours: Record<string, Json> = {
    'Text Message': await sent(say('Dạ')),
    'Media Message (Photo)': await sent(picture('', { url: 'https://cdn.example/a.png', alt: 'a' })),
    'Quick Replies': await sent(choices('Chọn ạ', [{ title: 'a', value: 'a' }])),
    'Button Template': await sent({ ...say('Dạ'), suggestedActions: { actions: [link] } }),
  };
  for (const [name, body] of Object.entries(ours)) {
    expect(sendFault(body)).toBeUndefined();
    // the same fields, but for what is ours to add and what is optional there
    const { messaging_type: _type, ...rest } = body;
    const optional = /image_url$/;
    expect([name, fieldsOf(rest).filter((field) => field !== 'message.metadata')]).toEqual([
      name,
      fieldsOf(shapes.get(name)!).filter((field) => !optional.test(field)),
    ]);
  }
});

/** Paths of every field, lists as one. */
const fieldsOf = (value: unknown, at = ''): string[] => {
  if (Array.isArray(value)) return [...new Set(value.flatMap((one) => fieldsOf(one, at)))].sort();
  if (value === null || typeof value !== 'object') return [at];
  return Object.entries(value)
    .flatMap(([key, one]) => fieldsOf(one, at ? `${at}.${key}` : key))
    .sort();
};
