import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scratch } from '../processes';
import { ROOT } from '../run';

/** A clone without the packages for building, in which nothing is built. */
let root: ReturnType<typeof scratch>;
beforeEach(() => {
  root = scratch();
  for (const name of ['prepare.mjs', 'stamp.mjs']) cpSync(join(ROOT, 'scripts', name), join(root.dir, 'scripts', name));
  mkdirSync(join(root.dir, 'app'));
  mkdirSync(join(root.dir, 'dist'));
  source('app/cli.ts', 'one');
});
afterEach(() => root.remove());

const source = (name: string, text: string) => writeFileSync(join(root.dir, name), text);
const node = (args: string[], env = {}) =>
  spawnSync(process.execPath, args, { cwd: root.dir, env: { PATH: process.env.PATH, ...env }, encoding: 'utf8' });
const prepare = (npm_command = 'ci') => {
  const { status, stderr } = node(['scripts/prepare.mjs'], { npm_command });
  return { status, told: stderr };
};
const build = () => {
  const { status } = node([
    '--input-type=module',
    '-e',
    "import { writeFileSync } from 'node:fs'; import { stampFile, stampOf } from './scripts/stamp.mjs'; writeFileSync('dist/cli.js', ''); writeFileSync(stampFile('.'), stampOf('.'));",
  ]);
  expect(status).toBe(0);
};

test('what is built of these sources is left alone, whatever the time of the files', () => {
  build();
  utimesSync(join(root.dir, 'app/cli.ts'), 2e9, 2e9);
  expect(prepare()).toEqual({ status: 0, told: '' });
});

test.each([
  ['changed', () => source('app/cli.ts', 'two')],
  ['added', () => source('app/more.ts', '')],
  ['renamed', () => renameSync(join(root.dir, 'app/cli.ts'), join(root.dir, 'app/client.ts'))],
])('a source was %s: it is to be built, and where it cannot be, what is there stays', (_how, change) => {
  build();
  change();
  expect(prepare()).toEqual({
    status: 0,
    told: expect.stringMatching(/^What is built is of other sources.+npm ci.+\n$/),
  });
});

test('nothing is built and nothing to build with: an install fails in a sentence, npx goes on to the command, which says it', () => {
  expect(prepare()).toEqual({ status: 1, told: expect.stringMatching(/^Nothing is built: .+npm ci.+\n$/) });
  expect(prepare('exec').status).toBe(0);
});
