import type { Campaign, Ticket, TicketRequest } from '../../core/campaign';
import { dayOf } from '../../core/time';
import type { Doc, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';

/** A ticket under its number, or (`end`) the mark behind the last one, after which none is given. */
interface TicketDoc extends Doc, Partial<TicketRequest> {
  campaign: string;
  number: number;
  /** the day, or '' where a person has one ticket in the whole campaign */
  span?: string;
  /** a number that was lost to a repeat which two processes heard at the same moment: it wins nothing */
  void?: true;
  end?: true;
}

const TICKETS: Shape<TicketDoc> = {
  name: 'campaign_tickets',
  version: 1,
  indexes: [
    { name: 'number', fields: ['campaign', 'number'], unique: true },
    { name: 'who', fields: ['campaign', 'who', 'span', 'want'], unique: true },
    { name: 'customer', fields: ['campaign', 'customer', 'span', 'want'], unique: true },
  ],
};

/** Tickets of one round trip. */
const PORTION = 500;

export type Numbered =
  /** `repeat`: the want was there before, and keeps its number */
  { is: 'new' | 'repeat'; number: number } | { is: 'closed' };

export interface Tickets {
  /**
   * Gives the next number, once for each want of a person in a span. Numbers are gapless and never given twice, over any
   * number of processes and whenever they die: a round asks for the numbers after the last one, in their order, so that
   * each of them goes to it or is another's already.
   */
  take(campaign: Pick<Campaign, 'id' | 'per'>, request: TicketRequest): Promise<Numbered>;
  /** No number is given afterwards. Returns the last one; the same again returns the same. */
  close(campaign: string): Promise<number>;
  /** in order of numbers, from after the one given */
  after(campaign: string, number: number, limit: number): Promise<Ticket[]>;
  /** of a customer code or a person, oldest first */
  of(campaign: string, by: { customer: string } | { who: string }, limit: number): Promise<Ticket[]>;
  /** the highest number given */
  last(campaign: string): Promise<number>;
}

interface Waiting {
  of: Omit<TicketDoc, 'id' | 'number'>;
  done(numbered: Numbered): void;
  failed(error: unknown): void;
}

export const ticketsStore = (engine: Engine, utility: string): Tickets => {
  const tickets = engine.collection(ofUtility(utility, TICKETS));
  const queues = new Map<string, Waiting[]>();

  const newest = (campaign: string) => tickets.first({ index: 'number', equal: { campaign }, descending: true });
  const docOf = (of: Waiting['of'], number: number): TicketDoc => ({ ...of, id: `${of.campaign}|${number}`, number });
  const ticketOf = ({ id: _, span: __, ...ticket }: TicketDoc): Ticket => ticket as Ticket;

  /** The ticket that this want has already. */
  const same = async ({ campaign, who, customer, span, want }: Waiting['of']): Promise<TicketDoc | undefined> => {
    const rest = { span: span ?? null, want: want ?? null };
    return (
      (await tickets.first({ index: 'who', equal: { campaign, who: who ?? null, ...rest } })) ??
      (customer === undefined
        ? undefined
        : tickets.first({ index: 'customer', equal: { campaign, customer, ...rest } }))
    );
  };

  const keysOf = ({ who, customer, span, want }: Waiting['of']): string[] =>
    [who, customer].flatMap((one, n) => (one === undefined ? [] : `${n}|${one}|${span}|${want}`));

  /** One round: those whose want is there get its number, the others ask for the next numbers. Returns who lost theirs to another process. */
  const round = async (campaign: string, some: Waiting[]): Promise<Waiting[]> => {
    const there = await Promise.all(some.map(({ of }) => same(of)));
    const asked = new Set<string>();
    const later: Waiting[] = [];
    const fresh = some.filter((one, n) => {
      const found = there[n];
      if (found) {
        one.done({ is: 'repeat', number: found.number });
        return false;
      }
      const keys = keysOf(one.of);
      const twice = keys.some((key) => asked.has(key));
      for (const key of keys) asked.add(key);
      if (twice) later.push(one);
      return !twice;
    });
    if (fresh.length === 0) return later;
    const last = await newest(campaign);
    if (last?.end) {
      for (const one of [...fresh, ...later]) one.done({ is: 'closed' });
      return [];
    }
    const first = (last?.number ?? 0) + 1;
    const outcomes = await tickets.insertMany(fresh.map(({ of }, n) => docOf(of, first + n)));
    const again: Waiting[] = [];
    for (const [n, one] of fresh.entries()) {
      if (outcomes[n]!.is === 'inserted') one.done({ is: 'new', number: first + n });
      else again.push(one);
    }
    return [...again, ...later];
  };

  const run = async (campaign: string, queue: Waiting[]): Promise<void> => {
    while (queue.length > 0) {
      const some = queue.splice(0, PORTION);
      try {
        queue.unshift(...(await round(campaign, some)));
      } catch (error) {
        for (const one of some) one.failed(error);
      }
    }
    queues.delete(campaign);
  };

  /** Those of one process go together, so that only processes compete for numbers. */
  const enqueue = (of: Waiting['of']): Promise<Numbered> =>
    new Promise((done, failed) => {
      const queue = queues.get(of.campaign);
      if (queue) {
        queue.push({ of, done, failed });
        return;
      }
      const mine: Waiting[] = [{ of, done, failed }];
      queues.set(of.campaign, mine);
      // what is asked for in the same moment goes in the same round
      void Promise.resolve().then(() => run(of.campaign, mine));
    });

  /** A want that two processes heard at the same moment is refused in the middle of a round and leaves its number free. */
  const fill = async (campaign: string, last: number): Promise<void> => {
    for (let before = 0; ; ) {
      const page = await tickets.find({
        index: 'number',
        equal: { campaign },
        range: { after: before },
        limit: PORTION,
      });
      for (const { id, number, end } of page) {
        for (let free = before + 1; free < number; free++) await tickets.insert(docOf({ campaign, void: true }, free));
        // the mark fell into the middle of another process' round, and was set again behind it
        if (end && number < last) await tickets.update(id, {}, { end: undefined, void: true });
        before = number;
      }
      if (page.length < PORTION) return;
    }
  };

  return {
    take: ({ id: campaign, per }, request) =>
      enqueue({ ...request, campaign, span: per === 'day' ? dayOf(request.at) : '' }),
    async close(campaign) {
      for (;;) {
        const last = await newest(campaign);
        if (last?.end) {
          await fill(campaign, last.number);
          return last.number - 1;
        }
        await tickets.insert(docOf({ campaign, end: true }, (last?.number ?? 0) + 1));
      }
    },
    after: async (campaign, number, limit) =>
      (await tickets.find({ index: 'number', equal: { campaign }, range: { after: number }, limit }))
        .filter(({ end }) => !end)
        .map(ticketOf),
    of: async (campaign, by, limit) => {
      const [index, equal] = 'who' in by ? ['who', { campaign, who: by.who }] : ['customer', { campaign, ...by }];
      const found = await tickets.find({ index: index as string, equal: equal as Record<string, string>, limit });
      return found.map(ticketOf).sort((a, b) => a.number - b.number);
    },
    async last(campaign) {
      const last = await newest(campaign);
      return last ? last.number - (last.end ? 1 : 0) : 0;
    },
  };
};
