import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { startListening } from '../../app/listen';
import { loadSample } from '../../data/sample';
import { computeBill } from '../../tariff';
import { hookedHouse, NOW } from '../app/hooked-house';
import { eventually } from '../processes';
import { smsProviders } from './sms-harness';

/** domain.md §0: the five look-ups of the founding document, on the day before its dates. */
const FIVE: [string, string][] = [
  ['LGD PP05000974006 1 10 2016', 'la ngay 06/10/2016'],
  ['CS PP05000974006 1 10 2016', '386 kWh'],
  ['TD PP05000974006 1 10 2016', 'la 500550 dong'],
  ['NTD PP05000974006', 'tong cong: 715000 dong'],
  ['LCD PP05000974006', '01/10/2016 9:30 den: 20/10/2016 15:00'],
];
const THEN = Date.parse('2016-09-30T02:00:00.000Z');
const PHONE = '84912345678';

let at: Awaited<ReturnType<typeof smsProviders>>;
let house: Awaited<ReturnType<typeof hookedHouse>>;
let stop: (() => Promise<void>) | undefined;

const open = async (given: Record<string, string>) => {
  at = await smsProviders();
  const channel = at.connect({ ...given, ...reached(given) });
  house = await hookedHouse({ sms: channel });
  const ticks = { elapsed: () => 0, rest: async () => {} };
  const { stores } = house;
  const until = { year: 2026, month: 3 };
  const now = new Date(NOW).toISOString();
  await loadSample(stores.writer, stores.meta, {
    until,
    now,
    utility: at.ports.utility,
    computeBill,
    ticks,
    customers: 10,
  });
  house.clock.now = THEN;
  await house.http.listen({ port: 0, host: '127.0.0.1' });
  const address = `http://127.0.0.1:${(house.http.server.address() as AddressInfo).port}`;
  for (const fake of [at.esms, at.vcom, at.speedsms]) fake.house = address;
  stop = await startListening({ channels: [channel], accept: house.house.accept, log: house.log } as never);
};
/** the fakes' settings by the names of their providers */
const reached = (given: Record<string, string>) =>
  Object.assign(
    {},
    ...Object.keys(given)
      .filter((key) => key in at.settings)
      .map((key) => at.settings[key as 'esms']),
  );

afterEach(async () => {
  const stopping = stop?.();
  await at.clock.advance(100_000);
  await stopping;
  await house.close();
  await at.close();
});

const unsure = () => house.stores.outbox.byState('unsure', 10);

test('eSMS: the five commands, each answered in the answer to its request; asked again, the same answer', async () => {
  await open({ esms: '' });
  for (const [n, [content, expected]] of FIVE.entries()) {
    const mo = { sender: PHONE, content, smsid: `S-${n}` };
    const first = await at.esms.mo(mo);
    expect(first).toContain(expected);
    expect(await at.esms.mo(mo)).toBe(first);
  }
  expect(at.esms.shown(PHONE)).toHaveLength(5);
  expect(at.esms.mts).toHaveLength(0);
  await house.house.worker.idle(true);
  expect(await house.stores.outbox.byState('sent', 10)).toHaveLength(5);
});

test('eSMS: ten requests for one message at once get one and the same answer', async () => {
  await open({ esms: '' });
  const mo = { sender: PHONE, content: FIVE[2]![0], smsid: 'S-1' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => at.esms.mo(mo)));
  expect(new Set(answers).size).toBe(1);
  expect(at.esms.shown(PHONE)).toHaveLength(1);
});

test('eSMS: past the deadline the answer is empty for good, and one MT follows; its report settles it, five tries at most', async () => {
  await open({ esms: '', SMS_ANSWER_MS: '500' });
  const { turns } = house.stores;
  const { commit, byCause } = turns;
  let go = () => {};
  const gate = new Promise<void>((resolve) => (go = resolve));
  turns.commit = async (turn) => {
    await gate;
    return commit(turn);
  };
  turns.byCause = async (...given) => {
    house.clock.now += 300;
    return byCause(...given);
  };
  const mo = { sender: PHONE, content: FIVE[2]![0], smsid: 'S-1' };
  expect(await at.esms.mo(mo)).toBe('');
  go();
  await house.house.worker.idle(true);
  expect(at.esms.shown(PHONE)).toEqual([expect.stringContaining('500550')]);
  expect(await at.esms.mo(mo)).toBe('');
  expect(at.esms.mts).toHaveLength(1);
  expect(await at.esms.report(at.esms.mts[0]!.id)).toEqual([200]);
  expect(await at.esms.report(at.esms.mts[0]!.id)).toEqual([200]);
  await house.house.worker.idle(true);
  expect(await house.stores.outbox.byState('delivered', 10)).toHaveLength(1);
});

test('V-COM: the five commands, each answered by one MT; repetition and recovery add none', async () => {
  await open({ vcom: '' });
  for (const [n, [message, expected]] of FIVE.entries()) {
    const mo = { phone: PHONE, message, request: `R-${n}` };
    expect(await at.vcom.mo(mo)).toBe(200);
    await house.house.worker.idle(true);
    expect(at.vcom.shown(PHONE).at(-1)).toContain(expected);
    expect(await at.vcom.mo(mo)).toBe(104);
    expect(await at.vcom.mo({ ...mo, type: 'recovery' })).toBe(200);
  }
  await house.house.worker.idle(true);
  expect(at.vcom.shown(PHONE)).toHaveLength(5);
});

test('V-COM: an MT without an answer is parked as unsure and never sent again', async () => {
  await open({ vcom: '' });
  at.vcom.faults.push('taken');
  await at.vcom.mo({ phone: PHONE, message: FIVE[3]![0], request: 'R-1' });
  await house.house.worker.idle(true);
  expect(await unsure()).toHaveLength(1);
  await house.later(3_600_000);
  await at.vcom.mo({ phone: PHONE, message: FIVE[3]![0], request: 'R-1', type: 'recovery' });
  await house.house.worker.idle(true);
  expect(at.vcom.shown(PHONE)).toHaveLength(1);
  expect(await unsure()).toHaveLength(1);
});

test('SMPP: the five commands over a bound session; an unsure one is settled by its receipt', async () => {
  await open({ smpp: '' });
  await at.smsc.whenBound();
  const texts = () => {
    const whole: string[] = [];
    for (const { text, udh } of at.smsc.submitted)
      if (udh && udh[0]![4]! > 1) whole.push(`${whole.pop()}${text}`);
      else whole.push(text);
    return whole;
  };
  for (const [content, expected] of FIVE) {
    const before = texts().length;
    expect(await at.smsc.mo(PHONE, content)).toBe(0);
    await house.house.worker.idle(true);
    expect(texts().slice(before)).toEqual([expect.stringContaining(expected)]);
  }
  at.smsc.faults.push('silent');
  const count = at.smsc.submitted.length;
  await at.smsc.mo(PHONE, 'TC');
  await eventually(async () => (at.smsc.submitted.length > count ? true : undefined));
  await at.clock.advance(31_000);
  await house.house.worker.idle(true);
  expect(await unsure()).toHaveLength(1);
  await at.smsc.receipt(at.smsc.submitted.at(-1)!.id);
  await house.house.worker.idle(true);
  expect(await unsure()).toHaveLength(0);
});

/** on top of the contract's 10,000: every hook of a house that keeps what it hears */
test('2,000 hostile requests: the right status, nothing kept, no secret and no number in the log', async () => {
  await open({ esms: '', vcom: '', speedsms: '' });
  const piece = fc.oneof(
    fc.string({ maxLength: 60 }),
    fc.constantFrom('84912345678', 'TD PP05000974006', '%00', '../', '\0'),
  );
  const query = fc.dictionary(
    fc.constantFrom('sender', 'content', 'sign', 'cpid', 'smsid', 'receiverTime', 'serviceNumber', 'x'),
    piece,
  );
  const urls = ['/hooks/sms/esms', '/hooks/sms/vcom', '/hooks/sms/speedsms/x', '/hooks/sms/esms/receipt/x'];
  const body = fc.oneof(
    fc.json(),
    fc.string(),
    fc
      .record({
        type: fc.constantFrom('new', 'recovery', 'report'),
        phone: piece,
        checksum: piece,
        request_id: piece,
        client_id: fc.constant('demo'),
        time: fc.integer(),
        message: piece,
      })
      .map((o) => JSON.stringify(o)),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...urls),
      fc.constantFrom('GET', 'POST'),
      query,
      body,
      async (url, method, q, payload) => {
        const { statusCode } = await house.http.inject({
          method: method as 'GET',
          url: `${url}?${new URLSearchParams(q)}`,
          ...(method === 'POST' && { payload, headers: { 'content-type': 'application/json' } }),
        });
        expect(statusCode).toBe(url === '/hooks/sms/vcom' ? 200 : 401);
      },
    ),
    { numRuns: 2_000 },
  );
  expect(await house.stores.inbox.takeOrphans({ pool: 'serve', by: 'x', leaseMs: 1, now: 9e15, limit: 10 })).toEqual(
    [],
  );
  const logged = JSON.stringify(house.logged);
  for (const secret of [...at.secrets, '84912345678', 'PP05000974006']) expect(logged).not.toContain(secret);
});
