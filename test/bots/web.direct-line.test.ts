import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { WebSocket } from 'ws';
import type { Activity } from '../../core/activity';
import { type Harness, memoryBot, startHarness } from './web-harness';

const ROOT = '/v3/directline';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

let h: Harness;
afterEach(() => h.stop());

const call = async (method: 'GET' | 'POST', path: string, token?: string, payload?: unknown) => {
  const options: InjectOptions = {
    method,
    url: ROOT + path,
    headers: {
      ...(token ? bearer(token) : {}),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(payload === undefined
      ? {}
      : { payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload) }),
  };
  const response = await h.app.inject(options);
  return { status: response.statusCode, body: response.json(), headers: response.headers };
};

const open = async () =>
  (await call('POST', '/conversations')).body as { conversationId: string; token: string; streamUrl: string };
const message = (text: string, clientActivityID?: string) => ({
  type: 'message',
  from: { id: 'someone' },
  text,
  ...(clientActivityID ? { channelData: { clientActivityID } } : {}),
});

/** Collects what a stream delivers; `until` resolves as soon as the predicate holds. */
const listen = (url: string) => {
  const got: Activity[] = [];
  const frames: string[] = [];
  let watermark = '';
  let check = () => {};
  const socket = new WebSocket(url);
  const closed = new Promise<void>((done) => socket.on('close', () => done()).on('error', () => done()));
  socket.on('message', (data) => {
    frames.push(String(data));
    if (String(data)) {
      const set = JSON.parse(String(data));
      got.push(...set.activities);
      watermark = set.watermark;
    }
    check();
  });
  const until = (holds: () => boolean) =>
    new Promise<void>((done) => {
      check = () => holds() && done();
      check();
    });
  return { socket, got, frames, until, closed, watermark: () => watermark };
};

describe('tokens and conversations', () => {
  test('a conversation starts with 201, an id of 128 random bits, a token of 30 minutes and a stream', async () => {
    h = await startHarness({ listen: false });
    const { status, body } = await call('POST', '/conversations');
    expect(status).toBe(201);
    expect(body).toEqual({
      conversationId: expect.stringMatching(/^[\w-]{30}$/),
      token: expect.any(String),
      expires_in: 1800,
      streamUrl: expect.stringMatching(/^ws:\/\/.*\/v3\/directline\/conversations\/[\w-]{30}\/stream\?t=/),
    });
    const ids = new Set(await Promise.all([...Array(20)].map(async () => (await open()).conversationId)));
    expect(ids.size).toBe(20);
  });

  test('a generated token opens the conversation that it names', async () => {
    h = await startHarness({ listen: false });
    const { body } = await call('POST', '/tokens/generate');
    expect((await call('POST', '/conversations', body.token)).body.conversationId).toBe(body.conversationId);
  });

  test('public address: https becomes wss', async () => {
    h = await startHarness({ listen: false, publicUrl: 'https://chat.example.vn/' });
    expect((await open()).streamUrl).toMatch(/^wss:\/\/chat\.example\.vn\/v3\/directline\/conversations\//);
  });

  test('an expired token: 403 for talking and refreshing; its conversation can be resumed for a day', async () => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    h.later(900_000);
    const refreshed = await call('POST', '/tokens/refresh', token);
    expect(refreshed.status).toBe(200);
    h.later(901_000);
    for (const [method, path] of [
      ['POST', '/tokens/refresh'],
      ['POST', '/conversations'],
      ['POST', `/conversations/${id}/activities`],
      ['GET', `/conversations/${id}/activities`],
    ] as const)
      expect((await call(method, path, token)).body.error.code).toBe('TOKEN_EXPIRED');
    expect((await call('POST', `/conversations/${id}/activities`, refreshed.body.token, message('a'))).status).toBe(
      200,
    );
    const resumed = await call('GET', `/conversations/${id}?watermark=7`, token);
    expect(resumed.body.streamUrl).toContain('watermark=7');
    expect((await call('POST', `/conversations/${id}/activities`, resumed.body.token, message('b'))).status).toBe(200);
    h.later(25 * 3_600_000);
    expect((await call('GET', `/conversations/${id}`, token)).status).toBe(403);
  });

  test('a token of one conversation opens no other; a changed byte opens none', async () => {
    h = await startHarness({ listen: false });
    const [mine, other] = [await open(), await open()];
    expect((await call('GET', `/conversations/${other.conversationId}/activities`, mine.token)).status).toBe(403);
    expect(
      (await call('POST', `/conversations/${other.conversationId}/activities`, mine.token, message('x'))).status,
    ).toBe(403);
    expect((await call('GET', `/conversations/${other.conversationId}`, mine.token)).status).toBe(403);
    for (let at = 0; at < mine.token.length; at += 7) {
      const forged = mine.token.slice(0, at) + (mine.token[at] === 'A' ? 'B' : 'A') + mine.token.slice(at + 1);
      expect((await call('GET', `/conversations/${mine.conversationId}/activities`, forged)).status).toBe(401);
    }
    expect((await call('GET', `/conversations/${mine.conversationId}/activities`)).status).toBe(401);
    expect(h.inbound).toEqual([]);
  });

  test('with a secret: only its bearer gets tokens; it may name the person and speak in any conversation of ours', async () => {
    h = await startHarness({ listen: false, directlineSecret: 's3cret' });
    for (const path of ['/tokens/generate', '/conversations'])
      for (const token of [undefined, 's3creT', 's3cre', 'undefined'])
        expect((await call('POST', path, token)).status).toBe(401);
    const { body } = await call('POST', '/tokens/generate', 's3cret', { user: { id: 'dl_customer-7' } });
    await call('POST', `/conversations/${body.conversationId}/activities`, body.token, message('a'));
    expect(h.inbound[0]!.address).toEqual({
      channel: 'web',
      conversation: body.conversationId,
      person: 'dl_customer-7',
    });
    expect(
      (await call('POST', `/conversations/${body.conversationId}/activities`, 's3cret', message('b'))).status,
    ).toBe(200);
    expect((await call('POST', `/conversations/${'x'.repeat(30)}/activities`, 's3cret', message('c'))).status).toBe(
      404,
    );
    expect(h.inbound).toHaveLength(2);
  });

  test('without a secret anyone gets a token, at a bounded rate per network address', async () => {
    h = await startHarness({ listen: false, tokenLimits: { max: 3, windowMs: 60_000 } });
    const from = async (remoteAddress: string) =>
      (await h.app.inject({ method: 'POST', url: `${ROOT}/tokens/generate`, remoteAddress })).statusCode;
    expect(await Promise.all([1, 2, 3, 4].map(() => from('10.0.0.1')))).toEqual([200, 200, 200, 429]);
    expect(await from('10.0.0.2')).toBe(200);
    expect(await Promise.all([1, 2, 3, 4].map((n) => from(`2001:db8:0:7::${n}`)))).toEqual([200, 200, 200, 429]);
    const refused = await h.app.inject({
      method: 'POST',
      url: `${ROOT}/conversations`,
      remoteAddress: '::ffff:10.0.0.1',
    });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('20');
    h.later(20_000);
    expect(await from('10.0.0.1')).toBe(200);
    expect(await from('10.0.0.1')).toBe(429);
  });

  test('who holds the secret asks for many, all from one address', async () => {
    h = await startHarness({
      listen: false,
      directlineSecret: 's3cret',
      tokenLimits: { max: 1, windowMs: 60_000 },
    });
    for (let n = 0; n < 5; n++) expect((await call('POST', '/tokens/generate', 's3cret')).status).toBe(200);
  });

  test('a person cannot choose who they are without the secret', async () => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = (
      await call('POST', '/tokens/generate', undefined, { user: { id: 'dl_victim' } })
    ).body;
    await call('POST', `/conversations/${id}/activities`, token, message('a'));
    expect(h.inbound[0]!.activity.from!.id).toMatch(/^dl_[\w-]{22}$/);
  });

  test('not ready: 503 with a sentence', async () => {
    h = await startHarness({ listen: false, ready: () => false });
    const { status, body, headers } = await call('POST', '/conversations');
    expect([status, body.error.code, headers['retry-after']]).toEqual([503, 'NOT_READY', '1']);
  });

  test('other sites may call us: any when none is named, else those named', async () => {
    h = await startHarness({ listen: false, allowedOrigins: ['https://evn.example'] });
    const preflight = (origin: string) =>
      h.app.inject({
        method: 'OPTIONS',
        url: `${ROOT}/conversations`,
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    expect((await preflight('https://evn.example')).headers['access-control-allow-origin']).toBe('https://evn.example');
    expect((await preflight('https://bad.example')).headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('messages', () => {
  test('posted, answered with replyToId, read by watermark', async () => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    const { body } = await call('POST', `/conversations/${id}/activities`, token, message('xin chào', 'c1'));
    await new Promise(setImmediate);
    const read = (await call('GET', `/conversations/${id}/activities`, token)).body;
    expect(read.watermark).toBe('1');
    expect(read.activities).toMatchObject([
      { id: body.id, text: 'xin chào', from: { role: 'user' }, channelData: { clientActivityID: 'c1' } },
      { replyToId: body.id, text: 'Dạ, em nghe: xin chào' },
    ]);
    expect((await call('GET', `/conversations/${id}/activities?watermark=1`, token)).body).toEqual({
      activities: [],
      watermark: '1',
    });
  });

  test('a POST repeated with the same clientActivityID is the same message: same id, one answer', async () => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    const ids = await Promise.all(
      [1, 2, 3].map(
        async () => (await call('POST', `/conversations/${id}/activities`, token, message('a', 'c1'))).body.id,
      ),
    );
    expect(new Set(ids).size).toBe(1);
    expect(h.inbound).toHaveLength(1);
    const other = await open();
    const elsewhere = await call(
      'POST',
      `/conversations/${other.conversationId}/activities`,
      other.token,
      message('a', 'c1'),
    );
    expect(elsewhere.body.id).not.toBe(ids[0]);
  });

  test.each([
    ['long ones that end differently', `${'a'.repeat(50_000)}1`, `${'a'.repeat(50_000)}2`],
    ['forms of one letter', 'e\u0301', '\u00e9'],
    ['halves of a pair', '\ud83d', '\ud83e'],
    ['numbers', 7, 8],
  ])('ids of the client are told apart whole: %s', async (_what, one, two) => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    const post = async (clientActivityID: unknown) =>
      call('POST', `/conversations/${id}/activities`, token, {
        type: 'message',
        text: 'a',
        channelData: { clientActivityID },
      });
    const answers = [await post(one), await post(two), await post(one)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers[0]!.body.id).toBe(answers[2]!.body.id);
    expect(h.inbound.map(({ eventId }) => eventId)).toEqual([answers[0]!.body.id, answers[1]!.body.id]);
  });

  test('a number is the same id as its digits; what can be no id is refused, and not answered once a POST', async () => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    const post = async (clientActivityID: unknown) =>
      call('POST', `/conversations/${id}/activities`, token, {
        type: 'message',
        text: 'a',
        channelData: { clientActivityID },
      });
    expect((await post(7)).body.id).toBe((await post('7')).body.id);
    expect(h.inbound).toHaveLength(1);
    for (const none of [2 ** 60, 1.5, true, {}, ['a']])
      expect(await post(none)).toMatchObject({ status: 400, body: { error: { code: 'BAD_JSON' } } });
    expect(h.inbound).toHaveLength(1);
  });

  test('without an id of the client, each POST is a message of its own', async () => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    const ids = await Promise.all(
      [1, 2].map(async () => (await call('POST', `/conversations/${id}/activities`, token, message('ừ'))).body.id),
    );
    expect(new Set(ids).size).toBe(2);
    expect(h.inbound.map((event) => event.eventId).sort()).toEqual([...ids].sort());
  });

  test('typing, events, updates and empty messages get an id and go no further; media and reactions are kept', async () => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    for (const body of [
      { type: 'typing' },
      { type: 'event', name: 'webchat/join', value: { language: 'vi' } },
      { type: 'conversationUpdate', membersAdded: [{ id: 'x' }] },
      { type: 'message', text: '   ' },
      { type: 'message' },
    ])
      expect((await call('POST', `/conversations/${id}/activities`, token, body)).body.id).toMatch(/^[\w-]{22}$/);
    expect(h.inbound).toEqual([]);
    await call('POST', `/conversations/${id}/activities`, token, {
      type: 'messageReaction',
      reactionsAdded: [{ type: 'like' }],
    });
    await call('POST', `/conversations/${id}/activities`, token, {
      type: 'message',
      attachments: [
        { contentType: 'audio/ogg', name: 'a.ogg', contentUrl: 'data:audio/ogg;base64,AAAA' },
        'junk',
        null,
      ],
    });
    expect(h.inbound.map(({ activity }) => activity)).toMatchObject([
      { type: 'messageReaction', name: 'like' },
      { type: 'message', text: '', attachments: [{ contentType: 'audio/ogg', name: 'a.ogg' }] },
    ]);
    expect(h.inbound[1]!.activity.attachments![0]).not.toHaveProperty('contentUrl');
  });

  test('too fast in one conversation: 429, and time mends it', async () => {
    h = await startHarness({ listen: false, messageLimits: { max: 2, windowMs: 10_000 } });
    const { conversationId: id, token } = await open();
    const post = async () => (await call('POST', `/conversations/${id}/activities`, token, message('a'))).status;
    expect([await post(), await post(), await post()]).toEqual([200, 200, 429]);
    h.later(5000);
    expect([await post(), await post()]).toEqual([200, 429]);
  });

  test('when keeping fails the client is told to try again, and nothing of the cause', async () => {
    const bot = memoryBot();
    h = await startHarness({
      listen: false,
      bot: { ...bot, accept: async () => Promise.reject(new Error('disk at /srv/secret is full')) },
    });
    const { conversationId: id, token } = await open();
    const { status, body } = await call('POST', `/conversations/${id}/activities`, token, message('a'));
    expect([status, body.error.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(body)).not.toContain('disk');
    expect(h.failures.map(String)).toEqual(['Error: disk at /srv/secret is full']);
  });
});

describe('hostile bodies', () => {
  const bodies: [string, string | Buffer, number][] = [
    ['broken JSON', '{"type":"message"', 400],
    ['nothing', '', 400],
    ['an array', '[]', 400],
    ['null', 'null', 400],
    ['a number', '7', 400],
    ['no type', '{"text":"a"}', 400],
    ['a type that is an object', '{"type":{"a":1},"text":"a"}', 400],
    ['bad UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 400],
    ['past 64 kB', JSON.stringify(message('a'.repeat(70_000))), 413],
    ['deep', `{"type":"message","text":"a","value":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, 200],
    [
      'prototype pollution',
      '{"type":"message","text":"a","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
      200,
    ],
    [
      'fields of wrong types',
      '{"type":"message","text":"a","from":7,"channelData":[1],"attachments":{"a":1},"value":{"a":1},"locale":{}}',
      200,
    ],
    ['a lone surrogate', '{"type":"message","text":"a\\ud800b"}', 200],
    ['NUL', '{"type":"message","text":"a\\u0000b","channelData":{"clientActivityID":"\\u0000"}}', 200],
    ['huge client id', JSON.stringify(message('a', 'x'.repeat(60_000))), 200],
  ];
  test.each(bodies)('%s', async (_name, body, expected) => {
    h = await startHarness({ listen: false });
    const { conversationId: id, token } = await open();
    const { status, body: answered } = await call('POST', `/conversations/${id}/activities`, token, body);
    expect(status).toBe(expected);
    if (expected !== 200)
      expect(answered.error).toEqual({ code: expect.any(String), message: expect.stringMatching(/^Dạ /) });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const kept = h.inbound[0]?.activity;
    expect(kept?.text?.replace('\ufffd', '')).toBe(
      expected === 200
        ? kept?.text?.includes('\u0000')
          ? 'a\u0000b'
          : kept?.text?.includes('b')
            ? 'ab'
            : 'a'
        : undefined,
    );
    expect(
      Object.keys(kept ?? {}).filter(
        (key) => !/^(type|id|channelId|from|conversation|channelData|locale|text|value|timestamp)$/.test(key),
      ),
    ).toEqual([]);
  });

  test('whatever JSON is posted, the answer is an id or a coded error', async () => {
    h = await startHarness({ listen: false, messageLimits: { max: 1e6, windowMs: 1 } });
    const { conversationId: id, token } = await open();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.json(),
          fc
            .record({
              type: fc.constantFrom('message', 'messageReaction', 'typing'),
              text: fc.anything(),
              value: fc.anything(),
              channelData: fc.anything(),
              attachments: fc.anything(),
              reactionsAdded: fc.anything(),
            })
            .map((value) => JSON.stringify(value) ?? ''),
          fc.string(),
        ),
        async (body) => {
          const { status, body: answered } = await call('POST', `/conversations/${id}/activities`, token, body);
          expect(status === 200 ? typeof answered.id : answered.error.code).toBe(
            status === 200 ? 'string' : 'BAD_JSON',
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  test.each([
    '/conversations/..%2f..%2fetc/activities',
    '/conversations/%00/activities',
    `/conversations/${'a'.repeat(99)}/activities`,
    '/nothing',
  ])('%s', async (path) => {
    h = await startHarness({ listen: false });
    const { token } = await open();
    const { status, body } = await call('GET', path, token);
    expect([400, 401, 403, 404, 414]).toContain(status);
    expect(body.error.code).toEqual(expect.any(String));
  });
});

describe('the stream', () => {
  test('replays from the watermark, then follows, each activity once', async () => {
    h = await startHarness();
    const { conversationId: id, token, streamUrl } = await open();
    const post = (text: string) => call('POST', `/conversations/${id}/activities`, token, message(text));
    for (let n = 0; n < 120; n++) h.append(id, [{ type: 'message', id: `old${n}`, text: `${n}` }]);
    const first = listen(streamUrl.replace(/^ws:\/\/[^/]+/, h.url.replace('http', 'ws')));
    await first.until(() => first.got.length === 120);
    await post('một');
    await first.until(() => first.got.length === 122);
    expect(new Set(first.got.map((activity) => activity.id)).size).toBe(122);
    expect(h.cut()).toBe(1);
    await first.closed;
    await post('hai');
    const again = (await call('GET', `/conversations/${id}?watermark=${first.watermark()}`, token)).body
      .streamUrl as string;
    const second = listen(again.replace(/^ws:\/\/[^/]+/, h.url.replace('http', 'ws')));
    await second.until(() => second.got.length === 2);
    expect(second.got.map((activity) => activity.text)).toEqual(['hai', 'Dạ, em nghe: hai']);
    second.socket.close();
    await second.closed;
  });

  test('a burst of messages on two sockets: both get all, in order, once', async () => {
    h = await startHarness({ messageLimits: { max: 1000, windowMs: 1 } });
    const { conversationId: id, token, streamUrl } = await open();
    const url = streamUrl.replace(/^ws:\/\/[^/]+/, h.url.replace('http', 'ws'));
    const both = [listen(url), listen(url)];
    await Promise.all(
      [...Array(60)].map((_, n) => call('POST', `/conversations/${id}/activities`, token, message(`${n}`, `c${n}`))),
    );
    for (const one of both) {
      await one.until(() => one.got.length === 120);
      expect(one.got.map((activity) => activity.id)).toEqual(both[0]!.got.map((activity) => activity.id));
      expect(new Set(one.got.map((activity) => activity.id)).size).toBe(120);
      one.socket.terminate();
    }
  });

  test('what another process wrote is found by polling; empty frames keep the line alive; closing stops it all', async () => {
    const bot = memoryBot();
    h = await startHarness({
      bot: { ...bot, log: { ...bot.log, subscribe: () => () => {} } },
      pollMs: 20,
      heartbeatMs: 30,
    });
    const { conversationId: id, streamUrl } = await open();
    const one = listen(streamUrl.replace(/^ws:\/\/[^/]+/, h.url.replace('http', 'ws')));
    await one.until(() => one.frames.includes(''));
    bot.append(id, [{ type: 'message', id: 'x', text: 'từ máy khác' }]);
    await one.until(() => one.got.length === 1);
    one.socket.send('');
    one.socket.terminate();
    await one.closed;
  });

  test('a log that cannot be read ends the socket, is told to the server, and costs nothing after coming back', async () => {
    const bot = memoryBot();
    let broken = true;
    const since: typeof bot.log.since = async (...asked) => {
      if (broken) throw new Error('no disk');
      return bot.log.since(...asked);
    };
    h = await startHarness({ bot: { ...bot, log: { ...bot.log, since } } });
    const { conversationId: id, token, streamUrl } = await open();
    bot.append(id, [{ type: 'message', id: 'x', text: 'một' }]);
    const lost = listen(streamUrl.replace(/^ws:\/\/[^/]+/, h.url.replace('http', 'ws')));
    await lost.closed;
    expect(h.failures.map(String)).toEqual(['Error: no disk']);
    broken = false;
    const again = (await call('GET', `/conversations/${id}`, token)).body.streamUrl as string;
    const back = listen(again.replace(/^ws:\/\/[^/]+/, h.url.replace('http', 'ws')));
    await back.until(() => back.got.length === 1);
    back.socket.terminate();
  });

  test('a socket that answers no ping is given up', async () => {
    h = await startHarness({ heartbeatMs: 30 });
    const { conversationId: id, streamUrl } = await open();
    const one = listen(streamUrl.replace(/^ws:\/\/[^/]+/, h.url.replace('http', 'ws')));
    (one.socket as unknown as { pong: () => void }).pong = () => {};
    await one.closed;
    while (h.watching(id) > 0) await new Promise(setImmediate);
  });

  test('its address is good for a minute, for its conversation, and for nothing else', async () => {
    h = await startHarness();
    const { conversationId: id, token, streamUrl } = await open();
    const other = await open();
    const t = new URL(streamUrl).searchParams.get('t')!;
    const upgrade = (path: string) =>
      new Promise<number>((done) => {
        const socket = new WebSocket(h.url.replace('http', 'ws') + ROOT + path);
        socket.on('unexpected-response', (_request, response) => done(response.statusCode ?? 0));
        socket.on('open', () => {
          socket.terminate();
          done(101);
        });
      });
    expect(await upgrade(`/conversations/${id}/stream?t=${t}`)).toBe(101);
    expect(await upgrade(`/conversations/${other.conversationId}/stream?t=${t}`)).toBe(403);
    expect(await upgrade(`/conversations/${id}/stream?t=${token}`)).toBe(401);
    expect(await upgrade(`/conversations/${id}/stream`)).toBe(401);
    expect((await call('POST', `/conversations/${id}/activities`, t, message('x'))).status).toBe(401);
    h.later(61_000);
    expect(await upgrade(`/conversations/${id}/stream?t=${t}`)).toBe(403);
  });
});
