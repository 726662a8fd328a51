import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { z } from 'zod';
import { DomdomError } from '../../core/errors';
import type { Article } from '../../core/knowledge';
import { addDays, type Day } from '../../core/time';
import { INTENTS } from '../../core/understanding';

/** a source is read again within this time */
const RECHECK_DAYS = 366;
/** said at most, with room for the source below it, in UTF-16 units */
const MOST_BRIEF = 320;
const MOST_SAID = 520;
const MOST_DETAILS = 1500;

const text = z.string().trim().min(1).max(300).normalize('NFC');
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{1,39}$/);

const frontMatter = z
  .strictObject({
    topic: z.string().regex(/^[a-z]+(\.[a-z0-9_]+)+$/, 'is no topic, such as service.meter_check'),
    title: text,
    choice: text.max(20),
    intents: z.array(z.enum(INTENTS)).min(1),
    asks: z.array(text).min(3).max(20),
    territory: z.union([z.literal('all'), z.array(z.string().regex(/^P[A-Z]$/)).min(1)]),
    from: z.iso.date().optional(),
    to: z.iso.date().optional(),
    source: text,
    url: z.url({ protocol: /^https?$/ }).optional(),
    checked: z.iso.date(),
    confidence: z.enum(['V', 'S', 'O', '?']),
    related: z.array(id).max(4).default([]),
  })
  .refine(({ from, to }) => !from || !to || from <= to, 'to is before from');

const wrong = (file: string, why: string) => new DomdomError('BAD_SETTING', `The article ${file} is wrong: ${why}.`);

/** One article from the text of its file. @throws DomdomError BAD_SETTING naming the file and field that is wrong */
export const readArticle = (file: string, content: string): Article => {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(content.replaceAll('\r\n', '\n')) ?? [];
  if (head === undefined || body === undefined) throw wrong(file, 'it has no front matter between two lines of ---');
  let matter: unknown;
  try {
    matter = load(head, { maxAliases: 0 });
  } catch (cause) {
    throw wrong(file, `its front matter is not YAML (${(cause as Error).message.split('\n')[0]})`);
  }
  const checked = frontMatter.safeParse(matter);
  if (!checked.success) {
    const { path, message } = checked.error.issues[0]!;
    throw wrong(file, `${path.join('.')} – ${message}`);
  }
  const [said = '', details = ''] = body.normalize('NFC').split(/^## Chi tiết$/m);
  const [brief = '', ...more] = paragraphs(said);
  const article = {
    id: id.parse(file.replace(/\.md$/, '')),
    ...checked.data,
    brief,
    more: more.join('\n'),
    details: paragraphs(details).join('\n'),
  };
  if (!brief) throw wrong(file, 'it says nothing');
  if (brief.length > MOST_BRIEF) throw wrong(file, `its first paragraph is longer than ${MOST_BRIEF} characters`);
  if (brief.length + article.more.length > MOST_SAID)
    throw wrong(file, `it is longer than ${MOST_SAID} characters above its details`);
  if (article.details.length > MOST_DETAILS)
    throw wrong(file, `its details are longer than ${MOST_DETAILS} characters`);
  const { from, to, url, ...rest } = article;
  return { ...rest, ...(from && { from }), ...(to && { to }), ...(url && { url }) };
};

/** A paragraph of the file is one line; its list items stay lines. */
const paragraphs = (body: string): string[] =>
  body
    .trim()
    .split(/\n{2,}/)
    .map((block) =>
      block
        .replace(/\n(?!- )/g, ' ')
        .replace(/^- /gm, '• ')
        .trim(),
    )
    .filter(Boolean);

/**
 * Every article of a folder, by file name.
 * @throws DomdomError BAD_SETTING naming the file that is wrong, a related article that is not there, or two that answer for one topic at one time
 */
export const loadArticles = async (folder: string): Promise<Article[]> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.md') && name !== 'README.md').sort();
  const articles = await Promise.all(
    files.map(async (file) => readArticle(file, await readFile(join(folder, file), 'utf8'))),
  );
  for (const { id, related } of articles) {
    const lost = related.find((one) => !articles.some((other) => other.id === one));
    if (lost) throw wrong(`${id}.md`, `there is no related article ${lost}`);
  }
  const [one, other] = contradicting(articles)[0] ?? [];
  if (one && other) throw wrong(`${other}.md`, `${one}.md answers for the same topic, territory and time`);
  return articles;
};

/** Pairs of articles of one topic that hold in one place on one day. */
export const contradicting = (articles: readonly Article[]): [string, string][] =>
  articles.flatMap((one, n) =>
    articles
      .slice(n + 1)
      .filter((other) => one.topic === other.topic && sharePlace(one, other) && shareDay(one, other))
      .map(({ id }): [string, string] => [one.id, id]),
  );

const sharePlace = ({ territory: a }: Article, { territory: b }: Article): boolean =>
  a === 'all' || b === 'all' || a.some((prefix) => b.includes(prefix));

const shareDay = (a: Article, b: Article): boolean =>
  (a.from ?? '') <= (b.to ?? '9999') && (b.from ?? '') <= (a.to ?? '9999');

/** Articles in force whose source has not been read for a year. */
export const overdue = (articles: readonly Article[], on: Day): string[] =>
  articles.filter(({ to, checked }) => (to ?? '9999') >= on && addDays(checked, RECHECK_DAYS) < on).map(({ id }) => id);
