import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCampaign } from '../../app/draws';
import { importTickets } from '../../app/tickets';
import { fileReport } from '../../data/import';
import { stage } from './stage';

const SAMPLE = join(__dirname, '../../data/import/samples/tickets.csv');

test('tickets of call centre, counter, partner and quiz share the counter; again, they keep their numbers', async () => {
  const here = await stage();
  here.at('2026-11-25T00:00:00Z');
  const campaigns = ['mau-2026-lien-he', 'mau-2026-lien-ket', 'mau-2026-do-vui'].map(here.campaign);
  for (const one of campaigns) await openCampaign(here.drawers, one);
  const run = (file: string) =>
    importTickets({
      file,
      stores: here.stores,
      campaigns,
      hash: here.drawers.hash,
      report: fileReport(join(here.dir, 'bad.jsonl')),
    });
  expect(await run(SAMPLE)).toEqual({ outcome: 'imported', rows: 4, bad: 0, added: 4, same: 0, nowhere: 0 });
  expect(await run(SAMPLE)).toMatchObject({ added: 0, same: 4 });
  const [phone, counter] = await here.stores.tickets.after('mau-2026-lien-he', 0, 10);
  expect([phone, counter]).toMatchObject([
    { number: 1, customer: 'PP01000000101', channel: 'phone', want: 'outage.report' },
    { number: 2, name: 'Nguyễn Thị Hoa', channel: 'counter' },
  ]);
  expect(JSON.stringify(counter!.who)).not.toContain('0912345678');
  expect(await here.stores.tickets.after('mau-2026-do-vui', 0, 10)).toMatchObject([{ points: 9, guess: 120 }]);

  const bad = join(here.dir, 'bad.csv');
  writeFileSync(bad, 'at,channel,number,customer,name\n2026-12-02 08:15,phone,1,PP01,\n2026-12-02,phone,2,PP01000000101,\n2026-12-02 08:00,phone,3,,\n2026-12-02 08:00,phone,4,PP01000000101,=cmd()\n2027-05-02 08:00,phone,5,PP01000000101,A\n'); // biome-ignore format: a file
  expect(await run(bad)).toMatchObject({ rows: 5, bad: 4, added: 0, nowhere: 1 });
  await here.close();
});

describe('tickets keep what every import promises', () => {
  let here: Awaited<ReturnType<typeof stage>>;
  beforeEach(async () => {
    here = await stage();
    here.at('2026-11-25T00:00:00Z');
    await openCampaign(here.drawers, here.campaign('mau-2026-lien-he'));
  });
  afterEach(() => here.close());

  const at = (name: string) => join(here.dir, name);
  const load = (name: string, content?: string | Buffer) => {
    if (content !== undefined) writeFileSync(at(name), content);
    return importTickets({
      file: at(name),
      stores: here.stores,
      campaigns: [here.campaign('mau-2026-lien-he')],
      hash: here.drawers.hash,
      report: fileReport(at('bad.jsonl')),
    });
  };
  const reported = () =>
    readFileSync(at('bad.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const HEADING = 'at,channel,number,customer';
  const ROW = '2026-12-02 08:15,phone,1,PP01000000101';

  test.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /empty/],
    ['UTF-16', Buffer.from(`\ufeff${HEADING}\n`, 'utf16le'), /UTF-16/],
    ['compressed', Buffer.from('1f8b0800', 'hex'), /compressed/],
    ['another encoding', Buffer.from(`${HEADING},name\n${ROW},L\xea Hoa\n`, 'latin1'), /Line 2 is not UTF-8/],
    [
      'without a required column',
      'at,number,customer\n2026-12-02 08:15,1,PP01000000101\n',
      /^The heading lacks "channel"\.$/,
    ],
    ['without a heading', `${ROW}\n`, /^The first line is no heading of tickets/],
    ['of another kind', 'code,name,address,unit\n', /^The first line is no heading of tickets/],
  ])('a file that cannot be meant ends in one sentence: %s', async (_name, content, sentence) => {
    const failing = load('tickets.csv', content);
    await expect(failing).rejects.toMatchObject({ code: 'BAD_FILE', message: expect.stringMatching(sentence) });
  });

  test('so do a folder, a pipe, another name, and its own report', async () => {
    mkdirSync(at('folder.csv'));
    await expect(load('folder.csv')).rejects.toMatchObject({ code: 'BAD_FILE', message: 'That is no file.' });
    execFileSync('mkfifo', [at('pipe.csv')]);
    await expect(load('pipe.csv')).rejects.toMatchObject({ code: 'BAD_FILE', message: 'That is no file.' });
    await expect(load('tickets.xls', `${HEADING}\n`)).rejects.toMatchObject({ code: 'BAD_FILE' });
    await expect(load('bad.jsonl', '{"at":1}\n')).rejects.toMatchObject({ code: 'BAD_PATH' });
  });

  test('a bad row is reported with its column, and a reason that names the form', async () => {
    const rows = [
      `${ROW},`,
      '2026-12-02,phone,2,PP01000000101,',
      ',phone,3,PP01000000101,',
      '2026-12-02 08:15,phone,4,,',
      '2026-12-02 08:15,Điện thoại,5,PP01000000101,',
      '2026-12-02 08:15,phone,6,PP01000000101,=cmd()',
    ];
    expect(await load('t.csv', `\ufeff\n${HEADING},name\n${rows.join('\n')}\n`)).toMatchObject({
      rows: 6,
      added: 1,
      bad: 5,
    });
    expect(reported()).toEqual([
      {
        file: 't.csv',
        line: 4,
        column: 'at',
        reason: 'is no instant, written 2026-03-01 08:00 or 2026-03-01T08:00:00+07:00',
      },
      { file: 't.csv', line: 5, column: 'at', reason: 'is empty' },
      { file: 't.csv', line: 6, column: 'customer', reason: 'is empty, and so is phone: nobody brings it' },
      { file: 't.csv', line: 7, column: 'channel', reason: 'is no name: lower-case letters, digits, dots, dashes' },
      { file: 't.csv', line: 8, column: 'name', reason: 'begins like a spreadsheet formula' },
    ]);
  });

  test('JSONL has the same fields', async () => {
    const good = {
      at: '2026-12-02T08:15:00+07:00',
      channel: 'phone',
      number: 'A 1',
      customer: 'PP01000000101',
      phone: null,
    };
    const rows = [good, { ...good, number: ' =1' }, { ...good, points: '9' }, { ...good, secret: 1 }];
    const sum = await load('t.jsonl', rows.map((row) => JSON.stringify(row)).join('\n'));
    expect(sum).toMatchObject({ rows: 4, added: 1, bad: 3 });
    expect(reported().map(({ line, column }) => [line, column])).toEqual([
      [2, 'number'],
      [3, 'points'],
      [4, undefined],
    ]);
  });
});
