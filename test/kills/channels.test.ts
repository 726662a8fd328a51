import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openEmbedded, openMongo, storesOf } from '../../data';
import { bundled, eventually, isReady, type ServerProcess, scratch, startServer } from '../processes';
import { ENGINES, type Store } from './engines';
import type { Platform } from './platform';
import { startPlatforms } from './platforms';

const run = promisify(execFile);
const EARLIER = 'NTD PP05000974006';
const LATER = 'TD PP05000974006 1 10 2016';
/** of ENGINES' MongoDB */
const LEASE_MS = 1000;
/** `in flight`: the platform has shown the message, and its answer never comes */
const STEPS = [4, 8, 9, 10, 11, 12, 'in flight'] as const;
const IN_FLIGHT = STEPS.length;
const LOST = STEPS.length + 1;

interface Parked {
  id: string;
  channel: string;
  to: string;
  why: string;
}

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
    const everyone = (person: number, messages: number) =>
      eventually(async () => {
        const shown = await Promise.all(platforms.map((one) => one.shown(person)));
        return shown.every(({ length }) => length >= messages) ? true : undefined;
      });

    /** Each channel's own message stands right after the step when the process dies. */
    const killAt = async (step: (typeof STEPS)[number], person: number): Promise<void> => {
      if (step === 'in flight') {
        for (const one of platforms) one.keepsSilent();
        await each((one) => one.says(person, EARLIER));
        await everyone(person, 1);
        return server!.kill();
      }
      writeFileSync(stop, `${step} ${platforms.length}`);
      const saying = each((one) => one.says(person, EARLIER));
      await server!.ended;
      await saying;
    };

    const unsure = async (...given: string[]): Promise<Parked[]> => {
      const env = { PATH: process.env.PATH ?? '', LOG_LEVEL: 'error', ...store!.env };
      const { stdout } = await run(process.execPath, [scripts.cli, 'store', 'unsure', '--json', ...given], { env });
      expect(stdout).not.toContain('84912');
      return JSON.parse(stdout);
    };

    const title =
      'right after each step: every message is answered once, though it comes late, twice and out of order; a paid one that may have left is parked and shown';
    // each boot takes over what the one before it left, then is killed in its turn
    test(title, async () => {
      if (!store) return console.warn(`not exercised, there is no server: ${name}`);
      const { MONGODB_URI: uri, DATA_DIR } = store.env;
      const engine = await (uri ? openMongo({ uri }) : openEmbedded({ dir: DATA_DIR! }));
      const { outbox, turns } = storesOf(engine, 'sample');
      const idle = async () => {
        const rows = await Promise.all((['claimed', 'waiting'] as const).map((state) => outbox.byState(state, 1)));
        return rows.flat().length === 0 ? true : undefined;
      };

      await start();
      await each((one) => one.says(0, EARLIER));
      await each((one) => one.says(0, LATER));
      await everyone(0, 2);
      const told = await Promise.all(platforms.map((one) => one.shown(0)));
      for (const answers of told) expect(answers).toEqual([expect.any(String), expect.any(String)]);

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
        await everyone(person, 2);
        // all of it is over, so that the next stop meets its own messages
        await eventually(idle);
      }
      for (const n of STEPS.keys()) await each((one) => one.again(n + 1));
      const [vcom, ...others] = platforms.filter(({ drops }) => drops);
      expect(others).toEqual([]);
      vcom!.drops!();
      await vcom!.says(LOST, EARLIER);
      await eventually(async () => ((await outbox.byState('unsure', 100)).length >= 2 ? true : undefined));

      const counts = platforms.map(async (one, at) => {
        const [earlier, later] = told[at]!;
        const bySteps = STEPS.map(async (step, n) => {
          const shown = await one.shown(n + 1);
          const [first, second] = [earlier, later].map((answer) => shown.filter((text) => text === answer).length);
          return [step, shown.length === first! + second! ? `${first} and ${second}` : shown];
        });
        return [one.name, Object.fromEntries(await Promise.all(bySteps))];
      });
      const once = Object.fromEntries(STEPS.map((step) => [step, '1 and 1']));
      // free, and nobody can tell whether it arrived, so it is said again: only Messenger's echo names the message it is of
      const again = { ...once, 'in flight': '2 and 1' };
      expect(Object.fromEntries(await Promise.all(counts))).toEqual({
        zalo: again,
        messenger: once,
        telegram: again,
        botframework: again,
        'sms by eSMS': once,
        'sms by V-COM': once,
        web: once,
      });
      const kept = (await turns.recent('2000-01-01T00:00:00.000Z', 500)).filter(({ said }) => said.length > 0);
      expect(kept).toHaveLength(platforms.length * 2 * (STEPS.length + 1) + 1);
      const heard = kept.flatMap(({ conversation, heardIds }) => heardIds.map((id) => `${conversation}|${id}`));
      expect(new Set(heard).size).toBe(kept.length);

      const screens = async () => [(await vcom!.shown(IN_FLIGHT)).length, (await vcom!.shown(LOST)).length];
      let listed = await unsure();
      for (const { to, channel, why } of listed)
        expect([to, channel, why]).toEqual([expect.stringMatching(/^\*+\d{3}$/), 'sms', expect.any(String)]);
      const of = (person: number) => listed.filter(({ to }) => to.endsWith(String(500 + person)));
      const [inFlight, lost] = [of(IN_FLIGHT), of(LOST)];
      expect([inFlight.length, lost.length]).toEqual([1, 1]);
      expect(await screens()).toEqual([2, 0]);
      // eSMS: a reply that leaves in the answer to a repeated request, in the moment in which its row is parked, stays listed
      const more = listed.filter(({ id }) => ![...inFlight, ...lost].some((one) => one.id === id));
      for (const { to } of more) expect(Number(to.slice(-3))).toBeLessThan(500);
      await unsure('--resend', lost[0]!.id);
      for (const { id } of [...inFlight, ...more]) listed = await unsure('--arrived', id);
      expect(listed).toEqual([]);
      await eventually(async () => ((await vcom!.shown(LOST)).length > 0 ? true : undefined));
      await eventually(idle);
      await server!.kill('SIGTERM');
      expect(server!.child.exitCode).toBe(0);
      expect(await screens()).toEqual([2, 1]);
      await engine.close();
    }, 240_000);
  },
);
