import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { saveModel } from './classifier/model';
import { trainModel } from './classifier/train';
import { readPhrases } from './phrases';

export { loadModel, type Model, saveModel } from './classifier/model';
export { trainModel } from './classifier/train';
export { type Phrases, readPhrases } from './phrases';
export { createUnderstanding } from './understand';

/** The seed of released models. */
export const SEED = 1;

/** Trains on the phrases of a folder and writes the model; returns its size in bytes. */
export const trainToFile = (phrasesDir: string, outFile: string): number => {
  const bytes = saveModel(trainModel(readPhrases(phrasesDir), { seed: SEED }));
  mkdirSync(dirname(outFile), { recursive: true });
  writeFileSync(outFile, bytes);
  return bytes.length;
};
export { type Evaluation, evaluate, report } from './evaluate';
