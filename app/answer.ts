import type { InboxEvent, OutboxRow, TurnDoc } from '../data/stores';
import { sendInOrder } from './deliver';
import type { Workbench } from './workbench';

const WHY = {
  'too late': 'the request was answered without it, and nothing can follow',
  unsure: 'the request that it answers was given up; asked again, it is answered',
};

/** The reply to a request that waits for it travels in its answer, unless that was given without it. */
export const sendInAnswer = async (
  bench: Workbench,
  turn: TurnDoc,
  event: InboxEvent,
  pending: OutboxRow[],
  blocked: OutboxRow | undefined,
): Promise<OutboxRow[]> => {
  if (pending.length === 0 && turn.said.length > 0) return [];
  const outcome = await bench.synchronous.hand(event, turn);
  if (outcome.is === 'left') return pending;
  if (outcome.is === 'follows') {
    const rows = outcome.first ? pending.map(({ resumed: _, ...row }) => row) : pending;
    return sendInOrder(bench, rows, blocked);
  }
  const state = outcome.is === 'too late' ? 'expired' : 'unsure';
  for (const row of pending) await bench.stores.outbox.settle(row, { state, why: WHY[outcome.is] });
  return [];
};
