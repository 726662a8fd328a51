import type { Inserted } from '../data/engine';
import type { InboxEvent, TurnDoc } from '../data/stores';
import { isReceipt, takeReceipts } from './receipts';
import { relay } from './relay';
import { makeSlots } from './slots';
import { decideTurn } from './turn';
import type { Workbench } from './workbench';

/** An event, and its being kept where that is still under way. */
interface Waiting {
  event: InboxEvent;
  keeping?: Promise<Inserted>;
}

/** The conversations whose events this process holds, each served by one loop at a time. */
interface Conversation {
  id: string;
  queue: Waiting[];
  /** undefined: not read yet */
  last?: TurnDoc | null;
  running?: Promise<void>;
  timer?: unknown;
}

export interface Worker {
  /** step 5 for an event that is being accepted, or was taken over from a dead lease */
  hear(event: InboxEvent, keeping?: Promise<Inserted>): void;
  /** Takes over what nobody works on; called at start and by polling, as a backup only. `all`: nobody else works on these events. */
  sweep(all?: boolean): Promise<number>;
  /** resolves when nothing runs; with `hurry`, pieces that wait for the rest are answered now */
  idle(hurry?: boolean): Promise<void>;
  /** calls back after each turn that was relayed */
  onTurn(listen: (turn: TurnDoc) => void): void;
}

const REMEMBERED = 10_000;
/** Events that one sweep takes over. */
export const PORTION = 500;

export const makeWorker = (bench: Workbench): Worker => {
  const { stores, log } = bench;
  const open = new Map<string, Conversation>();
  const slot = makeSlots();
  const listeners: ((turn: TurnDoc) => void)[] = [];
  const settling = new Set<Promise<void>>();
  /** those that are being served or wait for the rest of a message */
  const busy = new Set<Conversation>();
  const asUs = () => ({ pool: bench.pool, by: bench.boot, leaseMs: bench.leaseMs, now: bench.clock().getTime() });

  const hear = (event: InboxEvent, keeping?: Promise<Inserted>): void => {
    const known = open.get(event.conversation);
    const conversation: Conversation = known ?? { id: event.conversation, queue: [] };
    open.delete(event.conversation);
    open.set(event.conversation, conversation);
    if (!conversation.queue.some((waiting) => waiting.event.id === event.id))
      conversation.queue.push({ event, ...(keeping && { keeping }) });
    conversation.queue.sort(({ event: a }, { event: b }) => a.at - b.at || a.order - b.order);
    if (open.size > REMEMBERED) forget();
    run(conversation);
  };

  const forget = () => {
    for (const [id, { running, queue }] of open) {
      if (open.size <= REMEMBERED) return;
      if (!running && queue.length === 0) open.delete(id);
    }
  };

  const run = (conversation: Conversation, hurry = false): void => {
    if (conversation.timer !== undefined) bench.timers.clear(conversation.timer as never);
    conversation.timer = undefined;
    busy.add(conversation);
    conversation.running ??= serve(conversation, hurry)
      .catch((error) => {
        conversation.last = undefined;
        log.error({ err: error }, 'a conversation could not be served; its events stay in the inbox');
        conversation.queue = [];
      })
      .finally(() => {
        conversation.running = undefined;
        if (conversation.queue.length === 0) busy.delete(conversation);
        else if (conversation.timer === undefined) run(conversation);
      });
  };

  const serve = async (conversation: Conversation, hurry: boolean): Promise<void> => {
    while (conversation.queue.length > 0) {
      const receipts = conversation.queue.filter(({ event }) => isReceipt(event));
      if (receipts.length > 0) {
        if (!(await allKept(conversation, receipts))) continue;
        await takeReceipts(
          bench,
          receipts.map(({ event }) => event),
        );
        conversation.queue = conversation.queue.filter((waiting) => !receipts.includes(waiting));
        continue;
      }
      conversation.last ??= (await stores.turns.last(conversation.id)) ?? null;
      const last = conversation.last;
      await slot(conversation.queue[0]!.event.synchronous !== undefined);
      const queue = conversation.queue.map(({ event }) => event);
      const answered = queue.filter(({ eventId }) => last?.heardIds.includes(eventId));
      if (last && answered.length > 0) {
        await finish(last, conversation, answered);
        continue;
      }
      const decided = await decideTurn(bench, conversation.id, last ?? undefined, queue, hurry);
      if (!decided.turn) {
        conversation.timer ??= bench.timers.set(() => run(conversation, true), decided.waitMs);
        return;
      }
      const { turn, events } = decided;
      await bench.after(8);
      const keeping = conversation.queue.flatMap((one) => (events.includes(one.event) && one.keeping ? [one] : []));
      if (keeping.length > 1 && !(await allKept(conversation, keeping))) continue;
      const haste = events[0]!.synchronous === undefined ? 'shared' : 'now';
      const outcome = await stores.turns.commit(turn, keeping[0]?.keeping, haste);
      if (outcome === 'kept') {
        await bench.after(9);
        conversation.last = turn;
        await finish(turn, conversation, events);
      } else if (outcome === 'seen') {
        const earlier = await stores.turns.byCause(conversation.id, turn.cause);
        if (!earlier) throw new Error('a turn said to be seen is not there');
        conversation.last = undefined;
        await finish(
          earlier,
          conversation,
          events.filter(({ eventId }) => earlier.heardIds.includes(eventId)),
        );
      } else if (outcome === 'void') {
        conversation.queue = conversation.queue.filter(({ event }) => !events.includes(event));
      } else {
        conversation.last = undefined;
      }
    }
  };

  /** Several pieces are waited for one by one; what is a redelivery leaves the queue. */
  const allKept = async (conversation: Conversation, pieces: Waiting[]): Promise<boolean> => {
    const kept = await Promise.all(pieces.map(({ keeping }) => keeping));
    const seen = pieces.filter((_, n) => kept[n]?.is === 'conflict');
    conversation.queue = conversation.queue.filter((waiting) => !seen.includes(waiting));
    return seen.length === 0;
  };

  const finish = async (turn: TurnDoc, conversation: Conversation, events: InboxEvent[]): Promise<void> => {
    const { settled } = await relay(bench, turn, events, () => {
      for (const listen of listeners) listen(turn);
    });
    const done = settled
      .catch((error) => log.error({ err: error }, 'a turn could not be settled; it will be relayed again'))
      .finally(() => settling.delete(done));
    settling.add(done);
    conversation.queue = conversation.queue.filter(({ event }) => !events.includes(event));
  };

  return {
    hear,
    onTurn: (listen) => listeners.push(listen),
    async sweep(all = false) {
      const orphans = await stores.inbox.takeOrphans({ ...asUs(), limit: PORTION, all });
      for (const event of orphans) hear(event);
      return orphans.length;
    },
    async idle(hurry = false) {
      for (;;) {
        if (hurry) for (const c of busy) if (c.timer !== undefined && !c.running) run(c, true);
        const running = [...settling, ...[...busy].flatMap(({ running }) => running ?? [])];
        if (running.length === 0) return;
        await Promise.all(running);
      }
    },
  };
};
