import { openHouse } from './house';
import { readScripts, scriptsIn } from './runner';
import { differences, written } from './went';

const scripts = scriptsIn(process.env.SCRIPTS ?? __dirname).filter(({ file }) =>
  file.includes(process.env.TRANSCRIPT ?? ''),
);
let house: Awaited<ReturnType<typeof openHouse>>;

beforeAll(async () => {
  house = await openHouse();
}, 120_000);
afterAll(() => house.close());

test.each(scripts.map((script) => [`${script.file} · ${script.title}`, script] as const))('%s', async (_, script) => {
  const conversation = house.conversationOf(script);
  const log: string[] = [`# ${script.title}`];
  const wrong: string[] = [];
  for (const step of script.steps) {
    if (step.kind === 'passes') {
      conversation.passes(step.ms);
      continue;
    }
    const went = await conversation.hear(step.pieces);
    log.push(written(step.pieces, went));
    wrong.push(...differences(step.expected, went));
    if (went.turn.error) wrong.push(`line ${step.line}: failed with ${went.turn.error}`);
  }
  if (process.env.SHOW) process.stdout.write(`${log.join('\n')}\n\n`);
  if (wrong.length) throw new Error(`${wrong.join('\n')}\n\nIt went:\n${log.join('\n')}`);
});

test('a script that cannot be read names its file and line', () => {
  expect(() => readScripts('x.chat', '# a\n@ web · 2026-03-02 09:00\n= b')).toThrow('x.chat:3');
  expect(() => readScripts('x.chat', '# a\n> b')).toThrow('x.chat:1');
});
