import { choices } from '../core/activity';
import type { Dialog } from '../core/dialog';
import { MENU, PERSON } from './offers';
import { likeliest } from './titles';

const GUESS = 'Dạ em chưa rõ ý anh/chị. Có phải anh/chị cần một trong các việc này không ạ?';
const STILL =
  'Dạ em vẫn chưa hiểu ý anh/chị, em xin lỗi ạ. Anh/chị xem những việc em làm được, hoặc gặp nhân viên nhé.';

/** Nothing was understood: the three likeliest wants, and the second time in a row the menu and a person. */
export const fallback: Dialog = {
  id: 'fallback',
  version: 1,
  intents: [],
  async start({ meaning, memory }) {
    const again = memory.lastIntent === 'out_of_scope';
    return {
      say: [again ? choices(STILL, [MENU, PERSON]) : choices(GUESS, likeliest(meaning.intents, 3))],
      remember: { lastIntent: 'out_of_scope' },
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => fallback.start(turn),
};
