import { understandingForTests } from './model';

const understand = understandingForTests();
const now = new Date('2026-11-22T09:00:00+07:00');
const wants = (text: string) => understand(text, { now }).wants.map(({ intent }) => intent);

test.each<[string, string[]]>([
  ['cho hỏi nợ tiền điện mã PC05020234567, cảm ơn nhiều', ['debt.lookup']],
  ['chào em, chị muốn hỏi lịch cúp điện PC03020345678, cảm ơn em trước nha', ['outage.planned']],
  ['tiền điện tháng 9 bao nhiêu vậy em cảm ơn em nhiều nha', ['bill.lookup']],
  ['ok em cảm ơn em nhiều nha', ['chat.thanks']],
  ['xong rồi chào em', ['chat.bye']],
  ['không phải, nợ cơ', ['debt.lookup']],
])('manners swallow no want: %s', (text, wanted) => expect(wants(text)).toEqual(wanted));

test.each<[string, string[]]>([
  [
    'tháng này nhà anh bao nhiêu, mã PP01000123456, à mà đang cúp điện luôn, với mai có cắt không',
    ['bill.lookup', 'outage.report', 'outage.planned'],
  ],
  [
    'tuần này nhà PC03020345678 có cắt điện không, rồi tiền điện tháng trước bao nhiêu, còn nợ gì không',
    ['outage.planned', 'bill.lookup', 'debt.lookup'],
  ],
  ['tiền điện\nnợ\nlịch cúp\nPP01000123456', ['bill.lookup', 'debt.lookup', 'outage.planned']],
  ['chi so thang 2 voi tien dien thang 2 ma PP01000123456', ['reading.lookup', 'bill.lookup']],
  ['làm ăn kiểu gì mà cúp điện hoài vậy bực quá, mã PP03000456789', ['complaint', 'outage.status']],
])('every want, in order: %s', (text, wanted) => expect(wants(text)).toEqual(wanted));

test.each(['cúp điện rồi em ơi', 'con ơi\ncho bà hỏi\ntiền điện\ntháng ni', 'nợ tiền điện, mã PP01000123456, nhà em'])(
  'small words and values are no want of their own: %s',
  (text) => expect(wants(text)).toHaveLength(1),
);

test('a danger goes first, what is surely another want follows', () => {
  const text = 'trụ điện trước nhà ngã ra đường rồi, mà tháng này tiền điện bao nhiêu PP01000123456';
  expect(wants(text)).toEqual(['safety.hazard', 'bill.lookup']);
  expect(understand(text, { now }).intents[0]!.name).toBe('safety.hazard');
});

test('months said once serve both monthly wants', () => {
  const text = 'mã PC05020234567 tháng 9 cho xin sản lượng và tiền điện';
  const understood = understand(text, { now });
  const month = understood.entities.find((e) => e.type === 'month')!;
  expect(understood.wants.map((w) => w.intent)).toEqual(['usage.lookup', 'bill.lookup']);
  for (const { start, end } of understood.wants) expect(month.start >= start && month.end <= end).toBe(true);
});
