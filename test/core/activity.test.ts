import { attachmentsFrom, textFrom } from '../../core/activity';

test.each<[string, unknown, number, string | undefined]>([
  ['composes', 'Tie\u0302\u0300n', 100, 'Tiền'],
  ['replaces half a pair', 'a\ud800b\udc00', 100, 'a\ufffdb\ufffd'],
  ['keeps a whole pair', 'a😀', 100, 'a😀'],
  ['replaces the half that the limit leaves', 'a😀', 2, 'a\ufffd'],
  ['stays within the limit where composing lengthens', '\u{1d160}', 2, '\u{1d158}'],
  ['has nothing of a number', 12, 100, undefined],
  ['has nothing of an object', { toString: null }, 100, undefined],
])('text of outside %s', (_what, given, limit, text) => {
  expect(textFrom(given, limit)).toBe(text);
});

test('names of attachments are well formed as well', () => {
  expect(attachmentsFrom([{ contentType: 'image/png', name: 'anh\ud83d' }])).toEqual([
    { contentType: 'image/png', name: 'anh\ufffd' },
  ]);
});
