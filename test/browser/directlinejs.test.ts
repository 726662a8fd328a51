import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Activity } from '../../core/activity';
import { say } from '../../core/activity';
import { type Harness, startHarness } from '../bots/web-harness';
import { launch } from './chromium';
import { ROOT } from './site';

/** botframework-directlinejs as published, in a real browser, on a page of another origin, as Web Chat would use it. */
let browser: Browser;
let host: Server;
let page: Page;
let server: Harness;

beforeAll(async () => {
  const bundle = readFileSync(join(ROOT, 'node_modules/botframework-directlinejs/dist/directline.js'));
  host = createServer((request, response) => {
    if (request.url === '/directline.js') return response.setHeader('content-type', 'text/javascript').end(bundle);
    return response
      .setHeader('content-type', 'text/html')
      .end('<!doctype html><title>x</title><script src="/directline.js"></script>');
  });
  await new Promise<void>((done) => host.listen(0, '127.0.0.1', done));
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await new Promise((done) => host.close(done));
});
afterEach(async () => {
  await page?.close();
  await server?.stop();
});

/** A page with a client of these options; `got` collects every activity that the client emits. */
const connect = async (options: object) => {
  page = await browser.newPage();
  // The client waits 3 to 15 s, by chance, before it comes back; without chance it is 3.
  await page.addInitScript('Math.random = () => 0');
  await page.goto(`http://localhost:${(host.address() as AddressInfo).port}/`);
  await page.evaluate(
    `window.got = []; window.states = [];
     window.client = new DirectLine.DirectLine(${JSON.stringify({ domain: `${server.url}/v3/directline`, ...options })});
     client.connectionStatus$.subscribe((state) => states.push(state));
     client.activity$.subscribe((activity) => got.push(activity));`,
  );
};
const post = (text: string, clientActivityID: string) =>
  page.evaluate(
    `new Promise((done, fail) => client.postActivity({ type: 'message', from: { id: 'me' }, text: ${JSON.stringify(text)}, channelData: { clientActivityID: ${JSON.stringify(clientActivityID)} } }).subscribe(done, fail))`,
  ) as Promise<string>;
const got = () => page.evaluate('got') as Promise<Activity[]>;
const until = (count: number) => page.waitForFunction(`got.length >= ${count}`, undefined, { polling: 50 });

test('holds a conversation, loses its socket in the middle, gets every reply exactly once', async () => {
  server = await startHarness();
  const { token } = (await server.app.inject({ method: 'POST', url: '/v3/directline/tokens/generate' })).json();
  await connect({ token });
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push(await post(`tin ${n}`, `c${n}`));
  await until(10);

  expect(server.cut()).toBe(1);
  // While it is away: more messages of its own, a repeated post, and something said unasked.
  for (let n = 5; n < 10; n++) ids.push(await post(`tin ${n}`, `c${n}`));
  expect(await post('tin 9', 'c9')).toBe(ids[9]);
  const { conversation } = server.inbound[0]!.address;
  server.append(conversation, [{ ...say('có điện lại rồi'), id: 'unasked', from: { id: 'domdom', role: 'bot' } }]);
  expect(await got()).toHaveLength(10);
  await until(21);
  ids.push(await post('tin 10', 'c10'));
  await until(23);

  const all = await got();
  expect(all.map(({ id }) => id)).toEqual([...new Set(all.map(({ id }) => id))]);
  const own = all.filter(({ from }) => from?.role === 'user');
  expect(own.map(({ id }) => id)).toEqual(ids);
  expect(own.map(({ channelData }) => channelData?.clientActivityID)).toEqual(ids.map((_, n) => `c${n}`));
  const replies = all.filter(({ replyToId }) => replyToId);
  expect(replies.map(({ replyToId, text }) => [replyToId, text])).toEqual(
    ids.map((id, n) => [id, `Dạ, em nghe: tin ${n}`]),
  );
  expect(all).toHaveLength(23);
});

test('started without any credential, and by polling', async () => {
  server = await startHarness();
  await connect({ webSocket: false, pollingInterval: 200 });
  const id = await post('một', 'c1');
  await until(2);
  await post('hai', 'c2');
  await until(4);
  expect((await got()).map(({ text }) => text)).toEqual(['một', 'Dạ, em nghe: một', 'hai', 'Dạ, em nghe: hai']);
  expect((await got())[1]!.replyToId).toBe(id);
});

test('with the secret itself, as server-side clients do', async () => {
  server = await startHarness({ directlineSecret: 'a-secret-of-the-utility' });
  await connect({ secret: 'a-secret-of-the-utility' });
  await post('một', 'c1');
  await until(2);
  server.cut();
  await post('hai', 'c2');
  await until(4);
  expect((await got()).map(({ text }) => text)).toEqual(['một', 'Dạ, em nghe: một', 'hai', 'Dạ, em nghe: hai']);
});

test('an expired token is told as such', async () => {
  server = await startHarness();
  const { token } = (await server.app.inject({ method: 'POST', url: '/v3/directline/tokens/generate' })).json();
  await connect({ token });
  await post('một', 'c1');
  server.later(1_801_000);
  expect(await post('hai', 'c2')).toBe('retry');
  expect(await page.evaluate('states.includes(DirectLine.ConnectionStatus.ExpiredToken)')).toBe(true);
});
