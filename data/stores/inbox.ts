import type { Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';
import type { Inbox, InboxEvent } from '../stores';
import type { Gone } from './boots';
import { leaseless } from './leases';

const INBOX: Shape<InboxEvent> = {
  name: 'inbox',
  version: 1,
  indexes: [{ name: 'lease', fields: ['state', 'pool', 'leaseUntil'] }],
};

/** A decision may be seen to stand before it can be read. */
const TRIES = 5;

/** The first unescaped bar ends the conversation, so that no event id of one can look like one of another. */
const idOf = (conversation: string, eventId: string) =>
  `${conversation.replaceAll('%', '%25').replaceAll('|', '%7C')}|${eventId}`;

export const inboxStore = (engine: Engine, utility: string, gone: () => Promise<Gone>): Inbox => {
  const events = engine.collection(ofUtility(utility, INBOX));
  const find: Inbox['find'] = (conversation, eventId) => events.get(idOf(conversation, eventId));
  let order = 0;
  return {
    accept(inbound, { pool, by, leaseMs, now, haste }) {
      const { conversation } = inbound.address;
      const event: InboxEvent = {
        ...inbound,
        id: idOf(conversation, inbound.eventId),
        conversation,
        pool,
        state: 'waiting',
        at: now,
        order: ++order,
        leaseBy: by,
        leaseUntil: now + leaseMs,
      };
      return { event, kept: events.insert(event, haste) };
    },
    async takeOrphans({ pool, by, leaseMs, now, limit, all }) {
      const equal = { state: 'waiting', pool };
      const free = await leaseless(
        events,
        { index: 'lease', equal },
        { now: all ? Number.MAX_SAFE_INTEGER : now, limit, gone: await gone() },
      );
      const taken = await Promise.all(
        free.map(async (event): Promise<InboxEvent[]> => {
          const { id, conversation, leaseBy, leaseUntil } = event;
          const lease = { leaseBy: by, leaseUntil: now + leaseMs };
          const won = await events.update(id, { conversation, state: 'waiting', leaseBy, leaseUntil }, lease);
          return won ? [{ ...event, ...lease }] : [];
        }),
      );
      return taken.flat().sort((a, b) => a.at - b.at || a.order - b.order);
    },
    async done(done) {
      await events.updateMany(
        done.map(({ id }) => id),
        {},
        { state: 'done', leaseBy: null, leaseUntil: null },
        'soon',
      );
    },
    find,
    async decide(conversation, eventId, answer) {
      const undecided = { conversation, answer: null };
      for (let tries = 0; tries < TRIES; tries += 1) {
        if (await events.update(idOf(conversation, eventId), undecided, { answer })) return answer;
        const stands = (await find(conversation, eventId))?.answer;
        if (stands) return stands;
      }
      // never a guess: two requests for one event would be told different things
      throw new Error('an event of which nothing can be decided');
    },
  };
};
