import type { Accept } from '../core/channel';
import type { Workbench } from './workbench';
import type { Worker } from './worker';

/** Step 4: keeps the event durably, under our lease, or knows it already; then kicks the worker. */
export const acceptInto =
  (bench: Workbench, worker: Worker): Accept =>
  async (inbound) => {
    const kept = { ...inbound, ...(inbound.network && { network: bench.hash(inbound.network) }) };
    const event = await bench.stores.inbox.accept(kept, {
      pool: bench.pool,
      by: bench.boot,
      leaseMs: bench.leaseMs,
      now: bench.clock().getTime(),
    });
    if (event === 'seen') return 'seen';
    bench.after(4);
    worker.hear(event);
    return 'kept';
  };
