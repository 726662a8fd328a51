import { execFileSync, spawnSync } from 'node:child_process';
import { DirectLineClient } from '../direct-line-client';
import { bundled, eventually, isReady, type ServerProcess, scratch, startServer } from '../processes';

let cli: string;
let store: ReturnType<typeof scratch>;
let server: ServerProcess;
const env = () => ({ DATA_DIR: store.dir, SAMPLE_CUSTOMERS: '40' });

beforeAll(async () => {
  ({ cli } = await bundled());
  store = scratch();
  server = await startServer(cli, env());
}, 60_000);
afterAll(async () => {
  await server.kill('SIGTERM');
  store.remove();
});

const json = async (path: string, init?: RequestInit) => {
  const response = await fetch(server.address + path, init);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

test('it listens while the sample is being loaded, and says when it is ready', async () => {
  expect(await json('/healthz')).toEqual({ status: 200, body: { ok: true } });
  const first = await json('/readyz');
  expect([200, 503]).toContain(first.status);
  if (first.status === 503) expect(first.body).toMatchObject({ error: { code: 'NOT_READY' } });
  await isReady(server.address);
  expect(await json('/readyz')).toEqual({ status: 200, body: { ready: true } });
});

test('an unknown address is refused in Vietnamese with a code', async () => {
  expect(await json('/nothing')).toMatchObject({
    status: 404,
    body: { error: { code: 'NOT_FOUND', message: expect.stringMatching(/^Dạ/) } },
  });
});

test('a conversation over Direct Line; the same message sent twice is one message with one id', async () => {
  const client = await DirectLineClient.start(() => server.address);
  const [one, two] = await Promise.all([client.post('NTD PP05000974006', 'a'), client.post('NTD PP05000974006', 'a')]);
  expect(one).toBe(two);
  const replies = await eventually(async () => {
    const found = (await client.activities()).filter(({ replyToId }) => replyToId === one);
    return found.length > 0 ? found : undefined;
  });
  expect(replies.map(({ text }) => text).join('\n')).toContain('715.000');
  expect((await client.activities()).filter(({ from }) => from?.role !== 'bot')).toHaveLength(1);
});

test('a second server on the same embedded store is refused with one sentence', () => {
  const { status, stderr } = spawnSync(process.execPath, [cli, 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'error', ...env() },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(/^STORE_BUSY: .+\n$/);
});

test.each([
  [{ PORT: 'x' }, /^BAD_SETTING: PORT: .+\n$/],
  [{ UTILITY: 'nowhere' }, /^BAD_SETTING: .+\n$/],
  [{ NLU_MODEL: '/nonexistent', DATA_DIR: 'own' }, /^MODEL_BROKEN: There is no model \/nonexistent\. .*NLU_MODEL.+\n$/],
  [{ NLU_MODEL: '/nonexistent', UTILITY: 'nowhere' }, /^BAD_SETTING: .+\n$/],
  [{ DATA_DIR: '/proc/nowhere' }, /^STORE_UNREACHABLE: .+\n$/],
])('%j stops the start with one clear sentence', (wrong, sentence) => {
  const { status, stderr, stdout } = spawnSync(process.execPath, [cli, 'serve'], {
    cwd: store.dir,
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...env(), ...wrong },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toMatch(sentence);
});

test('SIGTERM answers what was accepted, then ends with code 0', async () => {
  const own = scratch();
  const serving = await startServer(cli, { DATA_DIR: own.dir, SAMPLE_CUSTOMERS: '40' });
  await isReady(serving.address);
  const client = await DirectLineClient.start(() => serving.address);
  const id = await client.post('con ơi', 'piece');
  await serving.kill('SIGTERM');
  expect(serving.child.exitCode).toBe(0);
  const again = await startServer(cli, { DATA_DIR: own.dir, SAMPLE_CUSTOMERS: '40' });
  await isReady(again.address);
  const later = Object.assign(Object.create(Object.getPrototypeOf(client)), client, {
    where: () => again.address,
  }) as DirectLineClient;
  expect((await later.activities()).filter(({ replyToId }) => replyToId === id)).not.toEqual([]);
  await again.kill('SIGTERM');
  own.remove();
});

test('SIGTERM while the sample is being loaded stops the loading too', async () => {
  const own = scratch();
  const where = { DATA_DIR: own.dir, SAMPLE_CUSTOMERS: '3000' };
  const serving = await startServer(cli, where);
  await serving.kill('SIGTERM');
  expect(serving.child.exitCode).toBe(0);
  const { stdout } = spawnSync(process.execPath, [cli, 'store', 'status', '--json'], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', ...where },
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect(JSON.parse(stdout).records.customers).toBeLessThan(3000);
  own.remove();
}, 60_000);

test('a disk that takes nothing: not ready, messages are refused with 503; afterwards all is well by itself', async () => {
  const client = await DirectLineClient.start(() => server.address);
  const posting = (id: string) =>
    fetch(`${server.address}/v3/directline/conversations/${client.conversation}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'NTD PP05000974006', channelData: { clientActivityID: id } }),
    });
  // what a full disk is to a process: no file of it can grow
  const files = (bytes: string) => execFileSync('prlimit', [`--pid=${server.child.pid}`, `--fsize=${bytes}:`]);
  files('0');
  const refused = await posting('full');
  expect(refused.status).toBe(503);
  expect(await refused.json()).toMatchObject({
    error: { code: 'STORE_UNREACHABLE', message: expect.stringMatching(/^Dạ/) },
  });
  expect(await eventually(async () => (await json('/readyz')).body.error)).toMatchObject({ code: 'STORE_UNREACHABLE' });
  files('unlimited');
  await isReady(server.address);
  expect((await posting('full')).status).toBe(200);
});
