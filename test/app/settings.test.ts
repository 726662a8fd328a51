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
])('%s=%s stops the start with a sentence that names the setting and not its value', (key, value) => {
  expect(() => readSettings({ [key]: value })).toThrow(
    expect.objectContaining({ code: 'BAD_SETTING', message: expect.stringContaining(key) }),
  );
  try {
    readSettings({ [key]: value });
  } catch (error) {
    expect((error as Error).message).not.toContain(value.length > 3 ? value : '\0');
  }
});

test('origins may be separated by spaces or commas', () => {
  expect(
    readSettings({ ALLOWED_ORIGINS: 'https://a.vn, https://b.vn  http://localhost:3000' }).ALLOWED_ORIGINS,
  ).toEqual(['https://a.vn', 'https://b.vn', 'http://localhost:3000']);
});
