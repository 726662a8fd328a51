import type { Receipt } from '../core/events';
import type { InboxEvent } from '../data/stores';
import type { Workbench } from './workbench';

/** One that is about nothing we know may be early: another process has not settled its send yet. It stays in the inbox so long. */
const PATIENCE_MS = 60_000;

export const isReceipt = ({ activity }: InboxEvent): boolean =>
  activity.type === 'event' && activity.name === 'receipt';

/** Settles the rows that receipts are about; no turn is made of them. */
export const takeReceipts = async (bench: Workbench, events: InboxEvent[]): Promise<void> => {
  const now = bench.clock().getTime();
  const done: InboxEvent[] = [];
  for (const event of events) {
    const found = await bench.stores.outbox.receive(event.conversation, event.activity.value as Receipt);
    if (found > 0 || now - event.at > PATIENCE_MS) done.push(event);
  }
  if (done.length > 0) await bench.stores.inbox.done(done);
};
