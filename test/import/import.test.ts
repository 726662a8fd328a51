import { appendFile, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import type { RecordKind } from '../../core/records';
import { openEmbedded, storesOf } from '../../data';
import { type BadRow, COLUMNS, fileReport, type ImportOptions, importFile } from '../../data/import';
import type { RecordWriter, Stores } from '../../data/stores';
import { anyText } from '../any-text';

const ticks = { elapsed: () => performance.now(), rest: () => new Promise<void>((resolve) => setImmediate(resolve)) };
const SAMPLES = join(__dirname, '../../data/import/samples');
const HEADING = 'customer,point,year,month,read_on,old,new,kwh';

let folder: string;
let stores: Stores;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'import-'));
  stores = storesOf(await openEmbedded({ dir: join(folder, 'store') }), 'sample');
});
afterEach(async () => {
  await stores.close();
  await rm(folder, { recursive: true });
});

const code = (n: number) => `PP0100${String(n).padStart(7, '0')}`;
const reading = (n: number, change: Partial<Record<string, string | number>> = {}) =>
  Object.values({
    customer: code(n),
    point: `${code(n)}001`,
    year: 2026,
    month: 10,
    readOn: '2026-10-05',
    old: 100,
    new: 220,
    kwh: 120,
    ...change,
  }).join(',');
const readings = (count: number) => Array.from({ length: count }, (_, n) => reading(n));

const file = async (content: string | Buffer, name = 'readings.csv') => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const csv = (...rows: string[]) => file([HEADING, ...rows, ''].join('\n'));

const load = async (path: string, options: Partial<ImportOptions> = {}, report = join(folder, 'bad.jsonl')) =>
  importFile({
    kind: 'readings',
    file: path,
    writer: stores.writer,
    meta: stores.meta,
    report: fileReport(report),
    ticks,
    ...options,
  });

const reported = async (path = join(folder, 'bad.jsonl')): Promise<BadRow[]> =>
  (await readFile(path, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** The reason of the only bad row, and that the row beside it came in. */
const faultOf = async (row: string) => {
  expect(await load(await csv(row, reading(9)))).toMatchObject({ rows: 2, added: 1, bad: 1 });
  return (await reported())[0]!;
};

describe('the documented formats', () => {
  test.each(['customers', 'points', 'readings', 'bills', 'debts', 'planned_outages', 'incidents'] as const)(
    '%s: the sample comes in whole, and again as before',
    async (kind) => {
      const path = join(SAMPLES, `${kind}.csv`);
      expect(await load(path, { kind })).toMatchObject({ outcome: 'imported', rows: 2, added: 2, bad: 0 });
      expect(await load(path, { kind })).toMatchObject({ rows: 2, added: 0, changed: 0, same: 2, bad: 0 });
      expect(await stores.writer.count(kind)).toBe(2);
    },
  );

  test('JSONL, with the defaults of absent fields', async () => {
    expect(await load(join(SAMPLES, 'readings.jsonl'))).toMatchObject({ rows: 2, added: 2, bad: 0 });
    expect(await stores.records.readings('PP01000777114')).toMatchObject([
      { period: 1, register: 'KT', multiplier: 1, how: 'estimated', readOn: '2026-11-05', kwh: 431 },
    ]);
  });

  test('no sample is left over, and docs/import.md names every column', async () => {
    expect((await readdir(SAMPLES)).sort()).toEqual(
      [...Object.keys(COLUMNS).map((kind) => `${kind}.csv`), 'readings.jsonl', 'tickets.csv'].sort(),
    );
    const page = await readFile(join(__dirname, '../../docs/import.md'), 'utf8');
    for (const [kind, columns] of Object.entries(COLUMNS)) {
      const section = page.split(/^## /m).find((text) => text.startsWith(kind)) ?? '';
      for (const { name } of columns.filter(({ name }) => name !== 'printed')) expect(section).toContain(`\`${name}\``);
    }
  });

  test('records say which file they came from and when it was taken', async () => {
    await load(join(SAMPLES, 'planned_outages.csv'), { kind: 'planned_outages', taken: '2026-11-20T00:00:00.000Z' });
    const [outage] = await stores.records.plannedOutages({ unit: 'PP0100' }, '2026-11-22T00:00:00.000Z');
    expect(outage).toMatchObject({
      from: '2026-11-25T00:30:00.000Z',
      source: { kind: 'import', name: 'planned_outages.csv', at: '2026-11-20T00:00:00.000Z' },
    });
  });

  test.each([
    ['a byte order mark', `\ufeff${HEADING}\n${reading(1)}\n`],
    ['Windows line ends', `${HEADING}\r\n${reading(1)}\r\n`],
    ['no last line end', `${HEADING}\n${reading(1)}`],
    ['blank lines', `${HEADING}\n\n${reading(1)}\n\n  \n`],
    ['semicolons', `${HEADING}\n${reading(1)}\n`.replaceAll(',', ';')],
    ['columns in another order', `kwh,${HEADING.replace(',kwh', '')}\n120,${reading(1).replace(/,120$/, '')}\n`],
    ['quotes', `"${HEADING.replaceAll(',', '","')}"\n"${reading(1).replaceAll(',', '","')}"\n`],
  ])('%s', async (_name, content) => {
    expect(await load(await file(content))).toMatchObject({ rows: 1, added: 1, bad: 0 });
  });
});

describe('a bad row is reported with file, line, column and reason, and the rest comes in', () => {
  test.each<[string, string, string | undefined, RegExp]>([
    ['customer code', reading(1, { customer: 'PA1' }), 'customer', /customer code/],
    ['another point', reading(1, { point: `${code(2)}001` }), 'point', /begin with the customer/],
    ['empty cell', reading(1, { old: '' }), 'old', /empty/],
    ['thousands', reading(1, { new: '1 220' }), 'new', /number/],
    ['decimal comma, quoted', reading(1, { new: '"220,0"' }), 'new', /number/],
    ['month', reading(1, { month: 13 }), 'month', /^is more than 12$/],
    ['day in another order', reading(1, { readOn: '05/10/2026' }), 'read_on', /YYYY-MM-DD/],
    ['day that is none', reading(1, { readOn: '2026-02-30' }), 'read_on', /YYYY-MM-DD/],
    ['negative use', reading(1, { old: 220, new: 100, kwh: -120 }), 'kwh', /^is less than 0$/],
    ['wrong difference', reading(1, { kwh: 121 }), 'kwh', /new - old/],
    ['formula', reading(1, { point: '=1+1' }), 'point', /formula/],
    ['formula with @', reading(1, { point: '@SUM(A1)' }), 'point', /formula/],
    ['too few cells', reading(1).replace(/,120$/, ''), undefined, /7 cells/],
    ['too many cells', `${reading(1)},1`, undefined, /9 cells/],
    ['open quote', `"${reading(1)}`, undefined, /not closed/],
    ['text after a quote', reading(1, { old: '"1"00' }), undefined, /after a closing quote/],
    ['stray quote', reading(1, { old: '1"00' }), undefined, /not quoted/],
    ['NUL', reading(1, { old: '1\0' }), undefined, /NUL/],
    ['control character', reading(1, { point: `${code(1)}\u0007` }), 'point', /control/],
    ['number beyond all meters', reading(1, { new: '999999999999999' }), 'new', /more than 1000000000/],
  ])('%s', async (_name, row, column, reason) => {
    const fault = await faultOf(row);
    expect(fault).toMatchObject({ file: 'readings.csv', line: 2 });
    expect(fault.column).toBe(column);
    expect(fault.reason).toMatch(reason);
  });

  test('a byte that is not UTF-8, among rows that are', async () => {
    const names = (name: Buffer | string) =>
      Buffer.concat([Buffer.from(`${code(1)},`), Buffer.from(name), Buffer.from(',Đà Nẵng,PP0100\n')]);
    const path = await file(
      Buffer.concat([
        Buffer.from('code,name,address,unit\n'),
        names('Lê Hoa'),
        names(Buffer.from([0x4c, 0xea])),
        names('Lê Hoa'),
      ]),
      'customers.csv',
    );
    expect(await load(path, { kind: 'customers' })).toMatchObject({ rows: 3, bad: 1 });
    expect(await reported()).toEqual([{ file: 'customers.csv', line: 3, reason: 'is not UTF-8' }]);
  });

  test.each<[string, RecordKind, string, string, string]>([
    [
      'VAT that is not its rate',
      'bills',
      'customer,year,month,amount,vat_rate,vat,total',
      '2026,10,1000,8,90,1090',
      'vat',
    ],
    [
      'a total that does not add up',
      'bills',
      'customer,year,month,amount,vat_rate,vat,total',
      '2026,10,1000,8,80,1090',
      'total',
    ],
    [
      'a line that is not kWh × price',
      'bills',
      'customer,year,month,lines,total',
      '2026,10,1:50:1984:99201:x,1000',
      'lines',
    ],
    [
      'lines that are not the amount',
      'bills',
      'customer,year,month,lines,amount,total',
      '2026,10,1:50:1984:99200:x,9,9',
      'amount',
    ],
    ['lines of another form', 'bills', 'customer,year,month,lines,total', '2026,10,50 kWh,1000', 'lines'],
    [
      'an invoice that is no web address',
      'bills',
      'customer,year,month,total,invoice_url',
      '2026,10,5,javascript:1',
      'invoice_url',
    ],
    [
      'a debt that does not add up',
      'debts',
      'customer,year,month,net,tax,total',
      '2026,10,650000,65000,715001',
      'total',
    ],
    ['an unknown stage', 'debts', 'customer,year,month,net,tax,total,stage', '2026,10,1,0,1,angry', 'stage'],
    ['printed with lines', 'bills', 'customer,year,month,lines,total,printed', '2026,10,1:1:1:1:x,1,true', 'lines'],
  ])('%s', async (_name, kind, head, row, column) => {
    expect(await load(await file(`${head}\n${code(1)},${row}\n`), { kind })).toMatchObject({ added: 0, bad: 1 });
    expect(await reported()).toMatchObject([{ line: 2, column }]);
  });

  test('but what is printed may disagree with arithmetic', async () => {
    const path = await file(`customer,year,month,net,tax,total,printed\n${code(1)},2016,10,650000,65000,700000,true\n`);
    expect(await load(path, { kind: 'debts' })).toMatchObject({ added: 1, bad: 0 });
  });

  test.each([
    ['is not JSON', '{"customer":'],
    ['is not a JSON object', '[1]'],
    ['has a field that the format does not know', '{"__proto__":{"total":1}}'],
    ['has a field that the format does not know', '{"source":{"kind":"live"}}'],
  ])('JSONL: %s', async (reason, line) => {
    const path = await file(`${await readFile(join(SAMPLES, 'readings.jsonl'), 'utf8')}${line}\n`, 'readings.jsonl');
    expect(await load(path)).toMatchObject({ added: 2, bad: 1 });
    expect(await reported()).toEqual([{ file: 'readings.jsonl', line: 3, reason }]);
  });

  test('a reason repeats nothing of the row, and a CSV report is no formula', async () => {
    const path = await file(`code,name,address,unit,phone\n${code(1)},Bí Mật,Đà Nẵng,PP0100,0905-riêng-tư\n`, '=x.csv');
    const report = join(folder, 'bad.csv');
    expect(await load(path, { kind: 'customers' }, report)).toMatchObject({ bad: 1 });
    const text = await readFile(report, 'utf8');
    expect(text).toBe('file,line,column,reason\n"\'=x.csv",2,"phone","is no phone number: 8 to 15 digits"\n');
  });
});

describe('a file that cannot be meant ends in one sentence', () => {
  const refusal = async (path: string, options: Partial<ImportOptions> = {}) => {
    const failing = load(path, options);
    await expect(failing).rejects.toMatchObject({ code: 'BAD_FILE' });
    expect(await stores.writer.count(options.kind ?? 'readings')).toBe(0);
    return failing.catch(({ message }: Error) => message);
  };

  test.each<[string, string | Buffer, RegExp]>([
    ['empty', '', /empty/],
    ['UTF-16 little end', Buffer.from(`\ufeff${HEADING}\n`, 'utf16le'), /UTF-16/],
    ['UTF-16 big end', Buffer.from(`\ufeff${HEADING}\n`, 'utf16le').swap16(), /UTF-16/],
    ['UTF-16 without a mark', Buffer.from(`${HEADING}\n`, 'utf16le'), /UTF-16/],
    ['an Excel workbook', Buffer.from('504b030414000600', 'hex'), /Excel/],
    ['compressed', Buffer.from('1f8b0800', 'hex'), /compressed/],
    ['duplicated headings', `${HEADING},kwh,old\n${reading(1)},1,1\n`, /"kwh", "old" more than once/],
    [
      'an unknown heading',
      `${HEADING},password\n${reading(1)},1\n`,
      /^The first line is no heading of readings: of its 9 columns 1 \(number 9\) is unknown\.$/,
    ],
    ['blank lines alone', '\n \n\n', /empty/],
    ['missing headings', 'customer,year\n', /"point", "month", "read_on", "old", "new", "kwh"/],
    [
      'no heading',
      `${reading(1)}\n`,
      /^The first line is no heading of readings: of its 8 columns all are unknown\. It lacks "customer", /,
    ],
    ['another kind', 'code,name,address,unit\n', /no heading of readings/],
    ['old Mac line ends', `${HEADING}\r${reading(1)}\r`, /heading/],
  ])('%s', async (_name, content, sentence) => {
    expect(await refusal(await file(content))).toMatch(sentence);
  });

  test('Windows-1258', async () => {
    const latin = Buffer.from(`code,name,address,unit\n${code(1)},Lê Hoa,Huế,PC0301\n`, 'latin1');
    expect(await refusal(await file(latin), { kind: 'customers' })).toMatch(/Line 2 is not UTF-8.*Windows-1258/);
  });

  test('no such file, a folder, another name', async () => {
    expect(await refusal(join(folder, 'nowhere.csv'))).toMatch(/ENOENT/);
    expect(await refusal(folder)).toMatch(/no file|cannot be opened/);
    expect(await refusal('/dev/zero')).toMatch(/no file/);
    expect(await refusal(await file(`${HEADING}\n`, 'readings.xls'))).toMatch(/\.csv nor \.jsonl/);
    expect(await refusal(await file(`${HEADING}\n`, 'readings.jsonl'))).toMatch(/JSON object/);
  });

  test('a line of 100 MB, in bounded memory', async () => {
    const path = await csv(...readings(3));
    const part = 'x'.repeat(1_000_000);
    for (let n = 0; n < 100; n++) await appendFile(path, part);
    await appendFile(path, `\n${reading(5)}\n`);
    const before = process.memoryUsage().rss;
    await expect(load(path)).rejects.toMatchObject({
      code: 'BAD_FILE',
      message: expect.stringMatching(/Line 5 is longer than 64 kB.*The 3 good rows before it are in\./),
    });
    expect(await stores.writer.count('readings')).toBe(3);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
    expect((await stat(path)).size).toBeGreaterThan(100_000_000);
  });
});

describe('an import', () => {
  test('that only checks writes nothing but the report', async () => {
    const path = await csv(reading(1), reading(2, { kwh: 1 }));
    expect(await load(path, { dryRun: true })).toMatchObject({ outcome: 'checked', rows: 2, added: 0, bad: 1 });
    expect(await stores.writer.count('readings')).toBe(0);
    expect(await reported()).toMatchObject([{ line: 3, column: 'kwh' }]);
  });

  test('of the same file twice changes nothing, of a corrected one only what is corrected', async () => {
    await load(await csv(...readings(500)));
    const before = await stat(join(folder, 'readings.csv'));
    expect(await load(join(folder, 'readings.csv'))).toMatchObject({ added: 0, changed: 0, same: 500 });
    const path = await csv(...readings(499), reading(499, { new: 221, kwh: 121 }));
    await utimes(path, before.atime, before.mtime);
    expect(await load(path)).toMatchObject({ added: 0, changed: 1, same: 499 });
  });

  test('that was stopped goes on there, its report without gap or repetition', async () => {
    const rows = readings(6000).map((row, n) => (n % 100 === 50 ? row.replace(/,120$/, ',7') : row));
    const path = await csv(...rows);
    const stop = new AbortController();
    const first = await load(path, {
      signal: stop.signal,
      onProgress: ({ rows }) => rows >= 2500 && stop.abort(),
    });
    expect(first).toMatchObject({ outcome: 'stopped' });
    expect(first.rows).toBeLessThan(6000);
    const second = await load(path);
    expect(second).toMatchObject({ outcome: 'imported', rows: 6000, bad: 60, added: 5940, changed: 0, same: 0 });
    expect(second.wentOnAfter).toBeGreaterThan(2400);
    expect((await reported()).map(({ line }) => line)).toEqual(Array.from({ length: 60 }, (_, n) => n * 100 + 52));
    expect(await stores.writer.count('readings')).toBe(5940);
  });

  test('whose writer failed in the middle loses nothing either', async () => {
    const path = await csv(...readings(6000));
    let puts = 0;
    const writer: RecordWriter = {
      ...stores.writer,
      put: (kind, rows) => (++puts > 22 ? Promise.reject(new Error('power cut')) : stores.writer.put(kind, rows)),
    };
    await expect(load(path, { writer })).rejects.toThrow('power cut');
    const summary = await load(path);
    expect(summary.wentOnAfter).toBeGreaterThan(1);
    expect(summary).toMatchObject({ rows: 6000, bad: 0 });
    expect(await stores.writer.count('readings')).toBe(6000);
  });

  test('holds the store for less than 50 ms, and rests as long as it has written', async () => {
    const spans: { from: number; to: number }[] = [];
    let now = 0;
    const writer: RecordWriter = {
      ...stores.writer,
      async put(_kind, rows) {
        const from = now;
        // A store that becomes ten times as slow in the middle.
        now += rows.length / (spans.length < 20 ? 10 : 1);
        spans.push({ from, to: now });
        return { added: rows.length, changed: 0, same: 0 };
      },
    };
    const rest = async (ms: number) => {
      now += ms;
    };
    await load(await csv(...readings(5000)), { writer, ticks: { elapsed: () => now, rest } });
    const took = spans.map(({ from, to }) => to - from);
    spans.slice(1).forEach(({ from }, n) => {
      expect(from - spans[n]!.to).toBeGreaterThanOrEqual(took[n]! - 1e-9);
    });
    expect(Math.max(...took.slice(0, 20))).toBeLessThan(26);
    expect(Math.max(...took.slice(25))).toBeLessThan(50);
    expect(Math.min(...took.slice(0, 20))).toBeGreaterThan(5);
  });

  test('of anything at all never throws but BAD_FILE, and counts every row', async () => {
    const cell = fc.oneof(fc.string(), anyText(), fc.constantFrom('=', '"', '120', '2026-10-05', code(1)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(cell, { minLength: 1, maxLength: 9 }), { maxLength: 20 }), async (rows) => {
        const lines = rows.map((cells) => cells.join(',').replaceAll('\n', ' '));
        const summary = await load(await csv(reading(1), ...lines), { dryRun: true });
        expect(summary.rows).toBe(1 + lines.filter((line) => line.trim() !== '').length);
      }),
      { numRuns: 60 },
    );
  });
});
