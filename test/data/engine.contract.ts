import type { Collection, Doc, Engine, Query, Shape } from '../../data/engine';
import { FINDING_MS } from '../mongo';

/** How a suite gets its engine: `undefined` where there is no server, and then each test says so and ends. */
export interface Place {
  /** another engine on the same store, as another process would have */
  open(): Promise<Engine | undefined>;
  remove(): Promise<void>;
}

interface Thing extends Doc {
  owner: string;
  name: string | null;
  size?: number | null;
  ready?: boolean;
  note?: string;
  holds?: unknown;
}

export const THINGS: Shape<Thing> = {
  name: 'contract.things',
  version: 1,
  indexes: [
    { name: 'name', fields: ['owner', 'name'], unique: 'sparse' },
    { name: 'size', fields: ['owner', 'size'] },
    { name: 'order', fields: ['owner', 'size', 'note'] },
    { name: 'ready', fields: ['ready'] },
  ],
};

const OTHERS: Shape<Thing> = { name: 'contract.others', version: 1, indexes: [] };

const WHOLE: Shape<Thing> = {
  name: 'contract.whole',
  version: 1,
  indexes: [{ name: 'name', fields: ['owner', 'name'], unique: true }],
};

const N = 24;
const times = <R>(n: number, make: (i: number) => R): R[] => Array.from({ length: n }, (_, i) => make(i));

export const engineContract = (place: () => Promise<Place>): void => {
  let here: Place;
  const opened: Engine[] = [];
  let owners = 0;

  beforeAll(async () => {
    here = await place();
  }, FINDING_MS);
  afterAll(async () => {
    for (const engine of opened) await engine.close();
    await here.remove();
  });

  const open = async (): Promise<Engine | undefined> => {
    const engine = await here.open();
    if (engine) opened.push(engine);
    return engine;
  };
  /** Each test has an owner of its own on the shared collection. */
  const check = (title: string, body: (things: Collection<Thing>, owner: string, engine: Engine) => Promise<void>) => {
    test(title, async () => {
      const engine = opened[0] ?? (await open());
      if (engine) await body(engine.collection(THINGS), `o${++owners}`, engine);
      else console.warn(`not exercised, there is no server: ${title}`);
    });
  };

  check('names its kind and what the server says it is', async (_, __, engine) => {
    expect(engine.describe).toMatch(/^(SQLite|MongoDB|SecantusDB) \d/);
    expect(engine.kind).toBe(engine.describe.startsWith('SQLite') ? 'embedded' : 'mongodb');
  });

  check(
    'an insert after another is made only if that one is, whatever is under way at once',
    async (things, owner, engine) => {
      const others = engine.collection(OTHERS);
      const thing = (n: number): Thing => ({ id: `${owner}/${n}`, owner, name: `${n}` });
      const pairs = times(N, (n) => {
        const earlier = things.insert(thing(n % (N / 2)));
        return { earlier, later: others.insertAfter(earlier, { id: `${owner}/${n}`, owner, name: `${n}` }) };
      });
      for (const { earlier, later } of pairs) {
        const made = (await earlier).is === 'inserted';
        expect((await later).is).toBe(made ? 'inserted' : 'void');
      }
      const made = await Promise.all(pairs.map(({ earlier }) => earlier));
      expect(made.filter(({ is }) => is === 'inserted')).toHaveLength(N / 2);
      expect(await others.getMany(times(N, (n) => `${owner}/${n}`))).toHaveLength(N / 2);
      // one that was made long ago still counts, and the later one keeps its own unique keys
      expect(await others.insertAfter(pairs[0]!.earlier, thing(0))).toEqual({ is: 'conflict', index: 'id' });
    },
  );

  check('keeps a document as it was given', async (things, owner) => {
    const doc: Thing = {
      id: `${owner}/1`,
      owner,
      name: 'a',
      size: null,
      ready: true,
      holds: { list: [1, null, { x: -0.5 }], big: 2 ** 52 },
    };
    expect(await things.insert(doc)).toEqual({ is: 'inserted' });
    expect(await things.get(doc.id)).toEqual(doc);
    expect(await things.get(`${owner}/none`)).toBeUndefined();
    expect((await things.getMany([`${owner}/none`, doc.id])).map(({ id }) => id)).toEqual([doc.id]);
  });

  check('takes odd keys and values', async (things, owner) => {
    const odd = [
      'thường', 'Đom Đóm 🪲', "'", '"', '`', '\\', '/', '|', '%', '%24', '$ne', '$', '.', 'a.b', '..', ' ', '\n', '\u0000', '\u0001',
      'a\u0000b', 'a\u0000c', '\u0001\u0001', '\u0001\u0002', '__proto__', 'constructor', '_bsontype', '_id', 'toBSON', 'null', '0', '{}', '[object Object]',
      "'; DROP TABLE things; --", 'é', 'e\u0301', 'x'.repeat(900),
    ]; // biome-ignore format: a list to be read
    const docs = odd.map(
      (name, i): Thing => ({
        id: `${owner}/${name}`,
        owner,
        name,
        size: i,
        note: name,
        holds: JSON.parse(`{${JSON.stringify(name)}: {"in": [{${JSON.stringify(name)}: ${JSON.stringify(name)}}]}}`),
      }),
    );
    expect(await things.insertMany(docs)).toEqual(docs.map(() => ({ is: 'inserted' })));
    for (const doc of docs) {
      const back = await things.get(doc.id);
      expect(back).toEqual(doc);
      expect(JSON.stringify(back?.holds)).toBe(JSON.stringify(doc.holds));
      expect(await things.first({ index: 'name', equal: { owner, name: doc.name } })).toEqual(doc);
      expect(await things.update(doc.id, { name: doc.name }, { holds: doc.holds, note: 'seen' })).toBe(true);
    }
    expect(await things.count({ index: 'name', equal: { owner } })).toBe(odd.length);
    expect((await things.find({ index: 'size', equal: { owner } })).map(({ holds }) => JSON.stringify(holds))).toEqual(
      docs.map(({ holds }) => JSON.stringify(holds)),
    );
  });

  check('keeps deep and large documents', async (things, owner) => {
    let deep: unknown = { $odd: 1 };
    for (let i = 0; i < 300; i++) deep = i % 2 ? [deep] : { 'a.b': deep };
    const doc: Thing = { id: `${owner}/1`, owner, name: 'deep', holds: deep, note: 'ề'.repeat(200_000) };
    expect(await things.insert(doc)).toEqual({ is: 'inserted' });
    expect(JSON.stringify(await things.get(doc.id))).toBe(JSON.stringify(doc));
  });

  check('takes what looks like an operator for a plain value', async (things, owner) => {
    await things.insert({ id: `${owner}/1`, owner, name: 'a' });
    const hostile = { $ne: null } as unknown as string;
    const ways = [
      () => things.find({ index: 'name', equal: { owner, name: hostile } }),
      () => things.update(`${owner}/1`, { name: { in: [hostile] } }, { note: 'taken' }),
    ];
    for (const way of ways) {
      const found = await way().catch(() => 'refused');
      expect([[], false, 'refused']).toContainEqual(found);
    }
    expect((await things.get(`${owner}/1`))?.note).toBeUndefined();
  });

  check('tells which index a conflict was on, and keeps the first', async (things, owner) => {
    const a: Thing = { id: `${owner}/a`, owner, name: 'a', note: 'first' };
    await things.insert(a);
    expect(await things.insert({ id: `${owner}/b`, owner, name: 'a' })).toEqual({ is: 'conflict', index: 'name' });
    expect(await things.insert({ id: `${owner}/a`, owner, name: 'b' })).toEqual({ is: 'conflict', index: 'id' });
    expect(
      await things.insertMany([
        { id: `${owner}/c`, owner, name: 'c' },
        { id: `${owner}/d`, owner, name: 'a' },
        { id: `${owner}/e`, owner, name: 'e' },
        { id: `${owner}/e`, owner, name: 'f' },
        { id: `${owner}/g`, owner, name: 'g' },
      ]),
    ).toEqual([
      { is: 'inserted' },
      { is: 'conflict', index: 'name' },
      { is: 'inserted' },
      { is: 'conflict', index: 'id' },
      { is: 'inserted' },
    ]);
    expect(await things.get(a.id)).toEqual(a);
    expect(await things.insertMany([])).toEqual([]);
  });

  check('leaves rows with null out of a sparse unique index', async (things, owner) => {
    const docs = times(3, (i): Thing => ({ id: `${owner}/${i}`, owner, name: null, size: 1 }));
    expect(await things.insertMany(docs)).toEqual(docs.map(() => ({ is: 'inserted' })));
    expect(await things.find({ index: 'name', equal: { owner } })).toEqual([]);
    expect(await things.count({ index: 'size', equal: { owner, size: 1 } })).toBe(3);
  });

  check(
    'refuses a document without a field of a unique index, and a change that takes it away',
    async (_, owner, engine) => {
      const kept = engine.collection(WHOLE);
      const whole = { id: `${owner}/whole`, owner, name: 'a' };
      expect(await kept.insert(whole)).toEqual({ is: 'inserted' });
      const without = { id: `${owner}/without`, owner } as Thing;
      const attempts = [
        async () => kept.insert(without),
        async () => kept.insertMany([without]),
        async () => kept.putMany([{ ...without, name: null as never }]),
        async () => kept.update(whole.id, {}, { name: null as never }),
        async () => kept.update(whole.id, {}, { name: undefined as never }),
      ];
      for (const attempt of attempts) await expect(attempt()).rejects.toThrow(TypeError);
      expect(await kept.getMany([whole.id, without.id])).toEqual([whole]);
    },
  );

  check('inserts in order up to the first conflict', async (things, owner) => {
    const thing = (n: number): Thing => ({ id: `${owner}/${n}`, owner, name: `n${n}` });
    expect(await things.insertInOrder([])).toEqual({ inserted: 0 });
    expect(await things.insertInOrder([thing(1), thing(2)])).toEqual({ inserted: 2 });
    expect(await things.insertInOrder([thing(3), { ...thing(2), name: 'new' }, thing(4)])).toEqual({
      inserted: 1,
      index: 'id',
    });
    const taken = { ...thing(6), name: 'n1' };
    expect(await things.insertInOrder([thing(5), taken, thing(7)])).toEqual({ inserted: 1, index: 'name' });
    const kept = await things.getMany(times(8, (n) => `${owner}/${n}`));
    expect(kept.map(({ id }) => id).sort()).toEqual([1, 2, 3, 5].map((n) => `${owner}/${n}`));
  });

  check('processes that insert the same row of numbers in order share it without a gap', async (things, owner) => {
    const rows = times(8, (who) =>
      times(12, (n): Thing => ({ id: `${owner}/${who}/${n}`, owner, name: `${n}`, note: `${who}` })),
    );
    const outcomes = await Promise.all(rows.map((row) => things.insertInOrder(row)));
    const kept = await things.find({ index: 'name', equal: { owner } });
    expect(kept.map(({ name }) => Number(name)).sort((a, b) => a - b)).toEqual(times(12, (n) => n));
    expect(outcomes.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(12);
  });

  check('an update that would break a unique index fails, alone', async (things, owner) => {
    await things.insertMany([
      { id: `${owner}/a`, owner, name: 'a' },
      { id: `${owner}/b`, owner, name: 'b' },
    ]);
    const [broken, other] = await Promise.allSettled([
      things.update(`${owner}/b`, {}, { name: 'a' }),
      things.update(`${owner}/a`, {}, { note: 'kept' }),
    ]);
    expect(broken.status).toBe('rejected');
    expect(other).toEqual({ status: 'fulfilled', value: true });
    expect(await things.get(`${owner}/b`)).toEqual({ id: `${owner}/b`, owner, name: 'b' });
    expect((await things.get(`${owner}/a`))?.note).toBe('kept');
  });

  check('finds by equality, range and order', async (things, owner) => {
    const docs = times(
      10,
      (i): Thing => ({ id: `${owner}/${i}`, owner, name: `n${i}`, size: (i * 7) % 10, note: i % 2 ? 'odd' : 'even' }),
    );
    await things.insertMany([
      ...docs,
      { id: `${owner}/null`, owner, name: 'null', size: null, note: 'none' },
      { id: `${owner}/absent`, owner, name: 'absent' },
    ]);
    const sizes = async (query: Omit<Parameters<typeof things.find>[0], 'equal' | 'index'>) =>
      (await things.find({ index: 'size', equal: { owner }, ...query })).map(({ size }) => size ?? null);
    expect(await sizes({})).toEqual([null, null, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await sizes({ descending: true, limit: 3 })).toEqual([9, 8, 7]);
    expect(await sizes({ range: { from: 3, before: 6 } })).toEqual([3, 4, 5]);
    expect(await sizes({ range: { after: 3, to: 6 } })).toEqual([4, 5, 6]);
    expect(await sizes({ range: { before: 2 } })).toEqual([0, 1]);
    expect(await sizes({ range: { after: 7 }, descending: true })).toEqual([9, 8]);
    expect(await sizes({ limit: 0 })).toEqual([]);
    expect(await things.count({ index: 'size', equal: { owner }, range: { from: 3 } })).toBe(7);
    expect(await things.count({ index: 'size', equal: { owner, size: null } })).toBe(2);
    expect((await things.first({ index: 'size', equal: { owner, size: 4 } }))?.id).toBe(`${owner}/2`);
    expect(await things.first({ index: 'size', equal: { owner, size: 99 } })).toBeUndefined();
    expect(await things.size()).toBeGreaterThanOrEqual(12);
  });

  check('orders by the fields after the equality, texts by their bytes', async (things, owner) => {
    const notes = ['b', 'a', 'Z', 'đ', '😀', '\uffee'];
    await things.insertMany(notes.map((note, i) => ({ id: `${owner}/${i}`, owner, name: `n${i}`, size: 1, note })));
    await things.insert({ id: `${owner}/first`, owner, name: 'first', size: 0, note: 'z' });
    const found = await things.find({ index: 'order', equal: { owner } });
    expect(found.map(({ note }) => note)).toEqual(['z', 'Z', 'a', 'b', 'đ', '\uffee', '😀']);
    const before = await things.find({ index: 'order', equal: { owner, size: 1 }, range: { before: 'b' } });
    expect(before.map(({ note }) => note)).toEqual(['Z', 'a']);
  });

  check('finds by a boolean', async (things, owner) => {
    await things.insertMany([
      { id: `${owner}/t`, owner, name: 't', ready: true },
      { id: `${owner}/f`, owner, name: 'f', ready: false },
    ]);
    const ready = await things.find({ index: 'ready', equal: { ready: true } });
    expect(ready.filter((thing) => thing.owner === owner).map(({ id }) => id)).toEqual([`${owner}/t`]);
    expect(await things.update(`${owner}/f`, { ready: true }, { note: 'x' })).toBe(false);
    expect(await things.update(`${owner}/f`, { ready: false }, { ready: true })).toBe(true);
  });

  check('refuses a query that no declared index serves', async (things, owner) => {
    const refused: Query[] = [
      { index: 'colour', equal: { owner } },
      { index: 'size', equal: { size: 1 } },
      { index: 'size', equal: { owner, name: 'a' } },
      { index: 'size', equal: { owner, size: 1, note: 'a' } },
      { index: 'size', equal: { owner, size: 1 }, range: { from: 1 } },
      { index: 'size', equal: { owner: undefined as unknown as string } },
    ];
    for (const query of refused) {
      await expect(things.find(query)).rejects.toThrow('no declared index serves');
      await expect(things.count(query)).rejects.toThrow('no declared index serves');
      await expect(things.claim(query, {}, { note: 'x' })).rejects.toThrow('no declared index serves');
    }
  });

  check('updates under a condition', async (things, owner) => {
    const id = `${owner}/1`;
    await things.insert({ id, owner, name: 'a', size: 5, note: 'x' });
    expect(await things.update(id, { size: 4 }, { note: 'y' })).toBe(false);
    expect(await things.update(id, { size: 5, note: 'x' }, { note: 'y' })).toBe(true);
    expect(await things.update(id, { size: { in: [1, 2] } }, { note: 'z' })).toBe(false);
    expect(await things.update(id, { size: { in: [1, 5] } }, { size: 6, note: undefined })).toBe(true);
    expect(await things.get(id)).toEqual({ id, owner, name: 'a', size: 6 });
    expect(await things.update(id, { note: null }, { size: null })).toBe(true);
    expect(await things.update(id, { size: { before: 1 } }, { size: 7 })).toBe(true);
    expect(await things.update(id, { size: { before: 7 } }, { note: 'z' })).toBe(false);
    expect(await things.update(id, { size: { before: 8 } }, { note: 'z' })).toBe(true);
    expect(await things.update(id, { note: { before: 'z' } }, { size: 0 })).toBe(false);
    expect(await things.update(`${owner}/none`, {}, { note: 'z' })).toBe(false);
    expect(await things.find({ index: 'size', equal: { owner, size: 7 } })).toEqual([
      { id, owner, name: 'a', size: 7, note: 'z' },
    ]);
    expect(await things.updateMany([id, id, `${owner}/none`], { note: 'z' }, { size: 8 })).toBe(1);
    expect(await things.updateMany([], {}, { size: 9 })).toBe(0);
    expect(await things.delete(id)).toBe(true);
    expect(await things.delete(id)).toBe(false);
    expect(await things.find({ index: 'size', equal: { owner } })).toEqual([]);
  });

  check('puts many: added, changed, same', async (things, owner) => {
    const docs = times(300, (i): Thing => ({ id: `${owner}/${i}`, owner, name: `n${i}`, size: i, holds: { i } }));
    expect(await things.putMany(docs)).toEqual({ added: 300, changed: 0, same: 0 });
    const again = docs.map((doc, i) => (i % 3 ? doc : { ...doc, size: i + 1000 }));
    expect(await things.putMany([...again, { id: `${owner}/new`, owner, name: 'new' }])).toEqual({
      added: 1,
      changed: 100,
      same: 200,
    });
    expect(await things.count({ index: 'size', equal: { owner }, range: { from: 1000 } })).toBe(100);
    expect(await things.putMany([])).toEqual({ added: 0, changed: 0, same: 0 });
  });

  check('reads its own writes, and so does another process', async (things, owner) => {
    const other = (await open())!.collection(THINGS);
    for (let i = 0; i < N; i++) {
      const id = `${owner}/${i}`;
      await things.insert({ id, owner, name: `n${i}`, size: i });
      expect(await things.count({ index: 'size', equal: { owner } })).toBe(i + 1);
      expect((await other.get(id))?.size).toBe(i);
      await other.update(id, { size: i }, { size: 100 + i });
      expect((await things.first({ index: 'size', equal: { owner, size: 100 + i } }))?.id).toBe(id);
    }
  });

  check('many insert one unique key at once: one wins', async (things, owner) => {
    const other = (await open())!.collection(THINGS);
    for (let round = 0; round < 5; round++) {
      const outcomes = await Promise.all(
        times(N, (i) =>
          (i % 2 ? things : other).insert({ id: `${owner}/${round}/${i}`, owner, name: `n${round}`, size: i }),
        ),
      );
      expect(outcomes.filter(({ is }) => is === 'inserted')).toHaveLength(1);
      expect(outcomes.filter((o) => o.is === 'conflict' && o.index === 'name')).toHaveLength(N - 1);
      const kept = await things.find({ index: 'name', equal: { owner, name: `n${round}` } });
      expect(kept.map(({ size }) => size)).toEqual([outcomes.findIndex(({ is }) => is === 'inserted')]);
    }
  });

  check('many update under one condition at once: one wins', async (things, owner) => {
    const other = (await open())!.collection(THINGS);
    const id = `${owner}/1`;
    await things.insert({ id, owner, name: 'a', size: 0 });
    for (let round = 0; round < 5; round++) {
      const outcomes = await Promise.all(
        times(N, (i) => (i % 2 ? things : other).update(id, { size: round }, { size: round + 1, note: `${i}` })),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      expect(await things.get(id)).toMatchObject({ size: round + 1, note: `${outcomes.indexOf(true)}` });
    }
  });

  check('many claim at once: each document goes to one, in order', async (_, owner, engine) => {
    const queue: Shape<Thing> = { ...THINGS, name: `contract.queue-${owner}` };
    const things = engine.collection(queue);
    const other = (await open())!.collection(queue);
    const first = { index: 'size', equal: { owner } };
    const claimers = 14;
    await things.insertMany(times(10, (i) => ({ id: `${i}`, owner, name: `n${i}`, size: 10 - i })));
    const claims = await Promise.all(
      times(claimers, (i) => (i % 2 ? things : other).claim(first, { note: null }, { note: `c${i}` })),
    );
    expect(new Set(claims.map((claim) => claim?.id)).size).toBe(11);
    expect(claims.filter(Boolean)).toHaveLength(10);
    claims.forEach((claim, i) => {
      if (claim) expect(claim.note).toBe(`c${i}`);
    });
    await things.putMany(times(120, (i) => ({ id: `m${i}`, owner, name: `m${i}`, size: 1000 + i, note: 'busy' })));
    await things.insertMany(times(2, (i) => ({ id: `last${i}`, owner, name: `last${i}`, size: 5000 + i })));
    const next = await things.claim(first, { note: null }, { note: 'mine' });
    expect(next).toEqual({ id: 'last0', owner, name: 'last0', size: 5000, note: 'mine' });
    const newest = await things.claim({ ...first, descending: true }, { note: { in: ['mine', null] } }, { size: 1 });
    expect(newest?.id).toBe('last1');
    expect(await things.claim(first, { note: 'none' }, { note: 'mine' })).toBeUndefined();
  });

  check('writes of one caller, awaited one after the other, take effect in order among many', async (things, owner) => {
    await Promise.all(
      times(N, async (i) => {
        const id = `${owner}/${i}`;
        await things.insert({ id, owner, name: `n${i}`, size: 0 });
        for (let size = 0; size < 5; size++) expect(await things.update(id, { size }, { size: size + 1 })).toBe(true);
      }),
    );
    expect(await things.count({ index: 'size', equal: { owner, size: 5 } })).toBe(N);
  });

  check('migrates older documents when they are read or changed', async (_, owner, engine) => {
    const first: Shape<Doc & { name: string }> = {
      name: `contract.old-${owner}`,
      version: 1,
      indexes: [{ name: 'name', fields: ['name'] }],
    };
    await engine.collection(first).insertMany([
      { id: '1', name: 'an' },
      { id: '2', name: 'binh' },
    ]);
    const third: Shape<Doc & { name: string; full: string; length: number }> = {
      name: first.name,
      version: 3,
      indexes: [{ name: 'name', fields: ['name'] }],
      migrations: {
        1: (old) => ({ ...old, full: `${old.name}!` }),
        2: (old) => ({ ...old, length: (old.full as string).length }),
      },
    };
    const later = (await open())!.collection(third);
    expect(await later.get('1')).toEqual({ id: '1', name: 'an', full: 'an!', length: 3 });
    expect(await later.find({ index: 'name', equal: { name: 'binh' } })).toEqual([
      { id: '2', name: 'binh', full: 'binh!', length: 5 },
    ]);
    expect(await later.update('2', { length: 5 }, { full: 'Bình' })).toBe(true);
    expect(await later.get('2')).toEqual({ id: '2', name: 'binh', full: 'Bình', length: 5 });
    expect(await later.claim({ index: 'name', equal: {} }, { length: 3 }, { length: 4 })).toEqual({
      id: '1',
      name: 'an',
      full: 'an!',
      length: 4,
    });
  });

  check('takes up an index that a later version declares', async (_, owner, engine) => {
    const plain: Shape<Doc & { name: string; size: number }> = {
      name: `contract.plain-${owner}`,
      version: 1,
      indexes: [{ name: 'by', fields: ['name'] }],
    };
    await engine.collection(plain).insertMany([
      { id: '1', name: 'a', size: 2 },
      { id: '2', name: 'b', size: 1 },
    ]);
    const indexed = (await open())!.collection({
      ...plain,
      indexes: [
        { name: 'by', fields: ['size'] },
        { name: 'unique', fields: ['name'], unique: true },
      ],
    });
    expect((await indexed.find({ index: 'by', equal: {} })).map(({ id }) => id)).toEqual(['2', '1']);
    expect(await indexed.insert({ id: '3', name: 'a', size: 3 })).toEqual({ is: 'conflict', index: 'unique' });
  });
};
