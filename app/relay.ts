import type { Address, Delivery } from '../core/channel';
import type { InboxEvent, OutboxRow, TurnDoc } from '../data/stores';
import type { Workbench } from './workbench';

const RETRY_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

/** Steps 10 to 12: orders and outbox rows under fixed keys, so that doing it again adds nothing; then send and settle. */
export const relay = async (
  bench: Workbench,
  turn: TurnDoc,
  events: InboxEvent[],
  shown: () => void,
): Promise<void> => {
  const { address } = events[0]!;
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

/** A paid message that may have left before a crash is not sent again. */
const send = async ({ channels }: Workbench, { address, wire, key, resumed }: OutboxRow): Promise<Delivery> => {
  const { abilities, send } = channels[address.channel];
  if (resumed && abilities.cost === 'paid' && !abilities.honoursSendKey)
    return { is: 'unsure', why: 'stopped between sending and settling' };
  return send(address, wire, key);
};

/** A row that could not be sent at once, tried again when it is due. */
export const retry = async (bench: Workbench, row: OutboxRow): Promise<void> => {
  const delivery = await send(bench, row);
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
