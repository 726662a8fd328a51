import type { Delivery } from '../core/channel';
import type { OutboxRow } from '../data/stores';
import type { Workbench } from './workbench';

const RETRY_MS = [1_000, 5_000, 30_000, 120_000, 600_000];

/** A paid message that may have left before a crash is not sent again. */
export const send = async ({ channels }: Workbench, { address, wire, key, resumed }: OutboxRow): Promise<Delivery> => {
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
export const settle = async (
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
