import { serve } from '../../app/serve';
import { readSettings } from '../../app/settings';

/** The real server, which kills itself with SIGKILL right after one numbered step of a message's path. */
const step = Number(process.env.STOP_AFTER);

serve(readSettings(process.env), (done) => {
  if (done === step) process.kill(process.pid, 'SIGKILL');
}).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
