import { type Activity, choices } from '../core/activity';
import type { Heard } from '../core/dialog';
import { ERRORS } from '../core/errors';
import type { InboxEvent, TurnDoc } from '../data/stores';
import { heldAfter } from './held';
import { addressed } from './pictures';
import { servicesFor } from './services';
import type { Workbench } from './workbench';

/** Steps 6 to 8: what is heard together, what it means, what is said. No turn while pieces of a message may still follow. */
export const decideTurn = async (
  bench: Workbench,
  conversation: string,
  last: TurnDoc | undefined,
  queue: InboxEvent[],
  hurry: boolean,
): Promise<{ turn: TurnDoc; events: InboxEvent[] } | { turn?: undefined; waitMs: number }> => {
  const now = bench.clock();
  const channel = bench.channels[queue[0]!.address.channel];
  const abilities = channel.abilitiesAt?.(queue[0]!.address) ?? channel.abilities;
  const gatherMs = bench.gatherMs ?? abilities.gatherMs;
  const { events, complete } = gathered(bench, queue, last, now);
  const waitMs = events.at(-1)!.at + gatherMs - now.getTime();
  if (!complete && !hurry && waitMs > 0) return { waitMs };
  const heard = events.map(({ activity }) => activity);

  const { state: before, held } = heldAfter(last?.state ?? EMPTY, heard, now);
  const seq = (last?.seq ?? 0) + 1;
  const turn: TurnDoc = {
    id: `${conversation}|${seq}`,
    conversation,
    seq,
    cause: events[0]!.eventId,
    heardIds: events.map(({ eventId }) => eventId),
    heard,
    said: [],
    orders: [],
    state: before,
    at: now.toISOString(),
  };
  if (held) return { turn, events };
  try {
    const { say, orders, state, meant } = await bench.decide(before, {
      heard,
      public: heard.some(({ conversation }) => conversation?.isGroup === true),
      now,
      channel: { name: channel.name, abilities },
      understand: bench.understand,
      utility: bench.utility,
      disclosure: bench.disclosure,
      services: servicesFor(bench, events[0]!, now),
    } satisfies Heard);
    return { events, turn: { ...turn, said: addressed(say, turn, bench.secret), orders, state, meant } };
  } catch (error) {
    bench.log.error({ err: error, turn: turn.id, code: 'TURN_FAILED' }, ERRORS.TURN_FAILED.cause);
    return { events, turn: { ...turn, said: [apology()], error: 'TURN_FAILED' } };
  }
};

const EMPTY: TurnDoc['state'] = {
  version: 1,
  memory: { pronouns: { customer: 'anh/chị', us: 'em' }, houses: [], facts: [] },
  frames: [],
  lastSaid: [],
};

const apology = (): Activity =>
  choices(ERRORS.TURN_FAILED.sentence, [{ title: 'Gặp nhân viên', value: 'agent.request' }]);

/** The first message and what belongs to it: pieces sent together, and the rest of what is not complete yet. */
const gathered = (bench: Workbench, queue: InboxEvent[], last: TurnDoc | undefined, now: Date) => {
  const events = queue.slice(0, 1);
  // a message that cost the customer money has an answer of its own
  const paidEach = bench.channels[queue[0]!.address.channel].abilities.oneReply;
  for (;;) {
    const next = queue[events.length];
    const together = next?.batch !== undefined && next.batch === events[0]!.batch;
    const complete = !together && (paidEach || isComplete(bench, events, last, now));
    if (!next || complete) return { events, complete };
    events.push(next);
  }
};

const isComplete = (bench: Workbench, events: InboxEvent[], last: TurnDoc | undefined, now: Date): boolean => {
  const plain = events.every(
    ({ activity: { type, text, value, attachments } }) => type === 'message' && text && !value && !attachments?.length,
  );
  if (!plain) return true;
  const expects = last?.state.frames.at(-1)?.expects.entities ?? [];
  const text = events.map(({ activity }) => activity.text?.trim().normalize('NFC')).join('\n');
  return !bench.understand(text, { now, expects }).cues.incomplete;
};
