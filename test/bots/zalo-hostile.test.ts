import { createHash } from 'node:crypto';
import fc from 'fast-check';
import fastify, { type FastifyInstance } from 'fastify';
import { registerHooks } from '../../app/hooks';
import { macOf } from '../../bots/zalo/signature';
import { tapsUnder } from '../../bots/zalo/taps';
import type { RawRequest } from '../../core/channel';
import { openEmbedded, storesOf } from '../../data';
import { APP_ID, APP_SECRET, OA_ID, OA_SECRET } from '../fakes/zalo';
import { scratch } from '../processes';
import { SECRETS, zaloHarness } from './zalo-harness';

/** The vectors of the reference, §1.4, with the bodies as bytes. */
const VECTORS = [
  {
    app: '360846524940903967',
    secret: 'oa-secret-demo',
    at: '1543908534742',
    bytes: 284,
    body: '{"app_id":"360846524940903967","sender":{"id":"246845883529197922"},"user_id_by_app":"552177279717587730","recipient":{"id":"388613280878808645"},"event_name":"user_send_text","message":{"text":"Mất điện ở Hà Nội","msg_id":"96d3cdf3af150460909"},"timestamp":"1543908534742"}',
    mac: '840eb2ac817345f284aca9f49dd1e9d39093f470eaff39bffff90d936e5fcdc6',
  },
  {
    app: '1000000000000000001',
    secret: 'oaSecret-1',
    at: '1760000000000',
    bytes: 329,
    body: '{"event_name": "user_send_image","app_id":"1000000000000000001","sender":{"id":"2000000000000000002"},"recipient":{"id":"3000000000000000003"},"message":{"msg_id":"abc01","attachments":[{"type":"image","payload":{"url":"https:\\/\\/photo.example\\/a.jpg","thumbnail":"https:\\/\\/photo.example\\/t.jpg"}}]},"timestamp":"1760000000000"}',
    mac: '3ed8361dba69bdc159717a56c02241090bdfb72a727502cd9a1b17b8c6eeca2b',
  },
];

const requestOf = (body: string | Buffer, mac: string, more: Record<string, string> = {}): RawRequest => ({
  method: 'POST',
  url: '/hooks/zalo',
  headers: { 'x-zevent-signature': mac, ...more },
  body: Buffer.from(body as string),
});

describe('the signature', () => {
  const channelOf = ({ app, secret }: (typeof VECTORS)[number]) =>
    zaloHarness({ ZALO_APP_ID: app, ZALO_OA_SECRET: secret }).channel;

  test.each(VECTORS)('vector of app $app: genuine as bytes, refused when written anew', async (vector) => {
    const { app, secret, at, body, bytes, mac } = vector;
    expect(Buffer.byteLength(body)).toBe(bytes);
    expect(macOf(app, Buffer.from(body), at, secret).toString('hex')).toBe(mac);
    const channel = channelOf(vector);
    expect(await channel.verify(requestOf(body, `mac=${mac}`))).toEqual({ is: 'genuine' });
    expect(await channel.verify(requestOf(body, mac))).toEqual({ is: 'genuine' });
    const anew = JSON.stringify(JSON.parse(body), null, body === JSON.stringify(JSON.parse(body)) ? 1 : 0);
    expect(anew).not.toBe(body);
    expect(await channel.verify(requestOf(anew, `mac=${mac}`))).toMatchObject({ is: 'refused' });
  });

  test('NFD is other bytes than NFC, and an HMAC, which public code teaches, is refused', async () => {
    const [vector] = VECTORS;
    const channel = channelOf(vector!);
    const { body, mac, secret } = vector!;
    expect(await channel.verify(requestOf(body.normalize('NFD'), `mac=${mac}`))).toMatchObject({ is: 'refused' });
    const { createHmac } = await import('node:crypto');
    const hmac = createHmac('sha256', secret).update(body).digest('hex');
    expect(await channel.verify(requestOf(body, `mac=${hmac}`))).toMatchObject({ is: 'refused' });
  });

  test('an independent reading agrees on any body: text joined to text, digested by Web Crypto', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.bigInt({ min: 10n ** 15n, max: 10n ** 19n }),
        fc.string({ minLength: 8, maxLength: 40 }),
        async (text, app, secret) => {
          const body = JSON.stringify({ app_id: String(app), message: { text } });
          const joined = new TextEncoder().encode(`${app}${body}1760000000000${secret}`);
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', joined));
          const hex = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
          expect(macOf(String(app), Buffer.from(body), '1760000000000', secret).toString('hex')).toBe(hex);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('where public material does not agree, each reading is accepted: key of the OA or the app, time in body or header', async () => {
    for (const signWith of ['oa', 'app'] as const)
      for (const stampHeader of [false, true]) {
        const h = zaloHarness({}, { signWith, stampHeader });
        const request = h.request({ app_id: APP_ID, event_name: 'follow', timestamp: '1760000000000' });
        expect([signWith, stampHeader, await h.channel.verify(request)]).toEqual([
          signWith,
          stampHeader,
          { is: 'genuine' },
        ]);
      }
  });

  test('the id of the OA in the place of the app id is refused and named, once in ten minutes', async () => {
    const h = zaloHarness();
    const body = JSON.stringify({ app_id: APP_ID, oa_id: OA_ID, event_name: 'follow', timestamp: '1760000000000' });
    const mac = macOf(OA_ID, Buffer.from(body), '1760000000000', OA_SECRET).toString('hex');
    for (let n = 0; n < 3; n += 1)
      expect(await h.channel.verify(requestOf(body, `mac=${mac}`))).toEqual({
        is: 'refused',
        why: 'signed with the id of the OA in the place of the app id',
      });
    expect(h.alarms).toHaveLength(1);
    await h.clock.advance(600_000);
    await h.channel.verify(requestOf(body, `mac=${mac}`));
    expect(h.alarms).toHaveLength(2);
  });

  test('an event for another app is refused though its signature is right', async () => {
    const h = zaloHarness();
    const body = JSON.stringify({ app_id: '1', event_name: 'follow', timestamp: '1760000000000' });
    const mac = macOf(APP_ID, Buffer.from(body), '1760000000000', OA_SECRET).toString('hex');
    expect(await h.channel.verify(requestOf(body, mac))).toEqual({ is: 'refused', why: 'for another app' });
  });

  test('the policy for bad signatures is a setting', () => {
    const request = requestOf('{"a":1}', 'mac=00');
    const [refuse] = zaloHarness().channel.hooks;
    const [drop] = zaloHarness({ ZALO_BAD_SIGNATURE: 'drop' }).channel.hooks;
    expect(refuse!.refused!(request, '')).toEqual({ status: 401 });
    expect(drop!.refused!(request, '')).toEqual({ status: 200 });
  });
});

describe('taps', () => {
  const taps = tapsUnder(OA_SECRET);

  test('nothing that is typed passes for a tap, and a payload of another secret is its label', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 60 }),
        fc.stringMatching(/^[\w-]{16}$/),
        fc.stringMatching(/^[a-z.;=:]{1,64}$/),
        (label, mark, value) => {
          expect(taps.read(label)?.is).not.toBe('tap');
          expect(taps.read(`#chon:${mark}:${encodeURIComponent(value)}:${label}`)?.is).not.toBe('tap');
          const payload = tapsUnder('the-secret-before-this-one').payload({ title: `N${label}`, value })!;
          expect(taps.read(payload)).toEqual({ is: 'typed', title: `N${label}`.trim() });
          const ours = taps.payload({ title: `N${label}`, value })!;
          expect(taps.read(ours)).toEqual({ is: 'tap', value, title: `N${label}`.trim() });
          expect(ours.length).toBeLessThanOrEqual(1000);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('hostile traffic at the hook', () => {
  const TOLD = 'điều khách kể riêng';
  const store = scratch();
  const h = zaloHarness();
  const logged: unknown[] = [];
  let http: FastifyInstance;
  let stores: ReturnType<typeof storesOf>;
  const kept: string[] = [];

  beforeAll(async () => {
    stores = storesOf(await openEmbedded({ dir: store.dir }), 'sample');
    http = fastify();
    const write = (...line: unknown[]) => void logged.push(line);
    await registerHooks(http, {
      channels: [h.channel],
      async accept(inbound) {
        const { kept: keeping } = stores.inbox.accept(inbound, { pool: 'serve', by: 'x', leaseMs: 1000, now: 1 });
        const isNew = (await keeping).is === 'inserted';
        if (isNew) kept.push(inbound.eventId);
        return isNew ? 'kept' : 'seen';
      },
      synchronous: { wait: async () => ({ is: 'late' }) } as never,
      ready: () => true,
      log: { info: write, warn: write, error: write, debug: write, fatal: write } as never,
    });
  });
  afterAll(async () => {
    await http.close();
    await stores.close();
    store.remove();
  });

  const post = async (body: string | Buffer, headers: Record<string, string> = {}) =>
    (
      await http.inject({
        method: 'POST',
        url: '/hooks/zalo',
        payload: body,
        headers: { 'content-type': 'application/json', ...headers },
      })
    ).statusCode;
  const stamped = (text: string | Buffer, at = '1760000000000', secret = OA_SECRET) => ({
    'x-zevent-signature': `mac=${createHash('sha256').update(APP_ID).update(text).update(at).update(secret).digest('hex')}`,
  });

  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>('', '0', -1, 1e308, '9'.repeat(200), '__proto__', 'constructor', null, [], {}, TOLD),
  );
  const id = fc.bigInt({ min: 10n ** 16n, max: 10n ** 19n - 1n }).map(String);
  const name = fc.constantFrom(
    ...['text', 'image', 'location', 'file', 'link', 'business_card', 'sticker'].map((kind) => `user_send_${kind}`),
    ...['anonymous_send_text', 'user_received_message', 'user_seen_message', 'user_reacted_message', 'follow'],
    ...[
      'user_submit_info',
      'user_click_chatnow',
      'oa_send_text',
      'user_withdraw',
      'change_template_status',
      'toString',
    ],
  );
  const whole = fc
    .record({ id, name, text: fc.string({ maxLength: 40 }), at: fc.integer({ min: 1, max: 2 ** 40 }) })
    .map(
      ({ id, name, text, at }): Record<string, unknown> => ({
        app_id: APP_ID,
        event_name: name,
        timestamp: String(at),
        sender: { id },
        recipient: { id: OA_ID },
        follower: { id },
        user_id: id,
        info: { name: TOLD, phone: '84987654321' },
        message: {
          msg_id: `m${id}`,
          text: TOLD + text,
          attachments: [{ type: 'file', payload: { url: 'https://x.vn/a' } }],
        },
      }),
    );
  const bent = fc
    .tuple(whole, fc.constantFrom('event_name', 'timestamp', 'sender', 'recipient', 'follower', 'info', 'message'), odd)
    .map(([event, field, value]) => ({ ...event, [field]: value }));
  const nested = fc
    .integer({ min: 10, max: 5000 })
    .map((depth) => `${'{"message":'.repeat(depth)}1${'}'.repeat(depth)}`);

  type Case = { kind: string; body: string | Buffer; headers: Record<string, string>; status: number[]; may: number };
  const cases: fc.Arbitrary<Case> = fc.oneof(
    fc
      .uint8Array({ maxLength: 400 })
      .map((bytes) => ({ kind: 'bytes', body: Buffer.from(bytes), headers: {}, status: [401], may: 0 })),
    fc.uint8Array({ maxLength: 400 }).map((bytes) => ({
      kind: 'signed bytes',
      body: Buffer.from(bytes),
      headers: stamped(Buffer.from(bytes)),
      status: [401],
      may: 0,
    })),
    fc.json().map((body) => ({ kind: 'unsigned', body, headers: {}, status: body === '{}' ? [200] : [401], may: 0 })),
    whole.map((event) => {
      const body = JSON.stringify(event);
      const headers = stamped(body, String(event.timestamp), 'another-secret');
      return { kind: 'forged', body, headers, status: [401], may: 0 };
    }),
    fc.tuple(whole, fc.nat()).map(([event, at]) => {
      const body = JSON.stringify(event);
      const headers = stamped(body, String(event.timestamp));
      const bytes = Buffer.from(body);
      bytes[at % bytes.length] = bytes[at % bytes.length]! ^ 1;
      return { kind: 'changed', body: bytes, headers, status: [401], may: 0 };
    }),
    bent.map((event) => {
      const body = JSON.stringify(event);
      const at = typeof event.timestamp === 'string' ? event.timestamp : '1';
      // with an odd timestamp nobody can have signed it
      return { kind: 'bent', body, headers: stamped(body, at), status: [200, 401], may: 1 };
    }),
    nested.map((body) => ({ kind: 'nested', body, headers: stamped(body), status: [401], may: 0 })),
    whole.map((event) => {
      const body = JSON.stringify(event);
      return { kind: 'whole', body, headers: stamped(body, String(event.timestamp)), status: [200], may: 1 };
    }),
  );

  test('2,000 fuzzed requests, on top of the contract’s 10,000: the right status, nothing thrown, nothing kept that should not be, nothing told in logs', async () => {
    const kinds = new Map<string, number>();
    const all = fc.sample(cases, 2_000);
    const TOGETHER = 200;
    for (let from = 0; from < all.length; from += TOGETHER) {
      const some = all.slice(from, from + TOGETHER);
      const before = kept.length;
      const answers = await Promise.all(some.map(({ body, headers }) => post(body, headers)));
      const wrong = some.filter(({ status }, n) => !status.includes(answers[n]!));
      expect(wrong).toEqual([]);
      const may = some.filter(({ may }, n) => may > 0 && answers[n] === 200).length;
      expect(kept.length - before).toBeLessThanOrEqual(may);
      // played again, whatever it was, it adds nothing
      const once = kept.length;
      const heard = some.filter((_, n) => answers[n] === 200);
      await Promise.all(heard.map(({ body, headers }) => post(body, headers)));
      expect(kept.length).toBe(once);
      for (const { kind } of some) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    }
    process.stdout.write(`fuzzed: ${JSON.stringify(Object.fromEntries(kinds))}, kept ${kept.length}\n`);
    expect(kept.length).toBeGreaterThan(100);
    const told = JSON.stringify([logged, h.alarms]);
    for (const hidden of [...SECRETS, APP_SECRET, TOLD, '84987654321']) expect(told).not.toContain(hidden);
    expect(told).not.toMatch(/\d{17}/);
    expect(logged.flat().filter((part) => (part as { err?: unknown })?.err)).toEqual([]);
  }, 120_000);

  test('a body above a megabyte is turned away unread, and one below it is heard', async () => {
    const event = {
      app_id: APP_ID,
      event_name: 'user_send_text',
      timestamp: '5',
      sender: { id: '777' },
      recipient: { id: OA_ID },
    };
    const long = (length: number) =>
      JSON.stringify({ ...event, message: { msg_id: `long${length}`, text: 'a'.repeat(length) } });
    const before = kept.length;
    expect(await post(long(1024 * 1024), stamped(long(1024 * 1024), '5'))).toBe(413);
    expect(kept.length).toBe(before);
    expect(await post(long(1_000_000), stamped(long(1_000_000), '5'))).toBe(200);
    const found = await stores.inbox.find('zalo:777', 'long1000000');
    expect(found!.activity.text).toHaveLength(10_000);
  });

  test('quotes without end do not make it slow', async () => {
    const body = `{"a":${'"\\"'.repeat(300_000)}`;
    const start = process.cpuUsage();
    expect(await post(body, stamped(body))).toBe(401);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
  });
});
