import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Model, saveModel } from './classifier/model';
import { trainModel } from './classifier/train';
import { readPhrases, readTitles } from './phrases';
import { readMarked } from './tagger/marked';
import { trainOwnTagger } from './tagger/own';

export { charts, type LearningPoint } from './charts';
export { loadModel, type Model, saveModel } from './classifier/model';
export { trainModel } from './classifier/train';
export type { Syntaxes } from './commands';
export { type Evaluation, evaluate, report } from './evaluate';
export { maskedText } from './masked-text';
export { type Phrases, readPhrases, remarksOn } from './phrases';
export { createUnderstanding } from './understand';

/** The seed of released models. */
export const SEED = 1;

/** Everything that is learnt from a folder of phrases, and from the marked phrases in `slots` beside it. */
export const trainOn = (phrasesDir: string): Model => {
  const phrases = readPhrases(phrasesDir);
  const model = { ...trainModel(phrases, { seed: SEED }), titles: readTitles(phrasesDir) };
  const slots = join(phrasesDir, '../slots');
  if (!existsSync(slots)) return model;
  const tagger = trainOwnTagger(readMarked(slots), [...phrases.values()].flat(), model.spelling, SEED);
  return { ...model, tagger };
};

/** Trains on a folder and writes the model beside its place, then moves it there; returns its size in bytes. */
export const trainToFile = (phrasesDir: string, outFile: string): number => {
  const bytes = saveModel(trainOn(phrasesDir));
  mkdirSync(dirname(outFile), { recursive: true });
  // a reader of the old file keeps it, one that comes now finds the whole new one
  writeFileSync(`${outFile}.new`, bytes);
  renameSync(`${outFile}.new`, outFile);
  return bytes.length;
};
export { acceptSheet, reviewSheet, type Unsure } from './review';
