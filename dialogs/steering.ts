import { type Activity, choices, offeredChoices, say } from '../core/activity';

const ALL_DONE = 'Dạ vâng, em dừng ở đây. Khi cần, anh/chị cứ nhắn em ạ.';
const START_OVER = 'Dạ vâng. Anh/chị muốn xem gì tiếp, nhắn em nhé.';
const NOTHING_SAID = 'Dạ em chưa nói gì trước đó ạ. Anh/chị cần xem gì, nhắn em nhé.';
const YES = 'Dạ, anh/chị cần thêm gì thì nhắn em nhé.';
const CHOOSE_ONE = 'Dạ anh/chị chọn giúp em một trong các ý này ạ:';

export const cancelled = (): Activity[] => [say(ALL_DONE)];
export const steppedBack = (): Activity[] => [say(START_OVER)];
export const repeated = (lastSaid: Activity[]): Activity[] => (lastSaid.length ? lastSaid : [say(NOTHING_SAID)]);

/** "ừ", "dạ": chooses nothing of an either/or question, which is asked again; after an answer it is not a question. */
export const nodded = (lastSaid: Activity[]): Activity[] => {
  const last = lastSaid.at(-1);
  const offered = last ? offeredChoices(last) : [];
  return offered.length > 1 && /\?\s*$/.test(last?.text ?? '') ? [choices(CHOOSE_ONE, offered)] : [say(YES)];
};
