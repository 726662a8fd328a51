import fc from 'fast-check';
import { SegmentedMessage } from 'sms-segments-calculator';
import { octetsOf, partsOf, segmentsOf } from '../../bots/sms/segments';

const unit = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyÀẢÃÁẠ 0123456789.,:@£$¥èéùìòÇ\nØø\rÅåΔ_ΦÆß¤¿ÄÖÑÜ§à'),
  },
  { weight: 4, arbitrary: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz 0123456789') },
  { weight: 1, arbitrary: fc.constantFrom(...'^{}\\[~]|€', '👍', '🏽', '漢') },
);
const plain = fc.constantFrom(...'abcdefghij KLMN0123456789^{}\\[~]|€@£è');
const texts = fc.oneof(
  fc.string({ unit, maxLength: 400 }),
  fc.string({ unit: plain, maxLength: 400 }),
  fc
    .tuple(fc.constantFrom(152, 153, 159, 160, 306), fc.string({ unit: plain, maxLength: 4 }))
    .map(([n, s]) => 'x'.repeat(n) + s),
);

test('sms-segments-calculator agrees on encoding and segments of 10,000 generated texts', () => {
  fc.assert(
    fc.property(texts, (text) => {
      // their default would look at graphemes; what is compared is the standard's own alphabet and parts
      const theirs = new SegmentedMessage(text, 'auto', false);
      const ours = segmentsOf(text);
      const parts = text === '' ? 1 : theirs.segmentsCount;
      expect([ours.encoding, ours.segments]).toEqual([theirs.getEncodingName(), parts]);
    }),
    { numRuns: 10_000 },
  );
});

test('no part is longer than one SMS carries, and joined they are the text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const { encoding, parts } = partsOf(text);
      expect(parts.join('')).toBe(text);
      const most = encoding === 'UCS-2' ? (parts.length > 1 ? 134 : 140) : parts.length > 1 ? 153 : 160;
      for (const part of parts) {
        expect(octetsOf(part, encoding).length).toBeLessThanOrEqual(most);
        expect(/\p{Surrogate}/u.test(part)).toBe(false);
      }
    }),
    { numRuns: 1_000 },
  );
});
