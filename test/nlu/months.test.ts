import type { Entity } from '../../core/understanding';
import { understandingForTests } from './model';

const understand = understandingForTests();
const now = new Date('2026-11-22T09:00:00+07:00');
const find = <T extends Entity['type']>(text: string, type: T) =>
  understand(text, { now }).entities.filter((e): e is Extract<Entity, { type: T }> => e.type === type);

test('a year that was not said is assumed, and looks ahead for what is planned', () => {
  expect(find('tiền điện tháng 12', 'year')[0]).toMatchObject({ value: 2025, assumed: true });
  expect(find('lịch cúp điện tháng 12', 'year')[0]).toMatchObject({ value: 2026, assumed: true });
  expect(find('lịch cúp điện tháng 3', 'year')[0]).toMatchObject({ value: 2027, assumed: true });
  expect(find('lịch cúp điện tháng 12/2025', 'year')[0]).toMatchObject({ value: 2025 });
  expect(find('lịch cúp điện tháng 12/2025', 'year')[0]).not.toHaveProperty('assumed');
});

test('months counted from another month', () => {
  for (const text of ['tháng trước đó', 'tháng trước đó nữa', 'tháng liền trước', 'so với tháng trước thì sao'])
    expect(find(text, 'month')).toMatchObject([{ value: 10, relative: -1 }]);
  expect(find('vậy tháng sau đó', 'month')).toMatchObject([{ relative: 1 }]);
  expect(find('tháng trước', 'month')[0]).not.toHaveProperty('relative');
  const [ninth, before] = find('tháng 9 cao hơn tháng trước bao nhiêu', 'month');
  expect([ninth?.value, before?.value]).toEqual([9, 8]);
  expect(before).not.toHaveProperty('relative');
});

test.each(['tiền điện PP01000123456 tháng 13', 'TD PP05000974006 13 2016', 'CS PP05000974006 1 13 2016'])(
  'a month that there is not is said to be impossible: %s',
  (text) => expect(find(text, 'month')).toMatchObject([{ value: 13, impossible: true }]),
);

test('what is denied is not meant', () => {
  expect(find('tháng 10 tiền điện PP01000123456 chứ không phải tháng 11', 'month').map((m) => m.value)).toEqual([10]);
  expect(find('không phải tháng 11, tháng 10 cơ', 'month').map((m) => m.value)).toEqual([10]);
});

test('a code that is read out, whose last digits are no year', () => {
  const text = 'tien dien thang muoi mot ma pp khong mot khong khong khong mot hai ba bon nam sau';
  expect(find(text, 'customer_code')).toMatchObject([{ value: 'PP01000123456', confirm: true }]);
  expect(find(text, 'year')).toMatchObject([{ value: 2026, assumed: true }]);
});

test('the code before the keyword', () => {
  const { because, entities } = understand('PP05000974006 TD 1 10 2016', { now });
  expect(because).toEqual(['SMS command TD']);
  expect(entities.map((e) => e.value)).toEqual(['PP05000974006', 1, 10, 2016]);
});

test.each<[string, string[]]>([
  ['nhà 1 PP01000123456, nhà số 2 PC05020234567', ['nhà 1', 'nhà 2']],
  ['căn 2 nợ không', ['căn 2']],
  ['trọ nợ không', ['nhà trọ']],
  ['tôi có ba nhà trọ', []],
  ['cảm ơn ad nha', []],
  ['cam on em nhieu nha', []],
  ['cong ty lam an nhu cc', []],
  ['nhà 2 tầng', ['nhà']],
  ['nhà số 2 Lê Lợi mất điện', []],
])('labels of houses: %s', (text, labels) =>
  expect(understand(text, { now }).cues.houses.map((h) => h.label)).toEqual(labels),
);
