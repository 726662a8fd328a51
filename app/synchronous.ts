import type { Channel, ChannelName } from '../core/channel';
import type { Clock, Timers } from '../core/time';
import type { InboxEvent, Stores, TurnDoc } from '../data/stores';

/** How often a request looks for a turn that another process makes. */
const LOOK_MS = 250;
const REMEMBERED = 1_000;

/** Requests that are held until there is a reply, because their answer is how it travels (`Hook.answer`). */
export interface Synchronous {
  /** What one request is answered with. `left` is told whether the answer was written whole. */
  wait(
    conversation: string,
    eventId: string,
    deadlineMs: number,
  ): Promise<{ is: 'reply'; turn: TurnDoc; left(whole: boolean): void } | { is: 'late' }>;
  /**
   * What became of a reply: it left in the answer; it follows by `send` (`first`: nobody can have sent it before); the answer was
   * given without it and nothing can follow; or nobody knows, and only the same request again will tell.
   */
  hand(
    event: InboxEvent,
    turn: TurnDoc,
  ): Promise<{ is: 'left' | 'too late' | 'unsure' } | { is: 'follows'; first: boolean }>;
}

interface Waiter {
  wake(turn: TurnDoc): void;
  /** its turn is being handed over: whoever does that hears what became of the answer */
  taken?: boolean;
  /** what its request was answered with, once that is out */
  answered: Promise<'left' | 'late' | 'unsure'>;
}

/** Every answer is decided once, in the inbox, before it is written: two requests for one event never get two replies. */
export const holdRequests = (
  { inbox, turns, outbox }: Pick<Stores, 'inbox' | 'turns' | 'outbox'>,
  channels: Record<ChannelName, Channel>,
  clock: Clock,
  timers: Timers,
): Synchronous => {
  const waiters = new Map<string, Waiter>();
  // a turn of before a crash may be answered by its repeated request before it is handed over
  const left = new Set<string>();

  /** Resolves with the turn that woke it, or with nothing when it is time to look again. */
  const pause = (ms: number, woken: Promise<TurnDoc>): Promise<TurnDoc | undefined> =>
    new Promise((resolve) => {
      const timer = timers.set(() => resolve(undefined), ms);
      void woken.then((turn) => {
        timers.clear(timer as never);
        resolve(turn);
      });
    });

  const follows = (event: InboxEvent): boolean =>
    channels[event.address.channel].hooks.find(({ path }) => path === event.synchronous)?.answer?.replyFollows !==
    false;

  return {
    async wait(conversation, eventId, deadlineMs) {
      const until = clock().getTime() + deadlineMs;
      const key = JSON.stringify([conversation, eventId]);
      let wake: Waiter['wake'] = () => {};
      let tell: (answered: 'left' | 'late' | 'unsure') => void = () => {};
      const woken = new Promise<TurnDoc>((resolve) => {
        wake = resolve;
      });
      const waiter: Waiter = { wake, answered: new Promise<'left' | 'late' | 'unsure'>((resolve) => (tell = resolve)) };
      const first = !waiters.has(key);
      if (first) waiters.set(key, waiter);
      const done = (answered: 'left' | 'late' | 'unsure') => {
        tell(answered);
        if (waiters.get(key) === waiter) waiters.delete(key);
      };
      try {
        let turn = await turns.byCause(conversation, eventId);
        for (let now = clock().getTime(); !turn && now < until; now = clock().getTime()) {
          turn = await pause(Math.min(LOOK_MS, until - now), woken);
          turn ??= await turns.byCause(conversation, eventId);
        }
        const stands = await inbox.decide(conversation, eventId, turn ? 'reply' : 'late');
        turn ??= stands === 'reply' ? await turns.byCause(conversation, eventId) : undefined;
        if (stands === 'late' || !turn) {
          done('late');
          return { is: 'late' };
        }
        const said = turn;
        return {
          is: 'reply',
          turn: said,
          left(whole) {
            if (whole && !(first && waiter.taken)) {
              left.add(key);
              if (left.size > REMEMBERED) left.delete(left.keys().next().value!);
              void outbox.left(said).catch(() => {});
            }
            done(whole ? 'left' : 'unsure');
          },
        };
      } catch (error) {
        done('unsure');
        throw error;
      }
    },

    async hand(event, turn) {
      const { conversation, eventId } = event;
      const key = JSON.stringify([conversation, eventId]);
      const waiter = waiters.get(key);
      if (waiter) waiter.taken = true;
      waiter?.wake(turn);
      const answered = waiter ? await waiter.answered : left.delete(key) && 'left';
      if (answered === 'left' || answered === 'unsure') return { is: answered };
      const before = (await inbox.find(conversation, eventId))?.answer;
      // nobody is held here: by `send`, where that is possible, and then never by a request that comes again
      const stands = before ?? (follows(event) ? await inbox.decide(conversation, eventId, 'late') : undefined);
      if (stands !== 'late') return { is: 'unsure' };
      return follows(event) ? { is: 'follows', first: before === undefined } : { is: 'too late' };
    },
  };
};
