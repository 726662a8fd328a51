import fc from 'fast-check';
import jsqr from 'jsqr';
import { PNG } from 'pngjs';
import { offeredChoices } from '../../core/activity';
import { type Figure, figureOf } from '../../core/figure';
import type { Bill, Debt } from '../../core/records';
import { payment } from '../../dialogs/payment';
import { paymentStatus } from '../../dialogs/payment-status';
import { ageText } from '../../dialogs/show';
import { vietQr } from '../../dialogs/vietqr';
import { draw } from '../../pictures';
import { FONTS } from '../pictures/fonts';
import { CODE, source, turning, utility } from './turning';

const MOST = 499_999_999;

/** EMV QRCPS TLV, read strictly: two digits, two digits of length, so many characters. */
const fieldsOf = (text: string): Record<string, string> => {
  const fields: Record<string, string> = {};
  for (let at = 0; at < text.length; ) {
    const [, id, length] = /^(\d\d)(\d\d)/.exec(text.slice(at)) ?? [];
    if (!id) throw new Error(`no field at ${at}`);
    const value = text.slice(at + 4, at + 4 + Number(length));
    if (value.length !== Number(length) || id in fields) throw new Error(`field ${id} is cut short or there twice`);
    fields[id] = value;
    at += 4 + Number(length);
  }
  return fields;
};

/** CRC-16/CCITT-FALSE by long division of the message's polynomial, bit by bit: another way than the encoder's. */
const crcOf = (text: string): string => {
  const bits = [...Buffer.from(text, 'latin1'), 0, 0].flatMap((byte) =>
    [...byte.toString(2).padStart(8, '0')].map(Number),
  );
  for (let n = 0; n < 16; n += 1) bits[n]! ^= 1;
  const divisor = [...'10001000000100001'].map(Number);
  for (let at = 0; at + 16 < bits.length; at += 1)
    if (bits[at]) for (let n = 0; n < divisor.length; n += 1) bits[at + n]! ^= divisor[n]!;
  return Number.parseInt(bits.slice(-16).join(''), 2).toString(16).toUpperCase().padStart(4, '0');
};

const readVietQr = (text: string) => {
  expect(text.slice(-4)).toBe(crcOf(text.slice(0, -4)));
  const all = fieldsOf(text);
  expect(all).toMatchObject({ '00': '01', '01': '12', '53': '704', '58': 'VN' });
  const merchant = fieldsOf(all['38']!);
  expect([merchant['00'], merchant['02']]).toEqual(['A000000727', 'QRIBFTTA']);
  const to = fieldsOf(merchant['01']!);
  return { bin: to['00'], account: to['01'], amount: Number(all['54']), reference: fieldsOf(all['62']!)['08'] };
};

test('the check value of the standard: "123456789" is 29B1', () => {
  expect(crcOf('123456789')).toBe('29B1');
});

test('every transfer is read back whole, by other means than it was written', () => {
  fc.assert(
    fc.property(
      fc.record({
        bin: fc.stringMatching(/^\d{6}$/),
        account: fc.stringMatching(/^[0-9A-Z]{4,19}$/),
        amount: fc.integer({ min: 1, max: MOST }),
        reference: fc.stringMatching(/^[0-9A-Za-z ]{1,25}$/),
      }),
      (transfer) => expect(readVietQr(vietQr({ ...transfer, most: MOST }))).toEqual(transfer),
    ),
    { numRuns: 500 },
  );
});

test.each([
  { bin: '97043' },
  { account: 'tài khoản' },
  { account: '' },
  { amount: 0 },
  { amount: -5 },
  { amount: 1.5 },
  { amount: MOST + 1 },
  { amount: Number.NaN },
  { reference: '' },
  { reference: 'x'.repeat(26) },
  { reference: 'nợ' },
])('what no bank could carry out is no code: %j', (wrong) => {
  expect(() =>
    vietQr({ bin: '970436', account: '12345678', amount: 1000, reference: 'A', most: MOST, ...wrong }),
  ).toThrow(RangeError);
});

const account = { way: 'vietqr', bin: '970400', bank: 'Ngân hàng Thử', account: '0011223344', holder: 'DIEN LUC THU', most: MOST, citation: 'test', confidence: 'V' } as const; // biome-ignore format: a row
const link = {
  way: 'link',
  url: 'https://pay.example/{reference}/{amount}',
  citation: 'test',
  confidence: 'V',
} as const;
const owing = (month: number, total: number, more: Partial<Debt> = {}): Debt => ({
  customer: CODE, year: 2026, month, period: 1, net: total, tax: 0, total, stage: 'due', source, ...more,
}); // biome-ignore format: one debt
const billed = (month: number, total: number, more: Partial<Bill> = {}): Bill => ({
  customer: CODE, year: 2026, month, period: 1, lines: [], total, source, ...more,
}); // biome-ignore format: one bill

const paying = async (debts: Debt[], bills: Bill[] = [], more: Parameters<typeof turning>[0] = {}) => {
  const turn = turning({
    text: 'mã qr đóng tiền',
    wants: ['bill.pay'],
    meant: { customer_code: CODE },
    debts,
    utility: { payments: [account, link] },
    ...more,
  });
  turn.services.records.bills = async (_, when) => bills.filter(({ month }) => !when || month === when.month);
  const { say } = await payment.start(turn);
  const figures = say.flatMap(({ attachments = [] }) => attachments.flatMap((one) => figureOf(one) ?? []));
  return { text: say.map(({ text }) => text).join('\n'), figures, offered: say.flatMap(offeredChoices), say };
};

const scanned = (figure: Figure): string => {
  const { data, width, height } = PNG.sync.read(draw(figure, FONTS));
  return jsqr(new Uint8ClampedArray(data), width, height)!.data;
};

test('the code on the picture carries the account, the amount and the reference of the open debts', async () => {
  const { figures, text, say } = await paying([owing(2, 138_132), owing(3, 133_704)]);
  expect(figures).toHaveLength(1);
  const expected = { bin: '970400', account: '0011223344', amount: 271_836, reference: `${CODE} 0226 0326` };
  expect(readVietQr(scanned(figures[0]!))).toEqual(expected);
  expect(text).toContain(`https://pay.example/${encodeURIComponent(expected.reference)}/271836`);
  const [file] = say[0]!.attachments!;
  for (const said of ['271.836 đ', '0011223344', 'DIEN LUC THU', expected.reference])
    expect(file!.name).toContain(said);
});

test('a reference of many months is short enough for every bank', async () => {
  const { figures } = await paying([1, 2, 3, 4, 5, 6].map((month) => owing(month, 1000)));
  expect(readVietQr(scanned(figures[0]!)).reference).toBe(`${CODE} 0126DEN0626`);
});

test.each<[string, Debt[], Bill[], RegExp]>([
  ['nothing is owed', [], [], /không còn khoản nào/],
  [
    'the bill is marked paid',
    [owing(3, 1000)],
    [billed(3, 1000, { paidOn: '2026-03-10' })],
    /đã ghi nhận thanh toán ngày 10\/03\/2026/,
  ],
  ['more is owed than was billed', [owing(3, 2000)], [billed(3, 1000)], /chưa khớp/],
  ['it was copied from paper', [owing(3, 1000, { printed: true })], [], /bản in/],
  ['it is more than one transfer carries', [owing(3, MOST + 1)], [], /không chuyển được/],
  ['it is nothing', [owing(3, 0)], [], /không chuyển được/],
])('no code and no link when %s', async (_, debts, bills, why) => {
  const { figures, text } = await paying(debts, bills);
  expect(figures).toEqual([]);
  expect(text).toMatch(why);
  expect(text).not.toContain('https://');
});

test('of several debts the one whose bill is marked paid is not asked for again', async () => {
  const { figures } = await paying([owing(2, 1000), owing(3, 500)], [billed(2, 1000, { paidOn: '2026-03-10' })]);
  expect(readVietQr(scanned(figures[0]!))).toMatchObject({ amount: 500, reference: `${CODE} 0326` });
});

test('an account that is not in force any more, or not yet, is not paid to', async () => {
  for (const dates of [{ to: '2026-03-01' }, { from: '2027-01-01' }]) {
    const { figures, text } = await paying([owing(3, 1000)], [], { utility: { payments: [{ ...account, ...dates }] } });
    expect(figures).toEqual([]);
    expect(text).not.toContain(account.account);
  }
});

test('a real utility is not called a sample', async () => {
  const shown = async (sample: boolean) =>
    (await paying([owing(3, 1000)], [], { utility: { ...utility, sample, payments: [account] } })).text;
  expect(await shown(true)).toContain('bản dùng thử');
  expect(await shown(false)).not.toContain('bản dùng thử');
});

test('a debt that was settled while its day was asked: the age that is said is that of the record', async () => {
  const { say } = await paymentStatus.resume({ code: CODE }, turning({ text: 'hôm qua', debts: [] }));
  expect(say.map(({ text }) => text).join()).toContain(`không còn nợ tiền điện (${ageText(source.at)})`);
});
