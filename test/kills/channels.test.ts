import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openEmbedded, openMongo, storesOf } from '../../data';
import { bundled, eventually, isReady, type ServerProcess, scratch, startServer } from '../processes';
import { ENGINES, type Store } from './engines';
import { type Platform, startPlatforms } from './platforms';

const run = promisify(execFile);
const EARLIER = 'NTD PP05000974006';
const LATER = 'TD PP05000974006 1 10 2016';
/** of ENGINES' MongoDB */
const LEASE_MS = 1000;
/** `in flight`: the platform has shown the message, and its answer is not there */
const STEPS = [4, 8, 9, 10, 11, 12, 'in flight'] as const;

let scripts: Awaited<ReturnType<typeof bundled>>;
beforeAll(async () => {
  scripts = await bundled();
});

describe.each(ENGINES.map(({ name, fresh }) => [name, fresh] as const))(
  'every channel, killed on %s',
  (name, fresh) => {
    let store: Store | undefined;
    let platforms: Platform[] = [];
    const { dir, remove } = scratch();
    const stop = join(dir, 'stop');
    let server: ServerProcess | undefined;
    beforeAll(async () => {
      const made = await fresh();
      if (!made) return;
      platforms = await startPlatforms();
      const settings = Object.assign({}, ...platforms.map(({ settings }) => settings));
      store = { ...made, env: { ...made.env, ...settings, STOP_FILE: stop } };
    }, 120_000);
    afterAll(async () => {
      await server?.kill();
      store?.remove();
      remove();
      await Promise.all(platforms.map((one) => one.close()));
    });

    const start = async () => {
      rmSync(stop, { force: true });
      server = await startServer(scripts.stopping, store!.env);
      await isReady(server.address);
      await Promise.all(platforms.map((one) => one.house(server!.address)));
    };
    const each = (what: (one: Platform) => Promise<void>) => Promise.all(platforms.map(what));
    /** each channel's message of its own stands right after the step when the process dies */
    const killAt = async (step: (typeof STEPS)[number], person: number) => {
      if (step !== 'in flight') {
        writeFileSync(stop, `${step} ${platforms.length}`);
        const saying = each((one) => one.says(person, EARLIER));
        await server!.ended;
        return saying;
      }
      for (const one of platforms) one.keepsSilent();
      await each((one) => one.says(person, EARLIER));
      await eventually(async () => (platforms.every((one) => one.shown(person).length > 0) ? true : undefined));
      return server!.kill();
    };
    const unsure = async (): Promise<unknown[]> => {
      const env = { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error', ...store!.env };
      const { stdout } = await run(process.execPath, [scripts.cli, 'store', 'unsure', '--json'], { env });
      return JSON.parse(stdout);
    };

    // each boot takes over what the one before it left, then is killed in its turn
    test('right after each step: each message is answered once, whatever comes again, late, twice or out of order', async () => {
      if (!store) return console.warn(`not exercised, there is no server: ${name}`);
      const { MONGODB_URI: uri, DATA_DIR } = store.env;
      const engine = await (uri ? openMongo({ uri }) : openEmbedded({ dir: DATA_DIR! }));
      const { outbox, turns } = storesOf(engine, 'sample');
      const idle = async () => {
        const rows = await Promise.all((['claimed', 'waiting'] as const).map((state) => outbox.byState(state, 1)));
        return rows.flat().length === 0 ? true : undefined;
      };

      // what one who is not killed is told
      await start();
      await each((one) => one.says(0, EARLIER));
      await each((one) => one.says(0, LATER));
      await eventually(async () => (platforms.every((one) => one.shown(0).length >= 2) ? true : undefined));
      const told = new Map(platforms.map((one) => [one, one.shown(0)]));
      for (const answers of told.values()) expect(answers).toEqual([expect.any(String), expect.any(String)]);

      for (const [n, step] of STEPS.entries()) {
        const person = n + 1;
        await killAt(step, person);
        const over = Date.now() + LEASE_MS;
        // nobody is there to hear it: the platforms bring it with the first, in an order of their own
        await each((one) => one.says(person, LATER));
        // where a lease ends by time alone, the next boot finds it over at its first look
        if (uri) await eventually(async () => (Date.now() > over ? true : undefined));
        await start();
        await each((one) => one.later());
        await each((one) => one.again(person));
        await eventually(async () => (platforms.every((one) => one.shown(person).length >= 2) ? true : undefined));
        // all of it is over, so that the next stop meets its own message
        await eventually(idle);
      }
      for (const n of STEPS.keys()) await each((one) => one.again(n + 1));
      await server!.kill('SIGTERM');
      expect(server!.child.exitCode).toBe(0);

      const counts = platforms.map((one) => [
        one.name,
        Object.fromEntries(
          STEPS.map((step, n) => {
            const [earlier, later] = told.get(one)!;
            const shown = one.shown(n + 1);
            const times = [earlier, later].map((text) => shown.filter((one) => one === text).length);
            return [step, shown.length === times[0]! + times[1]! ? times.join(' and ') : shown];
          }),
        ),
      ]);
      const once = Object.fromEntries(STEPS.map((step) => [step, '1 and 1']));
      // what was in flight may be said again, for it is free and nobody can tell: only Messenger's echo names the message it is of
      const again = { ...once, 'in flight': '2 and 1' };
      expect(Object.fromEntries(counts)).toEqual({
        zalo: again,
        messenger: once,
        telegram: again,
        botframework: again,
      });
      expect(await unsure()).toEqual([]);
      const kept = (await turns.recent('2000-01-01T00:00:00.000Z', 500)).filter(({ said }) => said.length > 0);
      expect(kept).toHaveLength(platforms.length * 2 * (STEPS.length + 1));
      expect(
        new Set(kept.flatMap(({ conversation, heardIds }) => heardIds.map((id) => `${conversation}|${id}`))).size,
      ).toBe(kept.length);
      await engine.close();
    }, 240_000);
  },
);
