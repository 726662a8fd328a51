import { AsyncLocalStorage } from 'node:async_hooks';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { openChat, readLine } from '../../app/chat';
import { makeLog } from '../../app/logger';
import { serve } from '../../app/serve';
import { readSettings } from '../../app/settings';

const { STOP_AFTER, STOP_FILE } = process.env;
const settings = readSettings(process.env);

/**
 * The real server, which kills itself with SIGKILL right after the numbered step of a message's path that STOP_AFTER, or the file
 * STOP_FILE, names. With a second number ("9 4") it waits until so many messages stand there: each is held as it comes, and none
 * goes further. Past the decision, only turns count that were decided since: what a redelivery does again may come late.
 */
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
const stoppingServer = async (): Promise<void> => {
  let standing = 0;
  await serve(settings, async (done) => {
    const [step, messages] = named() ?? [];
    if (done === 8) decidedSince.enterWith(step !== undefined);
    if (step === undefined || done < step) return;
    if (step > 8 && !decidedSince.getStore()) return;
    if (done === step && ++standing >= messages!) process.kill(process.pid, 'SIGKILL');
    await new Promise(() => {});
  });
};

/**
 * What `domdom chat --json --conversation killed` does, which kills itself with SIGKILL right after the step that STOP_AFTER names,
 * of the line of input that it names: "9 3" is the third line's.
 */
const stoppingChat = async (): Promise<void> => {
  let lines = 0;
  const after = (done: number) => {
    if (`${done} ${lines}` === STOP_AFTER) process.kill(process.pid, 'SIGKILL');
  };
  const now = new Date('2016-09-30T09:00:00+07:00');
  const chat = await openChat(settings, { channel: 'console', conversation: 'killed', now, after }, makeLog(settings));
  for await (const line of createInterface({ input: process.stdin })) {
    lines += 1;
    const pieces = readLine(line);
    if (typeof pieces === 'string') throw new Error(pieces);
    process.stdout.write(`${JSON.stringify(await chat.hear(pieces))}\n`);
  }
  await chat.close();
};

(process.argv[2] === 'chat' ? stoppingChat() : stoppingServer()).catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
