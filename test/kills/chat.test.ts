import { spawn } from 'node:child_process';
import type { Activity } from '../../core/activity';
import { openEmbedded, openMongo, storesOf } from '../../data';
import { bundled } from '../processes';
import { ENGINES, type Store } from './engines';

const STEPS = [4, 8, 9, 10, 11, 12];

let scripts: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  scripts = await bundled();
});

describe.each(ENGINES.map(({ name, fresh }) => [name, fresh] as const))(
  'a chat in the terminal, killed on %s',
  (name, fresh) => {
    let store: Store | undefined;
    beforeAll(async () => {
      store = await fresh();
      if (store) await run([scripts.cli, 'sample', '--quiet'], []);
    }, 120_000);
    afterAll(() => store?.remove());

    const run = (args: string[], lines: string[], more: Record<string, string> = {}) =>
      new Promise<{ signal: string | null; out: string; err: string }>((resolve) => {
        const env = { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error', ...store!.env, ...more };
        const child = spawn(process.execPath, args, { env });
        let [out, err] = ['', ''];
        child.stdout.on('data', (chunk) => (out += chunk));
        child.stderr.on('data', (chunk) => (err += chunk));
        child.on('close', (_code, signal) => resolve({ signal, out, err }));
        child.stdin.end(lines.map((line) => `${line}\n`).join(''));
      });

    test('right after each step: gone on with at once, each message has its one answer, and asked again the same', async () => {
      if (!store) return console.warn(`not exercised, there is no server: ${name}`);
      const message = (step: number) => JSON.stringify({ id: `m${step}`, text: 'xin chào' });
      const answers: Activity[][] = [];
      /** the message whose answer the killed chat owes is said again, twice */
      let owed: string[] = [];
      const settle = ({ out, err }: Awaited<ReturnType<typeof run>>) => {
        const lines = out.split('\n').filter(Boolean);
        const [first, second, ...more] = lines.map((line) => JSON.parse(line) as Activity[]);
        expect([err, more, second]).toEqual(['', [], first]);
        if (owed.length > 0) answers.push(first!);
      };
      // each chat goes on with what the one before it left, then is killed in its turn
      for (const step of STEPS) {
        const at = { STOP_AFTER: `${step} ${owed.length + 1}` };
        const killed = await run([scripts.stopping, 'chat'], [...owed, message(step)], at);
        expect([step, killed.signal]).toEqual([step, 'SIGKILL']);
        settle(killed);
        owed = [message(step), message(step)];
      }
      const last = [scripts.cli, 'chat', '--json', '--conversation', 'killed', '--now', '2016-09-30T09:00:00+07:00'];
      settle(await run(last, owed));
      const ids = answers.map(([one, ...more]) => [one?.replyToId, more.length]);
      expect(ids).toEqual(STEPS.map((step) => [`m${step}`, 0]));
      const { MONGODB_URI: uri, DATA_DIR } = store.env;
      const stores = storesOf(await (uri ? openMongo({ uri }) : openEmbedded({ dir: DATA_DIR! })), 'sample');
      const turns = await stores.turns.since('chat:console:killed', 0, 100);
      expect(turns.map(({ heardIds }) => heardIds)).toEqual(STEPS.map((step) => [`m${step}`]));
      expect(await stores.outbox.byState('unsure', 1)).toEqual([]);
      expect(await stores.outbox.byState('waiting', 1)).toEqual([]);
      await stores.close();
    }, 120_000);
  },
);
