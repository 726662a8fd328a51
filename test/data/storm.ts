import { openEmbedded, storesOf } from '../../data';
import type { Doc, Shape } from '../../data/engine';

/**
 * A process of the tests on a shared embedded store: `node storm.js <what> <dir> <name> [count]`. It prints one line for
 * each thing that has been acknowledged to it, and goes on until it is done or killed.
 */

export interface Drop extends Doc {
  key: string;
  by: string;
  step: number;
}

export const DROPS: Shape<Drop> = {
  name: 'drops',
  version: 1,
  indexes: [
    { name: 'key', fields: ['key'], unique: true },
    { name: 'by', fields: ['by', 'step'] },
  ],
};

const say = (line: string) => process.stdout.write(`${line}\n`);

const storm = async (what: string, dir: string, name: string, count: number): Promise<void> => {
  const engine = await openEmbedded({ dir });
  const drops = engine.collection(DROPS);
  if (what === 'write') {
    say('ready');
    const writer = async (w: number) => {
      for (let n = 0; ; n++) {
        const id = `${name}/${w}/${n}`;
        await drops.insert({ id, key: id, by: name, step: 0 });
        say(`inserted ${id}`);
        await drops.update(id, { step: 0 }, { step: 1 });
        say(`updated ${id}`);
        const pair = ['a', 'b'].map((half) => ({ id: `${id}${half}`, key: `${id}${half}`, by: name, step: 2 }));
        await drops.insertMany(pair);
        say(`paired ${id}`);
      }
    };
    await Promise.all(Array.from({ length: count }, (_, w) => writer(w)));
  }
  if (what === 'race') {
    say('ready');
    for (let n = 0; n < count; n++) {
      const { is } = await drops.insert({ id: `${name}/${n}`, key: `${n}`, by: name, step: n });
      if (is === 'inserted') say(`won ${n}`);
    }
  }
  if (what === 'serve') {
    const stores = storesOf(engine, 'contract');
    await stores.boots.start({
      id: name,
      role: 'serve',
      pid: process.pid,
      host: 'here',
      at: '2026-03-02T02:00:00.000Z',
    });
    say('ready');
    setInterval(() => {}, 1000);
    return;
  }
  if (what === 'import') {
    const { writer } = storesOf(engine, 'contract');
    const source = { kind: 'import' as const, name: 'storm', at: '2026-03-02T02:00:00.000Z' };
    say('ready');
    for (let batch = 0; batch < count; batch++) {
      const rows = Array.from({ length: 1000 }, (_, i) => {
        const customer = `PP0500${String((i * 7919 + batch) % 10_000_000).padStart(7, '0')}`;
        return { source, customer, point: `${customer}001`, year: 2026, month: 1, period: 1, register: 'KT', multiplier: 1, readOn: '2026-01-06', old: 0, new: i, kwh: i, how: 'read' as const };
      }); // biome-ignore format: a row
      await writer.put('readings', rows);
      say(`imported ${batch}`);
    }
  }
  await engine.close();
};

const [what, dir, name, count] = process.argv.slice(2);
if (what && dir && name && require.main === module) void storm(what, dir, name, Number(count ?? 1));
