import fc from 'fast-check';
import { shape, split, unaccented } from '../../bots/shape';
import { ABILITIES as SMS } from '../../bots/sms';
import { segmentsOf } from '../../bots/sms/segments';
import { choices, picture, table } from '../../core/activity';
import { anyText } from '../any-text';

const PLAIN = { ...SMS, unaccented: false, textLimit: 60, choices: 'numbered' as const };

/** a surrogate without its other half */
const LONE = /\p{Surrogate}/u;

test('choices become numbered lines, a table its rows, a picture its alternative text', () => {
  expect(
    shape(
      choices('Anh/chị chọn:', [
        { title: 'Tiền điện', value: 'a' },
        { title: 'Lịch cúp', value: 'b' },
      ]),
      PLAIN,
    ),
  ).toEqual([{ type: 'message', text: 'Anh/chị chọn:\n1. Tiền điện\n2. Lịch cúp' }]);
  expect(shape(table('Đây ạ', { columns: ['Tháng', 'kWh'], rows: [['9/2026', '386']] }), PLAIN)[0]!.text).toBe(
    'Đây ạ\nTháng: 9/2026, kWh: 386',
  );
  expect(shape(picture('Mã nằm ở đây', { url: '/x.png', alt: 'góc trên hóa đơn' }), PLAIN)[0]!.text).toBe(
    'Mã nằm ở đây\ngóc trên hóa đơn',
  );
});

test('no character is lost by splitting, no piece is too long, no surrogate pair is torn', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 400 }), fc.integer({ min: 2, max: 80 }), (text, limit) => {
      const pieces = split(text, limit);
      expect(pieces.join('')).toBe(text);
      for (const piece of pieces) expect(piece.length).toBeLessThanOrEqual(limit);
      if (!LONE.test(text)) for (const piece of pieces) expect(LONE.test(piece)).toBe(false);
    }),
  );
});

test('unaccented Vietnamese fits GSM-7', () => {
  const text = 'Dạ tiền điện kỳ 1 tháng 10/2016 là 500.550 đ – “cảm ơn” anh/chị… 😀';
  expect(unaccented(text)).toBe('Da tien dien ky 1 thang 10/2016 la 500.550 d - "cam on" anh/chi... ');
  expect(segmentsOf(unaccented(text)).encoding).toBe('GSM-7');
});

test.each([
  ['a'.repeat(160), 'GSM-7', 1],
  ['a'.repeat(161), 'GSM-7', 2],
  ['a'.repeat(307), 'GSM-7', 3],
  ['€'.repeat(80), 'GSM-7', 1],
  ['a'.repeat(152) + '€' + 'a'.repeat(10), 'GSM-7', 2],
  ['ế'.repeat(70), 'UCS-2', 1],
  ['ế'.repeat(71), 'UCS-2', 2],
  ['', 'GSM-7', 1],
])('segments of %#', (text, encoding, segments) => {
  expect(segmentsOf(text)).toEqual({ encoding, segments });
});
