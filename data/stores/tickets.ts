import { setTimeout as pause } from 'node:timers/promises';
import type { Campaign, Ticket, TicketRequest } from '../../core/campaign';
import { dayOf } from '../../core/time';
import type { Doc, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';

/** A ticket under its want, or (`end`) the mark behind the last one, after which none is given. */
interface TicketDoc extends Doc, Partial<TicketRequest> {
  campaign: string;
  number: number;
  /** the day, or '' where a person has one ticket in the whole campaign */
  span?: string;
  end?: true;
}

const TICKETS: Shape<TicketDoc> = {
  name: 'campaign_tickets',
  version: 1,
  indexes: [
    { name: 'number', fields: ['campaign', 'number'], unique: true },
    { name: 'who', fields: ['campaign', 'who', 'number'] },
    { name: 'customer', fields: ['campaign', 'customer', 'span', 'want'], unique: 'sparse' },
  ],
};

/** Tickets of one round trip. */
const PORTION = 500;
/** Who loses all numbers of a round to other processes stands back for a part of the time it took, and longer each time, up to so many times as long. */
const PATIENCE = 8;

/** Between 0 and 1, and another for each want, so that processes do not stand back in step. */
const shareOf = ({ who, want }: Pick<TicketRequest, 'who' | 'want'>): number =>
  [...`${who}${want}`].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % 997, 0) / 997;

export type Numbered =
  /** `repeat`: the want was there before, and keeps its number */
  { is: 'new' | 'repeat'; number: number } | { is: 'closed' };

export interface Tickets {
  /**
   * Gives the next number, once for each want of a person in a span. Numbers are gapless and never given twice, over any
   * number of processes and whenever they die: a round inserts the numbers after the last one in their order, and stops at
   * the first that another process has.
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
  of: Omit<TicketDoc, 'id' | 'number'> & Required<Pick<TicketDoc, 'who' | 'want' | 'span'>>;
  /** its want was looked for and had no ticket; where one comes meanwhile, the insert meets it */
  missing?: boolean;
  done(numbered: Numbered): void;
  failed(error: unknown): void;
}

export const ticketsStore = (engine: Engine, utility: string): Tickets => {
  const tickets = engine.collection(ofUtility(utility, TICKETS));
  const queues = new Map<string, Waiting[]>();
  /** of a campaign, the highest number given that this process knows of: all before it are given */
  const seen = new Map<string, number>();

  const idOf = ({ campaign, who, span, want }: Waiting['of']): string => [campaign, who, span, want].join('|');
  const ticketOf = ({ id: _, span: __, ...ticket }: TicketDoc): Ticket => ticket as Ticket;

  const newest = async (campaign: string): Promise<TicketDoc | undefined> => {
    const last = (await since(campaign)) ?? (await tickets.first({ ...inOrder(campaign), descending: true }));
    seen.set(campaign, last ? last.number - (last.end ? 1 : 0) : 0);
    return last;
  };

  const inOrder = (campaign: string) => ({ index: 'number', equal: { campaign } });

  /** The last of a few that other processes have added; undefined where there are none, or many. */
  const since = async (campaign: string): Promise<TicketDoc | undefined> => {
    const after = seen.get(campaign);
    if (after === undefined) return undefined;
    const added = await tickets.find({ ...inOrder(campaign), range: { after }, limit: PORTION });
    return added.length < PORTION ? added.at(-1) : undefined;
  };

  /** The tickets that these wants have already, by the person or by the customer code. */
  const there = async (some: readonly Waiting[]): Promise<Map<Waiting, TicketDoc>> => {
    const own = new Map((await tickets.getMany(some.map(({ of }) => idOf(of)))).map((ticket) => [ticket.id, ticket]));
    const found = await Promise.all(
      some.map(async (one): Promise<[Waiting, TicketDoc | undefined]> => {
        const { campaign, customer, span, want } = one.of;
        const ticket = own.get(idOf(one.of));
        if (ticket || customer === undefined) return [one, ticket];
        return [one, await tickets.first({ index: 'customer', equal: { campaign, customer, span, want } })];
      }),
    );
    return new Map(found.flatMap(([one, ticket]) => (ticket ? [[one, ticket]] : [])));
  };

  const keysOf = ({ who, customer, span, want }: Waiting['of']): string[] =>
    [who, customer].flatMap((one, n) => (one === undefined ? [] : `${n}|${one}|${span}|${want}`));

  /** One round: those whose want is there get its number, the others ask for the next numbers. Returns those who must ask again. */
  const round = async (campaign: string, some: Waiting[]): Promise<Waiting[]> => {
    const before = await there(some.filter(({ missing }) => !missing));
    const asked = new Set<string>();
    const later: Waiting[] = [];
    const fresh = some.filter((one) => {
      const found = before.get(one);
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
    if (!seen.has(campaign)) await newest(campaign);
    const first = seen.get(campaign)! + 1;
    const { inserted, index } = await tickets.insertInOrder(
      fresh.map(({ of }, n): TicketDoc => ({ ...of, id: idOf(of), number: first + n })),
    );
    seen.set(campaign, first + inserted - 1);
    for (const [n, one] of fresh.slice(0, inserted).entries()) one.done({ is: 'new', number: first + n });
    const refused = fresh.slice(inserted);
    for (const [n, one] of refused.entries()) one.missing = n > 0 || index === 'number';
    const again = [...refused, ...later];
    if (index !== 'number' || !(await newest(campaign))?.end) return again;
    for (const one of again) one.done({ is: 'closed' });
    return [];
  };

  const run = async (campaign: string, queue: Waiting[]): Promise<void> => {
    for (let lost = 0; queue.length > 0; ) {
      const some = queue.splice(0, PORTION);
      const begun = performance.now();
      try {
        const again = await round(campaign, some);
        queue.unshift(...again);
        lost = again.length === some.length ? Math.min(lost + 1, PATIENCE) : 0;
        if (lost > 0) await pause(shareOf(again[0]!.of) * lost * (performance.now() - begun));
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

  return {
    take: ({ id: campaign, per }, request) =>
      enqueue({ ...request, campaign, span: per === 'day' ? dayOf(request.at) : '' }),
    async close(campaign) {
      for (;;) {
        const last = await newest(campaign);
        if (last?.end) return last.number - 1;
        const number = (last?.number ?? 0) + 1;
        await tickets.insert({ id: `${campaign}|end`, campaign, number, end: true });
      }
    },
    after: async (campaign, number, limit) =>
      (await tickets.find({ ...inOrder(campaign), range: { after: number }, limit }))
        .filter(({ end }) => !end)
        .map(ticketOf),
    of: async (campaign, by, limit) => {
      const index = 'who' in by ? 'who' : 'customer';
      const found = await tickets.find({ index, equal: { campaign, ...by }, limit });
      return found.map(ticketOf).sort((a, b) => a.number - b.number);
    },
    async last(campaign) {
      const last = await newest(campaign);
      return last ? last.number - (last.end ? 1 : 0) : 0;
    },
  };
};
