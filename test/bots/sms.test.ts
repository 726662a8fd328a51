import { createHash } from 'node:crypto';
import { md5, sha256 } from '../../bots/sms/signature';
import type { Sms } from '../../bots/sms/wire';
import type { Channel, RawRequest } from '../../core/channel';
import { channelContract } from '../contracts/channel';
import { freePort } from '../processes';
import { smsProviders } from './sms-harness';

type Providers = Awaited<ReturnType<typeof smsProviders>>;
let at: Providers;
let made: Channel<Sms>;

const get = (url: string): RawRequest => ({ method: 'GET', url, headers: {}, body: Buffer.alloc(0) });
const post = (body: unknown, url = '/hooks/sms/vcom'): RawRequest => ({
  method: 'POST',
  url,
  headers: { 'content-type': 'application/json' },
  body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)),
});
const wire = (text = 'EVNCPC thong bao'): Sms => ({ text, encoding: 'GSM-7', segments: 1 });

/** eSMS's own keys, as every run of its fake has them. */
const PRIVATE = '17417a0d20114d36a902e49cad0e97f3';
const esmsMo = (change: Record<string, string> = {}, key = PRIVATE): RawRequest => {
  const mo = { sender: '84912345678', content: 'TD PP05000974006 1 10 2016', cpid: 'cp-17', smsid: 'S-1', ...change };
  const time = '20260312090000';
  const sign = createHash('md5').update(`${mo.cpid}${mo.smsid}${mo.content}${time}${key}`).digest('base64');
  return get(`/hooks/sms/esms?${new URLSearchParams({ serviceNumber: '8088', sign, receiverTime: time, ...mo })}`);
};
const vcomMo = (change: Record<string, unknown> = {}, key = '5fdc57e97198o1'): RawRequest => {
  const mo = { phone: '84912345678', request_id: '1297875832', client_id: 'demo', time: 1_600_000_000, ...change };
  const checksum = sha256([mo.client_id, mo.request_id, mo.phone, key, String(mo.time)]);
  return post({
    type: 'new',
    service_id: '8088',
    command_code: 'cskh',
    message: 'NTD PP1',
    telco: 'VT',
    checksum,
    ...mo,
  });
};
const tampered = (request: RawRequest, from: string, to: string): RawRequest => ({
  ...request,
  url: request.url.replace(from, to),
  body: Buffer.from(request.body.toString().replace(from, to)),
});
const callback = (n: number, more: Record<string, string>) =>
  get(`${new URL([...at.esms.callbacks.values()][n]!.url).pathname}?${new URLSearchParams(more)}`);

const smppMo = (change: Record<string, unknown> = {}): RawRequest =>
  post({ id: 'smpp:1:2:0', phone: '84912345678', service: '8088', text: 'TC', ...change }, 'smpp:mo');

beforeAll(async () => {
  at = await smsProviders();
});
afterAll(() => at.close());

/** The contract asks for its channel when the file is read, before the fakes listen: this one stands for the one made then. */
const late: Channel<Sms> = new Proxy({} as Channel<Sms>, {
  get: (_, name: keyof Channel) => {
    if (name === 'name') return 'sms';
    if (!at && name === 'abilities') return require('../../bots/sms').ABILITIES;
    made ??= at.connect(at.all);
    // the contract's person has no phone number
    if (name === 'send') return (_: unknown, sms: Sms, key: string) => made.send(address(), sms, key);
    return made[name];
  },
});

channelContract<Sms>('sms', () => ({
  channel: late,
  textOf: ({ text }) => text,
  payloads: [
    {
      name: 'eSMS',
      request: esmsMo(),
      activities: [
        {
          type: 'message',
          id: 'esms:S-1',
          text: 'TD PP05000974006 1 10 2016',
          from: { id: '84912345678' },
          conversation: { id: '84912345678' },
          channelData: { route: JSON.stringify({ provider: 'esms', service: '8088', request: 'S-1' }) },
        },
      ],
    },
    {
      name: 'eSMS with diacritics',
      request: esmsMo({ smsid: 'S-2', content: 'Tiền điện' }),
      activities: [{ text: 'Tiền điện' }],
    },
    {
      name: 'V-COM',
      request: vcomMo(),
      activities: [{ id: 'vcom:1297875832', text: 'NTD PP1', from: { id: '84912345678' } }],
    },
    { name: 'SMPP', request: smppMo(), activities: [{ id: 'smpp:1:2:0', text: 'TC' }] },
  ],
  forgeries: [
    { name: 'eSMS: its content', request: tampered(esmsMo(), 'PP05', 'PP06') },
    { name: 'eSMS: its smsid', request: tampered(esmsMo(), 'smsid=S-1', 'smsid=S-3') },
    { name: 'eSMS: the key', request: esmsMo({}, `${PRIVATE.slice(0, -1)}4`) },
    { name: 'eSMS: no signature', request: get('/hooks/sms/esms?sender=84912345678&content=TC&smsid=1&cpid=cp-17') },
    { name: 'eSMS: another cpid', request: esmsMo({ cpid: 'cp-18' }) },
    { name: 'eSMS: by POST', request: { ...esmsMo(), method: 'POST' } },
    { name: 'V-COM: its phone', request: tampered(vcomMo(), '84912345678', '84912345679') },
    { name: 'V-COM: its request id', request: tampered(vcomMo(), '1297875832', '1297875833') },
    { name: 'V-COM: the key', request: vcomMo({}, '5fdc57e97198o2') },
    {
      name: 'a callback address that is not ours',
      request: get(`/hooks/sms/esms/receipt/${'A'.repeat(60)}?SendStatus=5`),
    },
    { name: 'SpeedSMS: an address that is not ours', request: post({ type: 'report' }, '/hooks/sms/speedsms/abc') },
  ],
  people: [esmsMo(), esmsMo({ sender: '84912345670', smsid: 'S-9' })],
  unknown: [
    esmsMo({ sender: '8088', smsid: 'S-5' }),
    esmsMo({ content: '', smsid: 'S-6' }),
    post({ hello: 1 }, 'smpp:mo'),
    post({ type: 'recovery' }),
  ],
  withBody: (body) => post(body),
  deliveries: [
    ...(
      [
        ['taken', 'esms', [], 'accepted'],
        ['124, taken before', 'esms', ['124'], 'accepted'],
        ['101, keys', 'esms', ['101'], 'refused'],
        ['103, no money', 'esms', ['103'], 'later'],
        ['146, template', 'esms', ['146'], 'refused'],
        ['500', 'esms', [500], 'unsure'],
        ['429', 'esms', [429], 'later'],
        ['404', 'esms', [404], 'refused'],
        ['cut before it is taken', 'esms', ['dropped'], 'unsure'],
        ['cut after it is taken', 'esms', ['taken'], 'unsure'],
        ['nothing that can be read', 'esms', ['odd'], 'unsure'],
      ] as const
    ).map(([name, provider, faults, is]) => ({
      name: `${provider}: ${name}`,
      answers: () => {
        at[provider].mts.length = 0;
        at[provider].faults.push(...faults);
      },
      wire: wire(name),
      is,
    })),
  ],
  secrets: [PRIVATE, 'SK-secret-2', '5fdc57e97198o1', 'speed-token-3', 'pass-8'],
  without: {
    challenge: 'no SMS provider has one',
    echoes: 'no SMS provider plays our messages back',
    receipts: 'their address is made by the send that they are about: tested below',
    tap: 'SMS has no choices',
  },
}));

test('the vectors of the reference', () => {
  const text = ['abcdef1234xyz17417a0d20114d36a902e49cad0e97f3'];
  expect(md5(text)).toBe('O85nc2XByOhTm8a8t2rYKA==');
  expect(md5(text, 'hex')).toBe('3bce677365c1c8e8539bc6bcb76ad828');
  expect(sha256(['demo', '1297875832', '84912345678', '5fdc57e97198o1', '1600000000'])).toBe(
    '/LOsd8i1cfRAfsmiE+miHwC6ia0r9Y9F/hXtGMuogFU=',
  );
});

test('eSMS signing in hex is refused with an alarm that names the setting, and taken once the setting says so', async () => {
  const request = get(at.esms.moUrl({ sender: '84912345678', content: 'TC', smsid: 'H-1', form: 'hex' }));
  at.alarms.length = 0;
  const base64 = at.connect(at.all);
  expect(await base64.verify(request)).toMatchObject({ is: 'refused' });
  expect(await base64.verify(request)).toMatchObject({ is: 'refused' });
  expect(at.alarms).toEqual([{ what: expect.stringContaining('SMS_ESMS_SIGN'), facts: { form: 'hex' } }]);
  expect(await at.connect({ ...at.all, SMS_ESMS_SIGN: 'hex' }).verify(request)).toEqual({ is: 'genuine' });
});

const address = (route?: object) => ({
  channel: 'sms' as const,
  conversation: '84912345678',
  person: '84912345678',
  ...(route && { route: JSON.stringify(route) }),
});

describe('delivery reports', () => {
  test('eSMS: a report of a message that we sent says what became of it, by our own key', async () => {
    const channel = at.connect(at.settings.esms);
    at.esms.callbacks.clear();
    await channel.send(address(), wire(), 'sms:84912345678|3:0.0');
    const about = (state: string, more = {}) => [
      {
        name: 'receipt',
        value: { state, sendKey: 'sms:84912345678|3:0.0', ...more },
        conversation: { id: '84912345678' },
      },
    ];
    const told = (more: Record<string, string>) => channel.read(callback(0, more));
    expect(await channel.verify(callback(0, {}))).toEqual({ is: 'genuine' });
    expect(told({ SendStatus: '5', SendSuccess: '1' })).toMatchObject(about('delivered'));
    expect(told({ SendStatus: '5', SendFailed: '1' })).toMatchObject(about('failed', { why: expect.any(String) }));
    expect(told({ SendStatus: '4' })).toMatchObject(about('failed'));
    expect(told({ SendStatus: '1' })).toEqual([]);
    const url = [...at.esms.callbacks.values()][0]!.url;
    expect(url).not.toContain('84912345678');
    expect(Buffer.from(url.split('/').at(-1)!, 'base64url').toString('latin1')).not.toContain('912345678');
  });

  test('SpeedSMS: the address that `channel check` prints is genuine, and its reports are read', async () => {
    const channel = at.connect(at.settings.speedsms);
    const found = await channel.check!();
    const url = new URL(/https:\S+/.exec(found.map(({ what }) => what).join(' '))![0]).pathname;
    const report = (status: number) => post({ type: 'report', tranId: 'T-1', phone: '84912345678', status }, url);
    expect(await channel.verify(report(0))).toEqual({ is: 'genuine' });
    expect(channel.read(report(0))).toMatchObject([
      { name: 'receipt', value: { state: 'delivered', platformIds: ['T-1'] } },
    ]);
    expect(channel.read(report(64))).toMatchObject([{ value: { state: 'failed' } }]);
    expect(channel.read(report(3))).toEqual([]);
  });
});

describe('MT', () => {
  test('SpeedSMS: each answer has its outcome', async () => {
    const channel = at.connect(at.settings.speedsms);
    for (const [fault, is] of [
      [undefined, 'accepted'],
      ['105', 'refused'],
      ['113', 'refused'],
      ['300', 'later'],
      ['500', 'unsure'],
      [429, 'later'],
      ['taken', 'unsure'],
    ] as const) {
      if (fault !== undefined) at.speedsms.faults.push(fault);
      expect([fault, (await channel.send(address(), wire(), 'k')).is]).toEqual([fault, is]);
    }
  });

  test('V-COM: an answer quotes the request, the same key is taken once, and nothing goes without a request', async () => {
    const channel = at.connect(at.settings.vcom);
    at.vcom.house = 'http://127.0.0.1:9';
    await at.vcom.mo({ phone: '84912345678', message: 'TC', request: 'R-7' }).catch(() => {});
    const route = { provider: 'vcom', service: '8088', request: 'R-7', command: 'cskh' };
    const before = at.vcom.mts.length;
    expect(await channel.send(address(route), wire('mot'), 'k7')).toMatchObject({ is: 'accepted' });
    expect(await channel.send(address(route), wire('mot'), 'k7')).toMatchObject({ is: 'accepted' });
    expect(at.vcom.mts.slice(before)).toMatchObject([{ phone: '84912345678', text: 'mot' }]);
    expect(await channel.send(address(), wire(), 'k8')).toMatchObject({ is: 'refused' });
    at.vcom.faults.push('106', 500);
    expect(await channel.send(address(route), wire(), 'k9')).toMatchObject({ is: 'refused', code: '106' });
    expect(await channel.send(address(route), wire(), 'k9')).toMatchObject({ is: 'unsure' });
  });

  test('a provider that cannot be reached has taken nothing: later', async () => {
    const channel = at.connect({ ...at.settings.esms, SMS_ESMS_API_BASE: `http://127.0.0.1:${await freePort()}` });
    expect(await channel.send(address(), wire(), 'k')).toMatchObject({ is: 'later' });
  });

  test('everything is sent without diacritics, unless SMS_ACCENTED says otherwise', () => {
    const said = { type: 'message' as const, text: 'Tiền điện tháng 6: “đủ” – 5 ₫' };
    expect(at.connect(at.all).render(said)).toEqual([
      { text: 'Tien dien thang 6: "du" - 5 d', encoding: 'GSM-7', segments: 1 },
    ]);
    expect(at.connect({ ...at.all, SMS_ACCENTED: '1' }).render(said)).toMatchObject([
      { encoding: 'UCS-2', segments: 1 },
    ]);
  });
});

test('V-COM from an address that is not on the list is answered 108, a wrong checksum 106, a repetition 104', async () => {
  const channel = at.connect({ ...at.settings.vcom, SMS_VCOM_NETWORKS: '10.1.2.3' });
  const [hook] = channel.hooks;
  const codeOf = (answer?: { status: number; body?: string }) => [answer?.status, JSON.parse(answer!.body!)];
  const foreign = await channel.verify({ ...vcomMo(), network: '10.1.2.4' });
  expect(foreign).toMatchObject({ is: 'refused' });
  expect(codeOf(hook!.refused!(vcomMo(), (foreign as { why: string }).why))).toMatchObject([
    200,
    { errors: { code: 108 } },
  ]);
  expect(codeOf(hook!.refused!(vcomMo(), 'wrong checksum'))).toMatchObject([200, { errors: { code: 106 } }]);
  expect(await channel.verify({ ...vcomMo(), network: '10.1.2.3' })).toEqual({ is: 'genuine' });
  expect(codeOf(hook!.accepted!(vcomMo(), ['seen']))).toMatchObject([200, { errors: { code: 104 } }]);
  expect(codeOf(hook!.accepted!(vcomMo({ type: 'recovery' }), ['seen']))).toMatchObject([200, { data: { code: 200 } }]);
});
