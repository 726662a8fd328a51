import { offeredChoices, tableOf } from '../../core/activity';
import { CODE, OTHER, stage, texts } from './stage';

test('asks for the code, takes it bare, and answers for the month that was said before', async () => {
  const { say } = stage();
  expect(texts(await say('tiền điện tháng 9', { wants: ['bill.lookup'], month: 9 }))[0]).toMatch(/mã khách hàng/);
  const [answer] = texts(await say(CODE, { customer_code: CODE }));
  expect(answer).toContain('462.000 đ');
  expect(answer).toContain('tháng 9/2016');
});

test('a month not said is the newest with a bill, and the answer says which', async () => {
  const decision = await stage().say('tiền điện', { wants: ['bill.lookup'], customer_code: CODE });
  expect(texts(decision)[0]).toMatch(/tháng gần nhất là tháng 10\/2016.*500\.550 đ/);
  expect(decision.state.memory.facts[0]).toMatchObject({
    what: 'bill.total',
    value: 500_550,
    record: `bills/${CODE}/2016-10-1`,
    asOf: '2016-09-29T02:00:00.000Z',
  });
});

test('customer and month are carried, and a correction replaces only the slot it touches', async () => {
  const { say } = stage();
  await say('tiền điện', { wants: ['bill.lookup'], customer_code: CODE });
  expect(texts(await say('còn tháng 9?', { month: 9, following: true }))[0]).toContain('462.000 đ');
  expect(texts(await say('à lộn tháng 8', { month: [9, 8], correcting: true }))[0]).toContain('431.200 đ');
});

test('several houses make one table with its sum', async () => {
  const { say } = stage();
  await say('nhà', { wants: ['bill.lookup'], customer_code: CODE, houses: [{ label: 'nhà', start: 0, end: 0 }] });
  await say('quán', { wants: ['bill.lookup'], customer_code: OTHER, houses: [{ label: 'quán', start: 0, end: 0 }] });
  const decision = await say('nhà với quán cộng lại nhiu', {
    wants: ['bill.lookup'],
    totalling: true,
    houses: [
      { label: 'nhà', start: 0, end: 3 },
      { label: 'quán', start: 8, end: 12 },
    ],
  });
  expect(texts(decision)[0]).toContain('700.000 đ');
  expect(tableOf(decision.say[0]!.attachments![0]!)!.rows).toHaveLength(2);
});

test('a tap works later too: its value carries the slots', async () => {
  const { say } = stage();
  const decision = await say('tiền điện', { wants: ['bill.lookup'], customer_code: CODE });
  const before = offeredChoices(decision.say[0]!).find(({ value }) => value.includes('2016-9'))!;
  expect(before.value.length).toBeLessThanOrEqual(64);
  await say('gì đó', { best: 'chat.greet', wants: ['chat.greet'] });
  expect(texts(await say(before.title, {}, { value: before.value }))[0]).toContain('462.000 đ');
});

test('one SMS back, never a question', async () => {
  const { say } = stage({ sms: true, now: '2016-09-30T09:00:00+07:00' });
  const known = await say('x', { wants: ['bill.lookup'], customer_code: CODE, month: 10, year: 2016, period: 1 });
  expect(known.say).toHaveLength(1);
  expect(known.say[0]!.text).toContain('500550 đồng');
  const asked = await stage({ sms: true }).say('x', { wants: ['bill.lookup'] });
  expect(asked.say).toHaveLength(1);
  expect(asked.say[0]!.text).toContain('TD MaKH Ky MM YYYY');
  expect(asked.say[0]!.text).not.toContain('?');
});

test('behind a closed gate known and unknown codes look alike', async () => {
  const known = await stage({ closed: true }).say('x', { wants: ['bill.lookup'], customer_code: CODE });
  const unknown = await stage({ closed: true }).say('x', { wants: ['bill.lookup'], customer_code: 'PP05000000000' });
  expect(known.say).toEqual(unknown.say);
});
