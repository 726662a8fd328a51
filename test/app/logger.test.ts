import fc from 'fast-check';
import { masked, maskedLine } from '../../app/logger';

test.each([
  ['error at PP05000974006 here', 'error at PP*********** here'],
  ['call 0912345678 or +84912345678', 'call *** or ***'],
  ['mongodb://user:secret@db:27017/x', 'mongodb://***db:27017/x'],
  ['GET /stream?t=abc.def-ghi', 'GET /stream?t=***'],
  ['authorization: Bearer abc.def', 'authorization: Bearer ***'],
  [
    'POST /me/messages?access_token=EAAB&appsecret_proof=80ff',
    'POST /me/messages?access_token=***&appsecret_proof=***',
  ],
  ['https://api.telegram.org/bot123456:AAF-x_y/sendMessage', 'https://api.telegram.org/bot***/sendMessage'],
])('%s', (line, shown) => {
  expect(masked(line)).toBe(shown);
});

test('no customer code survives, wherever it stands', () => {
  const code = fc
    .tuple(fc.constantFrom('PP', 'PE', 'PC'), fc.stringMatching(/^[0-9]{11}$/))
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(fc.stringMatching(/^[ ,:"]$/), code, (before, one) => !masked(`x${before}${one}"`).includes(one)),
  );
});

test.each([
  ['10912345678', '10912345678'],
  ['1798300000000', '1798300000000'],
  ['call\n84912345678', 'call\n***'],
  ['id_0912345678', 'id_***'],
])('a number that only ends like a phone is none, and what stands before one does not hide it: %j', (line, shown) => {
  expect(masked(line)).toBe(shown);
});

test('a line of the log stays JSON with its time, at any time and whatever is in it', () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom('mongodb://db/x', '84912345678', 'a@b', '"', '\\n0912345678', 'token='),
    fc.integer({ min: 0, max: 10 ** 13 }),
    fc.double(),
    fc.constantFrom(84912345678, 0.0123456789),
  );
  const line = fc.record({
    level: fc.constant(30),
    time: fc.integer({ min: Date.parse('2020-01-01'), max: Date.parse('2200-01-01') }),
    one: value,
    more: fc.array(value),
  });
  fc.assert(
    fc.property(line, (entry) => {
      const kept = JSON.parse(maskedLine(`${JSON.stringify(entry)}\n`));
      expect([kept.level, kept.time]).toEqual([30, entry.time]);
      expect(JSON.stringify(kept)).not.toMatch(/84912345678/);
    }),
    { numRuns: 2000 },
  );
});

test('a number that is a phone is masked too; one that is none stays a number', () => {
  const entry = {
    time: 1_798_000_000_000,
    phone: 84_912_345_678,
    ms: 0.0123456789,
    nested: { list: [84_912_345_678, 5] },
  };
  expect(JSON.parse(maskedLine(JSON.stringify(entry)))).toEqual({
    time: 1_798_000_000_000,
    phone: '***',
    ms: 0.0123456789,
    nested: { list: ['***', 5] },
  });
});

test('what is no JSON is masked as text', () => {
  expect(maskedLine('call 0912345678\n')).toBe('call ***\n');
});
