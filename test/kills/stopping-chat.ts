import { createInterface } from 'node:readline';
import { openChat, readLine } from '../../app/chat';
import { makeLog } from '../../app/logger';
import { readSettings } from '../../app/settings';

/** What `domdom chat --json --conversation killed` does, which kills itself with SIGKILL right after the step that STOP_AFTER names. */
const main = async (): Promise<void> => {
  const settings = readSettings(process.env);
  const after = (done: number) => {
    if (String(done) === process.env.STOP_AFTER) process.kill(process.pid, 'SIGKILL');
  };
  const now = new Date('2016-09-30T09:00:00+07:00');
  const chat = await openChat(settings, { channel: 'console', conversation: 'killed', now, after }, makeLog(settings));
  for await (const line of createInterface({ input: process.stdin })) {
    const pieces = readLine(line);
    if (typeof pieces === 'string') throw new Error(pieces);
    process.stdout.write(`${JSON.stringify(await chat.hear(pieces))}\n`);
  }
  await chat.close();
};

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
