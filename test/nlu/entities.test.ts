import type { EntityType } from '../../core/understanding';
import { understandingForTests } from './model';

const understand = understandingForTests();
const NOW = new Date('2026-03-02T09:00:00+07:00'); // a Monday

/** `type=value` of the entities, in order; values as JSON. */
const read = (text: string, expects: EntityType[] = [], now = NOW): string => {
  const { entities } = understand(text, { now, expects });
  for (const entity of entities) expect(text.slice(entity.start, entity.end)).toBe(entity.text);
  return entities
    .map((e) => `${e.type}=${typeof e.value === 'object' ? `${e.value.from}..${e.value.to}` : e.value}`)
    .join(' ');
};

const table = (name: string, rows: [string, string, EntityType[]?][]) =>
  describe(name, () => {
    test.each(rows)('%s', (text, wanted, expects = []) => {
      expect(read(text, expects)).toBe(wanted);
    });
  });

table('customer_code', [
  ['PP05000974006', 'customer_code=PP05000974006'],
  ['mã của tôi là pp05000974006 nhé', 'customer_code=PP05000974006'],
  ['PA05 1234567 89', 'customer_code=PA05123456789'],
  ['PP 05 000 974 006', 'customer_code=PP05000974006'],
  ['PP05-000974006', 'customer_code=PP05000974006'],
  ['PP05.000.974.006', 'customer_code=PP05000974006'],
  ['ppo5ooo974oo6', 'customer_code=PP05000974006'],
  ['ＰＰ０５０００９７４００６', 'customer_code=PP05000974006'],
  ['РР05000974006', 'customer_code=PP05000974006'],
  ['PNNB001234567', 'customer_code=PNNB001234567'],
  ['mã PP05000974006, tiền điện tháng 10', 'customer_code=PP05000974006 month=10 year=2025'],
  ['PP05000974006 với PC03000974007', 'customer_code=PP05000974006 customer_code=PC03000974007'],
  ['điện lực phường 5', 'place=phường 5'],
]);

test('a code that is nearly one is reported with low sureness', () => {
  for (const text of ['PP0500097400', 'PP050009740066', 'mã PX05000974006']) {
    const [code] = understand(text, { now: NOW }).entities;
    expect(code).toMatchObject({ type: 'customer_code' });
    expect(code!.sureness).toBeLessThan(0.5);
  }
});

table('period, month, year', [
  ['kỳ 1 tháng 10/2016', 'period=1 month=10 year=2016'],
  ['ky1 t10 2016', 'period=1 month=10 year=2016'],
  ['kỳ một tháng mười một', 'period=1 month=11 year=2025'],
  ['tháng trước', 'month=2 year=2026'],
  ['thang nay', 'month=3 year=2026'],
  ['tháng ni', 'month=3 year=2026'],
  ['tháng rồi', 'month=2 year=2026'],
  ['tháng vừa rồi', 'month=2 year=2026'],
  ['2 tháng trước', 'month=1 year=2026'],
  ['tháng 12', 'month=12 year=2025'],
  ['t9', 'month=9 year=2025'],
  ['th10', 'month=10 year=2025'],
  ['thg 10', 'month=10 year=2025'],
  ['9/2026', 'month=9 year=2026'],
  ['09-2026', 'month=9 year=2026'],
  ['tháng 9/26', 'month=9 year=2026'],
  ['tháng 9 năm ngoái', 'month=9 year=2025'],
  ['kỳ 1 năm ngoái', 'period=1 year=2025'],
  ['năm ngoái tháng 9', 'year=2025 month=9'],
  ['tháng tư', 'month=4 year=2025'],
  ['tháng giêng', 'month=1 year=2026'],
  ['tháng chạp', 'month=12 year=2025'],
  ['tháng năm', 'month=5 year=2025'],
  ['tháng 8, 9 và 10', 'month=8 year=2025 month=9 year=2025 month=10 year=2025'],
  ['tháng 1 với tháng 2', 'month=1 year=2026 month=2 year=2026'],
  ['9', 'month=9 year=2025', ['month']],
  ['chín', 'month=9 year=2025', ['month']],
  ['t9, í lộn t8', 'month=8 year=2025'],
  ['à không, tháng 8', 'month=8 year=2025'],
  ['năm 2025', 'year=2025'],
]);

test('lunar months are converted and marked for confirmation', () => {
  const { entities } = understand('tháng giêng ta', { now: NOW });
  expect(entities).toMatchObject([
    { type: 'month', value: 2, confirm: true, text: 'tháng giêng ta' },
    { type: 'year', value: 2026, confirm: true },
  ]);
  expect(read('tháng chạp âm lịch')).toBe('month=1 year=2026');
  expect(read('tháng 8 âm lịch năm ngoái')).toBe('month=9 year=2025');
});

table('date', [
  ['hôm nay', 'date=2026-03-02'],
  ['mai có cúp điện không', 'date=2026-03-03'],
  ['ngày mốt', 'date=2026-03-04'],
  ['hôm qua', 'date=2026-03-01'],
  ['mùng 5', 'date=2026-03-05'],
  ['ngày 5/9', 'date=2025-09-05'],
  ['5/3', 'date=2026-03-05'],
  ['5/9/2026', 'date=2026-09-05'],
  ['5-9-2026', 'date=2026-09-05'],
  ['ngày 5 tháng 9 năm 2025', 'date=2025-09-05'],
  ['thứ năm', 'date=2026-03-05'],
  ['thứ 5 tuần sau', 'date=2026-03-12'],
  ['chủ nhật này', 'date=2026-03-08'],
  ['tối qua', 'date=2026-03-01'],
]);

table('date_range', [
  ['tuần này', 'date_range=2026-03-02..2026-03-08'],
  ['tuần sau', 'date_range=2026-03-09..2026-03-15'],
  ['tuần trước', 'date_range=2026-02-23..2026-03-01'],
  ['cuối tuần', 'date_range=2026-03-07..2026-03-08'],
  ['từ 5 đến 10/3', 'date_range=2026-03-05..2026-03-10'],
  ['từ ngày 5/3 đến ngày 10/3', 'date_range=2026-03-05..2026-03-10'],
  ['quý 3', 'date_range=2025-07-01..2025-09-30'],
  ['quý 1 năm 2025', 'date_range=2025-01-01..2025-03-31'],
  ['3 ngày tới', 'date_range=2026-03-02..2026-03-05'],
]);

table('numbers with units', [
  ['1tr2', 'money=1200000'],
  ['742k', 'money=742000'],
  ['2 củ', 'money=2000000'],
  ['hai triệu rưỡi', 'money=2500000'],
  ['500.550đ', 'money=500550'],
  ['687 nghìn', 'money=687000'],
  ['1 triệu 250 nghìn', 'money=1250000'],
  ['1tr250k', 'money=1250000'],
  ['hai triệu ba', 'money=2300000'],
  ['1.200.000 đồng', 'money=1200000'],
  ['5 trăm ngàn', 'money=500000'],
  ['450 số', 'kwh=450'],
  ['450 kwh', 'kwh=450'],
  ['450kwh', 'kwh=450'],
  ['450 ký điện', 'kwh=450'],
  ['hai trăm số', 'kwh=200'],
  ['1.250 kWh', 'kwh=1250'],
  ['chỉ số 10004', 'meter_index=10004'],
  ['số trên công tơ là 10004', 'meter_index=10004'],
  ['đồng hồ đang báo 9618', 'meter_index=9618'],
  ['2 hộ', 'households=2'],
  ['ba hộ dùng chung', 'households=3'],
  ['tháng 9 dùng 450 số hết 1tr2', 'month=9 year=2025 kwh=450 money=1200000'],
]);

table('contacts and links', [
  ['0912345678', 'phone=84912345678'],
  ['+84 912 345 678', 'phone=84912345678'],
  ['0912.345.678', 'phone=84912345678'],
  ['sđt mới là 0987 654 321 nha', 'phone=84987654321'],
  ['0236 3221 028', 'phone=842363221028'],
  ['email An.Nguyen@gmail.com', 'channel=email email=an.nguyen@gmail.com'],
  ['https://evn-cskh.xyz/a?b=1', 'url=https://evn-cskh.xyz/a?b=1'],
  ['vào cskh.evnspc.vn được không', 'url=cskh.evnspc.vn'],
  ['chuyển sang zalo giúp em', 'channel=zalo'],
  ['gửi qua tin nhắn sms', 'channel=sms'],
  ['hồ sơ số GK0123456789', 'request_no=GK0123456789'],
  ['mã yêu cầu 123456', 'request_no=123456'],
]);

describe('place', () => {
  const parts = (text: string) => understand(text, { now: NOW }).entities.find((e) => e.type === 'place');
  test.each<[string, string, Record<string, string> | undefined]>([
    ['ở xã Tam Kỳ có cúp điện không', 'xã Tam Kỳ', { ward: 'Tam Kỳ' }],
    ['phường Hải Châu, quận 1 mất điện', 'phường Hải Châu, quận 1', { ward: 'Hải Châu', district: '1' }],
    ['khu vực Hòa Khánh mai có cắt điện không', 'Hòa Khánh', undefined],
    ['đường Lê Lợi cúp điện tới mấy giờ', 'đường Lê Lợi', { street: 'Lê Lợi' }],
    ['thôn 3 xã Đại Lộc', 'thôn 3 xã Đại Lộc', { hamlet: '3', ward: 'Đại Lộc' }],
  ])('%s', (text, value, wanted) => {
    const found = parts(text);
    expect(found?.value).toBe(value);
    expect(found?.parts).toEqual(wanted);
  });
  test.each(['ở đây mất điện', 'ở nhà tôi cúp điện', 'đường dây bị đứt', 'công ty ở đâu'])(
    'no place in: %s',
    (text) => {
      expect(parts(text)).toBeUndefined();
    },
  );
});

test('a bare phone number or address is no want', () => {
  for (const text of ['0905123456', 'an.nguyen@gmail.com', '0905 123 456.']) {
    const { wants, intents } = understand(text, { now: NOW });
    expect(wants).toEqual([]);
    expect(intents[0]!.sureness).toBeLessThan(0.35);
  }
});

test('provinces of before and after July 2025', () => {
  const parts = (text: string) => understand(text, { now: NOW }).entities.find((e) => e.type === 'place')?.parts;
  expect(parts('Quảng Nam mai có cúp điện không')).toEqual({ province: 'Quảng Nam', province_now: 'Đà Nẵng' });
  expect(parts('o tinh Binh Duong mat dien')).toMatchObject({
    province: 'Bình Dương',
    province_now: 'Thành phố Hồ Chí Minh',
  });
  expect(parts('Cần Thơ mai có cúp điện không')).toEqual({ province: 'Cần Thơ' });
});

test('lunar days are converted and marked for confirmation', () => {
  for (const [text, value] of [
    ['mùng 5 Tết', '2026-02-21'],
    ['28 Tết', '2026-02-15'],
    ['giao thừa', '2026-02-16'],
    ['rằm tháng giêng', '2026-03-03'],
  ])
    expect(understand(text!, { now: NOW }).entities).toMatchObject([{ type: 'date', value, confirm: true }]);
});
