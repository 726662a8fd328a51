import { join } from 'node:path';
import { f1, readEntityCases, table, tally, unaccented } from './entity-cases';
import { understandingForTests } from './model';

const understand = understandingForTests();
const now = new Date('2026-03-02T09:00:00+07:00');
const cases = readEntityCases(join(__dirname, 'entities'));

test.each([
  ['as customers write them', cases],
  ['without diacritics', cases.map(unaccented)],
])('entities %s: exact match of at least 97 %%', (name, set) => {
  const result = tally(understand, set, now);
  process.stdout.write(`entities ${name}: ${table(result)}\n`);
  expect(result.all.wanted).toBeGreaterThan(400);
  if (f1(result.all) < 0.97) throw new Error(`${table(result)}\n${result.wrong.join('\n')}`);
});

test('hard negatives: at most 3 % of the messages without entities are given one', () => {
  const plain = cases.filter(({ wanted }) => wanted.length === 0);
  expect(plain.length).toBeGreaterThan(100);
  const { wrong } = tally(understand, plain, now);
  if (wrong.length > 0.03 * plain.length) throw new Error(wrong.join('\n'));
});
