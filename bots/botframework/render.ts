import { type Activity, HERO, TABLE } from '../../core/activity';
import type { Abilities } from '../../core/channel';
import { shape } from '../shape';

/** Pure. Choices are the buttons of a card, which Teams, Web Chat and the Emulator all show; a table is an Adaptive Card. */
export const renderWith =
  (abilities: Abilities) =>
  (activity: Activity): Activity[] => {
    if (activity.type !== 'message' && activity.type !== 'typing') return [];
    return shape(activity, abilities).map(({ suggestedActions, attachments = [], ...rest }) => {
      const cards = attachments.map((one) => {
        if (one.contentType !== TABLE) return one;
        const { table: _table, ...content } = one.content as Record<string, unknown>;
        return { ...one, content };
      });
      const buttons = suggestedActions?.actions;
      const all = buttons ? [...cards, { contentType: HERO, content: { buttons } }] : cards;
      return { ...rest, ...(all.length > 0 && { attachments: all }) };
    });
  };
