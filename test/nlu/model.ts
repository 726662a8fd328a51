import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { load } from 'js-yaml';
import type { Understand } from '../../core/understanding';
import { createUnderstanding, loadModel, type Model, type Syntaxes } from '../../nlu/index';

// where npm and jest run; bundled by the bench, this file lies elsewhere
const root = process.cwd();

/** what a model is made of: phrases and code */
const PARTS = ['intents', 'slots', 'tagger', 'entities', 'text', 'classifier'].map((part) => join(root, 'nlu', part));

const files = (dir: string): string[] =>
  readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });

const lastChange = (path: string): number => {
  const { mtimeMs } = statSync(path);
  return statSync(path).isDirectory()
    ? Math.max(mtimeMs, ...readdirSync(path).map((name) => lastChange(join(path, name))))
    : mtimeMs;
};

/**
 * The model of the phrases and code as they are now: the one that was built, if it is newer than they are; else trained once, then
 * read from `.cache/`. In a process of its own, for jest's sandbox makes number crunching ten times slower.
 */
export const modelForTests = (): Model => {
  const built = join(root, 'dist/nlu/model.bin');
  if (existsSync(built) && PARTS.every((part) => lastChange(part) < statSync(built).mtimeMs))
    return loadModel(readFileSync(built));
  const hash = createHash('sha256');
  for (const file of PARTS.flatMap(files)) hash.update(readFileSync(file));
  const cached = join(root, `.cache/nlu-${hash.digest('hex').slice(0, 16)}.bin`);
  if (!existsSync(cached)) {
    mkdirSync(join(root, '.cache'), { recursive: true });
    const own = `${cached}.${process.pid}`;
    const script = `${own}.js`;
    buildSync({
      entryPoints: [join(root, 'nlu/index.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      packages: 'external',
    });
    const train = 'require(process.argv[1]).trainToFile(process.argv[2], process.argv[3])';
    execFileSync(process.execPath, ['-e', train, script, join(root, 'nlu/intents'), own]);
    rmSync(script);
    renameSync(own, cached);
  }
  return loadModel(readFileSync(cached));
};

/** The SMS syntaxes of a utility of ours, as its file has them. */
export const syntaxesOf = (utility: string): Syntaxes => {
  const { defaults = {}, rows } = load(readFileSync(join(root, 'data/utilities', utility, 'sms.yaml'), 'utf8')) as {
    defaults?: object;
    rows: Syntaxes;
  };
  return rows.map((row) => ({ ...defaults, ...row }));
};

/** The understanding as the sample utility has it. */
export const understandingForTests = (utility = 'sample'): Understand =>
  createUnderstanding(modelForTests(), syntaxesOf(utility));
