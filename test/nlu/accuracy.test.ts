import { join } from 'node:path';
import { createUnderstanding, evaluate, readPhrases, report } from '../../nlu/index';
import { strip } from '../../nlu/text/characters';
import { modelForTests, syntaxesOf } from './model';

const model = modelForTests();
const understand = createUnderstanding(model, syntaxesOf('sample'));
const unseen = readPhrases(join(__dirname, 'phrases'));
for (const name of unseen.keys()) if (!model.classes.includes(name)) unseen.delete(name);
// what was trained on is no evidence: the same words may have been thought of twice
const bareOf = (phrase: string) => strip(phrase.normalize('NFC').toLowerCase());
const trained = new Set([...readPhrases(join(__dirname, '../../nlu/intents')).values()].flat().map(bareOf));
for (const [name, phrases] of unseen)
  unseen.set(
    name,
    phrases.filter((phrase) => !trained.has(bareOf(phrase))),
  );

let result: ReturnType<typeof evaluate>;
beforeAll(() => {
  result = evaluate(understand, unseen);
});

test('held-out phrases: at least 95 % best intent accented, 94 % stripped', () => {
  const said = report(result);
  expect(result.accented.of).toBeGreaterThan(700);
  if (result.accented.right < 0.95 * result.accented.of || result.stripped.right < 0.94 * result.stripped.of)
    throw new Error(said);
});

test('dangers: at least 99 % found, at most 1 % false alarms on the rest', () => {
  const { intents, accented } = result;
  const { of, right, found } = intents['safety.hazard']!;
  expect(right / of).toBeGreaterThan(0.99);
  expect((found - right) / (2 * accented.of - of)).toBeLessThan(0.01);
});

test('out of scope: at least 90 % found, at most 3 % of the rest rejected', () => {
  const { intents, accented } = result;
  const { of, right, found } = intents.out_of_scope!;
  expect(right / of).toBeGreaterThan(0.9);
  expect((found - right) / (2 * accented.of - of)).toBeLessThan(0.03);
});

test.each([
  'tiền nước tháng này bao nhiêu',
  'mất mạng internet rồi',
  'điện thoại hư rồi sửa ở đâu',
  'Điện máy Xanh mở cửa mấy giờ',
  'xe điện VinFast giá bao nhiêu',
  'xin việc làm kế toán',
  'áo này cháy hàng chưa shop',
])('near-domain trap: %s', (text) => {
  expect(understand(text, { now: new Date('2026-03-02T02:00:00Z') }).intents[0]!.name).toBe('out_of_scope');
});

test.each([
  'má tao đang thở máy mà cúp điện',
  'dây điện đứt rớt xuống đường',
  'trụ điện cháy xẹt lửa',
  'ba em bị điện giật',
  'mat dien ma be nha em nam long ap',
  'there is a fallen wire on the road',
  'help! fire',
])('danger: %s', (text) => {
  const { intents, wants } = understand(text, { now: new Date('2026-03-02T02:00:00Z') });
  expect(intents[0]!.name).toBe('safety.hazard');
  expect(wants.map((w) => w.intent)).toEqual(['safety.hazard']);
});

test('two wants of one message, in order, with their spans', () => {
  const text = 'tiền điện tháng 9 với lịch cúp điện tuần này';
  const { wants, intents } = understand(text, { now: new Date('2026-03-02T02:00:00Z') });
  expect(wants.map(({ intent, start, end }) => [intent, text.slice(start, end)])).toEqual([
    ['bill.lookup', 'tiền điện tháng 9'],
    ['outage.planned', 'với lịch cúp điện tuần này'],
  ]);
  expect(
    intents
      .slice(0, 2)
      .map((i) => i.name)
      .sort(),
  ).toEqual(['bill.lookup', 'outage.planned']);
});
