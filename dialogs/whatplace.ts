import { choices } from '../core/activity';
import type { Dialog } from '../core/dialog';
import { want } from './choosing';
import { PLANNED, REPORT } from './offers';
import { locate, rememberSupply } from './supply';

const WHAT = (place: string) => `Dạ anh/chị ở ${place}, cần em xem gì ạ?`;
const OFFICE = want('Phòng giao dịch', 'service.office');

/** "tui ở Hội An á": a place and nothing else is kept for what comes next. */
export const whatplace: Dialog = {
  id: 'whatplace',
  version: 1,
  intents: [],
  async start(turn) {
    const located = await locate(turn);
    if (located.is !== 'found' || turn.channel.abilities.oneReply)
      return { say: [], then: { is: 'goto', dialog: 'fallback' } };
    return {
      say: [choices(WHAT(located.supplies[0]!.called), [REPORT, PLANNED, OFFICE])],
      remember: rememberSupply(located.supplies),
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => whatplace.start(turn),
};
