import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DomdomError } from '../core/errors';
import type { Understand } from '../core/understanding';
import { packageRoot } from './open';

/** The trained model that `npm run build` made, or the one that `domdom nlu train` put beside the store. */
export const loadUnderstanding = async (): Promise<Understand> => {
  const { createUnderstanding, loadModel } = await import('../nlu/index.js');
  const file = join(packageRoot(), 'dist/nlu/model.bin');
  if (!existsSync(file)) throw new DomdomError('INTERNAL', 'The trained model is missing: run `npm run build`.');
  return createUnderstanding(loadModel(readFileSync(file)));
};
