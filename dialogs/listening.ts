import { choices } from '../core/activity';
import type { Dialog } from '../core/dialog';
import { PERSON } from './offers';
import { likeliest } from './titles';

const GO_ON = 'Dạ em nghe đây ạ. Anh/chị cần em xem giúp gì?';

/** "con ơi", "cho bà hỏi": nothing complete was said, and nothing more came. */
export const listening: Dialog = {
  id: 'listening',
  version: 1,
  intents: [],
  start: async ({ text, channel }) =>
    channel.abilities.oneReply && !/\p{L}/u.test(text)
      ? { say: [], then: { is: 'goto', dialog: 'fallback' } }
      : { say: [choices(GO_ON, [...likeliest([], 3), PERSON])], then: { is: 'done' } },
  resume: (_, turn) => listening.start(turn),
};
