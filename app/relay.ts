import type { Activity } from '../core/activity';
import type { Address } from '../core/channel';
import type { InboxEvent, OutboxRow, TurnDoc } from '../data/stores';
import { sendInAnswer } from './answer';
import { takeTickets } from './campaigns';
import { sendInOrder } from './deliver';
import type { Workbench } from './workbench';

/**
 * Steps 10 to 12: orders and outbox rows under fixed keys, so that doing it again adds nothing; then send and settle.
 * Where nothing was sent, settling only saves work later: nobody who talks need wait for the commit that it shares.
 */
export const relay = async (
  bench: Workbench,
  turn: TurnDoc,
  events: InboxEvent[],
  shown: () => void,
): Promise<{ settled: Promise<void> }> => {
  const { address } = events[0]!;
  const { stores, channels } = bench;
  const rows = channels[address.channel].abilities.readsLog ? [] : rowsOf(bench, turn, events);
  const [pending, blocked] = await Promise.all([
    stores.outbox.enqueue(rows),
    rows[0] && turn.seq > 1 ? stores.outbox.earlier(turn.conversation, rows[0].order) : undefined,
    carryOut(bench, turn, address),
    takeTickets(stores, bench.campaigns.all, turn, {
      who: bench.hash(`${address.channel}|${address.person}`),
      channel: address.channel,
    }),
  ]);
  if (!events[0]!.synchronous)
    bench.sends.unsent(pending.filter(({ resumed }) => resumed === undefined).map(({ key }) => key));
  await bench.after(10);
  const sent = await (events[0]!.synchronous
    ? sendInAnswer(bench, turn, events[0]!, pending, blocked)
    : sendInOrder(bench, pending, blocked));
  shown();
  await bench.after(11);
  // issued together, the embedded store keeps both in one commit
  const settling = Promise.all([sent.length > 0 && stores.outbox.settleSent(sent), stores.inbox.done(events)]);
  const settled = settling.then(() => {
    bench.sends.settled(rows.map(({ key }) => key));
    return bench.after(12);
  });
  // the next turn's rows would find these open, and wait for them
  if (rows.length > 0) await settled;
  return { settled };
};

const HAND_OVER: Activity = { type: 'handoff' };

/** One row for each wire message, claimed by this boot, so that it is sent at once. */
const rowsOf = (
  { channels, clock, boot, pool, leaseMs }: Workbench,
  turn: TurnDoc,
  events: InboxEvent[],
): OutboxRow[] => {
  const now = clock().getTime();
  const { address } = events.at(-1)!;
  const heardAt = Math.max(...events.map(({ at, activity }) => Math.min(at, Date.parse(activity.timestamp!) || at)));
  const channel = channels[address.channel];
  const passed = channel.passesThreads && turn.orders.some(({ kind }) => kind === 'hand-over');
  return [...turn.said, ...(passed ? [HAND_OVER] : [])].flatMap((activity, n) =>
    channel.render(activity).map((wire, part): OutboxRow => {
      const key = `${turn.id}:${n}.${part}`;
      return {
        id: key,
        conversation: turn.conversation,
        key,
        turn: turn.id,
        address,
        wire,
        state: 'claimed',
        order: turn.seq * 1_000_000 + n * 1000 + part,
        open: 1,
        heardAt,
        ...(activity.from?.role === 'agent' && { person: true }),
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
    else if (order.kind === 'claim-payment') await stores.reports.claim({ ...order.claim, ...key });
    else await stores.reports.handOver({ ...order.handOver, ...key });
  }
};
