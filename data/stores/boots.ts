import { DomdomError } from '../../core/errors';
import type { Doc, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';
import type { Boots } from '../stores';

type Boot = Parameters<Boots['start']>[0];
type BootDoc = Doc & Boot & { running: boolean };

const BOOTS: Shape<BootDoc> = {
  name: 'boots',
  version: 1,
  indexes: [{ name: 'running', fields: ['running', 'at'] }],
};

/** Tells whether the process behind a lease is gone. */
export type Gone = (boot: string) => boolean;

export interface BootsStore extends Boots {
  /** On MongoDB nothing is known of other hosts: there a lease ends by time alone. */
  gone(): Promise<Gone>;
}

/**
 * `alive` tells whether a process id of this host runs; without it every boot that has not stopped counts as running.
 * On the embedded store one server at a time is kept by a lock that ends with its process, so a recycled process id
 * neither stops a start nor keeps a dead server's leases.
 */
export const bootsStore = (
  engine: Engine,
  utility: string,
  alive: (pid: number) => boolean = () => true,
): BootsStore => {
  const boots = engine.collection(ofUtility(utility, BOOTS));
  const running = () => boots.find({ index: 'running', equal: { running: true } });
  return {
    async start(boot) {
      if (engine.kind === 'embedded' && boot.role === 'serve') {
        const mayServe = engine.hold('serve');
        const servers = (await running()).filter(({ role }) => role === 'serve');
        // the lock may be held by this very process, through a store that was not closed
        if (!mayServe && !servers.some(({ pid, host }) => pid === boot.pid && host === boot.host))
          throw new DomdomError('STORE_BUSY', 'another server already runs on this embedded store');
        await boots.updateMany(
          servers.map(({ id }) => id),
          {},
          { running: false },
        );
      }
      await boots.putMany([{ ...boot, running: true }]);
    },
    async stop(id) {
      await boots.update(id, {}, { running: false });
    },
    async gone() {
      if (engine.kind !== 'embedded') return () => false;
      const living = new Set((await running()).filter(({ pid }) => alive(pid)).map(({ id }) => id));
      return (boot) => !living.has(boot);
    },
  };
};
