import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Commits that a checkpoint waits for: fewer leave little to do, and a process that writes little needs no thread. */
const COMMITS = 200;

/** The thread's whole program. It has a connection of its own; a passive checkpoint keeps nobody from writing. */
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads');
  const db = new (require(workerData.driver))(workerData.file);
  const checkpoint = db.prepare('PRAGMA wal_checkpoint(PASSIVE)').raw();
  parentPort.on('message', (what) => {
    if (what === 'close') {
      db.close();
      parentPort.close();
      return;
    }
    try {
      checkpoint.all([]);
    } catch {}
    parentPort.postMessage('done');
  });
`;

export interface Checkpoints {
  /** after each commit */
  committed(): void;
  close(): Promise<void>;
}

/**
 * Moves what was committed from the WAL into the database file in a thread of its own, for that takes some 50 ms each time and
 * conversations would wait for it. A checkpoint that fails is made up for by the next one, or by SQLite's own at `wal_autocheckpoint`.
 */
export const checkpointsOf = (file: string): Checkpoints => {
  let worker: Worker | undefined;
  let commits = 0;
  let running = false;
  return {
    committed() {
      if (++commits < COMMITS || running) return;
      commits = 0;
      running = true;
      if (!worker) {
        worker = new Worker(PROGRAM, { eval: true, workerData: { file, driver: require.resolve('libsql') } });
        worker.on('message', () => {
          running = false;
        });
        worker.on('error', () => {});
        worker.unref();
      }
      worker.postMessage('checkpoint');
    },
    async close() {
      if (!worker) return;
      const ended = once(worker, 'exit');
      worker.postMessage('close');
      await ended;
    },
  };
};
