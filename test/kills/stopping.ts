import { readFileSync } from 'node:fs';
import { serve } from '../../app/serve';
import { readSettings } from '../../app/settings';

/** The real server, which kills itself with SIGKILL right after the numbered step of a message's path that STOP_AFTER, or the file STOP_FILE, names. */
const { STOP_AFTER, STOP_FILE } = process.env;
const named = (): string | undefined => {
  try {
    return STOP_FILE ? readFileSync(STOP_FILE, 'utf8') : STOP_AFTER;
  } catch {
    return undefined;
  }
};

serve(readSettings(process.env), (done) => {
  if (String(done) === named()) process.kill(process.pid, 'SIGKILL');
}).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
