import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel, type Model, readPhrases, SEED, saveModel, trainModel } from '../../nlu/index';

const root = join(__dirname, '../..');

const files = (dir: string): string[] =>
  readdirSync(dir)
    .sort()
    .flatMap((name) => {
      const path = join(dir, name);
      return statSync(path).isDirectory() ? files(path) : [path];
    });

/** The model of the phrases and code as they are now: trained once, then read from `.cache/`. */
export const modelForTests = (): Model => {
  const hash = createHash('sha256');
  for (const file of [
    ...files(join(root, 'nlu/intents')),
    ...files(join(root, 'nlu/text')),
    ...files(join(root, 'nlu/classifier')),
  ])
    hash.update(readFileSync(file));
  const cached = join(root, `.cache/nlu-${hash.digest('hex').slice(0, 16)}.bin`);
  if (!existsSync(cached)) {
    mkdirSync(join(root, '.cache'), { recursive: true });
    const own = `${cached}.${process.pid}`;
    writeFileSync(own, saveModel(trainModel(readPhrases(join(root, 'nlu/intents')), { seed: SEED })));
    renameSync(own, cached);
  }
  return loadModel(readFileSync(cached));
};
