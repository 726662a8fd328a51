/**
 * How fast every platform is answered, 500 events/s mixed over Zalo, Messenger, Telegram, SMS and the web, everything durable, against a
 * real server process with fakes in the place of the platforms; then Messenger and Telegram alone, ours and bottender's from memory:
 *   npm run bench:channels -- [events a second] [seconds]
 * bottender is installed into .cache/bottender by the bench itself, without its scripts.
 */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbedded, storesOf } from '../data';
import { packageRoot } from '../data/package-root';
import { escaped, signed } from '../test/fakes/graph-hooks';
import { FakeEsms } from '../test/fakes/sms-http';
import { VirtualClock } from '../test/fakes/virtual-clock';
import { APP_ID, APP_SECRET, OA_ID, OA_SECRET } from '../test/fakes/zalo';
import { fakeWebhook } from '../test/fakes/zalo-webhook';
import { startPlatforms } from '../test/lab/platforms';
import { bundled, eventually, freePort, isReady, scratch, startServer } from '../test/processes';

const QUESTION = 'TD PP05000974006 1 10 2016';
const PEOPLE = 200;
const BOTTENDER = '1.5.5';
const CHANNELS = ['zalo', 'messenger', 'telegram', 'sms', 'web'] as const;
type Channel = (typeof CHANNELS)[number];

/** What the process of the platforms tells of them. */
interface Facts {
  settings: Record<string, string>;
  secret: string;
  page: string;
  telegramSecret: string;
}

interface Event {
  channel: Channel;
  method: 'GET' | 'POST';
  path: string;
  headers: Record<string, string>;
  body: string;
  /** by which the store knows it; not told for the web */
  kept?: { conversation: string; eventId: string };
}

const personOf = { zalo: (n: number) => `24684588${n}`, messenger: (n: number) => `73402264${n}` };

/** The platforms in a process of their own, everybody's window open. They take what is sent, and call nobody. */
const platformsApart = async (): Promise<void> => {
  const { zalo, graph, settings, telegramSecret } = await startPlatforms();
  graph.state.echoes = 'off';
  for (let n = 0; n < PEOPLE; n += 1) {
    await zalo.person(personOf.zalo(n)).follows();
    graph.person(personOf.messenger(n)).says('chào');
  }
  process.send!({ settings, secret: graph.app.secret, page: graph.page.id, telegramSecret } satisfies Facts);
  process.once('disconnect', () => process.exit());
};

let serial = 0;
const zaloHook = fakeWebhook({
  clock: new VirtualClock(Date.now()),
  appId: APP_ID,
  oaSecret: OA_SECRET,
  appSecret: APP_SECRET,
});
const esms = new FakeEsms();
const json = { 'content-type': 'application/json' };

/** The next event of a channel, signed as its platform does; paths of bottender are its own. */
const makeEvent = (channel: Channel, who: number, facts: Facts, web: { path: string; token: string }[]): Event => {
  serial += 1;
  const post = { channel, method: 'POST' as const, headers: json };
  const at = (id: string, eventId: string) => ({ kept: { conversation: `${channel}:${id}`, eventId } });
  switch (channel) {
    case 'zalo': {
      const id = personOf.zalo(who);
      const { body, headers } = zaloHook.signed({
        app_id: APP_ID,
        event_name: 'user_send_text',
        timestamp: String(Date.now()),
        sender: { id },
        recipient: { id: OA_ID },
        user_id_by_app: `55${id}`,
        message: { msg_id: `bench${serial}`, text: QUESTION },
      });
      return { ...post, path: '/hooks/zalo', headers, body, ...at(id, `bench${serial}`) };
    }
    case 'messenger': {
      const id = personOf.messenger(who);
      const message = { mid: `m_bench${serial}`, text: QUESTION };
      const event = { sender: { id }, recipient: { id: facts.page }, timestamp: Date.now(), message };
      const body = escaped({ object: 'page', entry: [{ id: facts.page, time: Date.now(), messaging: [event] }] });
      const headers = {
        ...json,
        'x-hub-signature-256': signed(facts.secret, body),
        'x-hub-signature': sha1(facts, body),
      };
      return { ...post, path: '/hooks/messenger', headers, body, ...at(`${facts.page}:${id}`, message.mid) };
    }
    case 'telegram': {
      const id = 700_000 + who;
      const from = { id, is_bot: false, first_name: 'Lan', language_code: 'vi' };
      const date = Math.floor(Date.now() / 1000);
      const message = { message_id: serial, date, chat: { id, type: 'private' }, from, text: QUESTION };
      const headers = { ...json, 'x-telegram-bot-api-secret-token': facts.telegramSecret };
      const body = JSON.stringify({ update_id: serial, message });
      return { ...post, path: '/hooks/telegram', headers, body, ...at(String(id), `u${serial}`) };
    }
    case 'sms': {
      const sender = `8491${String(who).padStart(7, '0')}`;
      const path = esms.moUrl({ sender, content: QUESTION, smsid: `bench${serial}` });
      return { channel, method: 'GET', path, headers: {}, body: '', ...at(sender, `esms:bench${serial}`) };
    }
    default: {
      const { path, token } = web[who % web.length]!;
      const channelData = { clientActivityID: `bench${serial}` };
      const body = JSON.stringify({ type: 'message', text: QUESTION, from: { id: 'b' }, channelData });
      return { ...post, path, headers: { ...json, authorization: `Bearer ${token}` }, body };
    }
  }
};

/** the older signature, which the platform sends too and bottender reads */
const sha1 = ({ secret }: Facts, body: string): string =>
  `sha1=${createHmac('sha1', secret).update(body).digest('hex')}`;

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** Ms from the request's writing to the end of its answer. */
const deliver = (server: string, { method, path, headers, body }: Event): Promise<{ ms: number; status: number }> =>
  new Promise((done) => {
    const begun = performance.now();
    const end = (status: number) => done({ ms: performance.now() - begun, status });
    const sending = request(
      `${server}${path}`,
      { method, agent, headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) } },
      (response) => {
        response.resume();
        response.on('end', () => end(response.statusCode ?? 0));
      },
    );
    sending.on('error', () => end(0));
    sending.end(body);
  });

interface Measured {
  latencies: Map<Channel, number[]>;
  refused: number;
  /** how late the generator itself was with an event, ms */
  late: number[];
}

/** Open loop: so many events a second, whether or not earlier ones are answered. */
const load = async (server: string, events: Event[], perSecond: number): Promise<Measured> => {
  const latencies = new Map<Channel, number[]>();
  const late: number[] = [];
  const asked: Promise<void>[] = [];
  let refused = 0;
  const begun = performance.now();
  for (const [n, event] of events.entries()) {
    const due = begun + (n * 1000) / perSecond;
    while (performance.now() < due) await pause(Math.max(0, due - performance.now()));
    late.push(performance.now() - due);
    const take = deliver(server, event).then(({ ms, status }) => {
      latencies.set(event.channel, [...(latencies.get(event.channel) ?? []), ms]);
      if (status !== 200) refused += 1;
    });
    asked.push(take);
  }
  await Promise.all(asked);
  return { latencies, refused, late };
};

const percentile = (values: number[], p: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
};
const say = (line: string) => process.stdout.write(`${line}\n`);
const report = (name: string, values: number[]): void => {
  const ms = (p: number) => percentile(values, p).toFixed(1).padStart(7);
  say(`${name.padEnd(44)}${String(values.length).padStart(7)}   p50${ms(0.5)} ms   p99${ms(0.99)} ms`);
};
const reportAll = (name: string, { latencies, refused, late }: Measured): number[] => {
  const all = [...latencies.values()].flat();
  report(name, all);
  for (const [channel, values] of latencies) report(`  ${channel}`, values);
  say(
    `  answered otherwise than 200: ${refused}; the generator itself was late by p99 ${percentile(late, 0.99).toFixed(1)} ms`,
  );
  return all;
};

const conversations = (server: string) =>
  Promise.all(
    Array.from({ length: PEOPLE }, async () => {
      const response = await fetch(`${server}/v3/directline/conversations`, { method: 'POST' });
      const { conversationId, token } = (await response.json()) as { conversationId: string; token: string };
      return { path: `/v3/directline/conversations/${conversationId}/activities`, token };
    }),
  );

const startBottender = async (facts: Facts): Promise<{ address: string; child: ChildProcess; up(): Promise<void> }> => {
  const folder = join(packageRoot(), '.cache/bottender');
  const command = join(folder, 'node_modules/.bin/bottender');
  mkdirSync(folder, { recursive: true });
  if (!existsSync(command)) {
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', `bottender@${BOTTENDER}`];
    execFileSync('npm', args, { cwd: folder, stdio: 'inherit' });
  }
  const { settings } = facts;
  const channels = {
    messenger: {
      enabled: true,
      path: '/hooks/messenger',
      pageId: facts.page,
      accessToken: settings.MESSENGER_PAGE_TOKEN,
      appId: settings.MESSENGER_APP_ID,
      appSecret: facts.secret,
      verifyToken: settings.MESSENGER_VERIFY_TOKEN,
      origin: settings.GRAPH_API_BASE,
    },
    telegram: {
      enabled: true,
      path: '/hooks/telegram',
      accessToken: settings.TELEGRAM_BOT_TOKEN,
      origin: settings.TELEGRAM_API_BASE,
    },
  };
  writeFileSync(
    join(folder, 'bottender.config.js'),
    `module.exports = ${JSON.stringify({ session: { driver: 'memory', stores: { memory: { maxSize: 5000 } } }, channels })};`,
  );
  writeFileSync(
    join(folder, 'index.js'),
    `module.exports = async (context) => { await context.sendText('Tien dien ky 1 thang 10/2016 cua ma PP05000974006 la 500550 dong.'); };`,
  );
  const port = await freePort();
  const child = spawn(process.execPath, [command, 'start', '--port', String(port)], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '', NODE_ENV: 'production' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const address = `http://127.0.0.1:${port}`;
  // what it has no channel for it never answers: the handshake is asked for
  const handshake = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.verify_token': settings.MESSENGER_VERIFY_TOKEN ?? '',
    'hub.challenge': '17',
  });
  const up = async () => {
    await eventually(async () => ((await fetch(`${address}/hooks/messenger?${handshake}`)).ok ? true : undefined));
  };
  return { address, child, up };
};

const main = async (perSecond: number, seconds: number): Promise<void> => {
  const busy = () => loadavg()[0]!.toFixed(1);
  say(
    `node ${process.version}, embedded SQLite, WAL, synchronous=FULL; load and platforms on the same machine; load average ${busy()}`,
  );
  const platforms = fork(process.argv[1]!, ['platforms']);
  const [facts] = (await once(platforms, 'message')) as [Facts];
  const place = scratch();
  const { cli } = await bundled();
  const server = await startServer(cli, {
    ...facts.settings,
    DATA_DIR: place.dir,
    SAMPLE_CUSTOMERS: '200',
    TOKENS_PER_MINUTE: '100000',
    MESSAGES_PER_MINUTE: '10000000',
  });
  let peer: ChildProcess | undefined;
  try {
    await isReady(server.address);
    const web = await conversations(server.address);
    const events = (channels: readonly Channel[], count: number) =>
      Array.from({ length: count }, (_, n) =>
        makeEvent(channels[n % channels.length]!, Math.floor(n / channels.length) % PEOPLE, facts, web),
      );
    const two = ['messenger', 'telegram'] as const;
    const rate = perSecond * 0.4;
    await load(server.address, events(CHANNELS, perSecond), perSecond / 4);
    const ours = await load(server.address, events(two, rate * seconds), rate);
    const mixed = events(CHANNELS, perSecond * seconds);
    const measured = await load(server.address, mixed, perSecond);
    await server.kill('SIGKILL');
    reportAll(`${perSecond} events/s over five channels`, measured);
    say(await stillThere(place.dir, mixed));

    let theirs: Measured | undefined;
    try {
      const bottender = await startBottender(facts);
      peer = bottender.child;
      await bottender.up();
      await load(bottender.address, events(two, perSecond), perSecond / 4);
      theirs = await load(bottender.address, events(two, rate * seconds), rate);
    } catch (error) {
      say(`bottender ${BOTTENDER} cannot be measured here: ${String(error)}`);
    }
    const own = reportAll(`Messenger and Telegram, ${rate} events/s, ours, durable`, ours);
    if (theirs) {
      const other = reportAll(`the same, bottender ${BOTTENDER}, from memory`, theirs);
      const ratio = (p: number) => (percentile(own, p) / percentile(other, p)).toFixed(2);
      say(`ours takes ${ratio(0.5)} times as long at p50, ${ratio(0.99)} times at p99`);
    }
    say(`load average ${busy()} at the end`);
  } finally {
    peer?.kill();
    if (server.child.exitCode === null && server.child.signalCode === null) await server.kill();
    platforms.disconnect();
    place.remove();
    rmSync(dirname(cli), { recursive: true, force: true });
  }
};

/** After kill -9 with the last answer: which of the events that were answered are in the store. */
const stillThere = async (dir: string, events: Event[]): Promise<string> => {
  const stores = storesOf(await openEmbedded({ dir }), 'sample');
  const asked = events.flatMap(({ kept }) => kept ?? []);
  let [found, turned] = [0, 0];
  for (const { conversation, eventId } of asked) {
    if (await stores.inbox.find(conversation, eventId)) found += 1;
    if (await stores.turns.byCause(conversation, eventId)) turned += 1;
  }
  await stores.close();
  return `  killed (-9) after the last answer: ${found} of ${asked.length} events of the four platforms in the store, ${turned} with their turn`;
};

const [first, second] = process.argv.slice(2);
if (first === 'platforms') void platformsApart();
else void main(Number(first ?? 500), Number(second ?? 20));
