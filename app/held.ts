import type { Activity } from '../core/activity';
import type { ConversationState } from '../core/dialog';

/** A person of the utility who wrote in the platform's own console has the conversation for so long after their last word. */
const HELD_MS = 30 * 60_000;

/** The state as events of the platform's own console leave it, and whether a person has the conversation. */
export const heldAfter = (
  state: ConversationState,
  heard: readonly Activity[],
  now: Date,
): { state: ConversationState; held: boolean } => {
  const named = (name: string) => heard.findLastIndex((one) => one.type === 'event' && one.name === name);
  const [taken, returned] = [named('taken'), named('returned')];
  const { heldUntil, ...free } = state;
  const until =
    taken > returned ? new Date(now.getTime() + HELD_MS).toISOString() : returned < 0 ? heldUntil : undefined;
  const held = Boolean(state.held) || (until !== undefined && until > now.toISOString());
  return { state: until ? { ...free, heldUntil: until } : free, held };
};
