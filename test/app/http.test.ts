import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import { makeHttp } from '../../app/http';
import { readSettings } from '../../app/settings';
import { directLine } from '../../bots/web';
import { DomdomError } from '../../core/errors';
import { memoryBot } from '../bots/web-harness';

const quiet = { info() {}, warn() {}, error() {}, debug() {}, fatal() {} };
let http: FastifyInstance;
afterEach(() => http.close());

const start = (env: Record<string, string> = {}) => {
  http = makeHttp({ settings: readSettings(env), log: quiet as never, ready: () => true });
  http.get('/who', async ({ ip }) => ip);
  return http;
};
const seenFrom = async (remoteAddress: string, forwarded?: string) =>
  (
    await http.inject({
      url: '/who',
      remoteAddress,
      ...(forwarded !== undefined && { headers: { 'x-forwarded-for': forwarded } }),
    })
  ).body;

describe('every error is told as the register has it', () => {
  const refusal = (code: string) => ({ error: { code, message: expect.stringMatching(/^Dạ/) } });

  test.each(['/v3/%ff/activities', `/v3/${'a'.repeat(5000)}/activities`, '/nothing'])('%.20s', async (url) => {
    start();
    http.get('/v3/:id/activities', async () => 'here');
    const answer = await http.inject(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toEqual(refusal('NOT_FOUND'));
  });

  test.each([
    ['no HTTP', 'hello\r\n\r\n', 400, 'BAD_JSON'],
    ['a head without end', `GET / HTTP/1.1\r\nx: ${'a'.repeat(100_000)}\r\n\r\n`, 431, 'TOO_LARGE'],
  ])('%s', async (_what, request, status, code) => {
    await start().listen({ port: 0, host: '127.0.0.1' });
    const socket = connect((http.server.address() as AddressInfo).port, '127.0.0.1');
    await once(socket, 'connect');
    socket.on('error', () => {});
    socket.write(request);
    const [head, body] = (await text(socket)).split('\r\n\r\n') as [string, string];
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(JSON.parse(body)).toEqual(refusal(code));
  });

  test.each([
    [Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR_WRITE' }), 503, 'STORE_UNREACHABLE'],
    [new DomdomError('STORE_UNREACHABLE', 'held for 10 s'), 503, 'STORE_UNREACHABLE'],
    [new Error('another'), 500, 'INTERNAL'],
  ])('thrown: %s', async (error, status, code) => {
    start();
    http.get('/thrown', async () => {
      throw error;
    });
    const answer = await http.inject('/thrown');
    expect([answer.statusCode, answer.json()]).toEqual([status, refusal(code)]);
  });
});

describe('whose address a request has', () => {
  test.each([
    ['none', '0', '10.0.0.1', '1.1.1.1, 9.9.9.9', '10.0.0.1'],
    ['one proxy: what it appended', '1', '10.0.0.1', '1.1.1.1, 2.2.2.2, 9.9.9.9', '9.9.9.9'],
    ['one proxy, a header of its own', '1', '10.0.0.1', '9.9.9.9', '9.9.9.9'],
    ['one proxy, no header', '1', '10.0.0.1', undefined, '10.0.0.1'],
    ['two proxies', '2', '10.0.0.1', '1.1.1.1, 9.9.9.9, 10.0.0.2', '9.9.9.9'],
    ['proxies by address', '10.0.0.0/8, 192.168.1.7', '10.0.0.1', '1.1.1.1, 9.9.9.9, 192.168.1.7', '9.9.9.9'],
    ['a stranger who is no proxy', '10.0.0.0/8', '8.8.8.8', '1.1.1.1', '8.8.8.8'],
    ['on the same machine', 'loopback', '127.0.0.1', '1.1.1.1, 9.9.9.9', '9.9.9.9'],
  ])('%s', async (_what, TRUST_PROXY, remote, forwarded, seen) => {
    start({ TRUST_PROXY });
    expect(await seenFrom(remote, forwarded)).toBe(seen);
  });

  test('behind one proxy nobody walks past a limit by writing addresses of their own', async () => {
    start({ TRUST_PROXY: '1' });
    const bot = memoryBot();
    await http.register(
      directLine({
        accept: bot.accept,
        log: bot.log,
        clock: () => new Date('2026-11-22T02:00:00Z'),
        random: randomBytes,
        signingSecret: 'a signing secret of the tests',
        allowedOrigins: [],
        tokenLimits: { max: 2, windowMs: 60_000 },
        ready: () => true,
      }),
      { prefix: '/v3/directline' },
    );
    const open = (own: string) =>
      http.inject({
        method: 'POST',
        url: '/v3/directline/conversations',
        headers: {
          host: 'chat.example.vn',
          // some proxies write the port too, another one with each connection
          'x-forwarded-for': `${own}, 9.9.9.9:${own.length}000`,
          'x-forwarded-host': 'evil.example',
          'x-forwarded-proto': 'https',
        },
      });
    const [first, second, third] = [await open('1.1.1.1'), await open('22.2.2.2'), await open('33.33.3.3')];
    expect([first.statusCode, second.statusCode, third.statusCode]).toEqual([201, 201, 429]);
    expect(first.json().streamUrl).toMatch(/^wss:\/\/chat\.example\.vn\//);
  });
});
