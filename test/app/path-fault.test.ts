import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { pathFault } from '../../app/path-fault';
import { bundled, scratch } from '../processes';

let work: ReturnType<typeof scratch>;
beforeEach(() => {
  work = scratch();
});
afterEach(() => work.remove());

const failureOf = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => {
      throw new Error('it did not fail');
    },
    (error) => error,
  );

test('what the file system refuses is one sentence with the path', async () => {
  const file = join(work.dir, 'file');
  await writeFile(file, 'x');
  const handle = await open('/dev/full', 'w');
  const failing: [() => Promise<unknown>, RegExp][] = [
    [
      () => writeFile(join(work.dir, 'nowhere/x'), ''),
      /nowhere\/x cannot be opened: there is no such file or folder \(ENOENT\)\.$/,
    ],
    [() => writeFile(work.dir, ''), /cannot be opened: it is a folder \(EISDIR\)\.$/],
    [() => readFile(work.dir), /^A file that is named cannot be read: it is a folder \(EISDIR\)\.$/],
    [() => readFile(join(file, 'x')), /a part of the path is no folder \(ENOTDIR\)/],
    [() => readdir(file), /file cannot be read: a part of the path is no folder/],
    [() => mkdir(join(file, 'x')), /cannot be made: /],
    [() => rename(join(work.dir, 'a'), join(work.dir, 'b')), /a cannot be renamed: /],
    [() => copyFile(file, join(work.dir, 'nowhere/x')), /ENOENT/],
    [() => handle.write('x'), /^A file that is named cannot be written: there is no room \(ENOSPC\)\.$/],
  ];
  for (const [work, sentence] of failing) {
    const error = await failureOf(work());
    expect(pathFault(error)).toMatchObject({
      code: 'BAD_PATH',
      message: expect.stringMatching(sentence),
      cause: error,
    });
  }
  await handle.close();
});

test('what is nobody’s path keeps its stack', async () => {
  const socket = connect(join(work.dir, 'no.sock'));
  const [refused] = await once(socket, 'error');
  for (const error of [refused, new TypeError('x'), new Error('ENOENT'), 'ENOENT', undefined])
    expect(pathFault(error)).toBeUndefined();
});

describe('a command', () => {
  let cli: string;
  beforeAll(async () => {
    ({ cli } = await bundled());
  });

  const failing = async (...args: string[]) => {
    const child = spawn(process.execPath, [cli, ...args], {
      cwd: work.dir,
      env: { PATH: process.env.PATH ?? '', DATA_DIR: join(work.dir, 'store'), PORT: '0', LOG_LEVEL: 'silent' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const [code] = await once(child, 'close');
    return [code, err];
  };

  test('says in one sentence what is wrong with a path that it was given', async () => {
    mkdirSync(join(work.dir, 'folder.csv'));
    writeFileSync(join(work.dir, 'debts.csv'), 'customer,year,month,net,tax,total\nx,2026,10,1,1,9\n');
    const sentences: [string[], RegExp][] = [
      [
        ['nlu', 'review', '--out', 'nowhere/x'],
        /^BAD_PATH: nowhere\/x cannot be opened: there is no such file or folder \(ENOENT\)\. .*\n$/,
      ],
      [
        ['nlu', 'review', '--accept', 'folder.csv'],
        /^BAD_PATH: A file that is named cannot be read: it is a folder \(EISDIR\)\. .*\n$/,
      ],
      [['import', 'tickets', 'folder.csv'], /^BAD_FILE: That is no file\. .*\n$/],
      [
        ['import', 'debts', 'debts.csv', '--report', 'nowhere/x.jsonl'],
        /^BAD_PATH: The report of bad rows cannot be written \(ENOENT\)\. .*\n$/,
      ],
      [
        ['import', 'debts', 'debts.csv', '--report', 'folder.csv'],
        /^BAD_PATH: The report of bad rows cannot be written: there is a folder .*\n$/,
      ],
      [
        ['import', 'debts', 'debts.csv', '--report', './debts.csv'],
        /^BAD_PATH: The report of bad rows would be written over the very file .*\n$/,
      ],
    ];
    for (const [args, sentence] of sentences)
      expect(await failing(...args)).toEqual([1, expect.stringMatching(sentence)]);
  });

  test('says so of a lock that cannot be opened', async () => {
    mkdirSync(join(work.dir, 'store/serve.lock'), { recursive: true });
    expect(await failing('serve')).toEqual([
      1,
      expect.stringMatching(/^STORE_UNREACHABLE: .*serve\.lock cannot be opened\. .*\n$/),
    ]);
  });
});
