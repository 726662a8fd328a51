import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { DirectLineClient } from '../direct-line-client';
import { bundled, eventually, isReady, type ServerProcess, scratch, startServer } from '../processes';

const BUILT = join(__dirname, '../../dist/web/assets/fonts/be-vietnam-pro-400.ttf');
let store: ReturnType<typeof scratch>;
let server: ServerProcess;

beforeAll(async () => {
  const { cli } = await bundled();
  store = scratch();
  server = await startServer(cli, { DATA_DIR: store.dir, SAMPLE_CUSTOMERS: '40' });
  await isReady(server.address);
}, 60_000);
afterAll(async () => {
  await server.kill('SIGTERM');
  store.remove();
});

test('a reply over Direct Line carries the address of its picture, which the server draws', async () => {
  if (!existsSync(BUILT)) throw new Error('the fonts of the pictures are not built: npm run build');
  const client = await DirectLineClient.start(() => server.address);
  const id = await client.post('mã qr đóng tiền PC05020234567', 'qr');
  const reply = await eventually(async () =>
    (await client.activities()).find(({ replyToId, attachments }) => replyToId === id && attachments?.length),
  );
  const [file] = reply!.attachments!;
  expect(file).toEqual({
    contentType: 'image/png',
    contentUrl: expect.stringMatching(/^\/pictures\/[\w-]+\.png$/),
    name: expect.stringMatching(/^Mã VietQR chuyển .* đ vào tài khoản/),
  });
  const response = await fetch(server.address + file!.contentUrl);
  expect(response.status).toBe(200);
  expect(PNG.sync.read(Buffer.from(await response.arrayBuffer())).width).toBe(720);
  expect((await fetch(`${server.address}${file!.contentUrl!.replace('.png', 'x.png')}`)).status).toBe(404);
});
