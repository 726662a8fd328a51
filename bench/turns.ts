/**
 * Turns per second and latency from the Direct Line POST to the reply on the socket, against a real server process:
 *   npm run bench:turns -- [--mongodb]
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import WebSocket from 'ws';

const CLI = resolve(__dirname, '../bin/domdom.js');
const QUESTION = 'TD PP05000974006 1 10 2016';

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

interface Result {
  turns: number;
  seconds: number;
  latencies: number[];
}

const percentile = (sorted: number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;

const startServer = async (env: Record<string, string>) => {
  const begun = performance.now();
  const child = spawn(process.execPath, [CLI, 'serve'], {
    env: {
      ...process.env,
      LOG_LEVEL: 'error',
      PORT: '0',
      TOKENS_PER_MINUTE: '100000',
      MESSAGES_PER_MINUTE: '10000000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const address = await new Promise<string>((done, fail) => {
    createInterface({ input: child.stdout }).on('line', (line) => done(/http:\/\/\S+/.exec(line)![0]));
    child.once('exit', () => fail(new Error('the server ended')));
  });
  const listening = performance.now() - begun;
  for (;;) {
    if ((await fetch(`${address}/readyz`)).ok) break;
    await new Promise((next) => setTimeout(next, 20));
  }
  return { child, address, listening, ready: performance.now() - begun };
};

/** One conversation over its socket: post, wait for the reply, note how long it took. */
const open = async (address: string) => {
  const response = await fetch(`${address}/v3/directline/conversations`, { method: 'POST' });
  const { conversationId, token, streamUrl } = (await response.json()) as {
    conversationId: string;
    token: string;
    streamUrl: string;
  };
  const socket = new WebSocket(streamUrl);
  await new Promise((done, fail) => socket.once('open', done).once('error', fail));
  const waiting = new Map<string, () => void>();
  // a reply may overtake the answer to its POST
  const early = new Set<string>();
  socket.on('message', (data) => {
    if (String(data) === '') return;
    for (const { replyToId } of (JSON.parse(String(data)) as { activities: { replyToId?: string }[] }).activities) {
      if (!replyToId) continue;
      const answered = waiting.get(replyToId);
      if (answered) answered();
      else early.add(replyToId);
    }
  });
  let n = 0;
  const path = `/v3/directline/conversations/${conversationId}/activities`;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const post = (body: string): Promise<{ id: string }> =>
    new Promise((done, fail) => {
      const sending = request(`${address}${path}`, { method: 'POST', agent, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => done(JSON.parse(text)));
      });
      sending.on('error', fail).end(body);
    });
  const ask = async (): Promise<number> => {
    const begun = performance.now();
    const clientActivityID = `b${(n += 1)}`;
    const { id } = await post(
      JSON.stringify({ type: 'message', text: QUESTION, from: { id: 'b' }, channelData: { clientActivityID } }),
    );
    if (!early.delete(id)) await new Promise<void>((done) => waiting.set(id, done));
    waiting.delete(id);
    return performance.now() - begun;
  };
  return { ask, close: () => socket.close() };
};

/** Closed loop: each conversation asks again as soon as it is answered. */
const closed = async (address: string, conversations: number, seconds: number): Promise<Result> => {
  const clients = await Promise.all(Array.from({ length: conversations }, () => open(address)));
  await Promise.all(
    clients.map(async ({ ask }) => {
      for (let i = 0; i < 20; i += 1) await ask();
    }),
  );
  const latencies: number[] = [];
  const begun = performance.now();
  const until = begun + seconds * 1000;
  await Promise.all(
    clients.map(async ({ ask }) => {
      while (performance.now() < until) latencies.push(await ask());
    }),
  );
  const took = (performance.now() - begun) / 1000;
  for (const client of clients) client.close();
  return { turns: latencies.length, seconds: took, latencies: latencies.sort((a, b) => a - b) };
};

/** Open loop: so many turns a second, spread over conversations, whether or not earlier ones are answered. */
const paced = async (address: string, perSecond: number, seconds: number): Promise<Result> => {
  const clients = await Promise.all(Array.from({ length: 64 }, () => open(address)));
  const latencies: number[] = [];
  const asked: Promise<void>[] = [];
  const begun = performance.now();
  for (let n = 0; n < perSecond * seconds; n += 1) {
    const due = begun + (n * 1000) / perSecond;
    if (due > performance.now()) await new Promise((next) => setTimeout(next, due - performance.now()));
    asked.push(clients[n % clients.length]!.ask().then((ms) => void latencies.push(ms)));
  }
  await Promise.all(asked);
  const took = (performance.now() - begun) / 1000;
  for (const client of clients) client.close();
  return { turns: latencies.length, seconds: took, latencies: latencies.sort((a, b) => a - b) };
};

const report = (name: string, { turns, seconds, latencies }: Result): void => {
  const ms = (p: number) => percentile(latencies, p).toFixed(1).padStart(7);
  process.stdout.write(
    `${name.padEnd(34)}${(turns / seconds).toFixed(0).padStart(6)} turns/s   p50${ms(0.5)} ms   p99${ms(0.99)} ms\n`,
  );
};

const memory = async (pid: number): Promise<number> => {
  const { readFileSync } = await import('node:fs');
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
};

const main = async (): Promise<void> => {
  const mongodb = process.argv.includes('--mongodb');
  const dir = mkdtempSync(join(tmpdir(), 'domdom-bench-'));
  const { mongoServer, mongoDatabase } = await import('../test/mongo.js');
  const server = mongodb ? await mongoServer() : undefined;
  if (mongodb && !server) throw new Error('no MongoDB server can be had');
  const env: Record<string, string> = server ? { MONGODB_URI: (await mongoDatabase())! } : { DATA_DIR: dir };
  process.stdout.write(
    `store: ${server ? server.describe : 'embedded SQLite, WAL, synchronous=FULL'}; node ${process.version}, the load on the same machine\n`,
  );
  const first = await startServer(env);
  process.stdout.write(
    `start on an empty store: listening after ${first.listening.toFixed(0)} ms, sample loaded after ${(first.ready / 1000).toFixed(1)} s\n`,
  );
  first.child.kill();
  await new Promise((done) => first.child.once('exit', done));
  const { child, address, listening } = await startServer(env);
  process.stdout.write(
    `start on a loaded store: listening after ${listening.toFixed(0)} ms, ${(await memory(child.pid!)).toFixed(0)} MB resident at rest\n`,
  );
  report('closed loop, 1 conversation', await closed(address, 1, 8));
  report('closed loop, 64 conversations', await closed(address, 64, 10));
  report('200 turns/s over 64 conversations', await paced(address, 200, 10));
  process.stdout.write(`${(await memory(child.pid!)).toFixed(0)} MB resident after the load\n`);
  child.kill();
  rmSync(dir, { recursive: true, force: true });
};

void main();
