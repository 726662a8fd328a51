import type { Activity } from '../core/activity';
import type { ConversationLog } from '../core/channel';
import type { TurnDoc, Turns } from '../data/stores';
import { withoutFigures } from './pictures';
import type { Worker } from './worker';

/** The turns of a conversation as activities with ids, for channels that stream them; the watermark is the turn's number. */
export const conversationLog = (turns: Turns, worker: Worker, botName: string): ConversationLog => {
  const subscribers = new Map<string, Set<() => void>>();
  // the newest turn of each conversation that is being followed, so that streaming it needs no read
  const newest = new Map<string, TurnDoc>();
  worker.onTurn((turn) => {
    const following = subscribers.get(turn.conversation);
    if (!following) return;
    newest.set(turn.conversation, turn);
    for (const changed of following) changed();
  });
  return {
    async since(conversation, watermark, limit = 100) {
      const turn = newest.get(conversation);
      const found = turn?.seq === watermark + 1 ? [turn] : await turns.since(conversation, watermark, limit);
      return {
        activities: found.flatMap((turn) => activitiesOf(turn, botName)),
        watermark: found.at(-1)?.seq ?? watermark,
      };
    },
    subscribe(conversation, changed) {
      const set = subscribers.get(conversation) ?? new Set();
      subscribers.set(conversation, set.add(changed));
      return () => {
        set.delete(changed);
        if (set.size > 0) return;
        subscribers.delete(conversation);
        newest.delete(conversation);
      };
    },
  };
};

/** What was heard, then what was said; every reply names the last message that it answers. */
export const activitiesOf = (turn: TurnDoc, botName: string): Activity[] => {
  const conversation = { id: turn.conversation };
  const replyToId = turn.heardIds.at(-1);
  return [
    ...turn.heard.map((activity, n) => ({ ...activity, id: turn.heardIds[n]!, conversation })),
    ...turn.said.map(
      (activity, n): Activity => ({
        ...withoutFigures(activity),
        id: `${turn.id}.${n}`,
        conversation,
        timestamp: turn.at,
        from: { id: 'domdom', name: botName, role: 'bot' },
        ...(replyToId && { replyToId }),
      }),
    ),
  ];
};
