import { type Activity, choices, offeredChoices, say } from '../core/activity';
import type { Turn } from '../core/dialog';
import type { flowOver } from './flow';
import type { Move } from './moves';

const ALL_DONE = 'Dạ vâng, em dừng ở đây. Khi cần, anh/chị cứ nhắn em ạ.';
const START_OVER = 'Dạ vâng. Anh/chị muốn xem gì tiếp, nhắn em nhé.';
const NOTHING_SAID = 'Dạ em chưa nói gì trước đó ạ. Anh/chị cần xem gì, nhắn em nhé.';
const YES = 'Dạ, anh/chị cần thêm gì thì nhắn em nhé.';
const NOT_OURS = 'Dạ chuyện này em không giúp được, em chỉ lo các việc về điện ạ.';
const CHOOSE_ONE = 'Dạ anh/chị chọn giúp em một trong các ý này ạ:';

/** "ừ", "dạ": chooses nothing of an either/or question, which is asked again; after an answer it is not a question. */
const nodded = (lastSaid: Activity[]): Activity[] => {
  const last = lastSaid.at(-1);
  const offered = last ? offeredChoices(last) : [];
  return offered.length > 1 && /\?\s*$/.test(last?.text ?? '') ? [choices(CHOOSE_ONE, offered)] : [say(YES)];
};

/** One move, done. Steering acts on what waits and on what was said last, so it is no dialog. */
export const carryOut = async (
  move: Move,
  flow: ReturnType<typeof flowOver>,
  turn: Omit<Turn, 'memory' | 'toldNow'>,
  lastSaid: Activity[],
): Promise<void> => {
  switch (move.do) {
    case 'start':
      return flow.start(move.dialog, { ...turn, meaning: move.meaning });
    case 'resume':
      return flow.resume({ ...turn, meaning: move.meaning });
    case 'drop':
      return flow.drop(Number.POSITIVE_INFINITY);
    case 'cancel':
      flow.drop(Number.POSITIVE_INFINITY);
      flow.forget();
      return flow.say(say(ALL_DONE));
    case 'aside':
      return flow.say(say(NOT_OURS));
    case 'back':
      flow.drop();
      return flow.waits() ? undefined : flow.say(say(START_OVER));
    case 'repeat':
      flow.hush();
      return flow.say(...(lastSaid.length ? lastSaid : [say(NOTHING_SAID)]));
    case 'nod':
      // a waiting dialog asks again by itself
      return flow.waits() ? undefined : flow.say(...nodded(lastSaid));
  }
};
