import type { Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';
import type { TurnDoc, Turns } from '../stores';

const TURNS: Shape<TurnDoc> = {
  name: 'turns',
  version: 1,
  indexes: [
    { name: 'seq', fields: ['conversation', 'seq'], unique: true },
    { name: 'cause', fields: ['conversation', 'cause'], unique: true },
    { name: 'recent', fields: ['at'] },
  ],
};

export const turnsStore = (engine: Engine, utility: string): Turns => {
  const turns = engine.collection(ofUtility(utility, TURNS));
  const byCause = (conversation: string, cause: string) =>
    turns.first({ index: 'cause', equal: { conversation, cause } });
  return {
    last: (conversation) => turns.first({ index: 'seq', equal: { conversation }, descending: true }),
    async commit(turn, event, haste) {
      const inserted = await (event ? turns.insertAfter(event, turn, haste) : turns.insert(turn, haste));
      if (inserted.is === 'void') return 'void';
      if (inserted.is === 'inserted') return 'kept';
      // a redo of the very same turn meets both indexes, and either may be named
      const seen = inserted.index === 'cause' || (await byCause(turn.conversation, turn.cause));
      return seen ? 'seen' : 'overtaken';
    },
    byCause,
    since: (conversation, after, limit) =>
      turns.find({ index: 'seq', equal: { conversation }, range: { after }, limit }),
    recent: (after, limit) => turns.find({ index: 'recent', equal: {}, range: { after }, limit }),
  };
};
