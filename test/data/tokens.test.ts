import { storesOf } from '../../data';
import type { Engine } from '../../data/engine';
import { FINDING_MS } from '../mongo';
import type { Place } from './engine.contract';
import { embeddedPlace, mongoPlace } from './places';

const pair = (n: number) => ({ access: `a${n}`, refresh: `r${n}`, expiresAt: '2026-03-13T02:00:00.000Z' });

describe.each([
  ['the embedded store', embeddedPlace],
  ['MongoDB', mongoPlace],
] as const)('tokens on %s', (_name, place) => {
  let here: Place;
  let engine: Engine | undefined;
  let now = 1_780_000_000_000;
  let names = 0;
  const as = (by: string) => storesOf(engine!, 'contract').tokens({ by, clock: () => new Date(now) });
  /** a name of its own for each test, or none where there is no server, which the run has said */
  const fresh = () => (engine ? `t${++names}` : undefined);

  beforeAll(async () => {
    here = await place();
    engine = await here.open();
  }, FINDING_MS);
  afterAll(async () => {
    await engine?.close();
    await here.remove();
  });

  test('a pair replaces only the version that was read', async () => {
    const name = fresh();
    if (!name) return;
    const tokens = as('x');
    expect(await tokens.read(name)).toBeUndefined();
    expect(await tokens.keep(name, pair(1), 1)).toBe('overtaken');
    expect(await tokens.keep(name, { ...pair(1), spending: true }, 0)).toBe('kept');
    expect(await tokens.keep(name, pair(9), 0)).toBe('overtaken');
    expect(await tokens.read(name)).toEqual({ ...pair(1), spending: true, version: 1 });
    expect(await tokens.keep(name, { ...pair(2), since: '2026-03-12T01:00:00.000Z' }, 1)).toBe('kept');
    expect(await as('y').read(name)).toEqual({ ...pair(2), since: '2026-03-12T01:00:00.000Z', version: 2 });
  });

  test('of fifty that keep at once one wins, at the first pair and at later ones', async () => {
    const name = fresh();
    if (!name) return;
    for (const version of [0, 1, 2]) {
      const outcomes = await Promise.all(
        Array.from({ length: 50 }, (_, n) => as(`p${n}`).keep(name, pair(n), version)),
      );
      expect(outcomes.filter((outcome) => outcome === 'kept')).toHaveLength(1);
      const there = await as('x').read(name);
      expect(there).toMatchObject({ ...pair(outcomes.indexOf('kept')), version: version + 1 });
    }
  });

  test('of fifty that ask for the lease one gets it; it is given back, or runs out', async () => {
    const name = fresh();
    if (!name) return;
    const ask = async () => {
      const got = await Promise.all(Array.from({ length: 50 }, (_, n) => as(`p${n}`).lease(name, 1000)));
      expect(got.filter(Boolean)).toHaveLength(1);
      return `p${got.indexOf(true)}`;
    };
    const first = await ask();
    // neither another nor the holder itself gets it a second time, and a stranger cannot give it back
    await as('stranger').release(name);
    expect(await as(first).lease(name, 1000)).toBe(false);
    await as(first).release(name);
    const second = await ask();
    now += 1001;
    const third = await ask();
    if (second !== third) await as(second).release(name);
    expect(await as('stranger').lease(name, 1000)).toBe(false);
  });

  test('a lease does not stand in the way of the first pair, nor a pair in the way of a lease', async () => {
    const name = fresh();
    if (!name) return;
    expect(await as('x').lease(name, 1000)).toBe(true);
    expect(await as('x').read(name)).toBeUndefined();
    expect(await as('x').keep(name, pair(1), 0)).toBe('kept');
    expect(await as('y').lease(name, 1000)).toBe(false);
    await as('x').release(name);
    expect(await as('y').lease(name, 1000)).toBe(true);
    expect(await as('y').read(name)).toMatchObject({ version: 1 });
  });
});
