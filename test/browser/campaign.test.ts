import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { registerCampaigns } from '../../app/campaign-pages';
import { loadCampaigns } from '../../app/campaigns';
import { closeCampaign, drawCampaign, openCampaign, publishCampaign } from '../../app/draws';
import { makeHttp } from '../../app/http';
import { request, stage } from '../campaigns/stage';
import { violations } from './checks';
import { launch } from './chromium';
import { ROOT, SCREENSHOTS } from './site';

/** The winners' page in a real browser, from the store that the draw was kept in. */

const TTF = join(ROOT, 'node_modules/@expo-google-fonts/be-vietnam-pro');
const quiet = { info() {}, warn() {}, debug() {}, error: console.error, fatal: console.error };

let browser: Browser;
let here: Awaited<ReturnType<typeof stage>>;
let http: ReturnType<typeof makeHttp>;
let address: string;
beforeAll(async () => {
  [browser, here] = await Promise.all([launch(), stage()]);
  const campaign = here.campaign('evnnpc-2017-may-man');
  await openCampaign(here.drawers, campaign);
  const people = Array.from({ length: 1700 }, (_, n) =>
    request({
      who: `w${n}`,
      customer: `PA0100${String(n).padStart(7, '0')}`,
      name: n % 2 ? 'Nguyễn Thị <b>Thu Hương</b>' : 'Phạm Văn An',
      phone: '0961234567',
      at: '2017-11-22T03:00:00Z',
    }),
  );
  await Promise.all(people.map((one) => here.stores.tickets.take(campaign, one)));
  here.at('2017-12-21T00:00:00Z');
  await closeCampaign(here.drawers, campaign);
  await drawCampaign(here.drawers, campaign);
  http = makeHttp({ settings: { TRUST_PROXY: 0 }, log: quiet as never, ready: () => true });
  const opened = { stores: here.stores, utility: { name: 'Điện lực mẫu', sample: true } as never };
  const fonts = ['400Regular/BeVietnamPro_400Regular.ttf', '600SemiBold/BeVietnamPro_600SemiBold.ttf'];
  await registerCampaigns(http, {
    campaigns: await loadCampaigns(),
    opened,
    folder: here.drawers.folder,
    fonts: fonts.map((file) => join(TTF, file)),
  });
  address = await http.listen({ port: 0 });
  mkdirSync(SCREENSHOTS, { recursive: true });
}, 60_000);
afterAll(async () => {
  await Promise.all([browser?.close(), http?.close()]);
  await here?.close();
});

const sizes = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 900 } };

test('before publication: no winner, no file, no picture', async () => {
  const page = await (await fetch(`${address}/campaigns/evnnpc-2017-may-man`)).text();
  expect(page).toContain('Chưa công bố');
  for (const path of ['winners.png', 'files/winners.csv', 'files/table.csv'])
    expect((await fetch(`${address}/campaigns/evnnpc-2017-may-man/${path}`)).status).toBe(404);
  expect((await fetch(`${address}/campaigns/none`)).status).toBe(404);
});

test.each(Object.entries(sizes))(
  'the page on a %s: masked, no markup of names, axe finds nothing, nothing is cut off',
  async (name, size) => {
    const campaign = here.campaign('evnnpc-2017-may-man');
    await publishCampaign(here.drawers, campaign, join(ROOT, 'scripts/verify_draw.py'));
    const context = await browser.newContext({ viewport: size });
    const page = await context.newPage();
    await page.goto(`${address}/campaigns/${campaign.id}`);
    await page.screenshot({ path: join(SCREENSHOTS, `campaign-${name}.png`), fullPage: true });
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    const cells = await page.locator('tbody tr').nth(0).locator('th, td').allTextContents();
    expect(cells).toEqual(['1', 'Phạm Văn An', 'PA**********', '096*******', '****', '****', 'bộ sản phẩm tri ân']);
    expect(await page.locator('tbody b').count()).toBe(0);
    expect(await page.locator('tbody tr').count()).toBe(9);
    await context.close();
  },
);

test('its picture and its files', async () => {
  const base = `${address}/campaigns/evnnpc-2017-may-man`;
  const picture = await fetch(`${base}/winners.png`);
  expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/png']);
  const bytes = Buffer.from(await picture.arrayBuffer());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  const { writeFileSync } = await import('node:fs');
  writeFileSync(join(SCREENSHOTS, 'campaign-picture.png'), bytes);
  for (const file of ['rules.json', 'entrants.csv', 'winners.csv', 'table.csv', 'draw.json', 'verify_draw.py'])
    expect([file, (await fetch(`${base}/files/${file}`)).status]).toEqual([file, 200]);
  expect((await fetch(`${base}/files/..%2F..%2Fdomdom.db`)).status).toBe(404);
  expect(existsSync(join(here.dir, 'domdom.db'))).toBe(true);
});
