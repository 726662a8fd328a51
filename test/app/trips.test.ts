import { makeHouse } from '../../app/house';
import { openMongo, storesOf } from '../../data';
import type { MongoCommand } from '../../data/mongo';
import { loadUtility } from '../../data/utilities';
import { createKnowledge } from '../../nlu/knowledge';
import { unconnectedChannels } from '../channels';
import { mongoDatabase } from '../mongo';
import { understandingForTests } from '../nlu/model';

const DURABLE = ['inbox', 'turns', 'outbox'];
const quiet = { info() {}, warn() {}, debug() {}, error: console.error, fatal: console.error };

/** The collection that a command of the driver works on, without the utility's prefix. */
const collectionOf = ({ name, command }: MongoCommand): string => String(command[name]).split('.').at(-1)!;

const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const { close } of opened) await close();
});

test('the durable path of a turn takes at most six round trips', async () => {
  const uri = await mongoDatabase();
  if (!uri) return console.warn('not run: no MongoDB server can be had');
  const seen: MongoCommand[] = [];
  const engine = await openMongo({ uri, onCommand: (command) => seen.push(command) });
  const utility = await loadUtility('sample');
  const stores = storesOf(engine, utility.id);
  opened.push(stores);
  await stores.boots.start({ id: 'boot', role: 'serve', pid: 1, host: 'test', at: '2026-03-02T02:00:00.000Z' });
  const house = makeHouse({
    opened: { stores, utility, boot: 'boot', secret: 's', hash: (text) => text, close: () => stores.close() },
    understand: understandingForTests(),
    knowledge: createKnowledge([]),
    log: quiet as never,
    settings: { LEASE_MS: 30_000, CODES_PER_PERSON: 5, CODES_PER_NETWORK: 50 },
    clock: () => new Date('2026-03-02T02:00:00Z'),
    channels: unconnectedChannels(),
  });
  const address = { channel: 'console' as const, conversation: 'c', person: 'p' };
  const ask = async (text: string, eventId: string) => {
    await house.accept({ address, eventId, activity: { type: 'message', text } });
    await house.worker.idle(true);
  };

  seen.splice(0);
  await ask('xin chào', 'first');
  // indexes are made when a collection is first used, in the background
  const durable = (command: MongoCommand) =>
    command.name !== 'createIndexes' && DURABLE.includes(collectionOf(command));
  const first = seen.splice(0).filter(durable);
  await ask('cảm ơn em', 'second');
  const second = seen.splice(0).filter(durable);
  const told = (commands: MongoCommand[]) => commands.map((command) => `${command.name} ${collectionOf(command)}`);
  process.stderr.write(`round trips of a turn: first ${told(first).join(', ')}; later ${told(second).join(', ')}\n`);
  expect(first.length).toBeLessThanOrEqual(6);
  expect(second.length).toBeLessThan(first.length + 1);
  expect(told(second)).toEqual(
    expect.arrayContaining(['insert inbox', 'insert turns', 'insert outbox', 'update outbox', 'update inbox']),
  );
});
