import type { Address, Delivery } from '../core/channel';
import type { OutboxRow } from '../data/stores';
import type { Workbench } from './workbench';

const RETRY_MS = [1_000, 5_000, 30_000, 120_000, 600_000];
const HOUR = 3_600_000;
/** longer than this a message does not wait for its turn in the process, but in the store */
const PATIENCE_MS = 2_000;
/** what waits behind another looks again so soon, for a receipt may have settled that one meanwhile */
const BEHIND_MS = 5_000;
const STOPPED = 'stopped between sending and settling';
const PACED = 'the platform takes no more at once';

/** Sends the rows of one conversation one after another; what waits holds back what follows it. Returns those that were accepted. */
export const sendInOrder = async (
  bench: Workbench,
  rows: OutboxRow[],
  blocked: OutboxRow | undefined,
): Promise<OutboxRow[]> => {
  const sent: OutboxRow[] = [];
  let until = blocked && Math.max(blocked.dueAt, bench.clock().getTime() + RETRY_MS[0]!);
  for (const row of rows) {
    const known = row.resumed === undefined ? undefined : fateOf(bench, row, row.resumed);
    if (!known && until !== undefined) {
      const dueAt = Math.min(until, bench.clock().getTime() + BEHIND_MS);
      await bench.stores.outbox.settle(row, { state: 'waiting', why: 'an earlier one waits', dueAt });
      continue;
    }
    const delivery = known ?? (await send(bench, row));
    if (delivery.is === 'accepted')
      sent.push({ ...row, ...(delivery.platformId && { platformId: delivery.platformId }) });
    else until = await settle(bench, row, delivery);
  }
  return sent;
};

/** Rows that could not be sent at once, tried again when they are due. */
export const retry = async (bench: Workbench, due: OutboxRow[]): Promise<void> => {
  const conversations = new Map<string, OutboxRow[]>();
  for (const row of due) conversations.set(row.conversation, [...(conversations.get(row.conversation) ?? []), row]);
  await Promise.all(
    [...conversations].map(async ([conversation, rows]) => {
      rows.sort((a, b) => a.order - b.order);
      bench.sends.unsent(rows.filter(({ resumed }) => resumed === undefined).map(({ key }) => key));
      const sent = await sendInOrder(bench, rows, await bench.stores.outbox.earlier(conversation, rows[0]!.order));
      if (sent.length > 0) await bench.stores.outbox.settleSent(sent);
      bench.sends.settled(rows.map(({ key }) => key));
    }),
  );
};

/** What is known of a message whose process was killed while it held it; undefined where it is to be sent. */
const fateOf = (bench: Workbench, { key, address }: OutboxRow, heldBy: string): Delivery | undefined => {
  const { cost, honoursSendKey, provesWithinMs } = bench.channels[address.channel].abilities;
  const fate = bench.sends.fate(heldBy, key);
  if (fate.is === 'sent') return { ...fate, is: 'accepted' };
  if (fate.is === 'unsent') bench.sends.unsent([key]);
  // a paid message that may have left before a crash is not sent again
  else if ((cost === 'paid' && !honoursSendKey) || provesWithinMs) return { is: 'unsure', why: STOPPED };
  return undefined;
};

const send = async (bench: Workbench, row: OutboxRow): Promise<Delivery> => {
  const channel = bench.channels[row.address.channel];
  if (await isTooLate(bench, row))
    return { is: 'refused', code: 'WINDOW_CLOSED', why: 'the reply window of the platform has passed' };
  const waitMs = bench.pace(row.address, bench.clock().getTime());
  if (waitMs > PATIENCE_MS) return { is: 'later', afterMs: waitMs, why: PACED };
  if (waitMs > 0) await new Promise<void>((go) => bench.timers.set(go, waitMs));
  try {
    bench.sends.begun(row.key);
    const delivery = await channel.send(asThePlatformKnows(row.address), row.wire, row.key);
    if (delivery.is === 'accepted') bench.sends.sent(row.key, delivery.platformId);
    else if (delivery.is !== 'unsure') bench.sends.unsent([row.key]);
    return delivery;
  } catch (error) {
    bench.log.error({ err: error, channel: channel.name, code: 'INTERNAL' }, 'a channel threw while sending');
    return { is: 'unsure', why: 'the channel failed' };
  }
};

/** Conversations are kept under the name of their channel, so that ids of two platforms never meet; see `acceptAll`. */
const asThePlatformKnows = (address: Address): Address => {
  const { channel, conversation } = address;
  return conversation.startsWith(`${channel}:`)
    ? { ...address, conversation: conversation.slice(channel.length + 1) }
    : address;
};

const isTooLate = async ({ channels, clock, stores }: Workbench, row: OutboxRow): Promise<boolean> => {
  const { replyWindowHours, personWindowHours = replyWindowHours } = channels[row.address.channel].abilities;
  const hours = row.person ? personWindowHours : replyWindowHours;
  if (hours === undefined) return false;
  const since = clock().getTime() - hours * HOUR;
  if (row.heardAt > since) return false;
  const last = await stores.turns.last(row.conversation);
  const at = Date.parse(last?.at ?? '');
  return !last?.heard.some(({ timestamp }) => Math.min(at, Date.parse(timestamp ?? '') || at) > since);
};

/** An unsure free answer is sent again; an unsure paid one is parked for a receipt or a person. When it will be tried again, if so. */
const settle = async (
  bench: Workbench,
  row: OutboxRow,
  delivery: Exclude<Delivery, { is: 'accepted' }>,
): Promise<number | undefined> => {
  const { outbox } = bench.stores;
  const { why } = delivery;
  const { cost, provesWithinMs = 0 } = bench.channels[row.address.channel].abilities;
  const paid = cost === 'paid';
  const again = delivery.is === 'later' || (delivery.is === 'unsure' && !paid);
  const paced = why === PACED;
  const code = delivery.is === 'refused' ? { code: delivery.code } : {};
  if (!paced)
    bench.log.warn(
      { delivery: delivery.is, channel: row.address.channel, attempt: row.attempts, ...code },
      'a reply was not accepted',
    );
  const wait = paced ? 0 : RETRY_MS[row.attempts];
  if (!again || wait === undefined) {
    await outbox.settle(row, { state: again ? 'expired' : delivery.is, why, ...code });
    return undefined;
  }
  const dueAt = bench.clock().getTime() + Math.max(wait, delivery.is === 'later' ? delivery.afterMs : provesWithinMs);
  const kept = await outbox.settle(row, { state: 'waiting', why, attempts: row.attempts + (paced ? 0 : 1), dueAt });
  // a receipt was faster: it arrived, and holds back nothing
  return kept ? dueAt : undefined;
};
