import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DirectLineClient } from '../direct-line-client';
import { bundled, eventually, isReady, type ServerProcess, scratch, startServer } from '../processes';

const ROOT = join(__dirname, '../..');
/** some of the wants, whole: training all of them takes longer than a test may */
const WANTS = [
  'bill.lookup', 'debt.lookup', 'outage.planned', 'outage.report', 'service.meter_check', 'service.relocate', 'chat.greet', 'chat.thanks', 'agent.request', 'help.menu',
]; // biome-ignore format: a list

const NEW_WANT = 'service.meter_box';
const PHRASES = `# việc: thay hộp công tơ bị vỡ
hộp công tơ nhà tôi bị vỡ nắp nhờ thay giùm
cái hộp đựng công tơ bể rồi thay cho em với
thay hộp công tơ mới được không
nắp hộp công tơ bị bung mất
hộp điện kế bị nứt toác nước mưa tạt vô
xin thay vỏ hộp công tơ
hộp công tơ rỉ sét hết rồi
hộp công tơ treo trên cột bị sút bản lề
vỏ hộp công tơ bị chuột cắn thủng
mất khóa hộp công tơ rồi em ơi
hộp công tơ nhà bà bể kiếng không thấy số
thay giúp tôi cái hộp composite đựng công tơ
hộp công tơ bị xe đụng bể
cái hộp điện kế cũ quá muốn đổi hộp mới
nắp hộp điện kế rớt mất tiêu
vỏ hộp đồng hồ điện bị cháy sém muốn thay vỏ
hộp công tơ không đóng kín được
hộp đồng hồ điện bể nắp ai thay
cho hỏi thay vỏ hộp công tơ có mất tiền không
hộp đựng công tơ bị mục
`;
const KEPT = `hộp công tơ bể nắp rồi nhờ người tới thay
vỏ hộp đồng hồ điện nứt thay giùm
cái hộp điện kế rỉ sét quá xin đổi hộp
`;

let cli: string;
let place: ReturnType<typeof scratch>;
let server: ServerProcess;
const model = () => join(place.dir, 'model.bin');
const env = () => ({ DATA_DIR: join(place.dir, 'store'), SAMPLE_CUSTOMERS: '40', NLU_MODEL: model() });
const domdom = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'nlu', ...args], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'silent', ...env() },
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`nlu ${args.join(' ')}: ${stderr}`);
  return stdout;
};
const phrases = () => join(place.dir, 'intents');
const kept = () => join(place.dir, 'kept');

beforeAll(async () => {
  ({ cli } = await bundled());
  place = scratch();
  for (const folder of ['store', 'intents', 'kept']) mkdirSync(join(place.dir, folder));
  for (const name of WANTS) {
    cpSync(join(ROOT, `nlu/intents/${name}.txt`), join(phrases(), `${name}.txt`));
    cpSync(join(ROOT, `test/nlu/phrases/${name}.txt`), join(kept(), `${name}.txt`));
  }
  domdom('train', '--phrases', phrases(), '--kept', kept());
  server = await startServer(cli, { ...env(), LOG_LEVEL: 'info' });
  await isReady(server.address);
}, 90_000);
afterAll(async () => {
  await server.kill('SIGTERM');
  place.remove();
});

let asked = 0;
/** what a new customer is answered */
const answer = async (text: string): Promise<string> => {
  const client = await DirectLineClient.start(() => server.address);
  const id = await client.post(text, `ask-${asked++}`);
  return eventually(async () => {
    const replies = (await client.activities()).filter(({ replyToId }) => replyToId === id);
    return replies.length > 0 ? replies.map((reply) => reply.text).join('\n') : undefined;
  });
};
const told = (what: RegExp): Promise<true> =>
  new Promise((resolve) => {
    let log = '';
    const hear = (chunk: Buffer) => {
      log += chunk;
      if (what.test(log)) {
        server.child.stderr!.off('data', hear);
        resolve(true);
      }
    };
    server.child.stderr!.on('data', hear);
  });

const QUESTION = 'hộp công tơ nhà em bể nắp nhờ thay giùm';

test('a care manager’s day: a new want in two files, retrained, reported, understood by the running server', async () => {
  expect(await answer(QUESTION)).not.toContain('hộp công tơ bị vỡ');

  writeFileSync(join(phrases(), `${NEW_WANT}.txt`), PHRASES);
  writeFileSync(join(kept(), `${NEW_WANT}.txt`), KEPT);
  const taken = told(/a new model understands/);
  expect(domdom('train', '--phrases', phrases(), '--kept', kept())).toMatch(/bytes in/);
  const report = domdom('evaluate', '--phrases', kept(), '--charts', join(place.dir, 'charts'));
  expect(report).toMatch(/service\.meter_box +\d/);
  for (const chart of ['calibration', 'confusion'])
    expect(readFileSync(join(place.dir, 'charts', `${chart}.svg`), 'utf8')).toMatch(/^<svg [\s\S]*<\/svg>\n$/);

  await taken;
  // it has no dialog: it is named, and not promised
  expect(await answer(QUESTION)).toMatch(/việc thay hộp công tơ bị vỡ thì em chưa làm được/);
}, 90_000);

test('a model that is cut short leaves the old one at work, and the log says so', async () => {
  const whole = readFileSync(model());
  const alarmed = told(/MODEL_BROKEN/);
  truncateSync(model(), Math.floor(whole.length / 2));
  await alarmed;
  expect(await answer(QUESTION)).toContain('thay hộp công tơ bị vỡ');
  const healed = told(/a new model understands/);
  writeFileSync(model(), whole);
  await healed;
}, 60_000);

test('what was unsure is reviewed masked, and the labels flow into the training files', async () => {
  await answer('abc xyz gì đó mã PP05000974006 gọi 0905123456 nha qwerty');
  const sheet = join(place.dir, 'sheet.txt');
  domdom('review', '--out', sheet);
  const rows = readFileSync(sheet, 'utf8');
  expect(rows).toContain('abc xyz gì đó mã PP00000000000 gọi 0900000000 nha qwerty');
  expect(rows).not.toContain('PP05000974006');
  writeFileSync(sheet, rows.replace(/^ (\| .*abc xyz.*)$/m, 'agent.request $1') + 'no.such | x 0.1 ×1 | tiền điện\n');
  const said = domdom('review', '--accept', sheet, '--phrases', phrases());
  expect(said).toMatch(/^\+ agent\.request: abc xyz/m);
  expect(said).toMatch(/there is no want no\.such/);
  expect(readFileSync(join(phrases(), 'agent.request.txt'), 'utf8')).toContain('abc xyz gì đó mã PP00000000000');
}, 60_000);
