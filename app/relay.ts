import type { Address } from '../core/channel';
import type { InboxEvent, OutboxRow, TurnDoc } from '../data/stores';
import { send, settle } from './deliver';
import type { Workbench } from './workbench';

/** Steps 10 to 12: orders and outbox rows under fixed keys, so that doing it again adds nothing; then send and settle. */
export const relay = async (
  bench: Workbench,
  turn: TurnDoc,
  events: InboxEvent[],
  shown: () => void,
): Promise<void> => {
  const { address } = events[0]!;
  const { stores, channels } = bench;
  const rows = channels[address.channel].abilities.readsLog ? [] : rowsOf(bench, turn, address);
  const [pending] = await Promise.all([stores.outbox.enqueue(rows), carryOut(bench, turn, address)]);
  bench.after(10);
  const sent: OutboxRow[] = [];
  for (const row of pending) {
    const delivery = await send(bench, row);
    if (delivery.is === 'accepted')
      sent.push({ ...row, ...(delivery.platformId && { platformId: delivery.platformId }) });
    else await settle(bench, row, delivery);
  }
  shown();
  bench.after(11);
  // issued together, the embedded store keeps both in one commit
  await Promise.all([sent.length > 0 && stores.outbox.settleSent(sent), stores.inbox.done(events)]);
  bench.after(12);
};

/** One row for each wire message, claimed by this boot, so that it is sent at once. */
const rowsOf = ({ channels, clock, boot, pool, leaseMs }: Workbench, turn: TurnDoc, address: Address): OutboxRow[] => {
  const now = clock().getTime();
  return turn.said.flatMap((activity, n) =>
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
        dueAt: now,
        attempts: 0,
        leaseBy: boot,
        leaseUntil: now + leaseMs,
      };
    }),
  );
};

const carryOut = async ({ stores }: Workbench, turn: TurnDoc, { person }: Address): Promise<void> => {
  for (const [n, order] of turn.orders.entries()) {
    const key = { id: `${turn.id}:o${n}`, conversation: turn.conversation, person, at: turn.at };
    if (order.kind === 'report-outage') await stores.reports.file({ ...order.report, ...key });
    else await stores.reports.handOver({ ...order.handOver, ...key });
  }
};
