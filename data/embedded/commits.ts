import { open } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import type Database from 'libsql';
import { DomdomError } from '../../core/errors';
import type { Haste } from '../engine';

interface Write {
  run(): unknown;
  /** what `run` gave, last time it ran; undefined before, and when it failed */
  outcome?: unknown;
  resolve(outcome: never): void;
  reject(error: unknown): void;
}

/** Attempts at a lock that another process holds, a good millisecond apart: some 10 s. */
const PATIENCE = 8_000;

/**
 * How long a commit waits for a write of each haste while every turn of the event loop brings more of them: what a busy server's
 * pages and fsync are shared by. An idle one commits at once.
 */
const GATHER_MS: Record<Haste, number> = { now: 3, shared: 15, soon: 15 };

/** How long a write that is not waited for looks for a commit to share. */
const SOON_MS = 4;

export const isBusy = (error: unknown): boolean => String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY');

/** Tries again while another process is in the way; the event loop runs on in between. */
export const whenFree = async <R>(run: () => R): Promise<R> => {
  for (let attempt = 0; attempt < PATIENCE; attempt++) {
    try {
      return run();
    } catch (error) {
      if (!isBusy(error)) throw error;
      await pause(1);
    }
  }
  throw new DomdomError('STORE_UNREACHABLE', 'another process has held the embedded store for 10 s');
};

/**
 * Group commit: the writes that concurrent callers issue in one turn of the event loop share one transaction, and so
 * one fsync. A write resolves only after the COMMIT.
 */
export class Commits {
  private queue: Write[] = [];
  /** when the first of the queue can be gathered for no longer */
  private until = Number.POSITIVE_INFINITY;
  private readonly issued = new WeakMap<Promise<unknown>, Write>();
  private flushing: Promise<void> | undefined;
  private readonly syncing = new Set<Promise<void>>();
  private waiting = false;
  private readonly begin;
  private readonly commit;
  private readonly rollback;

  /** `log` is the path of the write-ahead log. */
  constructor(
    private readonly db: Database.Database,
    private readonly log: string,
  ) {
    this.begin = db.prepare('BEGIN IMMEDIATE');
    this.commit = db.prepare('COMMIT');
    this.rollback = db.prepare('ROLLBACK');
  }

  /** `run` is run again from its start when the transaction around it fails. */
  write<R>(run: () => R, haste: Haste = 'now'): Promise<R> {
    let write: Write;
    const promise = new Promise<R>((resolve, reject) => {
      write = { run, resolve, reject };
    });
    this.issued.set(promise, write!);
    this.queue.push(write!);
    this.until = Math.min(this.until, performance.now() + GATHER_MS[haste]);
    if (!this.flushing) {
      if (haste === 'soon') this.wait();
      else this.schedule();
    }
    return promise;
  }

  /**
   * Many rows at once, in a transaction of their own. It reaches the disk after the lock was given back, and before the promise
   * resolves: others wait for the rows to be written, not for the disk.
   */
  async bulk<R>(run: () => R): Promise<R> {
    const outcome = await whenFree(() => {
      this.db.exec('PRAGMA synchronous = NORMAL');
      try {
        this.begin.run([]);
        const outcome = run();
        this.commit.run([]);
        return outcome;
      } catch (error) {
        this.undo();
        throw error;
      } finally {
        this.db.exec('PRAGMA synchronous = FULL');
      }
    });
    const syncing = this.sync().finally(() => this.syncing.delete(syncing));
    this.syncing.add(syncing);
    await syncing;
    return outcome;
  }

  private async sync(): Promise<void> {
    // SQLite's locks are on its other two files: closing this one again loses none
    const log = await open(this.log, 'r+');
    try {
      await log.datasync();
    } finally {
      await log.close();
    }
  }

  /** The outcome of a write that was issued before, for one that runs after it and depends on it. */
  outcomeOf<R>(earlier: Promise<R>): () => R | undefined {
    const write = this.issued.get(earlier);
    if (!write) throw new TypeError('a write depends on one that this store was never given');
    return () => write.outcome as R | undefined;
  }

  async idle(): Promise<void> {
    if (this.queue.length > 0 && !this.flushing) this.schedule();
    while (this.flushing) await this.flushing;
    await Promise.allSettled(this.syncing);
  }

  private wait(): void {
    if (this.waiting) return;
    this.waiting = true;
    void pause(SOON_MS).then(() => {
      this.waiting = false;
      if (this.queue.length > 0 && !this.flushing) this.schedule();
    });
  }

  private schedule(): void {
    this.flushing = new Promise((flushed) => {
      const gather = (before: number) =>
        setImmediate(() => {
          const now = this.queue.length;
          if (now > before && performance.now() < this.until) gather(now);
          else void this.flush().then(flushed);
        });
      gather(0);
    });
  }

  private async flush(): Promise<void> {
    let writes: Write[] = [];
    try {
      const failed = await whenFree(() => {
        this.begin.run([]);
        [writes, this.queue, this.until] = [this.queue, [], Number.POSITIVE_INFINITY];
        return this.together(writes);
      });
      // one of them is at fault, and only that one may fail
      if (failed) for (const write of writes) await this.alone(write);
    } catch (error) {
      for (const { reject } of this.queue.splice(0)) reject(error);
    }
    this.flushing = undefined;
    if (this.queue.length > 0) this.schedule();
  }

  private async alone(write: Write): Promise<void> {
    try {
      const failed = await whenFree(() => {
        this.begin.run([]);
        return this.together([write]);
      });
      if (!failed) return;
      write.outcome = undefined;
      write.reject(failed.error);
    } catch (error) {
      write.outcome = undefined;
      write.reject(error);
    }
  }

  /** Inside the transaction that has just begun, and to its end: all of them, or none and the error. */
  private together(writes: readonly Write[]): { error: unknown } | undefined {
    try {
      for (const write of writes) write.outcome = write.run();
      this.commit.run([]);
    } catch (error) {
      this.undo();
      return { error };
    }
    for (const { resolve, outcome } of writes) resolve(outcome as never);
    return undefined;
  }

  private undo(): void {
    try {
      this.rollback.run([]);
    } catch {
      // nothing has begun, or SQLite has rolled back by itself, as it does when the disk is full
    }
  }
}
