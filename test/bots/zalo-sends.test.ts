import { standingOf } from '../../bots/zalo/limits';
import type { ZaloWire } from '../../bots/zalo/wire';
import { choices, picture } from '../../core/activity';
import type { Ports } from '../../core/channel';
import { addressOf, zaloHarness } from './zalo-harness';

const USER = '246845883529197922';
const HOUR = 3_600_000;
const h = zaloHarness();
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100)]);
const lends = (bytes: Buffer): Partial<Ports> => ({ picture: async () => ({ bytes, contentType: 'image/png' }) });

beforeAll(() => h.start());
afterAll(() => h.stop());
let sends = 0;
const send = (wire: ZaloWire, channel = h.channel, person = USER) =>
  channel.send(addressOf(person), wire, `key:${++sends}`);
const last = () => h.fake.person(USER).heard().at(-1)!.message;

test.each([
  [47 * HOUR + 3_599_000, 'free', 'accepted'],
  [48 * HOUR + 1_000, 'paid', 'accepted'],
  [6 * 24 * HOUR + 23 * HOUR, 'paid', 'accepted'],
  [7 * 24 * HOUR + 1_000, 'template-only', 'refused'],
])('%i ms after the last interaction a message is %s, and %s', async (ms, standing, is) => {
  await h.fake.person(USER).says('x');
  const at = h.clock.now();
  await h.clock.advance(ms);
  expect(standingOf(at, h.clock.now())).toBe(standing);
  const delivery = await send({ kind: 'message', text: 'Dạ' });
  expect(delivery.is).toBe(is);
  if (is === 'refused') expect(delivery).toMatchObject({ code: '-230' });
  else expect(h.fake.person(USER).heard().at(-1)!.billed).toBe(standing === 'paid');
});

test('a picture is uploaded once in a week, and again when the platform has lost it', async () => {
  await h.fake.person(USER).says('x');
  const channel = h.another({}, lends(PNG));
  const [wire] = channel.render(picture('Mã khách hàng ở đây ạ.', { url: '/assets/a.png', alt: 'Hóa đơn mẫu' }));
  for (let n = 0; n < 3; n += 1) expect(await send(wire!, channel)).toMatchObject({ is: 'accepted' });
  expect(h.fake.oa.uploads.size).toBe(1);
  expect(last()).toMatchObject({ text: 'Mã khách hàng ở đây ạ.', attachment: { payload: { template_type: 'media' } } });
  h.fake.oa.uploads.get('attachment-1')!.until = 0;
  expect(await send(wire!, channel)).toMatchObject({ is: 'accepted' });
  expect(h.fake.oa.uploads.size).toBe(2);
  await h.clock.advance(7 * 24 * HOUR);
  await h.fake.person(USER).says('x');
  await send(wire!, channel);
  expect(h.fake.oa.uploads.size).toBe(3);
});

test('a picture that cannot be uploaded goes by its address, or as words', async () => {
  const large = Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]);
  const wire: ZaloWire = { kind: 'message', text: 'Xem', picture: { url: '/assets/a.png', alt: 'Hóa đơn mẫu' } };
  await send(wire, h.another({}, { ...lends(large), publicUrl: (path) => `https://cskh.example${path}` }));
  expect(last().attachment).toMatchObject({ payload: { elements: [{ url: 'https://cskh.example/assets/a.png' }] } });
  await send(wire, h.another({}, lends(large)));
  expect(last()).toEqual({ text: 'Xem\nHóa đơn mẫu' });
});

test('choices: up to five are buttons, more are numbered, and a long text is split before them', async () => {
  const offered = (n: number) => Array.from({ length: n }, (_, i) => ({ title: `Chọn ${i + 1}`, value: `v:${i + 1}` }));
  for (const wire of h.channel.render(choices('Câu dài. '.repeat(400), offered(5))))
    expect(await send(wire)).toMatchObject({ is: 'accepted' });
  expect(last().attachment).toMatchObject({ payload: { buttons: offered(5).map(({ title }) => ({ title })) } });
  const [six] = h.channel.render(choices('Chọn giúp em ạ?', offered(6)));
  expect(six).toEqual({ kind: 'message', text: expect.stringMatching(/1\. Chọn 1\n[\s\S]*6\. Chọn 6$/) });
});

test('asking for a phone is a form where there is a picture for it, else words', async () => {
  const ask = { type: 'event' as const, name: 'contact', text: 'Để em tra giúp ạ.' };
  const value = { title: 'Số điện thoại', imageUrl: 'https://cskh.example/a.png' };
  const [form] = h.channel.render({ ...ask, value });
  expect(await send(form!)).toMatchObject({ is: 'accepted' });
  expect(last().attachment).toMatchObject({ payload: { template_type: 'request_user_info' } });
  expect(h.channel.render(ask)).toEqual([{ kind: 'message', text: 'Để em tra giúp ạ.' }]);
});

describe('templates', () => {
  const data = { customer_name: 'An', amount: '500.550', due: '20/03/2026' };
  const byPhone = (phone: string): ZaloWire => ({ kind: 'template', to: { phone }, template: '10001', data });

  test('by phone in any form, by its hash and by user id; our key travels as tracking id', async () => {
    for (const phone of ['0987654321', '+84987654321', '84987654321'])
      expect(await send(byPhone(phone))).toMatchObject({ is: 'accepted', platformId: expect.stringMatching(/^zbs/) });
    expect(h.fake.zbs.sent.at(-1)).toMatchObject({ to: '84987654321', trackingId: `key:${sends}` });
    const hash = '116ce31ae9170769b075a11dedca1198f41d30318334919fb90917e9c617b438';
    expect(await send(byPhone(hash))).toMatchObject({ is: 'accepted' });
    expect(await send({ kind: 'template', to: { user: USER }, template: '10001', data })).toMatchObject({
      is: 'accepted',
    });
    const long = `zalo:${'9'.repeat(60)}`;
    await h.channel.send(addressOf(USER), byPhone('0987654321'), long);
    expect(h.fake.zbs.sent.at(-1)!.trackingId).toMatch(/^[0-9a-f]{48}$/);
  });

  test.each([
    [-108, false],
    [-114, true],
    [-118, true],
    [-119, true],
    [-139, true],
    [-141, true],
    [-115, true],
    [-137, true],
    [-144, true],
    [-147, true],
    [-131, false],
  ])('%i: an SMS instead is %s', async (error, sms) => {
    h.fake.hosts.zbs.fail('/message/template', { body: { error, message: '' } });
    const delivery = await send(byPhone('0987654321'));
    expect(delivery).toMatchObject({ is: 'refused', code: String(error) });
    expect('smsInstead' in delivery).toBe(sms);
  });

  test('at night it waits until six', async () => {
    h.fake.zbs.state.nightBlock = true;
    const hour = (h.clock.now().getUTCHours() + 7) % 24;
    await h.clock.advance(((23 - hour + 24) % 24) * HOUR);
    const delivery = await send(byPhone('0987654321'));
    expect(delivery).toMatchObject({ is: 'later' });
    await h.clock.advance(delivery.is === 'later' ? delivery.afterMs : 0);
    expect(await send(byPhone('0987654321'))).toMatchObject({ is: 'accepted' });
  });
});

test('check tells what works and what a person must do', async () => {
  const found = await h.another({}, { publicUrl: (path) => `https://cskh.example${path}` }).check!();
  expect(found.filter(({ is }) => is === 'wrong')).toEqual([]);
  expect(found.map(({ what }) => what).join('\n')).toMatch(/Điện lực mẫu[\s\S]*https:\/\/cskh\.example\/hooks\/zalo/);
  expect((await h.channel.check!()).filter(({ is }) => is === 'wrong')).toMatchObject([
    { what: expect.stringContaining('PUBLIC_URL') },
  ]);
});
