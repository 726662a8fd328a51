import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import Database from 'libsql';
import { DomdomError } from '../../core/errors';
import type { Collection, Doc, Engine, Shape } from '../engine';
import { Commits, isBusy, whenFree } from './commits';
import { Table } from './table';

/** While the store is opened; afterwards nothing waits with the event loop stopped. */
const OPENING_MS = 5_000;

/**
 * SQLite inside the process: one file under `dir`, shared by several processes (server, terminals, imports).
 * Throws STORE_UNREACHABLE when the file cannot be opened or written.
 */
export const openEmbedded = async ({ dir, file = 'domdom.db' }: { dir: string; file?: string }): Promise<Engine> => {
  let db: Database.Database;
  try {
    makeFolder(dir);
    db = new Database(join(dir, file));
    db.exec(`PRAGMA busy_timeout = ${OPENING_MS}`);
    // the one statement that does not wait for the others who open the store at this moment
    await whenFree(() => db.exec('PRAGMA journal_mode = WAL'));
    db.exec('PRAGMA synchronous = FULL');
    db.exec('PRAGMA cache_size = -16000');
    db.exec('PRAGMA journal_size_limit = 67108864');
    db.exec('PRAGMA wal_autocheckpoint = 2000');
  } catch (error) {
    throw new DomdomError('STORE_UNREACHABLE', 'the embedded store cannot be opened', { cause: error });
  }
  const version = (db.prepare('SELECT sqlite_version()').raw().get([]) as [string])[0];
  const commits = new Commits(db, join(dir, `${file}-wal`));
  const tables = new Map<string, Table<never>>();
  const locks = new Map<string, Database.Database>();
  db.exec('PRAGMA busy_timeout = 0');

  return {
    kind: 'embedded',
    describe: `SQLite ${version} (libsql)`,
    collection<T extends Doc>(shape: Shape<T>): Collection<T> {
      let table = tables.get(shape.name) as Table<T> | undefined;
      if (!table) {
        db.exec(`PRAGMA busy_timeout = ${OPENING_MS}`);
        table = new Table(db, commits, shape);
        db.exec('PRAGMA busy_timeout = 0');
        tables.set(shape.name, table as never);
      }
      return table;
    },
    hold(name) {
      if (locks.has(name)) return true;
      let lock: Database.Database | undefined;
      try {
        lock = new Database(join(dir, `${name}.lock`));
        lock.exec('BEGIN EXCLUSIVE');
      } catch (cause) {
        lock?.close();
        if (isBusy(cause)) return false;
        throw new DomdomError('STORE_UNREACHABLE', `the lock file ${name}.lock cannot be opened`, { cause });
      }
      locks.set(name, lock);
      return true;
    },
    async close() {
      await commits.idle();
      for (const lock of locks.values()) {
        lock.exec('ROLLBACK');
        lock.close();
      }
      locks.clear();
      db.close();
    },
  };
};

/** Step by step, for node's own recursive mkdir never ends where a file system refuses with ENOENT (/proc). */
const makeFolder = (dir: string): void => {
  const path = resolve(dir);
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
};
