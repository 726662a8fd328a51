import { offeredChoices, tableOf } from '../../core/activity';
import { DISCLOSURE } from '../../core/disclosure';
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

test('after a question that is no longer put again, "ừ" and "quay lại" still get an answer', async () => {
  for (const [intent, answer] of [
    ['dialog.affirm', /cần thêm gì/],
    ['dialog.back', /xem gì tiếp/],
  ] as const) {
    const { say } = stage();
    await say('tôi trả tiền chưa', { wants: ['bill.payment_status'] });
    for (let times = 0; times < 2; times += 1) await say('thủ tục điện mặt trời', { wants: ['service.solar'] });
    await say('tiền điện', { wants: ['bill.lookup'], customer_code: CODE });
    expect(texts(await say('x', { wants: [intent] }))[0]).toMatch(answer);
  }
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

test('two periods of one month are a short table that names them', async () => {
  const decision = await stage().say('x', { wants: ['bill.lookup'], customer_code: OTHER, month: 9, year: 2016 });
  expect(tableOf(decision.say[0]!.attachments![0]!)!.rows.map(([period]) => period)).toEqual([
    'kỳ 2 tháng 9/2016',
    'kỳ 1 tháng 9/2016',
  ]);
});

test('the policy decides what a code alone shows', async () => {
  const asked = { wants: ['bill.lookup' as const], customer_code: CODE };
  const hidden = await stage({ disclosure: { ...DISCLOSURE, amounts: false } }).say('x', asked);
  expect(texts(hidden).join()).not.toMatch(/500|462|đ\b.*kWh/);
  expect(hidden.state.memory.facts.map(({ what }) => what)).not.toContain('bill.total');
  const shown = (name: 'masked' | 'full' | 'hidden') =>
    stage({ disclosure: { ...DISCLOSURE, name } }).say('dạ', { customer_code: CODE });
  expect(texts(await shown('masked'))[0]).toContain('N***** V** A*');
  expect(texts(await shown('full'))[0]).toContain('Nguyễn Văn An');
  expect(texts(await shown('hidden'))[0]).not.toMatch(/Nguyễn|N\*/);
});

test('no record is read before the gate is asked', async () => {
  const { say, admitted } = stage({ closed: true });
  for (const intent of ['bill.lookup', 'reading.lookup', 'reading.schedule', 'usage.lookup', 'debt.lookup'] as const) {
    const decision = await say('x', { wants: [intent], customer_code: CODE });
    expect(decision.state.memory.houses).toEqual([]);
    expect(decision.state.memory.facts.map(({ record }) => record.split('/')[0])).toEqual(
      expect.not.arrayContaining(['bills', 'readings', 'debts', 'points']),
    );
  }
  expect(admitted).toHaveLength(5);
});

test('a frame of another version is dropped, and its want is asked anew', async () => {
  const { say } = stage();
  const { state } = await say('tiền điện', { wants: ['bill.lookup'] });
  const older = { ...state, frames: state.frames.map((frame) => ({ ...frame, version: 0 })) };
  const decision = await stage({ from: older }).say('xyz', {});
  expect(decision.meant.dialog).toBe('fallback');
  expect(decision.state.frames).toEqual([]);
});

test('two wants without a code ask for it once, and both are answered by it', async () => {
  const { say } = stage();
  const asked = await say('tiền điện với nợ', { wants: ['bill.lookup', 'debt.lookup'] });
  expect(asked.say).toHaveLength(1);
  const answered = texts(await say(CODE, { customer_code: CODE }));
  expect(answered).toHaveLength(2);
  expect(answered[0]).toContain('500.550 đ');
  expect(answered[1]).toContain('715.000 đ');
});

test('what was said is held against another figure, from its record', async () => {
  const { say } = stage();
  await say('tiền điện', { wants: ['bill.lookup'], customer_code: CODE });
  const [text] = texts(await say('app ghi 462k', { comparing: true, money: 462_000 }));
  expect(text).toMatch(
    /500\.550 đ.*hóa đơn tháng 10\/2016.*dữ liệu lúc 9:00 ngày 29\/09\/2016.*khớp với hóa đơn tháng 9\/2016/,
  );
  const [other] = texts(await say('app ghi 999k', { comparing: true, money: 999_000 }));
  expect(other).toContain('em chưa dám giải thích');
});
