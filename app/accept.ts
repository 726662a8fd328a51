import type { Accept } from '../core/channel';
import type { Workbench } from './workbench';
import type { Worker } from './worker';

/**
 * Step 4: keeps the event durably, under our lease, or knows it already. The worker is kicked at once and decides meanwhile;
 * its turn is committed only with the event or after it.
 */
export const acceptInto =
  (bench: Workbench, worker: Worker): Accept =>
  async (inbound) => {
    const kept = { ...inbound, ...(inbound.network && { network: bench.hash(inbound.network) }) };
    const { event, kept: keeping } = bench.stores.inbox.accept(kept, {
      pool: bench.pool,
      by: bench.boot,
      leaseMs: bench.leaseMs,
      now: bench.clock().getTime(),
      // a platform counts how long our answer takes; who reads the log waits for the turn
      haste: bench.channels[inbound.address.channel].abilities.readsLog ? 'shared' : 'now',
    });
    worker.hear(event, keeping);
    if ((await keeping).is !== 'inserted') return 'seen';
    await bench.after(4);
    return 'kept';
  };
