import { type Attachment, attachmentsFrom, LOCATION, STICKER } from '../../core/activity';
import { record, text } from './fields';

/** The platform's attachment types as content types; any other is a file that we cannot open. */
const TYPES: Record<string, string> = {
  image: 'image/*',
  audio: 'audio/*',
  video: 'video/*',
  reel: 'video/*',
  ig_reel: 'video/*',
  file: 'application/octet-stream',
  sticker: STICKER,
  location: LOCATION,
};
const SHARED = ['fallback', 'post', 'ig_post', 'template', 'appointment_booking'];

/**
 * The attachments of a customer's message. A sticker is one attachment, whether it comes as an image with `sticker_id`, with a second
 * attachment of type `sticker` (since 2026-06-01), or as that alone (after 2026-08-30). A shared link (`fallback`) is no file: its
 * words are in the text already. (Messenger Platform, webhook-events/messages and changelog)
 */
export const attachmentsOf = (message: Record<string, unknown>): Attachment[] => {
  const sent = Array.isArray(message.attachments) ? message.attachments.slice(0, 20).map(record) : [];
  const found = sent.flatMap((one): Record<string, unknown>[] => {
    const payload = record(one.payload);
    const shared = SHARED.includes(one.type as string);
    if (shared && message.text) return [];
    const contentType =
      payload.sticker_id !== undefined && payload.sticker_id !== null
        ? STICKER
        : shared
          ? 'text/html'
          : (TYPES[typeof one.type === 'string' ? one.type : 'file'] ?? TYPES.file);
    const { lat, long } = record(payload.coordinates);
    const point = typeof lat === 'number' && typeof long === 'number';
    return [
      {
        contentType,
        name: text(payload.title ?? one.title, 200),
        contentUrl: text(payload.url ?? one.url, 2000),
        ...(point && { content: { type: 'Point', coordinates: [long, lat] } }),
      },
    ];
  });
  const stickers = found.filter(({ contentType }) => contentType === STICKER);
  const rest = found.filter(({ contentType }) => contentType !== STICKER);
  if (message.is_unsupported === true && found.length === 0) rest.push({ contentType: TYPES.file });
  return attachmentsFrom([...rest, ...stickers.slice(0, 1)]);
};
