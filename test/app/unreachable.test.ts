import { startRelay } from '../browser/relay';
import { DirectLineClient } from '../direct-line-client';
import { FINDING_MS, mongoDatabase } from '../mongo';
import { bundled, eventually, isReady, scratch, startServer } from '../processes';

let cli: string;
let uri: string | undefined;
beforeAll(async () => {
  ({ cli } = await bundled());
  uri = await mongoDatabase();
}, FINDING_MS);

test('MongoDB is gone: not ready, messages are refused with 503; it is back, and all is well by itself', async () => {
  if (!uri) return console.warn('not exercised, there is no MongoDB server');
  const [, head, host, rest] = /^(mongodb:\/\/(?:[^@/]*@)?)([^/?,]+)(.*)$/.exec(uri) ?? [];
  if (!host || !rest!.includes('directConnection=true'))
    return console.warn('not exercised, MONGODB_URI names no single server');
  const network = await startRelay();
  network.to(`http://${host}`);
  const { dir, remove } = scratch();
  const server = await startServer(cli, {
    MONGODB_URI: `${head}${new URL(network.url).host}${rest}&serverSelectionTimeoutMS=500`,
    DATA_DIR: dir,
    SAMPLE_CUSTOMERS: '10',
  });
  await isReady(server.address);
  const client = await DirectLineClient.start(() => server.address);
  const posting = () =>
    fetch(`${server.address}/v3/directline/conversations/${client.conversation}/activities`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'message', text: 'xin chào', channelData: { clientActivityID: 'm1' } }),
    });
  const refused = { error: { code: 'STORE_UNREACHABLE', message: expect.stringMatching(/^Dạ/) } };

  network.to('http://127.0.0.1:1');
  network.cut();
  const answer = await posting();
  expect([answer.status, await answer.json()]).toEqual([503, refused]);
  const ready = await eventually(async () => {
    const looked = await fetch(`${server.address}/readyz`);
    return looked.ok ? undefined : looked.json();
  });
  expect(ready).toEqual(refused);

  network.to(`http://${host}`);
  await isReady(server.address);
  expect((await posting()).status).toBe(200);
  await server.kill('SIGTERM');
  network.close();
  remove();
}, 60_000);
