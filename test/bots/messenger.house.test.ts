import { BOTS } from '../../bots';
import { registerHooks } from '../../app/hooks';
import { makeHouse } from '../../app/house';
import { makeHttp } from '../../app/http';
import { readSettings } from '../../app/settings';
import type { Channel, ChannelName } from '../../core/channel';
import { openEmbedded, storesOf } from '../../data';
import { demoCustomers, sampleUtility } from '../../data/sample';
import { loadUtility } from '../../data/utilities';
import { createUnderstanding } from '../../nlu';
import { computeBill } from '../../tariff';
import { unconnectedChannels } from '../channels';
import { type GraphFake, startGraph } from '../fakes/graph';
import { modelForTests } from '../nlu/model';
import { scratch } from '../processes';
import { portsFor, SETTINGS } from './messenger-harness';

const NOW = '2026-03-12T02:00:00.000Z';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const CODE = demoCustomers()[0]!;

const store = scratch();
const logged: unknown[] = [];
let graph: GraphFake;
let house: ReturnType<typeof makeHouse>;
let stores: ReturnType<typeof storesOf>;
let http: ReturnType<typeof makeHttp>;
let people = 0;

beforeAll(async () => {
  graph = await startGraph({ now: Date.parse(NOW) });
  const utility = await loadUtility('sample');
  stores = storesOf(await openEmbedded({ dir: store.dir }), utility.id);
  for (const { kind, rows } of sampleUtility({
    until: { year: 2026, month: 3 },
    now: NOW,
    customers: 40,
    utility,
    computeBill,
  }))
    await stores.writer.put(kind, rows as never);
  await stores.boots.start({ id: 'house', role: 'serve', pid: process.pid, host: 'test', at: NOW });
  const settings = readSettings({ ...SETTINGS, GRAPH_API_BASE: graph.base, MESSENGER_TIMEOUT_MS: '300', PORT: '0' });
  const log = Object.fromEntries(
    ['info', 'debug', 'error', 'fatal', 'warn'].map((level) => [level, (...line: unknown[]) => logged.push(line)]),
  ) as never;
  const messenger = BOTS.messenger.connect(settings as never, {
    ...portsFor({ clock: () => new Date(graph.now()), utility }),
    picture: async () => ({ bytes: Buffer.from('PNG'), contentType: 'image/png' }),
  });
  const channels: Record<ChannelName, Channel> = { ...unconnectedChannels(), messenger };
  house = makeHouse({
    channels,
    opened: { stores, utility, boot: 'house', secret: 's', hash: (text) => text, close: () => stores.close() },
    understand: createUnderstanding(modelForTests()),
    log,
    settings,
    clock: () => new Date(graph.now()),
  });
  http = makeHttp({ settings, log, ready: () => true });
  await registerHooks(http, { channels: [messenger], accept: house.accept, ready: () => true, log });
  const address = await http.listen({ port: 0, host: '127.0.0.1' });
  expect(await graph.hooks.subscribe(`${address}/hooks/messenger`, 'another token')).toBe(false);
  expect(await graph.hooks.subscribe(`${address}/hooks/messenger`, graph.verifyToken)).toBe(true);
});
afterAll(async () => {
  await http.close();
  await house.worker.idle(true);
  await stores.close();
  await graph.stop();
  store.remove();
});

/** Everything that is on its way arrives, both ways, until nothing moves. */
const settle = async (how: Parameters<GraphFake['hooks']['deliver']>[0] = {}) => {
  do {
    await graph.hooks.deliver(how);
    await house.worker.idle(true);
  } while (await moving());
};
const moving = async () => graph.hooks.due() > 0;
/** What waits in the outbox is tried again. */
const sweep = async () => {
  const stop = await house.watch(HOUR);
  stop();
  await settle();
};
const someone = () => graph.person(String(2000 + (people += 1)));
const rowsOf = async (psid: string) => {
  const conversation = `messenger:${graph.page.id}:${psid}`;
  const turns = await stores.turns.since(conversation, 0, 100);
  return { conversation, turns };
};

test('a whole conversation about a bill', async () => {
  const an = someone();
  an.says('tien dien thang nay cua toi bao nhieu');
  await settle();
  console.log(JSON.stringify(an.shown, null, 1));
  an.says(`ma cua toi la ${CODE}`);
  await settle();
  console.log(JSON.stringify(an.shown.slice(1), null, 1));
});
