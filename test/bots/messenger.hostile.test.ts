import fc from 'fast-check';
import fastify from 'fastify';
import { registerHooks } from '../../app/hooks';
import { masked } from '../../app/logger';
import { messenger } from '../../bots/messenger';
import type { Inbound } from '../../core/channel';
import { anyText } from '../any-text';
import { escaped, signed } from '../fakes/graph-hooks';
import { APP, PAGE, portsFor, SETTINGS, settingsOf, VERIFY } from './messenger-harness';

/** on top of the contract's 10,000: whole events with single fields of the wrong kind */
const RUNS = 3_000;
const SECRET_TEXT = 'PP05000974006';

const ports = portsFor();
const channel = messenger.connect(settingsOf(SETTINGS), ports);
const kept: Inbound[] = [];
const lines: string[] = [];
const http = fastify({ bodyLimit: 64 * 1024 });

beforeAll(async () => {
  const log = Object.fromEntries(
    ['info', 'debug', 'error', 'fatal', 'warn'].map((level) => [
      level,
      (...line: unknown[]) => lines.push(masked(JSON.stringify(line))),
    ]),
  ) as never;
  await registerHooks(http, {
    channels: [channel],
    accept: async (inbound: Inbound) => {
      kept.push(inbound);
      return 'kept';
    },
    ready: () => true,
    log,
  } as never);
  await http.ready();
});
afterAll(() => http.close());
beforeEach(() => {
  kept.length = lines.length = 0;
});

const post = async (body: Buffer | string, headers: Record<string, string>) =>
  (
    await http.inject({
      method: 'POST',
      url: '/hooks/messenger',
      headers: { 'content-type': 'application/json', ...headers },
      payload: Buffer.from(body),
    })
  ).statusCode;

// ── events whose every field may be right, wrong, missing, or of another kind ──
const odd = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom(null, true, 0, -1, 1e308, '', [], {}, '\ud800', '__proto__', 'x'.repeat(3000)),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);
const or = <T>(right: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 24, arbitrary: right as fc.Arbitrary<unknown> }, { weight: 1, arbitrary: odd });
const psid = or(fc.constantFrom('2002', '2003', PAGE.id));
const mid = or(fc.stringMatching(/^m_[A-Za-z0-9_-]{1,40}$/));
const words = or(fc.oneof(fc.constantFrom('Mất điện', SECRET_TEXT, 'cảm ơn'), anyText({ maxLength: 60 })));
const attachment = fc.record(
  {
    type: or(fc.constantFrom('image', 'audio', 'sticker', 'file', 'location', 'fallback', 'reel', 'template')),
    payload: or(
      fc.record(
        { url: or(fc.webUrl()), sticker_id: odd, title: words, coordinates: or(fc.record({ lat: odd, long: odd })) },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
);
const content = fc.oneof(
  fc
    .record(
      {
        mid,
        text: words,
        is_echo: fc.constantFrom(true, false, 'true'),
        app_id: odd,
        metadata: or(fc.constantFrom('domdom:k|1:0.0', 'other')),
        quick_reply: or(fc.record({ payload: words })),
        reply_to: or(fc.record({ mid })),
        attachments: or(fc.array(or(attachment), { maxLength: 3 })),
        referral: odd,
      },
      { requiredKeys: [] },
    )
    .map((message) => ({ message })),
  fc
    .record({ mid, title: words, payload: words, referral: odd }, { requiredKeys: [] })
    .map((postback) => ({ postback })),
  fc
    .record({ mid, action: or(fc.constant('react')), emoji: words }, { requiredKeys: [] })
    .map((reaction) => ({ reaction })),
  fc
    .record({ mids: or(fc.array(mid, { maxLength: 3 })), watermark: odd }, { requiredKeys: [] })
    .map((delivery) => ({ delivery })),
  odd.map((watermark) => ({ read: { watermark } })),
  fc.record({ new_owner_app_id: odd, metadata: words }).map((one) => ({ pass_thread_control: one })),
  fc.record({ previous_owner_app_id: odd }).map((one) => ({ take_thread_control: one })),
  odd.map((one) => ({ message_edit: one })),
  fc.jsonValue({ maxDepth: 2 }).map((one) => ({ [typeof one]: one })),
);
const event = fc
  .record(
    { sender: or(fc.record({ id: psid })), recipient: or(fc.record({ id: psid })), timestamp: or(fc.integer()) },
    { requiredKeys: [] },
  )
  .chain((head) => content.map((what) => ({ ...head, ...what })));
const change = fc.record({
  field: or(fc.constant('feed')),
  value: or(
    fc.record(
      {
        item: or(fc.constant('comment')),
        verb: or(fc.constant('add')),
        from: or(fc.record({ id: psid })),
        comment_id: mid,
        message: words,
        created_time: odd,
      },
      { requiredKeys: [] },
    ),
  ),
});
const entry = fc.record(
  {
    id: psid,
    time: odd,
    messaging: or(fc.array(or(event), { minLength: 1, maxLength: 3 })),
    standby: or(fc.array(or(event), { maxLength: 2 })),
    changes: or(fc.array(or(change), { maxLength: 2 })),
  },
  { requiredKeys: [] },
);
const envelope = fc.record(
  { object: or(fc.constant('page')), entry: or(fc.array(or(entry), { minLength: 1, maxLength: 3 })) },
  { requiredKeys: [] },
);

/** A body and whether it was signed by the platform: whole events, cut or changed bytes, anything at all. */
const body = fc.oneof(
  { weight: 8, arbitrary: envelope.map((one) => Buffer.from(escaped(one))) },
  { weight: 1, arbitrary: fc.tuple(envelope, fc.nat(400)).map(([one, n]) => Buffer.from(escaped(one)).subarray(0, n)) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)) },
);
const forgery = fc.constantFrom(
  undefined,
  undefined,
  undefined,
  'another secret',
  'another body',
  'no header',
  'SHA-1',
  'twice',
);

test(`${RUNS} fuzzed payloads: 200 for what is signed, 401 for what is not, nothing thrown, leaked or kept that should not be`, async () => {
  let genuine = 0;
  let events = 0;
  await fc.assert(
    fc.asyncProperty(body, forgery, async (bytes, forged) => {
      const before = kept.length;
      const right = signed(APP.secret, bytes);
      const signature = {
        'another secret': signed('app-secret-demp', bytes),
        'another body': signed(APP.secret, Buffer.concat([bytes, Buffer.from(' ')])),
        'no header': '',
        'SHA-1': right.replace('sha256', 'sha1'),
        twice: `${right},${right}`,
      }[forged ?? 'twice'];

      const status = await post(bytes, { 'x-hub-signature-256': (forged ? signature : right)! });
      const made = kept.slice(before);
      if (forged) {
        expect([forged, status, made.length]).toEqual([forged, 401, 0]);
        return;
      }
      genuine += 1;
      events += made.length;
      expect(status).toBe(200);
      for (const { address, eventId, activity } of made) {
        expect(address.conversation).toMatch(/^messenger:[\w.:$-]{1,255}:(comment:)?[\w.:$-]{1,255}$/);
        expect(address.person).toMatch(/^[\w.:$-]{1,255}$/);
        expect(eventId).toMatch(/^[\w.:$-]{1,300}$/);
        expect(['message', 'event', 'messageReaction']).toContain(activity.type);
        const written = JSON.stringify(activity);
        expect(written.length).toBeLessThan(50_000);
        expect(/\\ud[89a-f]/i.test(written)).toBe(false);
        // a comment is kept only when it holds a code or a phone number
        if (address.route) expect(activity.text).toMatch(/\d/);
      }
    }),
    { numRuns: RUNS },
  );
  expect(genuine).toBeGreaterThan(RUNS / 4);
  expect(events).toBeGreaterThan(RUNS / 10);
  const all = lines.join('\n');
  for (const hidden of [APP.secret, PAGE.token, VERIFY, SECRET_TEXT, 'Mất điện']) expect(all).not.toContain(hidden);
  expect(ports.alarms).toEqual([]);
}, 60_000);

test('a body of more than 1 MB is refused before it is read; one of many events is bounded', async () => {
  const large = Buffer.alloc(1024 * 1024 + 1, 0x20);
  expect(await post(large, { 'x-hub-signature-256': signed(APP.secret, large) })).toBe(413);
  const event = { sender: { id: '2002' }, recipient: { id: PAGE.id }, timestamp: 1 };
  const many = escaped({
    object: 'page',
    entry: [
      { id: PAGE.id, messaging: [...Array(5000)].map((_, n) => ({ ...event, message: { mid: `m_${n}`, text: 'x' } })) },
    ],
  });
  expect(many.length).toBeLessThan(1024 * 1024);
  expect(await post(many, { 'x-hub-signature-256': signed(APP.secret, many) })).toBe(200);
  expect(kept.length).toBe(1000);
});

test('deep nesting and endless texts neither throw nor take long', async () => {
  const deep = `{"object":"page","entry":${'['.repeat(200_000)}${']'.repeat(200_000)}}`;
  expect(await post(deep, { 'x-hub-signature-256': signed(APP.secret, deep) })).toBe(200);
  const began = process.hrtime.bigint();
  for (const unit of ['P ', '0 9', 'PP05-', '1.', ' -_']) {
    const comment = {
      item: 'comment',
      verb: 'add',
      from: { id: '3' },
      comment_id: '1_2',
      message: unit.repeat(200_000),
    };
    const long = escaped({ object: 'page', entry: [{ id: PAGE.id, changes: [{ field: 'feed', value: comment }] }] });
    expect(await post(long, { 'x-hub-signature-256': signed(APP.secret, long) })).toBe(200);
  }
  expect(Number(process.hrtime.bigint() - began) / 1e6).toBeLessThan(20_000);
});

test('a challenge with a wrong token is 403, and nothing is told of the right one', async () => {
  const answer = await http.inject({
    method: 'GET',
    url: '/hooks/messenger?hub.mode=subscribe&hub.challenge=7&hub.verify_token=no',
  });
  expect([answer.statusCode, answer.body]).toEqual([403, '']);
  const right = await http.inject({
    method: 'GET',
    url: `/hooks/messenger?hub.mode=subscribe&hub.challenge=7&hub.verify_token=${VERIFY}`,
  });
  expect([right.statusCode, right.body, right.headers['content-type']]).toEqual([
    200,
    '7',
    'text/plain; charset=utf-8',
  ]);
});
