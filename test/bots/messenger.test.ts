import { messenger, type Wire } from '../../bots/messenger';
import { ERROR_ROWS } from '../../bots/messenger/errors';
import { type Activity, type CardAction, choices, LOCATION, picture, STICKER, say } from '../../core/activity';
import type { RawRequest } from '../../core/channel';
import { channelContract } from '../contracts/channel';
import { type GraphFake, startGraph, type Trouble } from '../fakes/graph';
import { signed } from '../fakes/graph-hooks';
import {
  APP,
  echo,
  entriesOf,
  eventsOf,
  from,
  PAGE,
  portsFor,
  requestOf,
  SETTINGS,
  settingsOf,
  VERIFY,
} from './messenger-harness';

let graph: GraphFake;
const ports = portsFor();
let patience = new AbortController();
const channel = messenger.connect(settingsOf(SETTINGS), {
  ...ports,
  deadline: () => (patience = new AbortController()).signal,
  // the fake's port is known only when it runs
  fetch: (url, init) => fetch(String(url).replace('https://graph.facebook.com', graph.base), init),
});

beforeAll(async () => {
  graph = await startGraph();
  graph.state.onSilence = () => patience.abort(new DOMException('no answer', 'TimeoutError'));
  graph.person('person of the contract').says('Chào em');
});
afterAll(() => graph.stop());

const HELLO =
  '{"object":"page","entry":[{"id":"1001","time":1700000000000,"messaging":[{"sender":{"id":"2002"},"recipient":{"id":"1001"},"timestamp":1700000000000,"message":{"mid":"m_1","text":"hello"}}]}]}';
const OUTAGE = HELLO.replace('hello', 'M\\u1ea5t \\u0111i\\u1ec7n');
const HELLO_SIGNED = 'sha256=27993723eed307a6cd87763bde715f151f4e560a4b24d86bab189628dc2f00a4';
const OUTAGE_SIGNED = 'sha256=47f958f954da81e0aff2f0d7222acf22b28b5cc3d7c74f09fbd5325609b3ecba';

const get = (query: string): RawRequest => ({
  method: 'GET',
  url: `/hooks/messenger?${query}`,
  headers: {},
  body: Buffer.alloc(0),
});
const subscribing = (token: string) => get(`hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=${token}`);

const text: Wire = { is: 'text', text: 'Dạ em chào anh/chị ạ.' };
const said = (name: string, trouble: Trouble, is: 'accepted' | 'refused' | 'later' | 'unsure') => ({
  name,
  answers: () => graph.trouble(trouble),
  wire: text,
  is,
});
const message = (mid: string, content: Record<string, unknown>) =>
  eventsOf(from('2002', { message: { mid, ...content } }));
const image = { type: 'image', payload: { url: 'https://cdn.example/a.jpg' } };
const thumb = { url: 'https://cdn.example/thumb.png', sticker_id: 369239263222822 };

channelContract<Wire>('messenger', () => ({
  channel,
  payloads: [
    {
      name: 'text',
      request: requestOf(HELLO, HELLO_SIGNED),
      activities: [
        {
          type: 'message',
          id: 'm_1',
          text: 'hello',
          from: { id: '2002', role: 'user' },
          conversation: { id: '1001:2002' },
          timestamp: '2023-11-14T22:13:20.000Z',
        },
      ],
    },
    {
      name: 'Vietnamese in escapes',
      request: requestOf(OUTAGE.replace('m_1', 'm_2')),
      activities: [{ type: 'message', id: 'm_2', text: 'Mất điện' }],
    },
    {
      name: 'a tapped quick reply',
      request: message('m_3', { text: 'Xem tiền điện', quick_reply: { payload: 'bill.lookup' } }),
      activities: [{ type: 'message', text: 'Xem tiền điện', value: 'bill.lookup' }],
    },
    {
      name: 'a postback with a referral',
      request: eventsOf(
        from('2002', {
          postback: {
            mid: 'm_4',
            title: 'Bắt đầu',
            payload: 'chat.greet',
            referral: { ref: 'qr-hoa-don', source: 'SHORTLINK', type: 'OPEN_THREAD' },
          },
        }),
      ),
      activities: [
        { type: 'message', id: 'm_4', value: 'chat.greet', channelData: { referral: { ref: 'qr-hoa-don' } } as never },
      ],
    },
    {
      name: 'a postback without an id',
      request: eventsOf(from('2002', { postback: { title: 'Menu', payload: 'help.menu' } })),
      activities: [{ type: 'message', value: 'help.menu' }],
    },
    {
      name: 'a referral alone',
      request: eventsOf(from('2002', { referral: { ref: 'qr', source: 'ADS', type: 'OPEN_THREAD', ad_id: 6045 } })),
      activities: [{ type: 'event', name: 'referral', value: { ref: 'qr', source: 'ADS', ad_id: '6045' } }],
    },
    {
      name: 'a sticker until August 2026, with both attachments',
      request: message('m_5', {
        attachments: [
          { type: 'image', payload: thumb },
          { type: 'sticker', payload: thumb },
        ],
      }),
      activities: [{ type: 'message', text: '', attachments: [{ contentType: STICKER, contentUrl: thumb.url }] }],
    },
    {
      name: 'a sticker since, alone',
      request: message('m_6', { attachments: [{ type: 'sticker', payload: { url: thumb.url } }] }),
      activities: [{ type: 'message', attachments: [{ contentType: STICKER, contentUrl: thumb.url }] }],
    },
    {
      name: 'pictures, a voice message, a file, a reel',
      request: message('m_7', {
        attachments: [
          image,
          { type: 'audio', payload: { url: 'https://cdn.example/b.mp4' } },
          { type: 'file' },
          { type: 'ig_reel' },
        ],
      }),
      activities: [
        {
          attachments: [
            { contentType: 'image/*', contentUrl: 'https://cdn.example/a.jpg' },
            { contentType: 'audio/*', contentUrl: 'https://cdn.example/b.mp4' },
            { contentType: 'application/octet-stream' },
            { contentType: 'video/*' },
          ],
        },
      ],
    },
    {
      name: 'a shared place',
      request: message('m_8', {
        attachments: [
          { type: 'location', title: 'Chợ Hội An', payload: { coordinates: { lat: 15.87, long: 108.33 } } },
        ],
      }),
      activities: [
        {
          attachments: [
            { contentType: LOCATION, name: 'Chợ Hội An', content: { type: 'Point', coordinates: [108.33, 15.87] } },
          ],
        },
      ],
    },
    {
      name: 'a shared link with its text, in answer to a message',
      request: message('m_9', {
        text: 'https://example.vn/tin',
        reply_to: { mid: 'm_2' },
        attachments: [{ type: 'fallback', title: 'Tin' }],
      }),
      activities: [{ type: 'message', text: 'https://example.vn/tin', replyToId: 'm_2' }],
    },
    {
      name: 'a reaction, and its withdrawal',
      request: eventsOf(
        from('2002', { reaction: { mid: 'm_20', action: 'react', reaction: 'love', emoji: '❤' } }),
        from('2002', { reaction: { mid: 'm_20', action: 'unreact' } }),
      ),
      activities: [{ type: 'messageReaction', name: '❤', replyToId: 'm_20' }],
    },
    {
      name: 'an edit',
      request: eventsOf(from('2002', { message_edit: { mid: 'm_1', text: 'hello!', num_edit: 1 } })),
      activities: [{ type: 'event', name: 'edited', value: { mid: 'm_1', text: 'hello!' } }],
    },
    {
      name: 'several entries, a standby beside messages, an entry of nothing',
      request: entriesOf(
        { id: PAGE.id, time: 1, messaging: [from('2002', { message: { mid: 'm_10', text: 'một' } })] },
        { id: PAGE.id, time: 1 },
        {
          id: PAGE.id,
          time: 1,
          standby: [from('2003', { message: { mid: 'm_11', text: 'gửi cho nhân viên' } }), from('2003', {})],
          messaging: [from('2004', { message: { mid: 'm_12', text: 'hai' } })],
        },
      ),
      activities: [
        { type: 'message', text: 'một' },
        { type: 'message', text: 'hai' },
        { type: 'event', name: 'taken', text: 'gửi cho nhân viên', from: { id: '2003' } },
      ],
    },
    {
      name: 'the thread is taken from us, and passed back',
      request: eventsOf(
        from('2002', { take_thread_control: { previous_owner_app_id: 880011, new_owner_app_id: 263902037430900 } }),
        from('2002', { pass_thread_control: { previous_owner_app_id: 263902037430900, new_owner_app_id: 880011 } }),
        from('2002', { pass_thread_control: { previous_owner_app_id: 880011, new_owner_app_id: 77 } }),
        from('2002', { request_thread_control: { requested_owner_app_id: 77, metadata: null } }),
      ),
      activities: [
        { type: 'event', name: 'taken', value: { by: 'app' } },
        { type: 'event', name: 'returned' },
        { type: 'event', name: 'taken', value: { by: 'app' } },
        { type: 'event', name: 'thread-requested', value: { app: '77' } },
      ],
    },
    {
      name: 'a person writes in the inbox of the page',
      request: eventsOf(echo('2002', { app_id: 263902037430900, mid: 'm_13', text: 'Em là Lan, em hỗ trợ ạ' })),
      activities: [
        {
          type: 'event',
          name: 'taken',
          text: 'Em là Lan, em hỗ trợ ạ',
          value: { by: 'person', forMs: 3_600_000 },
          conversation: { id: '1001:2002' },
          from: { id: '2002' },
        },
      ],
    },
    {
      name: 'a comment with a code, one with a phone, one with neither, our own, an edited one',
      request: entriesOf({
        id: PAGE.id,
        time: 1_700_000_000,
        changes: [
          { message: 'PP05 0009 74006 tháng này bao nhiêu?' },
          { message: 'gọi giúp 0912.345.678 nhé' },
          { message: 'Khi nào có điện vậy?' },
          { message: 'PP05000974006', from: { id: PAGE.id } },
          { message: 'PP05000974006', verb: 'edited' },
        ].map((one, n) => ({
          field: 'feed',
          value: {
            item: 'comment',
            verb: 'add',
            from: { id: '3003' },
            comment_id: `1001_${n}`,
            created_time: 1_700_000_000,
            ...one,
          },
        })),
      }),
      activities: [
        {
          type: 'message',
          id: 'comment:1001_0',
          conversation: { id: '1001:comment:1001_0' },
          channelData: { route: 'comment:1001_0' },
          timestamp: '2023-11-14T22:13:20.000Z',
        },
        { type: 'message', id: 'comment:1001_1' },
      ],
    },
    {
      name: 'opt-ins and account linking',
      request: eventsOf(
        from('2002', { optin: { type: 'notification_messages', payload: 'x' } }),
        from('2002', { account_linking: { status: 'linked', authorization_code: 'secret' } }),
      ),
      activities: [
        { type: 'event', name: 'optin', value: { type: 'notification_messages' } },
        { type: 'event', name: 'account-linking', value: { status: 'linked' } },
      ],
    },
  ],
  forgeries: [
    {
      name: 'a byte of the body',
      request: { ...requestOf(HELLO, HELLO_SIGNED), body: Buffer.from(HELLO.replace('m_1', 'm_7')) },
    },
    { name: 'a byte of the signature', request: requestOf(HELLO, HELLO_SIGNED.replace('27', '28')) },
    { name: 'another secret', request: requestOf(HELLO, signed('app-secret-demp', HELLO)) },
    { name: 'no signature', request: { ...requestOf(HELLO), headers: {} } },
    { name: 'SHA-1 only', request: { ...requestOf(HELLO), headers: { 'x-hub-signature': 'sha1=00' } } },
    { name: 'a signature of another length', request: requestOf(HELLO, 'sha256=27993723') },
    { name: 'the text re-serialised', request: requestOf(JSON.stringify(JSON.parse(OUTAGE)), OUTAGE_SIGNED) },
    { name: 'a byte of the verify token', request: subscribing('verify-token-demp') },
    { name: 'no verify token', request: get('hub.mode=subscribe&hub.challenge=1') },
    { name: 'another mode', request: get(`hub.mode=unsubscribe&hub.challenge=1&hub.verify_token=${VERIFY}`) },
  ],
  challenge: { request: subscribing(VERIFY), answer: '1158201444' },
  people: [
    eventsOf(from('2002', { message: { mid: 'm_30', text: 'xin chào' } })),
    eventsOf(from('2003', { message: { mid: 'm_31', text: 'xin chào' } })),
  ],
  echoes: [eventsOf(echo('2002', { app_id: Number(APP.id), mid: 'm_40', text: 'Dạ' }))],
  receipts: [
    {
      name: 'our own echo, by its key',
      request: eventsOf(
        echo('2002', { app_id: 1, mid: 'm_41', text: 'Dạ', metadata: 'domdom:messenger:1001:2002|1:0.0' }),
      ),
      receipt: { state: 'delivered', platformIds: ['m_41'], sendKey: 'messenger:1001:2002|1:0.0' },
    },
    {
      name: 'delivered, without ids',
      request: eventsOf(from('2002', { delivery: { watermark: 1_700_000_000_001 } })),
      receipt: { state: 'delivered', upTo: 1_700_000_000_001 },
    },
    {
      name: 'delivered, with ids',
      request: eventsOf(from('2002', { delivery: { mids: ['m_41'], watermark: 1_700_000_000_001 } })),
      receipt: { state: 'delivered', platformIds: ['m_41'], upTo: 1_700_000_000_001 },
    },
    {
      name: 'read',
      request: eventsOf(from('2002', { read: { watermark: 1_700_000_000_002 } })),
      receipt: { state: 'read', upTo: 1_700_000_000_002 },
    },
  ],
  unknown: [
    eventsOf(from('2002', { something_new: { a: 1 } })),
    eventsOf(from('2002', { message: { mid: 'm_50', is_deleted: true } })),
    eventsOf({ recipient: { id: PAGE.id }, timestamp: 1, app_roles: { 880011: ['primary_receiver'] } }),
    eventsOf({ recipient: { id: PAGE.id }, timestamp: 1, policy_enforcement: { action: 'block', reason: 'x' } }),
    entriesOf({ id: PAGE.id, time: 1, standby: [from('user1', {})] }),
    entriesOf({ id: PAGE.id, time: 1, changes: [{ field: 'feed', value: { item: 'like', verb: 'add' } }] }),
    requestOf('{"object":"instagram","entry":[{"id":"1","messaging":[]}]}'),
  ],
  withBody: (body) => requestOf(body),
  forgedBody: (body) => requestOf(body, signed('app-secret-demp', body)),
  textOf: (wire) => (wire.is === 'text' || wire.is === 'buttons' ? wire.text : wire.is === 'picture' ? wire.alt : ''),
  tappable: (wire) =>
    'quickReplies' in wire ? (wire.quickReplies ?? []).map(({ title, payload }) => ({ title, value: payload })) : [],
  tap: (wires, n) => {
    const last = wires.at(-1)!;
    const reply = ('quickReplies' in last && last.quickReplies?.[n]) || undefined;
    return message(`tap_${n}`, { text: reply?.title, quick_reply: { payload: reply?.payload } });
  },
  deliveries: [
    { name: 'a message id', answers: () => {}, wire: text, is: 'accepted' },
    { name: 'typing', answers: () => {}, wire: { is: 'typing' }, is: 'accepted' },
    ...ERROR_ROWS.map((row) =>
      said(
        `${row.code}/${row.subcode ?? ''} ${row.name}`,
        { answer: { code: row.code, ...(row.subcode !== undefined && { subcode: row.subcode }) } },
        row.is,
      ),
    ),
    said('an unknown code', { answer: { code: 9999 } }, 'refused'),
    said('an unknown code that is called transient', { answer: { code: 9999, transient: true } }, 'later'),
    said('an unknown subcode of a known code', { answer: { code: 551, subcode: 42 } }, 'refused'),
    said('HTTP 500 with an error that is known', { answer: { code: 2, status: 500, transient: true } }, 'later'),
    said('HTTP 502 of a proxy', { status: 502 }, 'unsure'),
    said('HTTP 429 without a body', { status: 429 }, 'later'),
    said('HTTP 404 of another server', { status: 404 }, 'refused'),
    said('200 that is not JSON', { status: 200, body: 'OK' }, 'unsure'),
    said('the connection breaks after the request', { reset: 'after' }, 'unsure'),
    said('no answer in time', { silent: 'after' }, 'unsure'),
    {
      name: 'the token is lost',
      answers: () => graph.loseToken(),
      wire: text,
      is: 'later',
    },
    { name: 'the token is back', answers: () => graph.restoreToken(), wire: text, is: 'accepted' },
    {
      name: 'the window has passed',
      answers: () => graph.advance(24 * 3_600_000),
      wire: text,
      is: 'refused',
    },
    {
      name: 'the window has passed, a person writes',
      answers: () => {},
      wire: { ...text, person: true },
      is: 'accepted',
    },
    {
      name: 'seven days have passed, a person writes',
      answers: () => graph.advance(6 * 24 * 3_600_000),
      wire: { ...text, person: true },
      is: 'refused',
    },
  ],
  secrets: [APP.secret, PAGE.token, VERIFY],
  without: {},
}));

test('the vectors of the platform are genuine', () => {
  expect(HELLO).toHaveLength(192);
  expect(OUTAGE).toHaveLength(210);
  expect(channel.verify(requestOf(HELLO, HELLO_SIGNED))).toEqual({ is: 'genuine' });
  expect(channel.verify(requestOf(OUTAGE, OUTAGE_SIGNED))).toEqual({ is: 'genuine' });
});

test('without an app id, what is passed to us in `messaging` is ours, and a take is somebody else’s', () => {
  const { MESSENGER_APP_ID: _none, ...rest } = SETTINGS;
  const unaware = messenger.connect(settingsOf(rest), ports);
  const read = (what: Record<string, unknown>) => unaware.read(eventsOf(from('2002', what))).map(({ name }) => name);
  expect(read({ pass_thread_control: { new_owner_app_id: 5 } })).toEqual(['returned']);
  expect(read({ take_thread_control: { previous_owner_app_id: 5 } })).toEqual(['taken']);
});

test('a choice that does not fit is numbered: a title of 21, a fourteenth choice', () => {
  const long = channel.render(
    choices('Chọn ạ?', [
      { title: 'x'.repeat(21), value: 'a' },
      { title: 'Hai', value: 'b' },
    ]),
  );
  expect(long).toEqual([{ is: 'text', text: `Chọn ạ?\n1. ${'x'.repeat(21)}\n2. Hai` }]);
  const many = [...Array(14)].map((_, n) => ({ title: `Nhà ${n + 1}`, value: `h${n + 1}` }));
  const [wire] = channel.render(choices('Nhà nào ạ?', many));
  expect(wire).toMatchObject({ is: 'text', text: expect.stringContaining('14. Nhà 14') });
  expect(wire).not.toHaveProperty('quickReplies');
});

test('a request that never left is sent later, whatever happened to the one before', async () => {
  const gone = await startGraph();
  await gone.stop();
  const nowhere = messenger.connect(settingsOf({ ...SETTINGS, GRAPH_API_BASE: gone.base }), ports);
  expect(await nowhere.send({ channel: 'messenger', conversation: '1001:2002', person: '2002' }, text, 'k')).toEqual({
    is: 'later',
    afterMs: 0,
    why: 'ECONNREFUSED',
  });
});

describe('what is said in several ways', () => {
  const image = { url: '/assets/where.png', alt: 'Mã khách hàng nằm ở góc trên bên phải hóa đơn' };
  const over = (more: Parameters<typeof portsFor>[0]) =>
    messenger.connect(settingsOf({ ...SETTINGS, GRAPH_API_BASE: graph.base }), portsFor(more));
  const shown = async (to: typeof channel, activity: Activity) => {
    const an = graph.person('7001');
    an.says('xin chào');
    const before = an.shown.length;
    for (const wire of to.render(activity))
      expect(
        await to.send({ channel: 'messenger', conversation: '1001:7001', person: '7001' }, wire, 'k'),
      ).toMatchObject({ is: 'accepted' });
    return an.shown.slice(before).map(({ text, attachment, file, buttons, quickReplies }) => ({
      ...(text && { text }),
      ...(attachment && { url: (attachment.payload as { url?: string }).url }),
      ...(file && { bytes: file.size }),
      taps: [...buttons, ...quickReplies].map(({ title }) => title),
    }));
  };
  const asked = {
    ...picture('Mã ở đây ạ', image),
    suggestedActions: choices('', [{ title: 'Gặp nhân viên', value: 'agent.request' }]).suggestedActions!,
  };

  test('a picture by its address, by upload, in words; the choices stay with what comes last', async () => {
    const publicUrl = (path: string) => `https://cskh.example.vn${path}`;
    const taps = ['Gặp nhân viên'];
    const first = { text: 'Mã ở đây ạ', taps: [] };
    expect(await shown(over({ publicUrl }), asked)).toEqual([first, { url: publicUrl(image.url), taps }]);
    const bytes = async () => ({ bytes: Buffer.alloc(500), contentType: 'image/png' });
    expect(await shown(over({ picture: bytes }), asked)).toEqual([first, { url: undefined, bytes: 500, taps }]);
    expect(await shown(over({}), asked)).toEqual([first, { text: image.alt, taps }]);
    graph.state.unreachable = () => true;
    expect(await shown(over({ publicUrl }), asked)).toEqual([first, { text: image.alt, taps }]);
    graph.state.unreachable = () => false;
    const wrongType = async () => ({ bytes: Buffer.alloc(5), contentType: 'text/html' });
    expect(await shown(over({ picture: wrongType }), asked)).toEqual([first, { text: image.alt, taps }]);
  });

  test('links and calls are buttons where all fit one template, else written out', async () => {
    const pay = { type: 'openUrl', title: 'Thanh toán', value: 'https://example.vn/tt' };
    const call = { type: 'call', title: 'Gọi tổng đài', value: 'tel:19001909' };
    const want = { type: 'messageBack', title: 'Chi tiết', value: 'bill.explain' };
    const offer = (text: string, ...actions: Partial<CardAction>[]): Activity => ({
      ...say(text),
      suggestedActions: { actions: actions as CardAction[] },
    });
    expect(await shown(over({}), offer('Dạ', pay, want))).toEqual([{ text: 'Dạ', taps: ['Thanh toán', 'Chi tiết'] }]);
    const long = { ...pay, title: 'Thanh toán ngay tại trang này' };
    expect(await shown(over({}), offer('Dạ', long, want))).toEqual([
      { text: `Dạ\n${long.title}: ${pay.value}`, taps: ['Chi tiết'] },
    ]);
    expect(await shown(over({}), offer('Dạ', pay, call, want, want))).toEqual([
      { text: `Dạ\nThanh toán: ${pay.value}\nGọi tổng đài: ${call.value}`, taps: ['Chi tiết', 'Chi tiết'] },
    ]);
    expect(await shown(over({}), offer(`${'x'.repeat(700)}.`, pay))).toMatchObject([{ taps: [] }]);
  });
});

test('settings are optional, and without them the channel is not reached', async () => {
  const none = messenger.connect({}, ports);
  expect(none.hooks).toEqual([]);
  expect(none.render(choices('?', [{ title: 'a', value: 'a' }]))).toHaveLength(1);
  expect(await none.send({ channel: 'messenger', conversation: 'c', person: 'p' }, text, 'k')).toMatchObject({
    is: 'refused',
    code: 'NOT_SET_UP',
  });
});
