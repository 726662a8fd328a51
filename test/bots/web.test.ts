import { createHmac } from 'node:crypto';
import { web } from '../../bots/web';
import { webChannel } from '../../bots/web/channel';
import { makeRate, networkOf } from '../../bots/web/rates';
import { makeTokens } from '../../bots/web/tokens';
import { type Activity, offeredChoices, say, tableOf } from '../../core/activity';
import type { RawRequest } from '../../core/channel';
import { noPorts } from '../channels';
import { channelContract } from '../contracts/channel';

const SIGNING = 'the signing secret of this test';
const SECRET = 'the-direct-line-secret-of-this-test';
let random = 0;
const tokens = makeTokens(
  SIGNING,
  () => new Date('2026-11-22T02:00:00Z'),
  (bytes) => createHmac('sha256', 'random').update(String(random++)).digest().subarray(0, bytes),
);

const people = [0, 1].map(() => {
  const conversation = tokens.newConversation();
  return { conversation, token: tokens.issue({ conversation, user: tokens.userOf(conversation) }) };
}) as [{ conversation: string; token: string }, { conversation: string; token: string }];

const request = (
  body: unknown,
  { conversation, token }: { conversation: string; token: string } = people[0],
): RawRequest => ({
  method: 'POST',
  url: `/v3/directline/conversations/${conversation}/activities`,
  headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
});
const message = (text: string, clientActivityID: string, more: object = {}) => ({
  type: 'message',
  from: { id: 'dl_somebody_else', role: 'bot' },
  text,
  channelData: { clientActivityID },
  ...more,
});
const changed = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

channelContract<Activity>('web', () => {
  const [one, other] = people;
  const from = { id: tokens.userOf(one.conversation), role: 'user' };
  return {
    channel: webChannel({ tokens, secret: SECRET }),
    payloads: [
      {
        name: 'Web Chat, typed',
        request: request(
          message('tiền điện tháng này', 'abc', {
            locale: 'vi-VN',
            textFormat: 'plain',
            timestamp: '2026-11-22T02:00:00Z',
          }),
        ),
        activities: [
          {
            type: 'message',
            text: 'tiền điện tháng này',
            locale: 'vi-VN',
            from,
            channelData: { clientActivityID: 'abc' },
          },
        ],
      },
      {
        name: 'decomposed accents come out composed',
        request: request(message('cúp điện'.normalize('NFD'), 'nfd')),
        activities: [{ text: 'cúp điện'.normalize('NFC') }],
      },
      { name: 'no id of the client', request: request({ type: 'message', text: 'a' }), activities: [{ text: 'a' }] },
      {
        name: 'by the secret',
        request: request(message('b', 'secret'), { conversation: one.conversation, token: SECRET }),
        activities: [{ text: 'b', from }],
      },
    ],
    forgeries: [
      {
        name: 'signature',
        request: request(message('a', 'x'), { ...one, token: changed(one.token, one.token.length - 5) }),
      },
      {
        name: 'claims',
        request: request(message('a', 'x'), { ...one, token: changed(one.token, one.token.indexOf('.') + 9) }),
      },
      { name: 'header', request: request(message('a', 'x'), { ...one, token: changed(one.token, 3) }) },
      { name: 'secret', request: request(message('a', 'x'), { ...one, token: changed(SECRET, 4) }) },
      {
        name: "another's conversation",
        request: request(message('a', 'x'), { conversation: other.conversation, token: one.token }),
      },
      {
        name: 'a conversation of nobody',
        request: request(message('a', 'x'), { conversation: changed(one.conversation, 2), token: SECRET }),
      },
      { name: 'no token', request: { ...request(message('a', 'x')), headers: {} } },
      {
        name: 'a stream token',
        request: request(message('a', 'x'), {
          ...one,
          token: tokens.issue({ conversation: one.conversation, user: 'dl_x' }, 'stream'),
        }),
      },
    ],
    people: [request(message('a', 'same')), request(message('a', 'same'), other)],
    unknown: [
      request({ type: 'typing' }),
      request({ type: 'event', name: 'webchat/join' }),
      request({ type: 'invoke' }),
      request({ type: 'conversationUpdate' }),
    ],
    withBody: (body) => request(body),
    textOf: ({ text, attachments = [] }) =>
      [text, ...attachments.map((attachment) => tableOf(attachment)?.rows.flat().join(' ') ?? '')].join('\n'),
    tappable: offeredChoices,
    tap: (wires, n) => {
      const { title, value } = wires.flatMap(offeredChoices)[n]!;
      return request(message(title, `tap ${n}`, { value }));
    },
    deliveries: [
      { name: 'the log is the platform', answers: () => {}, wire: { ...say('a'), id: 'x' }, is: 'accepted' },
    ],
    secrets: [SIGNING, SECRET, one.token],
    without: {
      challenge: 'Direct Line has no challenge',
      echoes: 'replies are streamed from our log and never enter by POST',
      receipts: 'replies are streamed from our log and never enter by POST',
    },
  };
});

test('without keys it renders and lets nobody in', () => {
  const channel = web.connect({}, noPorts);
  expect(channel.verify(request(message('a', 'x')))).toEqual({ is: 'refused', why: 'no conversation' });
  expect(channel.read(request(message('a', 'x')))).toEqual([]);
  expect(channel.render(say('a'))).toEqual([say('a')]);
});

test('networks: one IPv6 /64, an IPv4 address in any clothes', () => {
  expect(networkOf('::ffff:1.2.3.4')).toBe('1.2.3.4');
  expect(networkOf('1.2.3.4')).toBe('1.2.3.4');
  expect(networkOf('2001:db8:0:7::1')).toBe(networkOf('2001:0DB8:0000:0007:aaaa:bbbb:cccc:dddd'));
  expect(networkOf('2001:db8::1')).not.toBe(networkOf('2001:db8:0:7::1'));
  expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
});

test('a rate is kept by the clock and never by the number of keys', () => {
  let now = 0;
  const rate = makeRate({ max: 2, windowMs: 1000 }, () => new Date(now));
  expect([rate.take('a'), rate.take('a'), rate.take('a'), rate.take('b')]).toEqual([0, 0, 500, 0]);
  now = 500;
  expect([rate.take('a'), rate.take('a')]).toEqual([0, 500]);
  now = 400;
  expect(rate.take('a')).toBeGreaterThan(0);
});
