import { type Activity, type Choice, offeredChoices } from '../../core/activity';
import type { Abilities } from '../../core/channel';
import { shape } from '../shape';

const CAPTION = 1024;
const DATA_BYTES = 64;
/** two buttons share a row where both are short */
const SHORT = 16;

interface Button {
  text: string;
  callback_data: string;
}

/** One call of the Bot API, but for the chat it goes to. A picture is named by its address and fetched when it is sent. */
export type Wire =
  | { method: 'sendMessage'; text: string; reply_markup?: { inline_keyboard: Button[][] } }
  | {
      method: 'sendPhoto';
      photo: string;
      alt: string;
      caption?: string;
      reply_markup?: { inline_keyboard: Button[][] };
    }
  | { method: 'sendChatAction'; action: 'typing' };

/** Pure. Choices become an inline keyboard; where a value has more than 64 bytes they are numbered lines. */
export const renderWith =
  (abilities: Abilities) =>
  (activity: Activity): Wire[] => {
    if (activity.type === 'typing') return [{ method: 'sendChatAction', action: 'typing' }];
    if (activity.type !== 'message') return [];
    const fits = offeredChoices(activity).every(({ value }) => Buffer.byteLength(value) <= DATA_BYTES);
    const shaped = shape(activity, fits ? abilities : { ...abilities, choices: 'numbered' });
    return shaped.flatMap(wiresOf);
  };

const wiresOf = (piece: Activity): Wire[] => {
  const text = piece.text?.trim() ?? '';
  const offered = offeredChoices(piece);
  const reply_markup = offered.length > 0 ? { reply_markup: { inline_keyboard: rowsOf(offered) } } : {};
  const pictures = piece.attachments ?? [];
  const captioned = pictures.length > 0 && text.length <= CAPTION;
  const photos = pictures.map(({ contentUrl = '', name = '' }, n): Wire => {
    const last = n === pictures.length - 1;
    return {
      method: 'sendPhoto',
      photo: contentUrl,
      alt: name,
      ...(captioned && n === 0 && text && { caption: text }),
      ...(last && reply_markup),
    };
  });
  if (captioned) return photos;
  if (pictures.length > 0) return [{ method: 'sendMessage', text }, ...photos];
  return text || offered.length > 0 ? [{ method: 'sendMessage', text: text || '…', ...reply_markup }] : [];
};

const rowsOf = (offered: Choice[]): Button[][] => {
  const rows: Button[][] = [];
  for (const { title, value } of offered) {
    const row = rows.at(-1);
    const button = { text: title, callback_data: value };
    if (row?.length === 1 && row[0]!.text.length <= SHORT && title.length <= SHORT) row.push(button);
    else rows.push([button]);
  }
  return rows;
};
