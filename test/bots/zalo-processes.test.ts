import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { VirtualClock } from '../fakes/virtual-clock';
import { type FakeZalo, startZalo } from '../fakes/zalo';
import { mongoDatabase } from '../mongo';
import { bundledScript, scratch } from '../processes';

let script: string;
const USER = '24684588';

beforeAll(async () => {
  script = await bundledScript('test/bots/zalo-process.ts');
});

const ENGINES = [
  {
    engine: 'the embedded store',
    expiresIn: '0.5',
    restMs: 10,
    sends: 120,
    async fresh() {
      const { dir, remove } = scratch();
      return { where: dir, remove };
    },
  },
  {
    engine: 'MongoDB',
    // a renewal is some ten round trips, which the stand-in takes its time for
    expiresIn: '3',
    restMs: 150,
    sends: 40,
    async fresh() {
      const uri = await mongoDatabase();
      return uri ? { where: uri, remove: () => {} } : undefined;
    },
  },
];

/** The platform by the wall clock, as the processes have no other. */
class WallClock extends VirtualClock {
  override now = () => new Date();
}

describe.each(ENGINES)('processes that share a consent on $engine', ({ fresh, expiresIn, restMs, sends }) => {
  let zalo: FakeZalo;
  let store: Awaited<ReturnType<typeof fresh>>;
  const children: ChildProcess[] = [];
  const missing = () => {
    if (!store) process.stdout.write('not run: no MongoDB server can be had\n');
    return !store;
  };

  const start = async (expiresIn: string) => {
    store = await fresh();
    zalo = await startZalo({ clock: new WallClock(0), expiresIn, receipts: 'never', echo: 'never' });
    await zalo.person(USER).follows();
    return zalo.settings();
  };
  const sender = (name: string, settings: object, sends: number, aheadMs = 0, restMs = 10) => {
    const child = spawn(
      process.execPath,
      [script, store!.where, name, JSON.stringify(settings), String(sends), String(aheadMs), String(restMs)],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    children.push(child);
    const lines: string[] = [];
    const reader = createInterface({ input: child.stdout! }).on('line', (line) => lines.push(line));
    return { child, lines, ended: Promise.all([once(child, 'exit'), once(reader, 'close')]) };
  };
  afterEach(async () => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
    await zalo.close();
    store?.remove();
  });

  test('four of them over many renewals use no refresh token twice', async () => {
    const settings = await start(expiresIn);
    if (missing()) return;
    const four = ['a', 'b', 'c', 'd'].map((name) => sender(name, settings, sends, 0, restMs));
    await Promise.all(four.map(({ ended }) => ended));
    const uses = [...zalo.oauth.uses.values()];
    const lines = four.flatMap((one) => one.lines);
    const accepted = lines.filter((line) => line.startsWith('accepted')).length;
    process.stdout.write(
      `${uses.length} renewals under four processes, ${accepted} of ${lines.length} sends at once\n`,
    );
    expect(uses.length).toBeGreaterThan(1);
    expect(uses.every((times) => times === 1)).toBe(true);
    expect(lines.filter((line) => line.startsWith('alarm'))).toEqual([]);
    expect(accepted).toBeGreaterThan(lines.length / 2);
  }, 60_000);

  test('kill -9 after the rotation: the next process calls the staff and does not spend the token again', async () => {
    const settings = await start('1000');
    if (missing()) return;
    const first = sender('first', settings, 1);
    await first.ended;
    expect(first.lines).toEqual(['accepted ']);
    // due at 800 seconds; killed as soon as Zalo has rotated, before its answer is out
    const second = sender('second', settings, 1, 801_000);
    zalo.oauth.hooks.rotated = () => void second.child.kill('SIGKILL');
    await second.ended;
    expect(second.child.signalCode).toBe('SIGKILL');
    delete zalo.oauth.hooks.rotated;
    // the dead one's lease has run out, the old token's time has not
    const third = sender('third', settings, 2, 850_000);
    await third.ended;
    expect(third.lines).toEqual([
      expect.stringContaining('the refresh token is spent'),
      expect.stringMatching(/^later /),
      expect.stringMatching(/^later /),
    ]);
    expect([...zalo.oauth.uses.values()]).toEqual([1, 1]);
    const anew = sender('fourth', { ...settings, ZALO_REFRESH_TOKEN: zalo.oauth.consent() }, 1);
    await anew.ended;
    expect(anew.lines).toEqual(['accepted ']);
  }, 60_000);
});
