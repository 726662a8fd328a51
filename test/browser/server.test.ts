import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import type { Activity } from '../../core/activity';
import { bundled, freePort, isReady, type ServerProcess, scratch, startServer } from '../processes';
import { violations, widthOf } from './checks';
import { launch } from './chromium';
import { type Relay, startRelay } from './relay';
import { ROOT, SCREENSHOTS } from './site';

/** The running server itself, seen from a browser through a network that breaks. */
let browser: Browser;
let page: Page;
let cli: string;
let store: ReturnType<typeof scratch>;
let server: ServerProcess;
let relay: Relay;

const start = async () => {
  // A limit of messages would only be in the way here; it has its own tests.
  server = await startServer(cli, {
    DATA_DIR: store.dir,
    SAMPLE_CUSTOMERS: '40',
    PORT: String(await freePort()),
    CODES_PER_PERSON: '50',
  });
  await isReady(server.address);
  relay.to(server.address);
};

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  execFileSync(process.execPath, [join(ROOT, 'scripts/build-assets.mjs')], { stdio: 'inherit' });
  ({ cli } = await bundled());
  store = scratch();
  relay = await startRelay();
  await start();
  browser = await launch();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  relay?.close();
  await server?.kill('SIGTERM');
  store?.remove();
});
afterEach(() => page?.close());

test('botframework-directlinejs, unchanged: the socket is lost, the server is killed, and every reply comes exactly once', async () => {
  page = await browser.newPage();
  await page.addInitScript('Math.random = () => 0');
  // A page of the same origin without a policy of its own.
  await page.goto(`${relay.url}/healthz`);
  await page.evaluate(readFileSync(join(ROOT, 'node_modules/botframework-directlinejs/dist/directline.js'), 'utf8'));
  await page.evaluate(
    `window.got = []; window.client = new DirectLine.DirectLine({ domain: '${relay.url}/v3/directline' });
     client.activity$.subscribe((activity) => got.push(activity));`,
  );
  const texts: string[] = [];
  const ids: string[] = [];
  const post = async (text: string) => {
    texts.push(text);
    // The client says "retry" for what it could not deliver; whoever holds it posts again, under the same id.
    for (let id = 'retry'; ; ) {
      id = (await page.evaluate(
        `new Promise((done) => client.postActivity({ type: 'message', from: { id: 'me' }, text: ${JSON.stringify(text)}, channelData: { clientActivityID: 'c${texts.length}' } }).subscribe(done, () => done('retry')))`,
      )) as string;
      if (id !== 'retry') return ids.push(id);
    }
  };
  const answered = (count: number) =>
    page.waitForFunction(`new Set(got.map(({ replyToId }) => replyToId).filter(Boolean)).size >= ${count}`, undefined, {
      polling: 50,
    });

  for (let n = 1; n <= 3; n++) await post(`NTD PP05000974006 lần ${n}`);
  await answered(3);
  expect(relay.cut()).toBeGreaterThan(0);
  for (let n = 4; n <= 6; n++) await post(`NTD PP05000974006 lần ${n}`);
  await answered(6);
  await server.kill('SIGKILL');
  await start();
  for (let n = 7; n <= 9; n++) await post(`NTD PP05000974006 lần ${n}`);
  await answered(9);

  const got = (await page.evaluate('got')) as Activity[];
  expect(new Set(got.map(({ id }) => id)).size).toBe(got.length);
  const own = got.filter(({ from }) => from?.role === 'user');
  expect(own.map(({ id }) => id)).toEqual(ids);
  expect(own.map(({ text }) => text)).toEqual(texts);
  for (const id of ids) expect(got.filter(({ replyToId }) => replyToId === id).length).toBeGreaterThan(0);
});

test.each([
  [390, 844],
  [1440, 900],
])(
  '%d × %d: the demo page offers three codes; one of them is asked about in the widget and answered with its bill',
  async (width, height) => {
    const trouble: string[] = [];
    page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
    page.on('pageerror', (error) => trouble.push(String(error)));
    await page.goto(relay.url);
    await page.locator('.bill .code').nth(2).waitFor();
    expect(await page.locator('.bill').count()).toBe(3);
    expect(await violations(page)).toEqual([]);
    const bill = page.locator('.bill').first();
    const [code, due] = [await bill.locator('.code').innerText(), await bill.locator('.due').innerText()];
    await bill.getByRole('button').click();
    const chat = page.frameLocator('#domdom-panel iframe');
    await chat
      .locator('.bot', { hasText: code })
      .filter({ hasText: due.replace(/\s*đ$/, '') })
      .waitFor();
    await chat.locator('#input').fill('mã khách hàng xem ở đâu');
    await chat.locator('#input').press('Enter');
    const picture = chat.locator('.picture img');
    await picture.waitFor();
    expect(await picture.getAttribute('alt')).toMatch(/./);
    expect(await picture.evaluate(widthOf)).toBeGreaterThan(300);
    const frame = (await (await page.locator('#domdom-panel iframe').elementHandle())!.contentFrame())!;
    expect(await violations(frame)).toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, `server-${width}.png`) });
    expect(trouble).toEqual([]);
  },
);
