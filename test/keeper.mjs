// Runs a server for the tests and ends it when it is told to (SIGTERM) or when the test run is gone, however it went.
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';

const [owner, folder, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: 'inherit' });
const end = () => server.kill('SIGKILL');

process.on('SIGTERM', end);
server.on('error', () => process.exit(1));
server.on('exit', (code) => {
  rmSync(folder, { recursive: true, force: true });
  process.exit(code ?? 0);
});
setInterval(() => {
  try {
    process.kill(Number(owner), 0);
  } catch {
    end();
  }
}, 500);
