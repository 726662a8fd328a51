import { join } from 'node:path';
import { dayOf } from '../../core/time';
import { contradicting, loadArticles, overdue, readArticle } from '../../data/knowledge';

const FOLDER = join(__dirname, '../../data/knowledge');
const HEAD = `topic: a.b
title: Một bài
choice: Bài
intents: [tariff.lookup]
territory: all
source: Nguồn
checked: 2026-11-22
confidence: V
asks: [một, hai, ba]`;
const file = (head = HEAD, body = 'Câu trả lời.') => `---\n${head}\n---\n${body}\n`;

test('every article has its front matter, a named source, and room on a phone', async () => {
  const articles = await loadArticles(FOLDER);
  expect(articles.length).toBeGreaterThan(90);
  for (const { id, source, brief, more } of articles) {
    expect([id, source.length > 8]).toEqual([id, true]);
    expect([id, brief.length + more.length <= 600]).toEqual([id, true]);
  }
});

test('no two articles of one topic hold in one place on one day', async () => {
  const articles = await loadArticles(FOLDER);
  expect(contradicting(articles)).toEqual([]);
  const [one] = articles.filter(({ to }) => !to);
  expect(contradicting([one!, { ...one!, id: 'other' }])).toEqual([[one!.id, 'other']]);
  expect(
    contradicting([
      { ...one!, to: '2026-01-31' },
      { ...one!, from: '2026-02-01' },
    ]),
  ).toEqual([]);
});

test('every source was read again within a year', async () => {
  const articles = await loadArticles(FOLDER);
  expect(overdue(articles, dayOf(new Date()))).toEqual([]);
  expect(overdue([{ ...articles[0]!, checked: '2024-01-01' }], '2026-11-22')).toEqual([articles[0]!.id]);
});

test('a file is read: short answer, the rest, details', () => {
  const article = readArticle('x-y.md', file(HEAD, 'Ngắn\ngọn.\n\nThêm.\n\n## Chi tiết\n\n- một\n- hai'));
  expect(article).toMatchObject({ id: 'x-y', brief: 'Ngắn gọn.', more: 'Thêm.', details: '• một\n• hai' });
});

test.each([
  ['no front matter', 'Câu trả lời.', /front matter/],
  ['no source', file(HEAD.replace(/source.*\n/, '')), /source/],
  ['a choice too long', file(HEAD.replace('choice: Bài', `choice: ${'x'.repeat(21)}`)), /choice/],
  ['an unknown intent', file(HEAD.replace('tariff.lookup', 'tariff.guess')), /intents/],
  ['an end before its beginning', file(`${HEAD}\nfrom: 2026-02-01\nto: 2026-01-01`), /before from/],
  ['nothing said', file(HEAD, '\n## Chi tiết\n\nx'), /says nothing/],
  ['too much said', file(HEAD, 'x'.repeat(400)), /longer/],
])('an article with %s is refused by name', (_, content, why) => {
  expect(() => readArticle('bad.md', content)).toThrow(why);
  expect(() => readArticle('bad.md', content)).toThrow(/bad\.md/);
});
