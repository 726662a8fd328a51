import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mongoose';
import { onceARun, ROOT, shared } from './run';

/**
 * Where the tests get their MongoDB server. The first that there is: MONGODB_URI; a `mongod` on PATH; the official
 * server by mongodb-memory-server-core; SecantusDB by pip, a stand-in that speaks MongoDB's wire protocol.
 * It is started when a test first asks, and shared by the whole run (test/global-setup.ts).
 */

export interface MongoServer {
  uri: string;
  /** such as "MongoDB 8.0.4, mongod on PATH" */
  describe: string;
}

export type Found = MongoServer & { keeper?: number };
export type Missing = { missing: string[] };

const run = promisify(execFile);
const CACHE = join(ROOT, '.cache');
const SECANTUS = '0.7.0b3';
const MONGOD = '8.0.4';
const REACH_MS = 10_000;
const START_MS = 60_000;
/** Time for a `beforeAll` that asks first: a server may have to be installed. */
export const FINDING_MS = 240_000;

/** Undefined when no server can be had; with CI=true that is an error. */
export const mongoServer = async (): Promise<MongoServer | undefined> => {
  const found = await onceARun('mongo', async () => {
    const found = await find();
    process.stderr.write(
      'missing' in found
        ? `MongoDB: no server. ${found.missing.join('. ')}.\n`
        : `MongoDB tests run on ${found.describe}\n`,
    );
    return found;
  });
  if (!('missing' in found)) return found;
  if (process.env.CI === 'true') throw new Error(`no MongoDB server to test on: ${found.missing.join('. ')}`);
  return undefined;
};

/** A database of this run's own, empty; `test/global-teardown.ts` drops what a test leaves behind. */
export const mongoDatabase = async (): Promise<string | undefined> => {
  const server = await mongoServer();
  return server && uriOf(server.uri, `${databasePrefix()}${randomBytes(4).toString('hex')}`);
};

export const databasePrefix = (): string => `domdom_test_${shared().folder.slice(-6)}_`;

export const uriOf = (uri: string, database: string): string => {
  const [, head, own, options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)(\?.*)?$/.exec(uri) ?? [];
  if (!head) throw new Error('MONGODB_URI is no mongodb:// address');
  const authenticated = head.includes('@') && !options.includes('authSource=');
  const source = authenticated ? `${options ? '&' : '?'}authSource=${own || 'admin'}` : '';
  return `${head}/${database}${options}${source}`;
};

const find = async (): Promise<Found | Missing> => {
  const missing: string[] = [];
  for (const way of [given, onPath, official, secantus]) {
    try {
      const found = await way();
      if (typeof found !== 'string') return found;
      missing.push(found);
    } catch (error) {
      missing.push(`${way.name}: ${(error as Error).message.split('\n')[0]}`);
    }
  }
  return { missing };
};

const given = async (): Promise<Found | string> => {
  const uri = process.env.MONGODB_URI;
  if (!uri) return 'MONGODB_URI is not set';
  return { uri, describe: `${await reach(uri, REACH_MS)}, MONGODB_URI` };
};

const onPath = async (): Promise<Found | string> => {
  const mongod = (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, 'mongod'))
    .find(executable);
  return mongod ? startMongod(mongod, 'mongod on PATH') : 'there is no mongod on PATH';
};

const official = async (): Promise<Found | string> => {
  // not needed by the other ways, and slow to load
  const { DryMongoBinary, MongoBinary } = await import('mongodb-memory-server-core');
  const { MongoBinaryDownloadUrl } = await import('mongodb-memory-server-core/lib/util/MongoBinaryDownloadUrl.js');
  const wanted = { version: MONGOD, downloadDir: join(CACHE, 'mongod') };
  let mongod = await DryMongoBinary.locateBinary(wanted);
  if (!mongod) {
    const { os, platform, arch, version } = await DryMongoBinary.generateOptions(wanted);
    const url = await new MongoBinaryDownloadUrl({ os, platform, arch, version }).getDownloadUrl();
    try {
      const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_MS) });
      if (!answer.ok) return `the official server cannot be downloaded (${answer.status})`;
    } catch {
      return 'the official server cannot be reached';
    }
    mongod = await MongoBinary.getPath(wanted);
  }
  return startMongod(mongod, 'the official server, by mongodb-memory-server-core');
};

const startMongod = async (mongod: string, how: string): Promise<Found> => {
  const port = await freePort();
  const data = dataFolder();
  const keeper = keep(mongod, ['--replSet', 'rs0', '--bind_ip', '127.0.0.1', '--port', String(port), '--dbpath', data]);
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  await reach(uri, START_MS, keeper, async (admin) => {
    const member = { _id: 0, host: `127.0.0.1:${port}` };
    // refused when an earlier attempt has done it
    await admin.command({ replSetInitiate: { _id: 'rs0', members: [member] } }).catch(() => {});
    await admin.command({ replSetGetStatus: 1 });
    while (!(await admin.command({ hello: 1 })).isWritablePrimary) await pause(50);
  });
  return { uri, describe: `${await reach(uri, START_MS)}, ${how}`, keeper: keeper.pid! };
};

const secantus = async (): Promise<Found | string> => {
  const home = join(CACHE, `secantusdb-${SECANTUS}`);
  if (!existsSync(home)) {
    // made beside its place and then moved, so that two runs that install at once do not meet
    const building = `${home}.${process.pid}`;
    mkdirSync(CACHE, { recursive: true });
    try {
      await run('python3', ['-m', 'venv', building]);
    } catch (error) {
      rmSync(building, { recursive: true, force: true });
      return `SecantusDB needs a Python venv (on Debian: python3-venv): ${(error as Error).message.split('\n')[0]}`;
    }
    try {
      await run(join(building, 'bin', 'python'), ['-m', 'pip', 'install', '-q', '--pre', `SecantusDB==${SECANTUS}`]);
    } catch {
      rmSync(building, { recursive: true, force: true });
      return `pip cannot install SecantusDB ${SECANTUS}`;
    }
    try {
      renameSync(building, home);
    } catch {
      rmSync(building, { recursive: true, force: true });
    }
  }
  const port = await freePort();
  const main = 'import sys; from secantus.cli import main; sys.exit(main())';
  const keeper = keep(join(home, 'bin', 'python'), [
    '-c',
    main,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--storage-path',
    dataFolder(),
  ]);
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  return { uri, describe: `${await reach(uri, START_MS, keeper)}, a stand-in by pip`, keeper: keeper.pid! };
};

const dataFolder = (): string => {
  const data = join(shared().folder, 'mongo-data');
  mkdirSync(data, { recursive: true });
  return data;
};

const keep = (command: string, args: string[]) => {
  const { folder, owner } = shared();
  const log = openSync(join(folder, 'mongo.log'), 'a');
  const keeper = spawn(
    process.execPath,
    [join(ROOT, 'test/keeper.mjs'), owner, join(folder, 'mongo-data'), command, ...args],
    {
      detached: true,
      stdio: ['ignore', log, log],
    },
  );
  keeper.unref();
  return keeper;
};

type Admin = { command(command: Record<string, unknown>): Promise<Record<string, unknown>> };

/** Waits until the server answers, lets `first` prepare it, and returns what it says it is. */
const reach = async (
  uri: string,
  withinMs: number,
  keeper?: { exitCode: number | null },
  first?: (admin: Admin) => Promise<void>,
): Promise<string> => {
  for (let waited = 0; ; waited += 500) {
    const connection = createConnection(uri, { serverSelectionTimeoutMS: keeper ? 500 : withinMs });
    try {
      await connection.asPromise();
      const admin = connection.db!.admin();
      await first?.(admin as unknown as Admin);
      const { version, secantusVersion } = await admin.buildInfo();
      return secantusVersion === undefined ? `MongoDB ${version}` : `SecantusDB ${secantusVersion}`;
    } catch (error) {
      if (!keeper || keeper.exitCode !== null || waited >= withinMs)
        throw new Error(`the server does not answer (${(error as Error).name})`);
      await pause(50);
    } finally {
      await connection.destroy().catch(() => {});
    }
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

const executable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};
