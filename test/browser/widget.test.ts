import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, BrowserContext, BrowserContextOptions, Frame, FrameLocator, Page } from 'playwright-core';
import { say } from '../../core/activity';
import { answer, type Harness, memoryBot } from '../bots/web-harness';
import { violations, widthOf } from './checks';
import { launch } from './chromium';
import { buildAssets, customers, ROOT, removeAssets, SCREENSHOTS, startSite } from './site';

let browser: Browser;
let site: Harness;
let context: BrowserContext;
let page: Page;
let chat: FrameLocator;
const trouble: string[] = [];

beforeAll(async () => {
  buildAssets();
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  removeAssets();
});
afterEach(async () => {
  await context?.close();
  await site?.stop();
  expect(trouble.splice(0)).toEqual([]);
});

const visit = async (options: BrowserContextOptions = {}, init?: string) => {
  context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', ...options });
  if (init) await context.addInitScript(init);
  page = await context.newPage();
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) trouble.push(message.text());
  });
  await page.goto(site.url);
  chat = page.frameLocator('#domdom-panel iframe');
};
const openChat = async () => {
  await page.locator('#domdom-launcher').click();
  await chat.locator('#banner[hidden]').waitFor({ state: 'attached' });
};
const write = async (text: string) => {
  await chat.locator('#input').fill(text);
  await chat.locator('#input').press('Enter');
};
const settled = async () => {
  while (await chat.locator('.pending').count()) await chat.locator('.pending').first().waitFor({ state: 'detached' });
};
const ask = async (text: string) => {
  await write(text);
  await chat.locator('.me:not(.pending)', { hasText: text }).waitFor();
  await settled();
};
/** What is on the screen, spoken prefixes taken off. */
const transcript = async () =>
  (await chat.locator('.message:not(#welcome) > p').allInnerTexts()).map((line) => line.trim());
const frame = async (): Promise<Frame> =>
  (await (await page.locator('#domdom-panel iframe').elementHandle())!.contentFrame())!;

const small = async (where: Page | Frame, within: string) =>
  where.evaluate(
    `[...document.querySelectorAll(${JSON.stringify(`${within} button, ${within} textarea`)})].filter((e) => e.offsetParent).map((e) => [e.textContent || e.id, e.getBoundingClientRect()]).filter(([, r]) => r.width < 44 || r.height < 44).map(([name, r]) => name + ' ' + r.width + 'x' + r.height)`,
  );

describe('weight', () => {
  test('loader ≤ 2 kB, app (html, css, js) ≤ 20 kB, gzipped as served and by gzip -9', async () => {
    site = await startSite();
    const weigh = async (path: string) => {
      const asServed = await site.app.inject({ url: path, headers: { 'accept-encoding': 'gzip' } });
      const plain = await site.app.inject({ url: path });
      expect([asServed.statusCode, asServed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual([
        200,
        'gzip',
        undefined,
      ]);
      return Math.max(asServed.rawPayload.length, gzipSync(plain.rawPayload, { level: 9 }).length);
    };
    const loader = await weigh('/widget/loader.js');
    const app = (await Promise.all(['/widget/', '/widget/app.css', '/widget/app.js'].map(weigh))).reduce(
      (sum, n) => sum + n,
      0,
    );
    process.stdout.write(`widget: loader ${loader} B, app ${app} B gzip\n`);
    expect(loader).toBeLessThanOrEqual(2048);
    expect(app).toBeLessThanOrEqual(20_480);
  });

  test('its TypeScript holds, under the types of a browser', () => {
    execFileSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', join(ROOT, 'bots/web/widget'), '--noEmit'], {
      stdio: 'pipe',
    });
  });
});

describe('looks', () => {
  test.each([
    [390, 844, 'light'],
    [390, 844, 'dark'],
    [1440, 900, 'light'],
    [1440, 900, 'dark'],
  ] as const)(
    '%d × %d, %s: axe finds nothing on demo page and widget; targets are large; nothing overflows',
    async (width, height, colorScheme) => {
      site = await startSite();
      await visit({ viewport: { width, height }, colorScheme, hasTouch: width < 500 });
      await page.locator('.bill .code').nth(2).waitFor();
      await page.locator('.where img').scrollIntoViewIfNeeded();
      expect(await page.locator('.where img').evaluate(widthOf)).toBe(960);
      await page.evaluate('document.fonts.ready.then(() => scrollTo(0, 0))');
      expect(await violations(page)).toEqual([]);
      expect(await small(page, 'body')).toEqual([]);
      const name = `${width}-${colorScheme}.png`;
      await page.screenshot({ path: join(SCREENSHOTS, `demo-${name}`), fullPage: true });

      await openChat();
      expect(await violations(await frame())).toEqual([]);
      await page.screenshot({ path: join(SCREENSHOTS, `widget-open-${name}`) });
      for (const text of ['Cho em xem bảng 2 tháng', 'Mã khách hàng ở đâu?', 'x'.repeat(300), 'chọn giúp'])
        await ask(text);
      expect(await violations(page)).toEqual([]);
      expect(await violations(await frame())).toEqual([]);
      expect(await small(await frame(), 'body')).toEqual([]);
      for (const where of [page, await frame()])
        expect(await where.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await page.screenshot({ path: join(SCREENSHOTS, `widget-${name}`) });
      await chat.locator('table').scrollIntoViewIfNeeded();
      await page.screenshot({ path: join(SCREENSHOTS, `widget-cards-${name}`) });
      expect(await chat.locator('img').getAttribute('alt')).toBe('Hóa đơn mẫu, mũi tên chỉ vào dòng Mã khách hàng');
      expect(await chat.locator('table th').allInnerTexts()).toEqual(['Tháng', 'Sản lượng', 'Thành tiền']);
    },
  );

  test('reduced motion: nothing moves; with motion allowed it does', async () => {
    site = await startSite();
    await visit();
    const moving = 'document.getAnimations().filter((one) => one.playState === "running").length';
    await page.locator('.bill .code').first().waitFor();
    expect(await page.evaluate(moving)).toBe(0);
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    expect(await page.evaluate(moving)).toBeGreaterThan(0);
  });

  test('a long answer is read from its beginning; on a telephone no keyboard rises over it; 320 px are enough', async () => {
    site = await startSite({ bot: memoryBot((text) => (/dài/.test(text) ? [say('Dạ.\n'.repeat(80))] : answer(text))) });
    await visit({ viewport: { width: 320, height: 568 }, hasTouch: true, isMobile: true });
    await page.locator('#domdom-launcher').tap();
    await ask('chọn');
    await chat.getByRole('button', { name: 'Tiền điện', exact: true }).tap();
    await chat.locator('#log:focus').waitFor();
    await ask('thật dài');
    const asked = (await chat.locator('.me').last().boundingBox())!;
    const log = (await chat.locator('#log').boundingBox())!;
    expect(asked.y - log.y).toBeGreaterThanOrEqual(0);
    expect(asked.y - log.y).toBeLessThan(40);
    for (const where of [page, await frame()])
      expect(await where.evaluate('document.documentElement.scrollWidth')).toBe(320);
  });

  test('a sample bill opens the widget with its question asked', async () => {
    site = await startSite();
    await visit();
    await page.getByRole('button', { name: `Hỏi về mã này: ${customers[1]!.code}` }).click();
    await chat
      .locator('.me', { hasText: `Tiền điện tháng 11/2026 của mã ${customers[1]!.code} là bao nhiêu?` })
      .waitFor();
    await chat.getByRole('button', { name: 'Lịch cúp điện' }).waitFor();
    expect(site.inbound).toHaveLength(1);
  });
});

describe('by keyboard and by ear', () => {
  test('a whole conversation with the keyboard alone', async () => {
    site = await startSite();
    await visit();
    const focused = () => page.evaluate('document.activeElement.id');
    for (let tabs = 0; (await focused()) !== 'domdom-launcher'; tabs++) {
      expect(tabs).toBeLessThan(20);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await chat.locator('#input:focus').waitFor();
    expect(await page.locator('#domdom-launcher').getAttribute('aria-expanded')).toBe('true');
    await page.keyboard.type('Tiền điện tháng này bao nhiêu?');
    await page.keyboard.press('Enter');
    await chat.getByRole('button', { name: 'Gặp nhân viên' }).waitFor();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await (await frame()).evaluate('document.activeElement.textContent')).toBe('Lịch cúp điện');
    await page.keyboard.press('Enter');
    await chat.locator('#input:focus').waitFor();
    await chat.locator('.bot', { hasText: 'Dạ, em nghe: Lịch cúp điện' }).waitFor();
    expect(site.inbound.map(({ activity }) => [activity.text, activity.value])).toEqual([
      ['Tiền điện tháng này bao nhiêu?', undefined],
      ['Lịch cúp điện', 'outage'],
    ]);
    await page.keyboard.type('hai');
    await page.keyboard.press('Shift+Enter');
    await page.keyboard.type('dòng');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await chat.locator('.me:not(.pending)', { hasText: 'dòng' }).waitFor();
    expect(site.inbound[2]!.activity.text).toBe('hai\ndòng');
    await page.keyboard.press('Escape');
    await page.locator('#domdom-launcher:focus').waitFor();
    expect(await page.locator('#domdom-panel').isVisible()).toBe(false);
    await page.keyboard.press('Enter');
    await chat.locator('#input:focus').waitFor();
  });

  test('roles and names: dialog, log, labels; replayed history is not read aloud', async () => {
    site = await startSite();
    await visit();
    await openChat();
    await ask('một');
    await page.getByRole('dialog', { name: 'Đom Đóm' }).waitFor();
    const log = chat.getByRole('log', { name: 'Tin nhắn' });
    await chat.locator('#log[aria-live=polite]').waitFor();
    expect(await log.locator('.bot:not(#welcome)').first().textContent()).toBe('Đom Đóm: Dạ, em nghe: một');
    await chat.getByRole('textbox', { name: 'Nhập tin nhắn' }).waitFor();
    await page.reload();
    await page.locator('#domdom-launcher').click();
    expect(await chat.locator('#log').getAttribute('aria-live')).toBe('off');
    await chat.locator('.bot', { hasText: 'em nghe: một' }).waitFor();
  });

  test('an Enter that ends a composition (Telex, VNI) does not send', async () => {
    site = await startSite();
    await visit();
    await openChat();
    await chat.locator('#input').fill('tiền điẹ');
    const enter = (init: string) =>
      chat.locator('#input').evaluate((input, json) => {
        const { KeyboardEvent } = globalThis as unknown as { KeyboardEvent: new (type: string, init: object) => Event };
        input.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true, ...JSON.parse(json) }),
        );
      }, init);
    await enter('{"isComposing":true}');
    await enter('{"keyCode":229}');
    expect(await chat.locator('#input').inputValue()).toBe('tiền điẹ');
    await enter('{}');
    expect(await chat.locator('#input').inputValue()).toBe('');
    await settled();
    expect(site.inbound.map(({ activity }) => activity.text)).toEqual(['tiền điẹ'.normalize('NFC')]);
  });

  test('English chrome, and replies that arrive while it is closed are counted on the button', async () => {
    site = await startSite();
    await visit();
    await page.evaluate(`(() => {
      for (const id of ['domdom-launcher', 'domdom-panel']) document.getElementById(id).remove();
      delete window.DomDom;
      for (let n = 0; n < 2; n++) {
        const script = document.createElement('script');
        Object.assign(script.dataset, { lang: 'en', title: 'Firefly' });
        script.src = 'widget/loader.js?again=' + n;
        document.body.append(script);
      }
    })()`);
    const launcher = page.getByRole('button', { name: 'Open chat: Firefly' });
    await launcher.click();
    await chat.locator('#log[aria-live=polite]').waitFor();
    expect(await page.locator('#domdom-launcher').count()).toBe(1);
    expect(await chat.locator('html').getAttribute('lang')).toBe('en');
    expect(await violations(await frame())).toEqual([]);
    await ask('a');
    await chat.getByRole('button', { name: 'Close chat' }).click();
    site.append(site.inbound[0]!.address.conversation, [
      { ...say('Có điện lại rồi ạ.'), id: 'late', from: { role: 'bot' } },
    ]);
    await page.getByRole('button', { name: 'Open chat: Firefly, 1 unread' }).click();
    await page.getByRole('button', { name: 'Close chat: Firefly' }).waitFor();
  });
});

describe('nothing lost, nothing doubled', () => {
  test('sockets cut in the middle: every reply once, in order', async () => {
    site = await startSite();
    await visit();
    await openChat();
    await ask('một');
    site.cut();
    const { conversation } = site.inbound[0]!.address;
    site.append(conversation, [{ ...say('tin khi mất nối'), id: 'away', from: { role: 'bot' } }]);
    await write('hai');
    await write('ba');
    await chat.locator('.bot', { hasText: 'em nghe: ba' }).waitFor();
    site.cut();
    await ask('bốn');
    const shown = await transcript();
    expect([...shown].sort()).toEqual(
      ['một', 'hai', 'ba', 'bốn']
        .flatMap((text) => [text, `Dạ, em nghe: ${text}`])
        .concat('tin khi mất nối')
        .sort(),
    );
    expect(shown.filter((line) => !line.startsWith('Dạ') && line !== 'tin khi mất nối')).toEqual([
      'một',
      'hai',
      'ba',
      'bốn',
    ]);
    expect(site.inbound).toHaveLength(4);
  });

  test('nothing can be sent before the script runs that would send it', async () => {
    site = await startSite();
    let release = () => {};
    const held = new Promise<void>((go) => (release = go));
    const hold = `${site.url.replace(/\/?$/, '')}/**/app.js*`;
    context = await browser.newContext();
    await context.route(hold, async (route) => {
      await held;
      await route.continue();
    });
    page = await context.newPage();
    chat = page.frameLocator('#domdom-panel iframe');
    await page.goto(site.url);
    await page.locator('#domdom-launcher').click();
    const controls = [chat.locator('#input'), chat.locator('#send')];
    for (const control of controls) expect(await control.isDisabled()).toBe(true);
    release();
    await ask('một');
    for (const control of controls) expect(await control.isDisabled()).toBe(false);
    expect(site.inbound).toHaveLength(1);
  });

  test('offline: a banner, messages wait and say so, then go out once and in order', async () => {
    site = await startSite();
    await visit();
    await openChat();
    await ask('trước');
    await context.setOffline(true);
    await chat.locator('#banner', { hasText: 'Mất kết nối' }).waitFor();
    await write('một');
    await write('hai');
    await chat.locator('.pending .state', { hasText: 'Chờ có mạng' }).nth(1).waitFor();
    expect(await violations(await frame())).toEqual([]);
    await page.screenshot({ path: join(SCREENSHOTS, 'widget-offline-1440.png') });
    await context.setOffline(false);
    await settled();
    await chat.locator('#banner[hidden]').waitFor({ state: 'attached' });
    expect(site.inbound.map(({ activity }) => activity.text)).toEqual(['trước', 'một', 'hai']);
    expect(await transcript()).toEqual(['trước', 'một', 'hai'].flatMap((text) => [text, `Dạ, em nghe: ${text}`]));
  });

  test('an answer to the POST that never comes back: posted again, counted once', async () => {
    site = await startSite();
    await visit();
    await openChat();
    let lost = 0;
    await page.route('**/activities', async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await ask('một');
    await ask('hai');
    expect(lost).toBeGreaterThanOrEqual(2);
    expect(site.inbound.map(({ activity }) => activity.text)).toEqual(['một', 'hai']);
    expect(await transcript()).toEqual(['một', 'Dạ, em nghe: một', 'hai', 'Dạ, em nghe: hai']);
  });

  test('a reload brings history back; what was not sent is sent', async () => {
    site = await startSite();
    await visit();
    await openChat();
    await ask('đã gửi');
    await page.route('**/activities', (route) => route.abort());
    await write('chưa gửi');
    await chat.locator('.pending').waitFor();
    await page.unroute('**/activities');
    await page.reload();
    await page.locator('#domdom-launcher').click();
    await chat.locator('.bot', { hasText: 'em nghe: chưa gửi' }).waitFor();
    expect(await transcript()).toEqual(['đã gửi', 'Dạ, em nghe: đã gửi', 'chưa gửi', 'Dạ, em nghe: chưa gửi']);
    expect(new Set(site.inbound.map(({ address }) => address.conversation)).size).toBe(1);
    expect(site.inbound).toHaveLength(2);
  });

  test('a token that expired while the telephone slept is renewed; after a day a new conversation begins', async () => {
    site = await startSite();
    await visit();
    await openChat();
    await ask('một');
    site.later(3_600_000);
    site.cut();
    await ask('hai');
    expect(new Set(site.inbound.map(({ address }) => address.conversation)).size).toBe(1);
    site.later(26 * 3_600_000);
    site.cut();
    await ask('ba');
    await chat.locator('.divider', { hasText: 'Cuộc trò chuyện mới' }).waitFor();
    expect(new Set(site.inbound.map(({ address }) => address.conversation)).size).toBe(2);
    expect(site.inbound.map(({ activity }) => activity.text)).toEqual(['một', 'hai', 'ba']);
  });

  test('where no WebSocket can be had it polls', async () => {
    site = await startSite();
    await visit(
      {},
      'window.WebSocket = class { constructor() { setTimeout(() => this.onclose?.()); } close() {} send() {} };',
    );
    await page.locator('#domdom-launcher').click();
    await ask('một');
    await ask('hai');
    expect(await transcript()).toEqual(['một', 'Dạ, em nghe: một', 'hai', 'Dạ, em nghe: hai']);
  });

  test('where storage is blocked it still talks', async () => {
    site = await startSite();
    await visit(
      {},
      'Object.defineProperty(window, "localStorage", { get() { throw new DOMException("blocked", "SecurityError"); } });',
    );
    await openChat();
    await ask('một');
    expect(await transcript()).toEqual(['một', 'Dạ, em nghe: một']);
  });

  test('a server that is starting, and one that refuses a message: said in words', async () => {
    let ready = false;
    site = await startSite({ ready: () => ready, messageLimits: { max: 1000, windowMs: 1000 } });
    await visit();
    await page.locator('#domdom-launcher').click();
    await chat.locator('#banner', { hasText: 'đang khởi động' }).waitFor();
    ready = true;
    await ask('một');
    await page.route('**/activities', (route) =>
      route.fulfill({
        status: 413,
        contentType: 'application/json',
        body: '{"error":{"code":"TOO_LARGE","message":"Dạ dài quá ạ."}}',
      }),
    );
    await write('dài');
    await chat.locator('.failed', { hasText: 'Không gửi được. Dạ dài quá ạ.' }).waitFor();
    expect(await violations(await frame())).toEqual([]);
  });
});

describe('hostile neighbours', () => {
  test('text is text: no markup runs, only http and https become links', async () => {
    const evil =
      '<img src=x onerror="top.hit=1"><script>hit=1</script> javascript:alert(1) https://www.cpc.vn/a?b=1. xong';
    site = await startSite({
      bot: memoryBot((text) => [
        {
          ...say(evil),
          attachments: [
            { contentType: 'image/png', contentUrl: 'javascript:alert(1)', name: 'ảnh' },
            { contentType: 'text/html', contentUrl: 'data:text/html,<script>1</script>', name: '<b>tệp</b>' },
          ],
        },
        ...answer(text),
      ]),
    });
    await visit();
    await openChat();
    await ask('<b>đậm</b>');
    const bot = chat.locator('.bot:not(#welcome)').first();
    expect(await bot.locator('> p').innerText()).toBe(evil);
    expect(await bot.locator('img, script, b').count()).toBe(0);
    expect(
      await bot.locator('a').evaluateAll((links) => links.map((link) => (link as unknown as { href: string }).href)),
    ).toEqual(['https://www.cpc.vn/a?b=1']);
    expect(await chat.locator('.me > p').innerText()).toBe('<b>đậm</b>');
  });

  describe('framing', () => {
    let other: Server;
    let origin: string;
    /** what the site's own server gives its pages; it holds the secret, they do not */
    let mint: (() => Promise<string>) | undefined;
    beforeEach(async () => {
      mint = undefined;
      other = createServer(async (request, response) => {
        if (request.url === '/chat-token') return response.end(await mint!());
        response.setHeader('content-type', 'text/html; charset=utf-8');
        const loader = new URL(request.url!, origin).searchParams.get('loader');
        response.end(
          `<!doctype html><html lang="vi"><title>Trang khác</title><body><script src="${loader}"${mint ? ' data-token-url="/chat-token"' : ''}></script></body></html>`,
        );
      });
      await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
      origin = `http://localhost:${(other.address() as AddressInfo).port}`;
    });
    afterEach(() => new Promise((done) => other.close(done)));
    const said: string[] = [];
    const embed = async () => {
      context = await browser.newContext();
      page = await context.newPage();
      page.on('console', (message) => said.push(message.text()));
      await page.goto(`${origin}/?loader=${site.url}/widget/loader.js`);
      chat = page.frameLocator('#domdom-panel iframe');
      await page.locator('#domdom-launcher').click();
    };

    test('a site named in ALLOWED_ORIGINS may frame the widget, and talks', async () => {
      site = await startSite({ allowedOrigins: [origin] });
      await embed();
      await ask('một');
      await page.evaluate('DomDom.ask("hai")');
      await chat.locator('.bot', { hasText: 'em nghe: hai' }).waitFor();
      await chat.locator('#close').click();
      await page.locator('#domdom-panel').waitFor({ state: 'hidden' });
    });

    describe('where tokens are given to the bearer of a secret only', () => {
      const directlineSecret = 'a-secret-of-the-tests';
      const minted = async () =>
        (
          await site.app.inject({
            method: 'POST',
            url: '/v3/directline/tokens/generate',
            headers: { authorization: `Bearer ${directlineSecret}` },
            payload: { user: { id: 'dl_customer-7' } },
          })
        ).body;
      const start = async () => {
        site = await startSite({ allowedOrigins: [origin], directlineSecret });
      };

      test('the page has its own server mint one when it is needed, and talks as whom it named; a reload needs none', async () => {
        await start();
        let asked = 0;
        mint = () => {
          asked++;
          return minted();
        };
        await embed();
        await ask('một');
        await chat.locator('.bot', { hasText: 'em nghe: một' }).waitFor();
        expect(site.inbound[0]!.address.person).toBe('dl_customer-7');
        await page.reload();
        await page.locator('#domdom-launcher').click();
        await chat.locator('.bot', { hasText: 'em nghe: một' }).waitFor();
        await ask('hai');
        expect(new Set(site.inbound.map(({ address }) => address.conversation)).size).toBe(1);
        expect(asked).toBe(1);
        expect(await page.locator('#domdom-panel iframe').getAttribute('src')).not.toMatch(/token/);
      });

      test.each([
        ['without a token of the page', undefined],
        ['with one that is none', async () => '{"token":"nonsense"}'],
        ['when the page has none to give', async () => 'an error page'],
      ])('%s the widget says that it may not', async (_what, given) => {
        await start();
        mint = given;
        await embed();
        await chat.locator('#banner.refused').waitFor();
      });
    });

    test('any other may not', async () => {
      site = await startSite({ allowedOrigins: ['https://www.example.vn'] });
      await embed();
      while (!said.some((text) => /frame-ancestors/.test(text))) await page.waitForEvent('console');
      expect(await chat.locator('#input').count()).toBe(0);
    });

    test('policies: no inline script and no inline style anywhere', async () => {
      site = await startSite({ allowedOrigins: [origin] });
      const policyOf = async (path: string) => String((await site.app.inject(path)).headers['content-security-policy']);
      for (const path of ['/', '/widget/'])
        expect(await policyOf(path)).toMatch(/default-src 'none';script-src 'self';style-src 'self';/);
      expect(await policyOf('/widget/')).toContain(`frame-ancestors 'self' ${origin}`);
      expect(await policyOf('/')).toContain(`frame-ancestors 'self'`);
      expect((await site.app.inject('/widget/')).body).not.toMatch(/<style|style=|<script>|\son\w+=/);
    });
  });
});
