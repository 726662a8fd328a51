import { segmentsOf } from '../../bots/sms/segments';
import type { Sms } from '../../bots/sms/wire';
import type { Channel } from '../../core/channel';
import { eventually } from '../processes';
import { smsProviders } from './sms-harness';

let at: Awaited<ReturnType<typeof smsProviders>>;
let channel: Channel<Sms>;
let stop: () => Promise<void>;
const heard: { id: string; text?: string; value?: unknown }[] = [];

beforeEach(async () => {
  at = await smsProviders();
  channel = at.connect({ ...at.settings.smpp, SMS_SMPP_WINDOW: '2' });
  heard.length = 0;
  stop = await channel.listen!(async (request) => {
    for (const { id, text, value } of channel.read(request)) heard.push({ id: id!, text, value });
  });
  await at.smsc.whenBound();
  await bound();
});
afterEach(async () => {
  const stopping = stop();
  await at.clock.advance(100_000);
  await stopping;
  await at.close();
});

const PHONE = '84912345678';
const address = { channel: 'sms' as const, conversation: PHONE, person: PHONE };
const send = (text: string, key = 'k') => channel.send(address, { text, ...segmentsOf(text) }, key);
const bound = () => eventually(async () => ((await send('TC', 'probe')).is === 'accepted' ? true : undefined));
const distinct = () => new Set(heard.map(({ id }) => id)).size;

test('GSM-7 leaves under data coding 0, character for character, and everything else as UCS-2', async () => {
  const text = 'a\\b[c]{d}^~|€@_è';
  expect(await send(text)).toMatchObject({ is: 'accepted' });
  expect(at.smsc.submitted.at(-1)).toMatchObject({ coding: 0, esm: 0, text, phone: PHONE, source: '8088' });
  await send('Tiền điện');
  expect(at.smsc.submitted.at(-1)).toMatchObject({ coding: 8, text: 'Tiền điện' });
  expect(at.smsc.binds).toEqual([{ system_id: 'domdom', password: 'pass-8', interface_version: 0x34 }]);
});

test('a long message leaves in our own segments, one reference, numbered', async () => {
  const text = 'Lich cat dien '.repeat(30).trim();
  at.smsc.submitted.length = 0;
  expect(await send(text)).toMatchObject({ is: 'accepted' });
  const parts = at.smsc.submitted;
  expect(parts).toHaveLength(segmentsOf(text).segments);
  expect(parts.map((one) => one.text).join('')).toBe(text);
  expect(parts.map(({ udh }) => [udh![0]![3], udh![0]![4]])).toEqual(parts.map((_, n) => [parts.length, n + 1]));
  expect(new Set(parts.map(({ udh }) => udh![0]![2])).size).toBe(1);
});

test('throttled: later, and nothing was taken; a refusal has its code', async () => {
  const before = at.smsc.submitted.length;
  at.smsc.faults.push(0x58, 0x14, 0x0b);
  expect(await send('x')).toMatchObject({ is: 'later' });
  expect(await send('x')).toMatchObject({ is: 'later' });
  expect(await send('x')).toMatchObject({ is: 'refused', code: '0x0b' });
  expect(at.smsc.submitted).toHaveLength(before);
});

test('no answer, and a cut before the answer: unsure; a receipt settles it by our key', async () => {
  at.smsc.faults.push('silent');
  const sending = send('x', 'paid-1');
  await eventually(async () => (at.smsc.submitted.at(-1)?.text === 'x' ? true : undefined));
  await at.clock.advance(31_000);
  expect(await sending).toMatchObject({ is: 'unsure' });
  await at.smsc.receipt(at.smsc.submitted.at(-1)!.id);
  expect(heard.at(-1)!.value).toEqual({ state: 'delivered', sendKey: 'paid-1' });

  at.smsc.faults.push('cut');
  expect(await send('y', 'paid-2')).toMatchObject({ is: 'unsure' });
  expect(await send('z', 'paid-3')).toMatchObject({ is: 'later' });
});

test('it binds again after a disconnect', async () => {
  at.smsc.disconnect();
  await eventually(async () => ((await send('x')).is === 'later' ? true : undefined));
  await eventually(async () => {
    await at.clock.advance(1_000);
    return at.smsc.binds.length === 2 ? true : undefined;
  });
  await bound();
});

test('no more than the window is under way; a disconnect leaves those unsure and the rest later', async () => {
  at.smsc.holding = true;
  const sending = ['a', 'b', 'c', 'd'].map((text) => send(text, text));
  await eventually(async () => (at.smsc.outstanding === 2 ? true : undefined));
  expect(at.smsc.outstanding).toBe(2);
  at.smsc.disconnect();
  expect((await Promise.all(sending)).map(({ is }) => is)).toEqual(['unsure', 'unsure', 'later', 'later']);
});

test('receipts: ids in both bases, in TLVs, before the answer, twice, and failed', async () => {
  at.smsc.bases = 'hex then decimal';
  await send('x', 'k1');
  const { id } = at.smsc.submitted.at(-1)!;
  expect(await at.smsc.receipt(id)).toBe(0);
  expect(heard.at(-1)!.value).toEqual({ state: 'delivered', sendKey: 'k1' });
  await at.smsc.receipt(id, { tlv: true });
  expect(heard).toHaveLength(2);
  expect(distinct()).toBe(1);
  await at.smsc.receipt(id, { stat: 'UNDELIV' });
  expect(heard.at(-1)!.value).toMatchObject({ state: 'failed', why: 'UNDELIV 000' });
  await at.smsc.receipt(id, { stat: 'ENROUTE' });
  expect(heard).toHaveLength(3);
  at.smsc.faults.push('receipt first');
  expect(await send('y', 'k2')).toMatchObject({ is: 'accepted' });
  await eventually(async () => (heard.length === 4 ? true : undefined));
  expect(heard.at(-1)!.value).toEqual({ state: 'delivered', sendKey: 'k2' });
});

test('MO: plain, in UCS-2, and its parts in any order make one message; the same words again are a new one', async () => {
  expect(await at.smsc.mo(PHONE, 'TD PP05000974006 1 10 2016')).toBe(0);
  expect(await at.smsc.mo(PHONE, 'Tiền điện tháng 10', { data_coding: 8 })).toBe(0);
  expect(await at.smsc.parts(PHONE, 7, ['mất điện ', 'ở nhà ', 'tôi'], [3, 1, 2])).toEqual([0, 0, 0]);
  expect(heard.map(({ text }) => text)).toEqual([
    'TD PP05000974006 1 10 2016',
    'Tiền điện tháng 10',
    'mất điện ở nhà tôi',
  ]);
  await at.smsc.mo(PHONE, 'TD PP05000974006 1 10 2016');
  expect(distinct()).toBe(4);
});

test('MO that the SMSC repeats on a new session keeps its id', async () => {
  await at.smsc.mo(PHONE, 'TC');
  at.smsc.disconnect();
  await eventually(async () => {
    await at.clock.advance(1_000);
    return at.smsc.binds.length === 2 ? true : undefined;
  });
  await at.smsc.whenBound();
  await at.smsc.mo(PHONE, 'TC');
  expect(heard).toHaveLength(2);
  expect(distinct()).toBe(1);
});
