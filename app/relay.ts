import type { Address, Delivery } from '../core/channel';
import type { OutboxRow, TurnDoc } from '../data/stores';
import type { Workbench } from './workbench';

const RETRY_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Steps 10 to 12: orders and outbox rows under fixed keys, so that doing it again adds nothing; then send and settle. */
export const relay = async (bench: Workbench, turn: TurnDoc, address: Address, shown: () => void): Promise<void> => {
  const { stores, channels, boot, pool } = bench;
  const rows = turn.said.flatMap((activity, n) =>
    channels[address.channel].render(activity).map((wire, part): OutboxRow => {
      const key = `${turn.id}:${n}.${part}`;
      return {
        id: key,
        conversation: turn.conversation,
        key,
        turn: turn.id,
        address,
        wire,
        state: 'claimed',
        pool,
        dueAt: bench.clock().getTime(),
        attempts: 0,
        leaseBy: boot,
        leaseUntil: bench.clock().getTime() + bench.leaseMs,
      };
    }),
  );
  const [pending] = await Promise.all([stores.outbox.enqueue(rows), carryOut(bench, turn, address)]);
  bench.after(10);
  const sent: OutboxRow[] = [];
  for (const row of pending) {
    const delivery = await channels[address.channel].send(address, row.wire, row.key);
    if (delivery.is === 'accepted')
      sent.push({ ...row, ...(delivery.platformId && { platformId: delivery.platformId }) });
    else await settle(bench, row, delivery);
  }
  shown();
  bench.after(11);
  if (sent.length > 0) await stores.outbox.settleSent(sent);
};

/** A row that could not be sent at once, tried again when it is due. */
export const retry = async (bench: Workbench, row: OutboxRow): Promise<void> => {
  const delivery = await bench.channels[row.address.channel].send(row.address, row.wire, row.key);
  if (delivery.is === 'accepted') await bench.stores.outbox.settleSent([row]);
  else await settle(bench, row, delivery);
};

/** An unsure free answer is sent again; an unsure paid one is parked for a receipt or a person. */
const settle = async (
  bench: Workbench,
  row: OutboxRow,
  delivery: Exclude<Delivery, { is: 'accepted' }>,
): Promise<void> => {
  const now = bench.clock().getTime();
  const wait = RETRY_MS[row.attempts];
  const paid = bench.channels[row.address.channel].abilities.cost === 'paid';
  const again = delivery.is === 'later' || (delivery.is === 'unsure' && !paid);
  bench.log.warn(
    { delivery: delivery.is, channel: row.address.channel, attempt: row.attempts },
    'a reply was not accepted',
  );
  if (!again) await bench.stores.outbox.settle(row, { state: delivery.is, why: delivery.why });
  else if (wait === undefined) await bench.stores.outbox.settle(row, { state: 'expired', why: delivery.why });
  else {
    const dueAt = now + Math.max(wait, delivery.is === 'later' ? delivery.afterMs : 0);
    await bench.stores.outbox.settle(row, { state: 'waiting', why: delivery.why, attempts: row.attempts + 1, dueAt });
  }
};

const carryOut = async ({ stores }: Workbench, turn: TurnDoc, { person }: Address): Promise<void> => {
  for (const [n, order] of turn.orders.entries()) {
    const key = { id: `${turn.id}:o${n}`, conversation: turn.conversation, person, at: turn.at };
    if (order.kind === 'report-outage') await stores.reports.file({ ...order.report, ...key });
    else await stores.reports.handOver({ ...order.handOver, ...key });
  }
};
