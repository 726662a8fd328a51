import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadArticles } from '../../data/knowledge';
import { createKnowledge } from '../../nlu/knowledge';
import { strip } from '../../nlu/text/characters';
import { understandingForTests } from './model';

const HERE = { on: '2026-11-22', prefixes: ['PP', 'PQ', 'PC'] };
const questions = readFileSync(join(__dirname, 'knowledge.txt'), 'utf8')
  .normalize('NFC')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
  .map((line) => {
    const [, wanted, question] = /^([a-z0-9-]+): (.+)$/.exec(line) ?? [];
    if (!wanted || !question) throw new Error(`cannot be read: ${line}`);
    return { wanted, question };
  });
const understand = understandingForTests();
const intentsOf = (question: string) => understand(question, { now: new Date('2026-11-22T02:00:00Z') }).intents;

const load = () => loadArticles(join(__dirname, '../../data/knowledge'));

test('at least 90 % right article first, and nothing is said where no article answers', async () => {
  const knowledge = createKnowledge(await load());
  const first = (question: string) =>
    knowledge.find(question, { ...HERE, intents: intentsOf(question) })[0]?.article.id ?? 'none';
  const answerable = questions.filter(({ wanted }) => wanted !== 'none');
  const others = questions.filter(({ wanted }) => wanted === 'none');
  expect(questions.length).toBeGreaterThanOrEqual(100);
  expect(others.length).toBeGreaterThanOrEqual(25);
  const wrong = answerable.filter(({ wanted, question }) => first(question) !== wanted);
  const invented = others.filter(({ question }) => first(question) !== 'none');
  const bare = answerable.filter(({ wanted, question }) => first(strip(question.toLowerCase())) === wanted);
  process.stderr.write(
    `knowledge: ${answerable.length - wrong.length} of ${answerable.length} right article first (${bare.length} without diacritics); ` +
      `${invented.length} of ${others.length} questions without an article answered\n`,
  );
  const told = [...wrong, ...invented].map(({ wanted, question }) => `${question}: ${wanted}, was ${first(question)}`);
  if (wrong.length > 0.1 * answerable.length || invented.length) throw new Error(told.join('\n'));
});

test.each([
  ['2016-10-01', ['PP']],
  ['2024-06-01', ['PC']],
  ['2025-06-01', ['PE']],
  ['2017-12-01', ['PA']],
  ['2026-11-22', ['PP', 'PQ', 'PC']],
  ['2027-02-01', ['PB']],
])('on %s for %s nothing that is out of force or of another territory is found', async (on, prefixes) => {
  const knowledge = createKnowledge(await load());
  const found = questions.flatMap(({ question }) =>
    knowledge.find(question, { on, prefixes, intents: intentsOf(question) }),
  );
  expect(found.length).toBeGreaterThan(20);
  for (const { article } of found) {
    expect([article.id, (article.from ?? on) <= on && on <= (article.to ?? on)]).toEqual([article.id, true]);
    if (article.territory !== 'all') expect(article.territory.some((one) => prefixes.includes(one))).toBe(true);
  }
});

test('an expired article is found on its last day and on no day after it', async () => {
  const knowledge = createKnowledge(await load());
  const ask = (on: string) =>
    knowledge.find('cắt điện vì chưa đóng tiền phải báo trước không', { on, prefixes: ['PP'] })[0]?.article.id;
  expect(ask('2025-01-31')).toBe('debt-cutoff-2004');
  expect(ask('2025-02-01')).toBe('debt-cutoff');
  expect(knowledge.article('debt-cutoff-2004', { on: '2025-02-01', prefixes: ['PP'] })).toBeUndefined();
});

test('any text is answered without an error, in linear time', async () => {
  const knowledge = createKnowledge(await load());
  for (const text of ['', '?', '\ud800', 'điện '.repeat(2_000), '🙂'.repeat(5_000), 'a'.repeat(10_000), '{{hotline}}'])
    expect(Array.isArray(knowledge.find(text, HERE))).toBe(true);
});

test('an answer is found in well under a millisecond', async () => {
  const knowledge = createKnowledge(await load());
  const asked = questions.map(({ question }) => ({ question, intents: intentsOf(question) }));
  const round = () => {
    const times = asked.map(({ question, intents }) => {
      const from = process.hrtime.bigint();
      knowledge.find(question, { ...HERE, intents });
      return Number(process.hrtime.bigint() - from) / 1e6;
    });
    return times.sort((a, b) => a - b)[times.length >> 1]!;
  };
  const p50 = Math.min(...Array.from({ length: 5 }, round));
  process.stderr.write(`knowledge: p50 ${p50.toFixed(3)} ms a question (inside jest)\n`);
  expect(p50).toBeLessThan(1);
});
