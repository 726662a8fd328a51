import type { Cues, EntityType } from '../../core/understanding';
import { understandingForTests } from './model';

const understand = understandingForTests();
const now = new Date('2026-03-02T09:00:00+07:00');
const cues = (text: string, expects: EntityType[] = []): Cues => understand(text, { now, expects }).cues;

const flag = (name: keyof Cues, yes: string[], no: string[]) =>
  describe(name, () => {
    test.each(yes)('yes: %s', (text) => expect(cues(text)[name]).toBe(true));
    test.each(no)('no: %s', (text) => expect(cues(text)[name]).toBe(false));
  });

flag(
  'incomplete',
  [
    'con ơi',
    'em oi',
    'cho bà hỏi',
    'cho hoi',
    'tiền điện',
    'hóa đơn',
    'tháng ni',
    'thang truoc',
    'cho em hỏi chút',
    'con ơi\ncho bà hỏi',
    'con ơi\ncho bà hỏi\ntiền điện',
    'alo em ơi',
    'bạn ơi cho mình hỏi',
  ],
  [
    'con ơi\ncho bà hỏi\ntiền điện\ntháng ni',
    'xin chào',
    'chào em',
    'PP05000974006',
    'TC',
    'NTD',
    'tiền điện tháng này bao nhiêu',
    'cúp điện rồi',
    'mất điện',
    'ừ',
    'ok',
    'dạ thôi',
    'cảm ơn',
    'hủy',
    'nợ bao nhiêu',
    'dây điện đứt',
    'xem hóa đơn',
    'cháy trụ điện',
  ],
);
flag(
  'correcting',
  [
    't9, í lộn t8',
    'à không, tháng 8',
    'lộn rồi',
    'ý em là tháng 9',
    'mã khác nhé PP05000974006',
    'nhầm, tháng 10 mới đúng',
    'a khong thang 8',
  ],
  ['tiền điện tính nhầm rồi', 'có nhầm không', 'à không', 'ghi lộn chỉ số nhà tôi', 'tiền điện tháng 9', 'không'],
);
flag(
  'following',
  [
    'còn tháng 9?',
    'thế nhà kia thì sao',
    'vậy còn quán',
    'con thang 8 thi sao',
    'mà còn mã PP05000974006?',
    'tháng 8 thì sao',
  ],
  ['còn nợ bao nhiêu', 'tiền điện tháng 9', 'nhà còn mất điện', 'con ơi cho hỏi'],
);
flag(
  'totalling',
  ['nhà với quán cộng lại nhiu', 'tổng cộng bao nhiêu', 'cả hai nhà hết mấy', 'tong cong'],
  ['tổng đài số mấy', 'nơi công cộng', 'tiền điện tháng 9'],
);
flag(
  'comparing',
  ['app ghi 742k sao bạn nói 687k', 'hồi nãy em nói 15h mà', 'zalo báo 500k sao đây lại khác'],
  ['cài app ở đâu', 'tiền điện tháng 9 bao nhiêu'],
);
flag(
  'question',
  [
    'bao nhiêu',
    'tiền điện tháng này bao nhieu vay',
    'có cúp điện không',
    'nợ không?',
    'cảm ơn mà khoan, sao thuế 10%',
    'khi nao co dien',
  ],
  ['nhà tôi không có điện', 'tháng 9', 'PP05000974006', 'cảm ơn em'],
);
flag(
  'angry',
  ['làm ăn kiểu gì vậy', 'bực mình quá', 'cúp điện hoài vậy', 'đm cúp hoài', 'tính tiền kiểu ăn cướp 😡', 'qua dang'],
  ['tiền điện tháng này', 'nhà tôi mất điện', 'công an xã', 'cua toi', 'đèn pin'],
);

test('houses are labelled as written', () => {
  const labels = (text: string) => cues(text).houses.map((h) => h.label);
  expect(labels('nhà với quán cộng lại nhiu')).toEqual(['nhà', 'quán']);
  expect(labels('mã nhà trọ là PP05000974006')).toEqual(['nhà trọ']);
  expect(labels('nhà tôi mất điện')).toEqual(['nhà']);
  expect(labels('tien dien nha ba ma thang nay')).toEqual(['nha ba ma']);
  expect(labels('nhà nước tăng giá')).toEqual([]);
  const text = 'còn NHÀ TRỌ thì sao';
  const [house] = cues(text).houses;
  expect(text.slice(house!.start, house!.end)).toBe('NHÀ TRỌ');
});

test.each<[string, Cues['address']]>([
  ['cho bà hỏi con ơi', { customer: 'bà', us: 'con' }],
  ['con ơi cho bà hỏi tiền điện', { customer: 'bà', us: 'con' }],
  ['cháu ơi cho bác hỏi', { customer: 'bác', us: 'cháu' }],
  ['chú muốn hỏi lịch cúp điện nha con', { customer: 'chú', us: 'con' }],
  ['cô hỏi cháu cái này', { customer: 'cô', us: 'cháu' }],
  ['cho chị hỏi tiền điện em ơi', { customer: 'chị', us: 'em' }],
  ['cho anh xem hóa đơn', { customer: 'anh', us: 'em' }],
  ['con ơi', { customer: 'cô/chú', us: 'con' }],
  ['em ơi tiền điện tháng này', undefined],
  ['tiền điện tháng này bao nhiêu', undefined],
  ['anh ơi cho em hỏi', undefined],
  ['co hoi trung thuong khong', undefined],
  ['bà con lối xóm mất điện hết', undefined],
])('address: %s', (text, wanted) => expect(cues(text).address).toEqual(wanted));

test('what is awaited completes the message', () => {
  expect(cues('tháng ni', ['month']).incomplete).toBe(false);
  expect(cues('9', ['month']).incomplete).toBe(false);
});
