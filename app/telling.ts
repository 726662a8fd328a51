import { phoneOf } from '../bots/sms/phone';
import type { Campaign } from '../core/campaign';
import type { Address, Channel, ChannelName } from '../core/channel';
import { dayOf } from '../core/time';
import type { Utility } from '../core/utility';
import type { OutboxRow, Stores } from '../data/stores';
import type { WinnerDoc } from '../data/stores/campaigns';
import { tellingText } from '../dialogs/campaign-words';
import { lineOf } from '../dialogs/inforce';
import type { Definitions } from './campaigns';

/** What telling winners needs of the world. */
export interface Tellers {
  stores: Stores;
  utility: Utility;
  law: Definitions['law'];
  channels: Record<ChannelName, Channel>;
  now(): Date;
  /** the absolute address of a path on the server, if it knows its own */
  publicUrl(path: string): string | undefined;
}

/** Places of the winners, by how far they have been told. */
export interface Told {
  told: number[];
  /** on the way: the server sends them */
  underWay: number[];
  /** nothing reached them, or nothing is known to reach them by: a person calls */
  unreached: number[];
}

/** At most so many ways to one winner. */
const WAYS = 2;
/** of the tickets that brought a winner in, at most so many are looked at for a conversation */
const TICKETS = 20;
/** after everything that a turn says */
const LAST_OF_TURN = 999_000;

interface Way {
  address: Address;
  /** when the customer was last heard there, epoch ms; 0: never */
  heardAt: number;
}

/**
 * Tells the winners of a published campaign by SMS to the phone of their record and in the conversation that brought their
 * ticket. Doing it again adds nothing, and notes as told whom a notice has reached meanwhile. `place` tells one alone, such as
 * a reserve that is called upon.
 */
export const tellWinners = async (
  tellers: Tellers,
  campaign: Campaign,
  publishedAt: string,
  place?: number,
): Promise<Told> => {
  const { stores, now } = tellers;
  const told: Told = { told: [], underWay: [], unreached: [] };
  for (const winner of await stores.draws.winners(campaign.id)) {
    if (place === undefined ? winner.reserve : winner.place !== place) continue;
    if (winner.state !== 'waiting') {
      if (winner.state !== 'refused' && winner.state !== 'unclaimed') told.told.push(winner.place);
      continue;
    }
    const notices = winner.notices ?? (await post(tellers, campaign, winner, publishedAt));
    const rows = await stores.outbox.of(notices);
    const arrived = rows.filter(({ state }) => ARRIVED.includes(state));
    if (arrived.length > 0) {
      const by = [...new Set(arrived.map(({ address }) => address.channel))].join(', ');
      await stores.draws.claim(winner, ['waiting'], 'told', `told: ${by}`, now().toISOString());
      told.told.push(winner.place);
    } else (rows.some(({ open }) => open) ? told.underWay : told.unreached).push(winner.place);
  }
  return told;
};

const ARRIVED: OutboxRow['state'][] = ['sent', 'delivered', 'read'];

const post = async (
  tellers: Tellers,
  campaign: Campaign,
  winner: WinnerDoc,
  publishedAt: string,
): Promise<string[]> => {
  const { stores, utility, law, channels, now, publicUrl } = tellers;
  const on = dayOf(now());
  const see = publicUrl(`/campaigns/${campaign.id}`);
  const line = campaign.hotline ?? lineOf({ now: now(), utility }, 'care')?.value;
  const text = tellingText(winner, campaign, law, {
    published: dayOf(publishedAt),
    on,
    ...(see && { see }),
    ...(line !== undefined && { line: String(line) }),
  });
  const rows: OutboxRow[] = [];
  for (const { address, heardAt } of await waysTo(stores, channels, campaign, winner)) {
    const { conversation } = address;
    const seq = (await stores.turns.last(conversation))?.seq ?? 0;
    for (const [part, wire] of channels[address.channel].render({ type: 'message', text }).entries()) {
      const key = `campaign:${campaign.id}:${winner.place}.${part}`;
      rows.push({
        id: `${conversation}|${key}`,
        conversation,
        key,
        turn: key,
        address,
        wire,
        state: 'waiting',
        order: seq * 1_000_000 + LAST_OF_TURN + part,
        open: 1,
        heardAt,
        pool: 'serve',
        dueAt: now().getTime(),
        attempts: 0,
        leaseBy: null,
        leaseUntil: null,
      });
    }
  }
  const notices = rows.map(({ id }) => id);
  await stores.outbox.post(rows);
  const by = [...new Set(rows.map(({ address }) => address.channel))].join(', ') || 'nobody can be reached by message';
  await stores.draws.notify(winner, notices, `notice: ${by}`, now().toISOString());
  return notices;
};

/** By SMS, and where they talked with us last: two channels where that is possible. */
const waysTo = async (
  stores: Stores,
  channels: Tellers['channels'],
  { id }: Campaign,
  { customer }: WinnerDoc,
): Promise<Way[]> => {
  if (!customer) return [];
  const [record, tickets] = await Promise.all([
    stores.records.customer(customer),
    stores.tickets.of(id, { customer }, TICKETS),
  ]);
  const phone = phoneOf(record?.phone ?? tickets.find((ticket) => ticket.phone)?.phone);
  const ways = new Map<ChannelName, Way>();
  if (phone) ways.set('sms', { address: { channel: 'sms', conversation: `sms:${phone}`, person: phone }, heardAt: 0 });
  for (const { origin } of tickets.reverse()) {
    const way = await conversationOf(stores, origin);
    if (!way || ways.size >= WAYS) continue;
    const { channel } = way.address;
    if (!channels[channel].abilities.readsLog && !ways.has(channel)) ways.set(channel, way);
  }
  return [...ways.values()];
};

/** Of a ticket that a turn took: its origin is `<conversation>|<seq>:<want>`. Those of partners' files have none. */
const conversationOf = async (stores: Stores, origin: string): Promise<Way | undefined> => {
  const [, conversation, seq] = /^(.+)\|(\d{1,9}):[^:]*$/.exec(origin) ?? [];
  if (!conversation) return undefined;
  const [turn] = await stores.turns.since(conversation, Number(seq) - 1, 1);
  const event = turn && (await stores.inbox.find(conversation, turn.cause));
  return event && { address: event.address, heardAt: event.at };
};
