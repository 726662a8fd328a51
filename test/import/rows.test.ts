import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordKind } from '../../core/records';
import { openEmbedded, storesOf } from '../../data';
import { type BadRow, fileReport, type ImportOptions, importFile } from '../../data/import';
import type { Stores } from '../../data/stores';

const ticks = { elapsed: () => performance.now(), rest: () => new Promise<void>((resolve) => setImmediate(resolve)) };
const SAMPLES = join(__dirname, '../../data/import/samples');
const CODE = 'PP01000777001';

let folder: string;
let stores: Stores;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rows-'));
  stores = storesOf(await openEmbedded({ dir: join(folder, 'store') }), 'sample');
});
afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true });
});

const load = async (kind: RecordKind, name: string, content: string | Buffer, options: Partial<ImportOptions> = {}) => {
  const file = join(folder, name);
  await writeFile(file, content);
  return importFile({
    kind,
    file,
    writer: stores.writer,
    meta: stores.meta,
    report: fileReport(join(folder, 'bad.jsonl')),
    ticks,
    ...options,
  });
};
const reported = async (): Promise<BadRow[]> =>
  (await readFile(join(folder, 'bad.jsonl'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('a stray byte', () => {
  const HEADING = 'customer,year,month,net,tax,total';
  const rows = (count: number, broken: number[]) =>
    Buffer.from(
      [
        HEADING,
        ...Array.from(
          { length: count },
          (_, n) => `PP0100${String(n).padStart(7, '0')},2026,10,1,0,1${broken.includes(n) ? '\xff' : ''}`,
        ),
        '',
      ].join('\n'),
      'latin1',
    );

  test('among rows of plain ASCII is one bad row', async () => {
    expect(await load('debts', 'debts.csv', rows(800, [500]))).toMatchObject({ rows: 800, added: 799, bad: 1 });
    expect(await reported()).toEqual([{ file: 'debts.csv', line: 502, reason: 'is not UTF-8' }]);
    expect(await load('debts', 'few.csv', rows(3, [0]))).toMatchObject({ rows: 3, bad: 1 });
  });

  test('in the first row of a JSONL file is one bad row, too', async () => {
    const good = await readFile(join(SAMPLES, 'readings.jsonl'));
    const broken = Buffer.concat([Buffer.from('{"how":"\xff"}\n', 'latin1'), good]);
    expect(await load('readings', 'readings.jsonl', broken)).toMatchObject({ rows: 3, added: 2, bad: 1 });
  });

  test('in most rows, or in the heading, is another encoding', async () => {
    const most = load('debts', 'debts.csv', rows(8, [0, 1, 2, 4, 5, 6]));
    await expect(most).rejects.toMatchObject({
      code: 'BAD_FILE',
      message: expect.stringMatching(/^Line 2 is not UTF-8/),
    });
    const heading = Buffer.concat([Buffer.from([0xff, 0x61, 0x0a]), rows(5, [])]);
    await expect(load('debts', 'debts.csv', heading)).rejects.toThrow(/^Line 1 is not UTF-8/);
  });
});

test('a missing heading is said without a cell of the row in its place', async () => {
  const [, ...rows] = (await readFile(join(SAMPLES, 'customers.csv'), 'utf8')).split('\n');
  for (const content of [rows.join('\n'), `"${rows[0]!.replaceAll(',', '","')}",code,code\n`]) {
    const failing = load('customers', 'khach.csv', content);
    await expect(failing).rejects.toMatchObject({
      code: 'BAD_FILE',
      message: expect.stringMatching(
        /^The first line is no heading of customers: of its \d+ columns .* unknown\. It lacks "/,
      ),
    });
    const { message } = (await failing.catch((error) => error)) as Error;
    for (const cell of ['Mẫu', 'Phượng', CODE, 'PP0100', 'household']) expect(message).not.toContain(cell);
  }
});

test.each([
  ['csv', ''],
  ['csv', '\ufeff'],
  ['jsonl', ''],
])('blank lines before the first line of a .%s file are passed over', async (ending, mark) => {
  const sample = await readFile(join(SAMPLES, `readings.${ending}`), 'utf8');
  const summary = await load('readings', `readings.${ending}`, `${mark}\n \r\n${sample}{"x":1},,\n`);
  expect(summary).toMatchObject({ rows: 3, added: 2, bad: 1 });
  expect(await reported()).toMatchObject([{ line: sample.split('\n').length + 2 }]);
});

describe('text that begins like a formula is refused, whatever is not seen before it', () => {
  const customer = (name: string) =>
    `${JSON.stringify({ code: CODE, name, address: 'Đà Nẵng', unit: 'PP0100' })}\n${JSON.stringify({ code: CODE, name: 'A', address: 'a =1', unit: 'PP0100' })}\n`;

  test.each(['=1', ' =HYPERLINK(1)', '\u00a0@x', '\t+1', '\ufeff-1', '\u200b=1', '\n=1', '\u2003\u202e=1'])(
    '%j',
    async (name) => {
      expect(await load('customers', 'customers.jsonl', customer(name))).toMatchObject({ added: 1, bad: 1 });
      expect(await reported()).toMatchObject([{ column: 'name', reason: 'begins like a spreadsheet formula' }]);
    },
  );

  test.each(['bills.csv', 'bills.jsonl'])('in the decision of a line: %s', async (name) => {
    const line = { tier: 1, kwh: 1, price: 1, amount: 1, decision: ' =cmd()' };
    const content = name.endsWith('csv')
      ? `customer,year,month,lines,total\n${CODE},2026,10,1:1:1:1: =cmd(),1\n`
      : `${JSON.stringify({ customer: CODE, year: 2026, month: 10, lines: [line], total: 1 })}\n`;
    expect(await load('bills', name, content)).toMatchObject({ added: 0, bad: 1 });
    expect(await reported()).toMatchObject([{ column: 'lines', reason: expect.stringMatching(/formula/) }]);
  });
});

describe('rows against sense', () => {
  test.each<[string, RecordKind, string, string, string]>([
    ['a unit that is not of the code', 'customers', 'code,name,address,unit', 'A,Huế,PP0200', 'unit'],
    [
      'a reading before the one before',
      'readings',
      'customer,point,year,month,old,new,kwh,read_on,previous_on',
      `${CODE}001,2026,10,1,2,1,2026-10-05,2026-10-06`,
      'previous_on',
    ],
    [
      'a bill that ends before it begins',
      'bills',
      'customer,year,month,total,from,to',
      '2026,10,1,2026-10-05,2026-10-04',
      'to',
    ],
    [
      'the same on paper',
      'bills',
      'customer,year,month,total,from,to,printed',
      '2026,10,1,2026-10-05,2026-10-04,true',
      'to',
    ],
  ])('%s', async (_name, kind, heading, row, column) => {
    expect(await load(kind, 'x.csv', `${heading}\n${CODE},${row}\n`)).toMatchObject({ added: 0, bad: 1 });
    expect(await reported()).toMatchObject([{ line: 2, column }]);
  });

  test('but two days may be one', async () => {
    const bill = `customer,year,month,total,from,to\n${CODE},2026,10,1,2026-10-05,2026-10-05\n`;
    expect(await load('bills', 'x.csv', bill)).toMatchObject({ added: 1, bad: 0 });
  });
});

describe('a reason names the form that is expected', () => {
  test.each([
    [
      'planned_outages.csv',
      /2026-11-25 07:30/,
      '2026-11-25',
      'from',
      'is no instant, written 2026-03-01 08:00 or 2026-03-01T08:00:00+07:00',
    ],
    ['readings.csv', /2026-10-05/, '2026-02-30', 'read_on', 'is no day, written YYYY-MM-DD'],
    ['readings.csv', /,read\n/, ',guessed\n', 'how', 'is none of read, estimated'],
    ['readings.csv', /,KT,1,/, ',KT,0,', 'multiplier', 'must be more than 0'],
    ['bills.csv', /,\n/, ',javascript:1\n', 'invoice_url', 'is no web address that begins with http:// or https://'],
    ['incidents.csv', /Một phần/, 'x'.repeat(1000), 'area', 'has more than 1000 characters'],
    ['readings.jsonl', /"year":2026/, '"year":"2026"', 'year', 'is no number, written without quotes'],
    ['readings.jsonl', /"kwh":112/, '"kwh":"112"', 'kwh', 'is no number, written without quotes'],
    ['readings.jsonl', /"KT"/, '5', 'register', 'is no text, written in quotes'],
    ['readings.jsonl', /"2026-11-05"/, '"05/11/2026"', 'readOn', 'is no day, written YYYY-MM-DD'],
  ])('%s: %s', async (name, pattern, by, column, reason) => {
    const sample = await readFile(join(SAMPLES, name), 'utf8');
    await load(name.replace(/\..*/, '') as RecordKind, name, sample.replace(pattern, by));
    expect(await reported()).toMatchObject([{ column, reason }]);
  });

  test('within a line of a bill, too', async () => {
    const bill = { customer: CODE, year: 2026, month: 10, total: 1 };
    const line = { tier: 1, kwh: 1, price: 1, amount: 1, decision: 'x' };
    const rows = [
      { ...line, price: '1' },
      { ...line, decision: undefined },
      { ...line, amount: 0.5 },
      { ...line, kwh: -1 },
    ]
      .map((wrong) => JSON.stringify({ ...bill, lines: [line, wrong] }))
      .concat(JSON.stringify({ ...bill, lines: 5 }), JSON.stringify({ ...bill, printed: 'yes' }));
    await load('bills', 'bills.jsonl', rows.join('\n'));
    expect((await reported()).map(({ column, reason }) => `${column} ${reason}`)).toEqual([
      'lines part 2, price is no number, written without quotes',
      'lines part 2, decision is missing',
      'lines part 2, amount is no whole number, written without quotes',
      'lines part 2, kwh is less than 0',
      'lines is no list, written in square brackets',
      'printed is not true or false, written without quotes',
    ]);
  });
});

test('an import of nothing but bad rows is stopped as soon, and gone on with', async () => {
  const content = `customer,year,month,net,tax,total\n${'x,2026,10,1,1,2\n'.repeat(60_000)}`;
  const stop = new AbortController();
  const first = await load('debts', 'debts.csv', content, { signal: stop.signal, onProgress: () => stop.abort() });
  expect(first.outcome).toBe('stopped');
  expect(first.rows).toBeLessThan(30_000);
  const { rows, bad, outcome, wentOnAfter } = await importFile({
    kind: 'debts',
    file: join(folder, 'debts.csv'),
    writer: stores.writer,
    meta: stores.meta,
    report: fileReport(join(folder, 'bad.jsonl')),
    ticks,
  });
  expect({ rows, bad, outcome, wentOnAfter }).toEqual({
    rows: 60_000,
    bad: 60_000,
    outcome: 'imported',
    wentOnAfter: first.rows + 1,
  });
  expect((await reported()).map(({ line }) => line)).toEqual(Array.from({ length: 60_000 }, (_, n) => n + 2));
});
