import { readSettings } from '../../app/settings';

test('an empty environment gives the defaults that README names', () => {
  expect(readSettings({})).toMatchObject({
    PORT: 3978,
    HOST: '127.0.0.1',
    DATA_DIR: 'var',
    UTILITY: 'sample',
  });
});

test('an empty variable counts as unset', () => {
  expect(readSettings({ PORT: '', MONGODB_URI: '' })).toEqual(readSettings({}));
  expect(readSettings({}).MONGODB_URI).toBeUndefined();
});

test.each([
  ['PORT', 'eighty'],
  ['PORT', '70000'],
  ['MONGODB_URI', 'postgres://user:hunter2@db'],
  ['UTILITY', '../../etc'],
  ['ALLOWED_ORIGINS', 'https://a.vn/path'],
  ['DIRECTLINE_SECRET', 'short'],
  ['LOG_LEVEL', 'loud'],
  ['CODES_PER_PERSON', '0'],
  ['PORT', '0x10'],
  ['PORT', ' 80'],
  ['PORT', '1e3'],
  ['SMS_ANSWER_MS', '0x1000'],
  ['TRUST_PROXY', 'true'],
  ['TRUST_PROXY', '10.0.0.0/99'],
  ['TRUST_PROXY', 'proxy.example.vn'],
  ['TRUST_PROXY', '-1'],
  ['PUBLIC_URL', 'javascript:1'],
  ['PUBLIC_URL', 'ftp://x'],
  ['PUBLIC_URL', 'https://a/b?c#d'],
  ['PUBLIC_URL', 'https://a.vn/b'],
  ['PUBLIC_URL', 'https://me:word@a.vn'],
  ['PUBLIC_URL', 'not an address'],
  ['ZALO_API_BASE', 'javascript:1'],
  ['ALLOWED_ORIGINS', 'https://điện.vn'],
  ['ALLOWED_ORIGINS', 'https://a.vn;script-src'],
  ['ALLOWED_ORIGINS', 'https://a.vn, https://B.vn'],
  ['ALLOWED_ORIGINS', 'https://a.vn:443'],
  ['ALLOWED_ORIGINS', 'https://*.a.vn'],
  ['ALLOWED_ORIGINS', "'self'"],
  ['DIRECTLINE_SECRET', 'a secret with spaces in it'],
  ['DIRECTLINE_SECRET', 'bí-mật-của-điện-lực'],
  ['GATEWAY_TOKEN', 'mười sáu ký tự trở lên'],
  ['SMS_SMPP_PASSWORD', 'longer than eight'],
])('%s=%s stops the start with a sentence that names the setting and not its value', (key, value) => {
  expect(() => readSettings({ [key]: value })).toThrow(
    expect.objectContaining({ code: 'BAD_SETTING', message: expect.stringContaining(key) }),
  );
  try {
    readSettings({ [key]: value });
  } catch (error) {
    expect((error as Error).message).not.toContain(value.length > 5 ? value : '\0');
    expect((error as Error).message).not.toMatch(/invalid|expected|NaN|regex|env\.example/i);
  }
});

test('origins may be separated by spaces or commas', () => {
  expect(
    readSettings({ ALLOWED_ORIGINS: 'https://a.vn, https://b.vn  http://localhost:3000' }).ALLOWED_ORIGINS,
  ).toEqual(['https://a.vn', 'https://b.vn', 'http://localhost:3000']);
});

test('what is meant is taken', () => {
  const { PUBLIC_URL, ALLOWED_ORIGINS, TRUST_PROXY } = readSettings({
    PUBLIC_URL: 'https://cskh.example.vn/',
    ALLOWED_ORIGINS: 'https://xn--in-7ka4n.vn:8443 http://[::1]:3000',
    TRUST_PROXY: '10.0.0.0/8, ::1',
  });
  expect(PUBLIC_URL).toBe('https://cskh.example.vn');
  expect(ALLOWED_ORIGINS).toEqual(['https://xn--in-7ka4n.vn:8443', 'http://[::1]:3000']);
  expect(TRUST_PROXY).toEqual(['10.0.0.0/8', '::1']);
  expect([readSettings({ TRUST_PROXY: '2' }).TRUST_PROXY, readSettings({}).TRUST_PROXY]).toEqual([2, 0]);
});

test.each([
  [{ PORT: 'abc' }, 'PORT: must be a whole number from 0 to 65535.'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: must be one of fatal, error, warn, info, debug, silent.'],
  [{ SMS_SMPP_PASSWORD: 'longer than eight' }, 'SMS_SMPP_PASSWORD: must have at most 8 characters.'],
])('%j is told in plain words', (env, sentence) => {
  expect(() => readSettings(env)).toThrow(expect.objectContaining({ message: sentence }));
});
