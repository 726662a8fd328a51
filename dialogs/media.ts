import { type Activity, choices, LOCATION, locationOf, STICKER, say } from '../core/activity';
import type { Dialog, Turn } from '../core/dialog';
import { careLine } from './inforce';
import { OPENERS } from './menu';
import { HAZARD, PERSON, PLANNED, REPORT } from './offers';

/** What a message carries besides text, the most telling first. */
export type Medium = 'location' | 'voice' | 'photo' | 'video' | 'file' | 'sticker' | 'reaction' | 'contact';

const NICE = 'Dạ, em vẫn ở đây với anh/chị ạ 🌟';
const VOICE = (line: string) =>
  `Dạ em chưa nghe được tin nhắn thoại. Anh/chị gõ chữ giúp em (không dấu cũng được), hoặc nói chuyện với nhân viên qua ${line} ạ.`;
const PHOTO = (prefixes: string) =>
  `Dạ em nhận được ảnh nhưng chưa đọc được nội dung trong ảnh. Nếu là hóa đơn, anh/chị gõ giúp em mã khách hàng 13 ký tự${prefixes}; nếu là chỗ đang nguy hiểm, anh/chị tránh xa và nhắn em “báo nguy hiểm” ạ.`;
const VIDEO = (line: string) =>
  `Dạ em nhận được video nhưng chưa xem được. Anh/chị gõ vài chữ giúp em là đang cần gì, gấp thì gọi ${line} ạ.`;
const FILE = (line: string) =>
  `Dạ em nhận được tệp nhưng chưa mở đọc được. Anh/chị gõ giúp em nội dung cần hỏi; giấy tờ thì gửi nhân viên qua ${line} ạ.`;
const PLACE = (place: string) =>
  `Dạ em nhận được ${place}. Anh/chị muốn em ghi vị trí này vào tin báo nào ạ? Lịch cắt điện thì em cần tên xã/phường hoặc mã khách hàng.`;

const CONTACT =
  'Dạ em nhận được số điện thoại của anh/chị rồi, em chỉ dùng khi anh/chị nhờ nhân viên gọi lại ạ. Anh/chị cần em giúp gì ạ?';

/** Every medium in the activities heard. */
export const mediaOf = (heard: readonly Activity[]): Medium[] => [
  ...new Set(
    heard.flatMap((activity): Medium[] =>
      activity.type === 'messageReaction'
        ? ['reaction']
        : activity.type === 'event'
          ? activity.name === 'contact'
            ? ['contact']
            : []
          : (activity.attachments ?? []).map(({ contentType }) =>
              contentType === LOCATION
                ? 'location'
                : contentType === STICKER
                  ? 'sticker'
                  : contentType.startsWith('image/')
                    ? 'photo'
                    : contentType.startsWith('audio/')
                      ? 'voice'
                      : contentType.startsWith('video/')
                        ? 'video'
                        : 'file',
            ),
    ),
  ),
];

/** A shared location as the text of a place: the platform's name for it, and its coordinates. */
export const sharedPlace = (heard: readonly Activity[]): string | undefined => {
  for (const attachment of heard.flatMap((activity) => activity.attachments ?? [])) {
    const point = locationOf(attachment);
    if (point) {
      const at = `vị trí ${point.latitude.toFixed(5)}, ${point.longitude.toFixed(5)}`;
      return attachment.name ? `${attachment.name.slice(0, 100)} (${at})` : at;
    }
  }
  return undefined;
};

const reply = (medium: Medium, turn: Turn): Activity => {
  const line = careLine(turn).text;
  const codes = turn.utility.prefixes.length ? ` (bắt đầu bằng ${turn.utility.prefixes.join(', ')})` : '';
  switch (medium) {
    case 'location':
      return choices(PLACE(sharedPlace(turn.heard) ?? 'vị trí nhưng không đọc được tọa độ'), [REPORT, HAZARD, PLANNED]);
    case 'voice':
      return choices(VOICE(line), [PERSON]);
    case 'photo':
      return choices(PHOTO(codes), [HAZARD, PERSON]);
    case 'video':
      return choices(VIDEO(line), [HAZARD, PERSON]);
    case 'contact':
      return choices(CONTACT, OPENERS);
    case 'file':
      return choices(FILE(line), [PERSON]);
    default:
      return say(NICE);
  }
};

const ORDER: Medium[] = ['location', 'contact', 'voice', 'photo', 'video', 'file', 'sticker', 'reaction'];

/** Started by the flow for a message without words. */
export const media: Dialog = {
  id: 'media',
  version: 1,
  intents: [],
  async start(turn) {
    const came = mediaOf(turn.heard);
    const medium = ORDER.find((one) => came.includes(one)) ?? 'sticker';
    const place = sharedPlace(turn.heard);
    const speaksOfLine = medium === 'voice' || medium === 'video' || medium === 'file';
    return {
      say: [reply(medium, turn)],
      remember: { ...(place ? { place } : {}), ...(speaksOfLine ? { facts: careLine(turn).facts } : {}) },
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => media.start(turn),
};
