import type { Activity } from '../core/activity';
import type { Decision, Heard } from '../core/dialog';
import type { Contact } from '../core/events';
import { careLine } from './inforce';
import { FRESH } from './memory';

const PRIVATELY = (line: string) =>
  `Dạ để giữ an toàn thông tin của anh/chị, em không trả lời ở chỗ nhiều người cùng xem ạ. Anh/chị nhắn riêng cho em, hoặc gọi ${line} nhé.`;

/** What a dialog hears: who came is greeted, and a shared phone number is as good as typed where one may be given. */
export const spoken = (heard: readonly Activity[], phoneAwaited: boolean): Activity[] =>
  heard.flatMap((activity): Activity[] => {
    if (activity.type === 'message' || activity.type === 'messageReaction') return [activity];
    if (activity.type !== 'event') return [];
    if (activity.name === 'follow') return [{ ...activity, type: 'message', value: 'chat.greet' }];
    if (activity.name !== 'contact') return [];
    return [phoneAwaited ? { type: 'message', text: (activity.value as Contact).phone } : activity];
  });

/** Where others read along, nothing is looked up and nothing that was written is repeated. */
export const inPublic = (before = FRESH, heard: Omit<Heard, 'understand'>): Decision => ({
  say: spoken(heard.heard, false).some(({ type }) => type === 'message')
    ? [{ type: 'message', text: PRIVATELY(careLine(heard).text) }]
    : [],
  orders: [],
  state: before,
  meant: { intents: [], because: ['a public place'] },
});
