import { createConnection } from 'mongoose';
import { openMongo, storesOf } from '../../data';
import type { OutboxRow } from '../../data/stores';
import { FINDING_MS, mongoDatabase } from '../mongo';

/** What goes over the wire to MongoDB for one turn, by the driver's own command monitoring. */

type Command = Record<string, unknown>;
const NOW = 1_780_000_000_000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

beforeAll(mongoDatabase, FINDING_MS);

test('the durable path of a turn takes at most 6 round trips, majority and journalled, each filter by an index', async () => {
  const uri = await mongoDatabase();
  if (!uri) return console.warn('not exercised, there is no server: the commands of a turn');
  let commands: Command[] = [];
  const engine = await openMongo({
    uri: `${uri}${uri.includes('?') ? '&' : '?'}w=1&journal=false`,
    onCommand: ({ command }) => commands.push(command),
  });
  const standIn = !engine.describe.startsWith('MongoDB');
  const connection = await createConnection(uri).asPromise();
  closing.push(
    () => connection.dropDatabase(),
    () => connection.close(),
    () => engine.close(),
  );
  const { inbox, turns, outbox, lookups, reports, ...stores } = storesOf(engine, 'contract');
  const as = { pool: 'serve', by: 'boot', leaseMs: 1000, now: NOW };

  const answer = async (seq: number) => {
    const address = { channel: 'web' as const, conversation: 'c', person: 'p' };
    const heard = { type: 'message' as const, text: 'tiền điện' };
    const { event, kept } = inbox.accept({ address, eventId: `e${seq}`, activity: heard }, as);
    await kept;
    if (seq === 1) await turns.last('c');
    const id = `c|${seq}`;
    const said = [0, 1].map((n) => ({ type: 'message' as const, text: `${n}` }));
    const memory = { pronouns: { customer: 'anh/chị', us: 'em' }, houses: [], facts: [] };
    const state = { version: 1 as const, memory, frames: [], lastSaid: said };
    const turn = {
      id,
      conversation: 'c',
      seq,
      cause: event.eventId,
      heardIds: [event.eventId],
      heard: [heard],
      said,
      orders: [],
      state,
      at: '2026-03-02T02:00:00.000Z',
    };
    expect(await turns.commit(turn)).toBe('kept');
    const rows = said.map((wire, n): OutboxRow => {
      const key = `${id}:${n}.0`;
      return {
        id: key,
        conversation: 'c',
        key,
        turn: id,
        address,
        wire,
        state: 'claimed',
        order: 1,
        open: 1,
        heardAt: 0,
        pool: 'serve',
        dueAt: NOW,
        attempts: 0,
        leaseBy: 'boot',
        leaseUntil: NOW + 1000,
      };
    });
    await outbox.settleSent(await outbox.enqueue(rows));
    await inbox.done([event]);
  };
  const names = () => commands.map((command) => Object.keys(command)[0]);

  await answer(1);
  commands = [];
  await answer(2);
  expect(names()).toEqual(['insert', 'insert', 'insert', 'update', 'update']);
  expect(commands.map(({ writeConcern }) => writeConcern)).toEqual(commands.map(() => ({ w: 'majority', j: true })));

  const { records, writer } = stores;
  const code = 'PP05000974006';
  await inbox.takeOrphans({ ...as, limit: 10 });
  await inbox.accept(
    { address: { channel: 'web', conversation: 'd', person: 'p' }, eventId: 'e', activity: { type: 'message' } },
    as,
  ).kept;
  await inbox.takeOrphans({ ...as, now: NOW + 5000, limit: 10 });
  await inbox.find('d', 'e');
  await turns.last('c');
  await turns.byCause('c', 'e1');
  await turns.since('c', 0, 10);
  await outbox.takeDue({ ...as, limit: 10 });
  await outbox.byState('sent', 10);
  await lookups.admit({ person: 'p', network: 'n' }, code, new Date(NOW), {
    amounts: true,
    name: 'masked',
    address: 'masked',
    codesPerPerson: 5,
    codesPerNetwork: 50,
    neighbours: 4,
  });
  await reports.latest({ person: 'p', customer: code });
  await reports.openHandOvers(10);
  await records.customer(code);
  await records.points(code);
  await records.bills(code);
  await records.bills(code, { year: 2016, month: 10, period: 1 });
  await records.readings(code, { year: 2016, month: 10 });
  await records.debts(code);
  await records.plannedOutages({ stations: ['T1'] }, '2026-03-02T02:00:00.000Z');
  await records.incidents({ unit: 'PP0500' }, '2026-03-02T02:00:00.000Z');
  const source = { kind: 'sample' as const, name: 'x', at: '2026-03-02T02:00:00.000Z' };
  await writer.put('customers', [
    { source, code, name: 'A', address: 'B', unit: 'PP0500', kind: 'household', households: 1 },
  ]);

  const asked = commands.flatMap((command) => {
    const collection = Object.values(command)[0] as string;
    const { filter, sort, updates } = command as {
      filter?: Command;
      sort?: Command;
      updates?: { q: Command }[];
    };
    if (filter) return [{ collection, filter, sort }];
    return (updates ?? []).map(({ q }) => ({ collection, filter: q, sort: undefined }));
  });
  expect(asked.length).toBeGreaterThan(20);
  for (const { collection, filter, sort } of asked) {
    // the stand-in explains `_id` beside other conditions as a scan, though it answers by `_id`
    const explained = standIn && '_id' in filter ? { _id: filter._id } : filter;
    const find = { find: collection, filter: explained, ...(sort && { sort }) };
    const plan = JSON.stringify(await connection.db!.command({ explain: find, verbosity: 'queryPlanner' }));
    expect([find, /"stage":"(IXSCAN|IDHACK|EXPRESS_\w+)"|EOF/.test(plan), plan.includes('COLLSCAN')]).toEqual([
      find,
      true,
      false,
    ]);
    // the index also gives the order; the stand-in sorts even so
    if (!standIn) expect([find, plan.includes('"stage":"SORT"')]).toEqual([find, false]);
  }
});

test('a server that is not there ends in one clear error, without the address or its password', async () => {
  const uri = 'mongodb://admin:s3cret@127.0.0.1:1/domdom?serverSelectionTimeoutMS=200';
  const error = await openMongo({ uri }).catch((error) => error);
  expect(error.code).toBe('STORE_UNREACHABLE');
  expect(`${error.stack} ${error.cause?.stack} ${JSON.stringify(error)}`).not.toContain('s3cret');
});
