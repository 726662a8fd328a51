import fc from 'fast-check';
import { masked } from '../../app/logger';

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
