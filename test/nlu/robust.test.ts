import fc from 'fast-check';
import type { EntityType } from '../../core/understanding';
import { createUnderstanding, loadModel, readPhrases, saveModel, trainModel } from '../../nlu/index';
import { anyText } from '../any-text';
import { understandingForTests } from './model';

const understand = understandingForTests();
const now = new Date('2026-03-02T09:00:00+07:00');

const check = (text: string, expects: EntityType[] = []) => {
  const { intents, wants, entities, cues } = understand(text, { now, expects });
  expect(intents.length).toBeGreaterThan(0);
  for (const { sureness } of intents) expect(sureness >= 0 && sureness <= 1).toBe(true);
  for (const e of entities) {
    expect(text.slice(e.start, e.end)).toBe(e.text);
    expect(e.end).toBeGreaterThan(e.start);
  }
  for (const { start, end } of [...wants, ...cues.houses])
    expect(start >= 0 && end <= text.length && start <= end).toBe(true);
};

const pieces = fc.constantFrom(
  'tiền',
  'điện',
  'tháng',
  'PP05000974006',
  '9',
  '/',
  '2016',
  'từ',
  'đến',
  'ngày',
  '1tr2',
  'k',
  'hai',
  'trăm',
  'triệu',
  'rưỡi',
  'ở',
  'xã',
  '@',
  '.',
  'com',
  'http://',
  'không',
  'lộn',
  'à',
  'kỳ',
  'số',
  'kwh',
  'quý',
  'tuần',
  'chủ',
  'nhật',
  'thứ',
  'chỉ',
  'mấy',
  'p',
  'PP',
  '05',
  '\n',
  '😡',
  'e\u0301\u0323',
  'ﷺ',
  '\ud800',
  'İ',
  '\u200b',
  'constructor',
  '__proto__',
  '1900000000000000000',
  '0',
  '31',
  '32/13',
  'năm',
  't',
  'lgd',
  'td',
  'tc',
  '-',
  '_',
);

test('never throws, spans are faithful: any Unicode', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 300 }), (text) => check(text)),
    { numRuns: 300, seed: 1 },
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => check(text)),
    { numRuns: 200, seed: 2 },
  );
});

test('never throws, spans are faithful: words of the trade in any order, glued or not', () => {
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 25 }),
      fc.constantFrom('', ' '),
      fc.subarray<EntityType>([
        'month',
        'customer_code',
        'date',
        'place',
        'money',
        'meter_index',
        'kwh',
        'period',
        'request_no',
        'households',
        'year',
      ]),
      (words, glue, expects) => check(words.join(glue), expects),
    ),
    { numRuns: 500, seed: 3 },
  );
});

test('linear in the length, up to 10,000 characters', () => {
  const units = [
    'a',
    'ế',
    'e\u0301',
    '😀',
    '9',
    '9 ',
    'P',
    'p ',
    'tháng ',
    'à không ',
    'từ 5 đến ',
    'hai mươi ',
    '1tr2 ',
    'ở xã ',
    'a.',
    '@',
    'a@',
    '1.000',
    '.',
    'http://',
    'nhà ',
    'với ',
    'chỉ số ',
    '\u0301',
    '\ud83d',
  ];
  for (const unit of units) {
    const long = unit.repeat(Math.ceil(10_000 / unit.length)).slice(0, 10_000);
    check(long, ['customer_code', 'month']);
    const time = (text: string) => {
      let best = Number.POSITIVE_INFINITY;
      for (let i = 0; i < 2; i++) {
        // processor time of this process: what else the machine does is not counted
        const started = process.cpuUsage();
        understand(text, { now, expects: ['customer_code', 'month'] });
        best = Math.min(best, process.cpuUsage(started).user / 1000);
      }
      return best;
    };
    const [short, full] = [time(long.slice(0, 2500)), time(long)];
    // four times the text: quadratic would be sixteen times
    expect({ unit, linear: full < 10 * short + 30 }).toEqual({ unit, linear: true });
  }
});

test('longer texts are read to 10,000 characters', () => {
  const { entities } = understand(`${'a '.repeat(4990)}tháng 9 ${'b '.repeat(50_000)} tháng 10`, { now });
  expect(entities.filter((e) => e.type === 'month').map((e) => e.value)).toEqual([9]);
});

test('the same phrases and seed give the same model, byte for byte; it survives saving', () => {
  const phrases = new Map(
    [...readPhrases(`${__dirname}/../../nlu/intents`)].slice(0, 6).map(([name, lines]) => [name, lines.slice(0, 25)]),
  );
  const [a, b] = [trainModel(phrases, { seed: 7 }), trainModel(phrases, { seed: 7 })];
  const bytes = saveModel(a);
  expect(bytes.equals(saveModel(b))).toBe(true);
  const text = [...phrases.values()][0]![0]!;
  expect(createUnderstanding(loadModel(bytes))(text, { now })).toEqual(createUnderstanding(a)(text, { now }));
  expect(() => loadModel(Buffer.from('nonsense'))).toThrow(/train it again/);
});
