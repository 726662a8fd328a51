import { tapsUnder } from '../../bots/zalo/taps';
import type { ZaloWire } from '../../bots/zalo/wire';
import { LOCATION, STICKER } from '../../core/activity';
import type { RawRequest } from '../../core/channel';
import { type ChannelCase, channelContract } from '../contracts/channel';
import { APP_ID, OA_ID, OA_SECRET } from '../fakes/zalo';
import { fakeWebhook } from '../fakes/zalo-webhook';
import { SECRETS, zaloHarness } from './zalo-harness';

const h = zaloHarness();
beforeAll(() => h.start());
afterAll(() => h.stop());

const USER = '246845883529197922';
const ends = { sender: { id: USER }, recipient: { id: OA_ID } };
let count = 0;
const event = (event_name: string, fields: Record<string, unknown>) => {
  count += 1;
  return { app_id: APP_ID, event_name, timestamp: String(1_760_000_000_000 + count), ...fields };
};
const message = (kind: string, said: Record<string, unknown>, from = USER) => {
  const made = event(`user_send_${kind}`, { user_id_by_app: '552177279717587730', ...ends, sender: { id: from } });
  return h.request({ ...made, message: { msg_id: `m${count}`, ...said } });
};
const attachment = (type: string, payload: Record<string, unknown>) => ({ attachments: [{ type, payload }] });
const other = (name: string, fields: Record<string, unknown>) => h.request(event(name, fields));

const TEXT =
  '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"Mất điện ở Hà Nội","msg_id":"96d3cdf3af150460909"},"timestamp":"1543908534742"}';
const text = h.request(TEXT);

const changed = (request: RawRequest, at: number): RawRequest => {
  const body = Buffer.from(request.body);
  body[at] = body[at]! ^ 1;
  return { ...request, body };
};
const signedAs = (signature: string): RawRequest => ({
  ...text,
  headers: { ...text.headers, 'x-zevent-signature': signature },
});
const mac = String(text.headers['x-zevent-signature']).slice('mac='.length);
const signedUnder = (oaSecret: string, appId = APP_ID): RawRequest => {
  const { body, headers } = fakeWebhook({ clock: h.clock, appId, oaSecret, appSecret: '' }).signed(
    JSON.parse(TEXT),
    TEXT,
  );
  return { ...text, headers, body: Buffer.from(body) };
};
const point = [{ contentType: LOCATION, content: { type: 'Point', coordinates: [106.66, 10.76] } }];
const conversation = { id: USER };
const said = { kind: 'message' as const, text: 'Dạ em chào anh/chị ạ.' };
const cs = (fault: Parameters<typeof h.fake.hosts.oa.fail>[1]) => () => {
  h.fake.person('person of the contract').follows();
  h.fake.hosts.oa.fail('/v3.0/oa/message/cs', fault);
};
const errorIs = (error: number) => cs({ body: { error, message: 'see the table' } });

channelContract<ZaloWire>(
  'zalo',
  (): ChannelCase<ZaloWire> => ({
    channel: h.channel,
    payloads: [
      {
        name: 'text',
        request: text,
        activities: [
          {
            type: 'message',
            id: '96d3cdf3af150460909',
            text: 'Mất điện ở Hà Nội',
            timestamp: '2018-12-04T07:28:54.742Z',
            from: { id: USER, role: 'user' },
            conversation,
            channelData: { userIdByApp: '552177279717587730' },
          },
        ],
      },
      {
        name: 'ids that came as numbers keep their digits',
        request: h.request(TEXT.replaceAll(/"id":"(\d+)"/g, '"id":$1').replace('96d3cdf3af150460909', '96d3cdf3af15')),
        activities: [{ id: '96d3cdf3af15', from: { id: USER }, conversation }],
      },
      {
        name: 'text in NFD, quoting another',
        request: message('text', { text: 'Mất điện'.normalize('NFD'), quote_msg_id: 'q1' }),
        activities: [{ text: 'Mất điện', replyToId: 'q1' }],
      },
      {
        name: 'image with a caption',
        request: message('image', {
          text: 'hóa đơn đây',
          ...attachment('image', { url: 'https://photo.example/a.jpg', thumbnail: 'https://photo.example/t.jpg' }),
        }),
        activities: [
          {
            text: 'hóa đơn đây',
            attachments: [{ contentType: 'image/jpeg', contentUrl: 'https://photo.example/a.jpg' }],
          },
        ],
      },
      {
        name: 'gif, which may never come',
        request: message('gif', attachment('gif', { url: 'https://photo.example/a.gif' })),
        activities: [{ attachments: [{ contentType: 'image/gif' }] }],
      },
      {
        name: 'sticker',
        request: message(
          'sticker',
          attachment('sticker', { id: 'bfe458bf64fa8da4d4eb', url: 'https://s.example/1.png' }),
        ),
        activities: [{ attachments: [{ contentType: STICKER, contentUrl: 'https://s.example/1.png' }] }],
      },
      {
        name: 'location with strings',
        request: message(
          'location',
          attachment('location', { coordinates: { latitude: '10.76', longitude: '106.66' } }),
        ),
        activities: [{ attachments: point }],
      },
      {
        name: 'location with numbers',
        request: message('location', attachment('location', { lat: 10.76, long: 106.66 })),
        activities: [{ attachments: point }],
      },
      {
        name: 'location beside the attachments',
        request: message('location', { location: { latitude: 10.76, longitude: 106.66 } }),
        activities: [{ attachments: point }],
      },
      {
        name: 'audio',
        request: message('audio', attachment('audio', { url: 'https://v.example/1.amr' })),
        activities: [{ attachments: [{ contentType: 'audio/amr', contentUrl: 'https://v.example/1.amr' }] }],
      },
      {
        name: 'video',
        request: message('video', attachment('video', { url: 'https://v.example/1.mp4', description: 'cột điện' })),
        activities: [{ attachments: [{ contentType: 'video/mp4', name: 'cột điện' }] }],
      },
      {
        name: 'file',
        request: message(
          'file',
          attachment('file', { url: 'https://f.example/1', name: 'a.pdf', size: 12, type: 'pdf' }),
        ),
        activities: [{ attachments: [{ contentType: 'application/pdf', name: 'a.pdf' }] }],
      },
      {
        name: 'link',
        request: message('link', attachment('link', { url: 'https://evn.example/1', description: 'Thông báo' })),
        activities: [{ text: 'Thông báo https://evn.example/1' }],
      },
      {
        name: 'business card',
        request: message(
          'business_card',
          attachment('link', { url: 'https://z.example/c', description: '{"phone":"84987654321","qrCodeUrl":"x"}' }),
        ),
        activities: [{ text: '0987654321' }],
      },
      {
        name: 'anonymous text',
        request: other('anonymous_send_text', {
          sender: { id: 'a1b2' },
          recipient: { id: OA_ID },
          message: { msg_id: 'an1', text: 'cho hỏi', conversation_id: 'conv9' },
        }),
        activities: [{ id: 'an1', text: 'cho hỏi', from: { id: 'anonymous:a1b2:conv9' } }],
      },
      {
        name: 'reaction',
        request: other('user_reacted_message', { ...ends, message: { msg_id: 'x1', react_icon: '/-heart' } }),
        activities: [{ type: 'messageReaction', name: '/-heart', replyToId: 'x1', conversation }],
      },
      {
        name: 'follow, without sender and recipient',
        request: other('follow', { oa_id: OA_ID, follower: { id: USER }, source: 'oa_profile' }),
        activities: [{ type: 'event', name: 'follow', from: { id: USER }, conversation }],
      },
      {
        name: 'unfollow',
        request: other('unfollow', { oa_id: OA_ID, follower: { id: USER }, source: 'oa_profile' }),
        activities: [{ type: 'event', name: 'unfollow' }],
      },
      {
        name: 'the chat button',
        request: other('user_click_chatnow', { oa_id: OA_ID, user_id: USER, user_id_by_app: '55' }),
        activities: [{ type: 'event', name: 'follow', conversation }],
      },
      {
        name: 'shared information',
        request: other('user_submit_info', {
          ...ends,
          info: { name: 'Nguyễn Văn An', phone: 84987654321, full_address: { address: '1 Lê Lợi', city: 'Huế' } },
        }),
        activities: [
          {
            type: 'event',
            name: 'contact',
            value: { phone: '84987654321', name: 'Nguyễn Văn An', address: '1 Lê Lợi, Huế' },
          },
        ],
      },
      {
        name: 'a person of the utility wrote in the console of Zalo',
        request: other('oa_send_text', {
          sender: { id: OA_ID, admin_id: '77' },
          recipient: { id: USER },
          message: { msg_id: 'h1', text: 'Chào anh' },
        }),
        activities: [{ type: 'event', name: 'taken', conversation }],
      },
      {
        name: 'rights over personal data',
        request: other('user_withdraw', { oa_id: OA_ID, user_id: USER }),
        activities: [{ type: 'event', name: 'withdraw', conversation }],
      },
    ],
    forgeries: [
      ...[0, 60, TEXT.indexOf('điện'), text.body.length - 1].map((at) => ({
        name: `byte ${at} of the body`,
        request: changed(text, at),
      })),
      { name: 'first byte of the signature', request: signedAs(`mac=${mac[0] === '0' ? '1' : '0'}${mac.slice(1)}`) },
      {
        name: 'last byte of the signature',
        request: signedAs(`mac=${mac.slice(0, -1)}${mac.endsWith('0') ? '1' : '0'}`),
      },
      { name: 'half a signature', request: signedAs(`mac=${mac.slice(0, 32)}`) },
      { name: 'no signature', request: { ...text, headers: {} } },
      { name: 'an empty signature', request: signedAs('') },
      { name: 'one byte of the secret', request: signedUnder(OA_SECRET.replace(/.$/, 'f')) },
      { name: 'one byte of the app id', request: signedUnder(OA_SECRET, APP_ID.replace(/.$/, '8')) },
      { name: 'not a POST', request: { ...text, method: 'GET' } },
      { name: 'signed, and empty', request: { ...text, body: Buffer.from('{}') } },
    ],
    challenge: { request: { method: 'POST', url: '/hooks/zalo', headers: {}, body: Buffer.from('{}') }, answer: '' },
    people: [message('text', { text: 'một' }), message('text', { text: 'một' }, '246845883529197923')],
    echoes: [
      ...['text', 'image', 'gif', 'list', 'file', 'sticker', 'template'].map((kind) =>
        other(`oa_send_${kind}`, {
          sender: { id: OA_ID },
          recipient: { id: USER },
          message: { msg_id: 'o1', text: 'Dạ' },
        }),
      ),
      other('oa_send_anonymous_text', { sender: { id: OA_ID }, recipient: { id: 'a1b2' }, message: { msg_id: 'o2' } }),
      other('oa_reacted_message', { sender: { id: OA_ID }, recipient: { id: USER }, message: { msg_id: 'o3' } }),
    ],
    receipts: [
      {
        name: 'received, inverted',
        request: other('user_received_message', {
          sender: { id: OA_ID },
          recipient: { id: USER },
          message: { msg_id: 'r1' },
        }),
        receipt: { state: 'delivered', platformIds: ['r1'] },
      },
      {
        name: 'seen, inverted, several',
        request: other('user_seen_message', {
          sender: { id: OA_ID },
          recipient: { id: USER },
          message: { msg_ids: ['r1', 'r2'] },
        }),
        receipt: { state: 'read', platformIds: ['r1', 'r2'] },
      },
      {
        name: 'seen, straight, one',
        request: other('user_seen_message', { ...ends, message: { msg_id: 'r3' } }),
        receipt: { state: 'read', platformIds: ['r3'] },
      },
      {
        name: 'a template by phone',
        request: other('user_received_message', {
          sender: { id: OA_ID },
          recipient: { id: '84987654321' },
          message: { msg_id: 'z1', tracking_id: 'notice-1:person-2', delivery_time: '1760000000999' },
        }),
        receipt: { state: 'delivered', platformIds: ['z1'], sendKey: 'notice-1:person-2' },
      },
    ],
    unknown: [
      other('user_send_group_text', { ...ends, message: { msg_id: 'g1', text: 'mã PP05000974006' } }),
      other('user_click_button', { ...ends, message: { msg_id: 'b1' } }),
      other('user_send_hologram', { ...ends, message: { msg_id: 'b2', attachments: [{ type: 'hologram' }] } }),
      other('change_template_status', { oa_id: OA_ID, template_id: '10001', status: { new_status: 'REJECT' } }),
      other('change_oa_daily_quota', { oaId: OA_ID, quota: { prev_value: '500', new_value: '2000' } }),
      other('add_user_to_tag', { oa_id: OA_ID, tag: { name: 'VIP', user_ids: [USER] } }),
      other('user_reacted_message', { ...ends, message: { msg_id: 'x1', react_icon: '/-remove' } }),
      other('user_call_oa', { oa_id: OA_ID, user_id: USER, call_id: '1' }),
      other('constructor', ends),
      message('text', { text: '   ' }),
    ],
    withBody: (body) => ({ ...text, body }),
    textOf: (wire) => (wire.kind === 'message' ? (wire.text ?? '') : ''),
    tappable: (wire) =>
      (wire.kind === 'message' ? (wire.buttons ?? []) : []).map(({ title, payload }) => {
        const tapped = tapsUnder(OA_SECRET).read(payload);
        return { title, value: tapped?.is === 'tap' ? tapped.value : '' };
      }),
    tap: (wires, n) => {
      const buttons = wires.flatMap((wire) => (wire.kind === 'message' ? (wire.buttons ?? []) : []));
      return message('text', { text: buttons[n]!.payload });
    },
    deliveries: [
      {
        name: 'accepted',
        answers: () => void h.fake.person('person of the contract').follows(),
        wire: said,
        is: 'accepted',
      },
      { name: '-32 rate limit', answers: errorIs(-32), wire: said, is: 'later' },
      {
        name: 'nothing is asked while the limit lasts',
        answers: () => expect(h.fake.oa.messages).toHaveLength(1),
        wire: said,
        is: 'later',
      },
      {
        name: 'after it',
        answers: () => h.clock.advance(60_000),
        wire: said,
        is: 'accepted',
      },
      { name: '-230 outside the window', answers: errorIs(-230), wire: said, is: 'refused' },
      { name: '-213 no follower', answers: errorIs(-213), wire: said, is: 'refused' },
      { name: '-200 failed', answers: errorIs(-200), wire: said, is: 'later' },
      { name: '-211 quota', answers: errorIs(-211), wire: said, is: 'later' },
      { name: '-99999 in no table', answers: errorIs(-99999), wire: said, is: 'refused' },
      { name: 'HTTP 429', answers: cs({ status: 429, body: {} }), wire: said, is: 'later' },
      { name: 'after that', answers: () => h.clock.advance(60_000), wire: said, is: 'accepted' },
      { name: 'HTTP 502', answers: cs({ status: 502, body: '<html>' }), wire: said, is: 'unsure' },
      { name: 'HTTP 404', answers: cs({ status: 404, body: 'empty api' }), wire: said, is: 'refused' },
      { name: '200 that is no JSON', answers: cs({ status: 200, body: '<html>' }), wire: said, is: 'unsure' },
      { name: 'the connection breaks before anything is done', answers: cs('drop-before'), wire: said, is: 'unsure' },
      { name: 'the connection breaks after it was done', answers: cs('drop-after'), wire: said, is: 'unsure' },
    ],
    secrets: SECRETS,
    without: {},
  }),
);
