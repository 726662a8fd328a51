import { existsSync, readFileSync, type Stats, unwatchFile, watchFile } from 'node:fs';
import { join } from 'node:path';
import { DomdomError, ERRORS } from '../core/errors';
import type { Understand } from '../core/understanding';
import type { Utility } from '../core/utility';
import { packageRoot } from '../data/package-root';
import type { Log } from './logger';

/** The trained model that `npm run build` made and `domdom nlu train` renews. */
export const releasedModel = (): string => join(packageRoot(), 'dist/nlu/model.bin');

/** the SMS syntaxes that are read under a utility */
type Commands = Pick<Utility, 'sms'> | Promise<Pick<Utility, 'sms'>>;

const CHECK = 'tiền điện tháng này bao nhiêu';

/** @throws DomdomError MODEL_BROKEN when the file is missing or is no model */
export const loadUnderstanding = async (utility: Commands, file = releasedModel()): Promise<Understand> => {
  const [{ createUnderstanding, loadModel }, { sms }] = await Promise.all([import('../nlu/index.js'), utility]);
  if (!existsSync(file)) throw new DomdomError('MODEL_BROKEN', `There is no model ${file}.`);
  try {
    const understand = createUnderstanding(loadModel(readFileSync(file)), sms);
    // a file may be whole and still hold nonsense
    if (!(understand(CHECK, { now: new Date() }).intents[0]!.sureness > 0)) throw new Error('it answers nothing');
    return understand;
  } catch (error) {
    throw new DomdomError('MODEL_BROKEN', `The model ${file} cannot be used.`, { cause: error });
  }
};

/** Looks this often whether the file is another one. */
const LOOK_MS = 1000;

/**
 * The understanding of the model file as it is now, for as long as the server runs: a retrained model takes over between
 * two messages. A file that cannot be used leaves the old model at work and is told in the log under MODEL_BROKEN.
 */
export const watchUnderstanding = async (
  log: Log,
  utility: Commands,
  file = releasedModel(),
): Promise<{ understand: Understand; stop(): void }> => {
  let current = await loadUnderstanding(utility, file);
  const changed = (now: Stats, before: Stats) => {
    if (now.mtimeMs === before.mtimeMs && now.size === before.size && now.ino === before.ino) return;
    loadUnderstanding(utility, file).then(
      (understand) => {
        current = understand;
        log.info({ bytes: now.size }, 'a new model understands the customers from now on');
      },
      (error) => log.error({ code: 'MODEL_BROKEN', err: error }, ERRORS.MODEL_BROKEN.cause),
    );
  };
  watchFile(file, { interval: LOOK_MS, persistent: false }, changed);
  return { understand: (text, context) => current(text, context), stop: () => unwatchFile(file, changed) };
};
