import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { serve } from '../../app/serve';
import { readSettings } from '../../app/settings';

/**
 * The real server, which kills itself with SIGKILL right after the numbered step of a message's path that STOP_AFTER, or the file
 * STOP_FILE, names. With a second number ("9 4") it waits until so many messages stand there: each is held as it comes, and none
 * goes further. Past the decision, only turns count that were decided since: what a redelivery does again may come late.
 */
const { STOP_AFTER, STOP_FILE } = process.env;
const named = (): [step: number, messages: number] | undefined => {
  let written = STOP_AFTER;
  try {
    if (STOP_FILE) written = readFileSync(STOP_FILE, 'utf8');
  } catch {
    return undefined;
  }
  const [step, messages = 1] = (written ?? '').split(' ').map(Number);
  return step ? [step, messages] : undefined;
};

const decidedSince = new AsyncLocalStorage<boolean>();
let standing = 0;
serve(readSettings(process.env), async (done) => {
  const [step, messages] = named() ?? [];
  if (done === 8) decidedSince.enterWith(step !== undefined);
  if (step === undefined || done < step) return;
  if (step > 8 && !decidedSince.getStore()) return;
  if (done === step && ++standing >= messages!) process.kill(process.pid, 'SIGKILL');
  await new Promise(() => {});
}).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
