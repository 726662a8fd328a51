/** Trains the model of released builds on the phrase files: deterministic, some seconds. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(fileURLToPath(import.meta.url), '../..');
const { trainToFile } = createRequire(import.meta.url)(join(root, 'dist/nlu/index.js'));
trainToFile(join(root, 'nlu/intents'), join(root, 'dist/nlu/model.bin'));
