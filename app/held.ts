import type { Activity } from '../core/activity';
import type { ConversationState } from '../core/dialog';
import type { Taken } from '../core/events';

/** A person of the utility who wrote in the platform's own console has the conversation for so long after their last word. */
const HELD_MS = 30 * 60_000;
const LONGEST_MS = 7 * 24 * 3_600_000;

/**
 * The state as events of the platform's own console leave it, and whether somebody else has the conversation. What arrives late, by the
 * platform's own time, changes nothing. While another app has it the platform sends us events only, so that a message means that it is
 * ours again, though nobody said so.
 */
export const heldAfter = (
  state: ConversationState,
  heard: readonly Activity[],
  now: Date,
): { state: ConversationState; held: boolean } => {
  let { heldUntil: until, heldBy: by, heldAt: changed = '', ...free } = state;
  for (const one of heard) {
    const at = one.timestamp ?? now.toISOString();
    const isLate = at < changed;
    if (one.type === 'event' && one.name === 'taken' && !isLate) {
      const { forMs = HELD_MS, ...taken } = (one.value ?? {}) as Partial<Taken>;
      by = taken.by ?? 'person';
      until = new Date(now.getTime() + Math.min(forMs, LONGEST_MS)).toISOString();
      changed = at;
    } else if (one.type === 'event' && one.name === 'returned' && !isLate) {
      until = undefined;
      changed = at;
    } else if (one.type === 'message' && by === 'app' && at > changed) until = undefined;
  }
  const held = Boolean(free.held) || (until !== undefined && until > now.toISOString());
  return {
    state: {
      ...free,
      ...(changed && { heldAt: changed }),
      ...(until && { heldUntil: until, ...(by && { heldBy: by }) }),
    },
    held,
  };
};
