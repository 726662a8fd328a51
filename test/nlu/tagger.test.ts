import { slotsOf, tagsOf } from '../../nlu/tagger/model';
import { trainTagger } from '../../nlu/tagger/train';

const texts = (
  [
    ['mất điện ở xã Tam Kỳ rồi', 'xã Tam Kỳ'],
    ['cúp điện phường An Hải từ sáng', 'phường An Hải'],
    ['thôn Đông chưa có điện', 'thôn Đông'],
    ['xóm em ở xã Bình Minh mất điện', 'xã Bình Minh'],
    ['lịch cúp điện phường Hòa Cường tuần này', 'phường Hòa Cường'],
    ['tiền điện tháng này bao nhiêu', ''],
    ['khi nào có điện lại', ''],
  ] as const
).map(([text, place]) => {
  const words = text.toLowerCase().split(' ');
  const slot = place.toLowerCase().split(' ');
  const at = place === '' ? -1 : words.findIndex((_, i) => slot.every((word, k) => words[i + k] === word));
  const tags = words.map((_, i) =>
    at < 0 || i < at || i >= at + slot.length ? 'O' : i === at ? 'B-place' : 'I-place',
  );
  return { words, tags };
});

test('learns where a slot begins and ends, with and without diacritics', () => {
  const tagger = trainTagger(texts, { seed: 1 });
  for (const said of ['mất điện ở xã bình minh rồi', 'mat dien o xa binh minh roi'])
    expect(slotsOf(tagsOf(tagger, said.split(' ')))).toEqual([{ kind: 'place', from: 3, to: 6 }]);
  expect(slotsOf(tagsOf(tagger, 'tiền điện tháng này bao nhiêu'.split(' ')))).toEqual([]);
  expect(tagsOf(tagger, [])).toEqual([]);
});

test('the same texts and seed give the same tagger', () => {
  const [one, two] = [trainTagger(texts, { seed: 3 }), trainTagger(texts, { seed: 3 })];
  expect([...one.entryTag]).toEqual([...two.entryTag]);
  expect([...one.entryWeight]).toEqual([...two.entryWeight]);
  expect(Buffer.from(one.from.buffer).equals(Buffer.from(two.from.buffer))).toBe(true);
});

test('an inside tag that nothing of its kind goes before begins a slot', () => {
  expect(slotsOf(['I-place', 'I-place', 'O', 'B-place', 'I-person'])).toEqual([
    { kind: 'place', from: 0, to: 2 },
    { kind: 'place', from: 3, to: 4 },
    { kind: 'person', from: 4, to: 5 },
  ]);
});
