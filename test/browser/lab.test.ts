import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Lab, startLab } from '../lab/lab';
import { PHONES } from '../lab/phone';
import { bundled } from '../processes';
import { violations, widthOf } from './checks';
import { launch } from './chromium';
import { ROOT, SCREENSHOTS } from './site';

/** an SMS carries no picture */
const PICTURED = PHONES.filter((name) => name !== 'sms');

/** The lab: the server on fakes of every platform, and five phones on one page. */
let lab: Lab;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  if (!existsSync(join(ROOT, 'dist/web/widget')))
    execFileSync(process.execPath, [join(ROOT, 'scripts/build-assets.mjs')], { stdio: 'inherit' });
  const { cli } = await bundled();
  [lab, browser] = await Promise.all([startLab({ cli }), launch()]);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});
afterEach(() => page?.close());

const visit = async (width: number, height: number) => {
  page = await browser.newPage({ viewport: { width, height }, reducedMotion: 'reduce' });
  await page.goto(lab.address);
  await widget().locator('#input').waitFor();
};
const widget = () => page.frameLocator('#web iframe');
const widgetFrame = async () => (await (await page.locator('#web iframe').elementHandle())!.contentFrame())!;
const askAll = async (text: string) => {
  await page.getByLabel('Gửi đến cả năm máy').fill(text);
  await page.keyboard.press('Enter');
};

test('one question typed once is answered on five phones; choices are tapped; pictures are shown; an SMS is counted', async () => {
  await visit(1600, 900);
  // more choices than Zalo has buttons are numbered lines, and a number answers them
  await page.getByLabel('Nhắn riêng: zalo').fill('em giúp được gì');
  await page.keyboard.press('Enter');
  await page.locator('#zalo .them', { hasText: '7. Báo mất điện' }).waitFor();
  await page.getByLabel('Nhắn riêng: zalo').fill('7');
  await page.keyboard.press('Enter');
  await page.locator('#zalo .them', { hasText: 'cho em xin mã khách hàng, hoặc tên xã/phường' }).waitFor();

  await askAll('TD PP05000974006 1 10 2016');
  await widget().locator('.bot', { hasText: '500.550' }).waitFor();
  for (const name of ['zalo', 'messenger', 'telegram'])
    await page.locator(`#${name} .them`, { hasText: '500.550' }).waitFor();
  await page.locator('#sms .them', { hasText: '500550' }).waitFor();
  expect(await page.locator('#sms .them .meter').last().textContent()).toMatch(/^1 đoạn GSM-7, \d+ ký tự$/);
  expect(await page.locator('#sms .total').textContent()).toMatch(
    /^Khách trả 1\.000 đ cho 1 tin gửi; trả lời 1 tin, 1 đoạn$/,
  );

  await askAll('mã khách hàng xem ở đâu');
  await widget().locator('.picture img').waitFor();
  for (const name of ['zalo', 'messenger', 'telegram']) {
    const picture = page.locator(`#${name} .them img`);
    await picture.waitFor();
    expect(await picture.evaluate(widthOf)).toBeGreaterThan(300);
  }
  await page.locator('#sms .them').nth(1).waitFor();

  await askAll('em giúp được gì');
  await widget().locator('#quick button').first().waitFor();
  for (const name of ['zalo', 'messenger', 'telegram']) {
    const said = page.locator(`#${name} .them`);
    await said
      .filter({ hasText: 'cứ nhắn như nói chuyện ạ' })
      .nth(name === 'zalo' ? 1 : 0)
      .waitFor();
    const before = await said.count();
    await page
      .locator(name === 'messenger' ? '#messenger .quick button' : `#${name} .buttons button`)
      .last()
      .focus();
    await page.keyboard.press('Enter');
    await said.nth(before).waitFor();
  }
  await page.screenshot({ path: join(SCREENSHOTS, 'lab-1600.png') });
  expect(await violations(page)).toEqual([]);
  expect(await violations(await widgetFrame())).toEqual([]);
  expect(lab.platforms.telegram.wrong).toEqual([]);
});

test('390 × 844: one phone at a time, the same conversation; nothing is wider than the screen', async () => {
  await visit(390, 844);
  for (const name of PHONES) await page.locator(`#${name} .them`).first().waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390);
  for (const name of ['web', ...PHONES]) {
    await page.locator(`nav a[href="#${name}"]`).click();
    await page.waitForFunction(
      `(() => { const { left, right } = document.getElementById('${name}').getBoundingClientRect(); return left >= 0 && right <= innerWidth })()`,
    );
    await page.screenshot({ path: join(SCREENSHOTS, `lab-390-${name}.png`) });
  }
  expect(await violations(page)).toEqual([]);
});

test('390 × 844: a drawn picture of the use and of a bill on every phone that shows pictures, with words for who cannot see it', async () => {
  await visit(390, 844);
  for (const [name, question] of Object.entries({
    use: 'sản lượng điện 12 tháng gần đây mã PP01000445566',
    bill: 'sao tiền điện tháng trước cao vậy mã PP01000445566',
  })) {
    const seen = new Map<string, number>();
    for (const phone of PICTURED) seen.set(phone, await page.locator(`#${phone} .them img`).count());
    const onWeb = await widget().locator('.picture img').count();
    await askAll(question);
    const web = widget().locator('.picture img').nth(onWeb);
    await web.waitFor();
    expect(await web.getAttribute('alt')).toMatch(/kWh/);
    expect(await web.evaluate(widthOf)).toBeGreaterThanOrEqual(600);
    for (const phone of PICTURED) {
      const picture = page.locator(`#${phone} .them img`).nth(seen.get(phone)!);
      await picture.waitFor({ state: 'attached' });
      expect(await picture.evaluate(widthOf)).toBeGreaterThanOrEqual(600);
    }
    for (const phone of ['web', ...PICTURED]) {
      await page.locator(`nav a[href="#${phone}"]`).click();
      await page.waitForFunction(
        `(() => { const { left, right } = document.getElementById('${phone}').getBoundingClientRect(); return left >= 0 && right <= innerWidth })()`,
      );
      await page.screenshot({ path: join(SCREENSHOTS, `picture-${name}-${phone}.png`) });
    }
  }
  expect(await violations(await widgetFrame())).toEqual([]);
});
