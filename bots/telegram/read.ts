import { type Activity, type Attachment, LOCATION, STICKER, textFrom } from '../../core/activity';
import type { RawRequest } from '../../core/channel';
import { COMMANDS } from './commands';

type Json = Record<string, unknown>;
const LONGEST = 10_000;

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.slice(0, 100).map(record) : []);
const words = (value: unknown, limit = LONGEST): string => textFrom(value, limit) ?? '';
/** Ids have up to 52 bits, so numbers hold them. */
const idOf = (value: unknown): string | undefined => (Number.isSafeInteger(value) ? String(value) : undefined);

/** One update as what was heard, [] for what means nothing to us (edits, channel posts, bots, service messages). Pure. */
export const readUpdate = ({ body }: Pick<RawRequest, 'body'>): Activity[] => {
  let update: Json;
  try {
    update = record(JSON.parse(body.toString('utf8')));
  } catch {
    return [];
  }
  const id = idOf(update.update_id);
  if (id === undefined) return [];
  const heard =
    ofMessage(record(update.message)) ?? ofTap(record(update.callback_query)) ?? ofBlock(record(update.my_chat_member));
  return heard ? [{ ...heard, id: `u${id}` }] : [];
};

/** Who speaks where; undefined for bots, and for who has no name (an anonymous administrator, a channel). */
const placeOf = (from: Json, chat: Json): Activity | undefined => {
  const [person, conversation] = [idOf(from.id), idOf(chat.id)];
  if (!person || !conversation || from.is_bot === true) return undefined;
  const locale = words(from.language_code, 35);
  return {
    type: 'message',
    channelId: 'telegram',
    from: { id: person, role: 'user' },
    conversation: { id: conversation, ...(chat.type !== 'private' && { isGroup: true }) },
    ...(locale && { locale }),
  };
};

const instantOf = (seconds: unknown): { timestamp?: string } =>
  typeof seconds === 'number' && seconds > 0 && seconds < 8.64e12
    ? { timestamp: new Date(seconds * 1000).toISOString() }
    : {};

const ofMessage = (message: Json): Activity | undefined => {
  const place = placeOf(record(message.from), record(message.chat));
  if (!place || (place.conversation!.isGroup && !isForUs(message))) return undefined;
  const common = { ...place, ...instantOf(message.date) };
  const contact = record(message.contact);
  // anybody can pass on somebody else's card: only one's own number is a contact
  if (message.contact && idOf(contact.user_id) === place.from!.id && words(contact.phone_number))
    return {
      ...common,
      type: 'event',
      name: 'contact',
      value: { phone: words(contact.phone_number, 20).replace(/[^\d+]/g, '') },
    };
  const text = words(message.text) || words(message.caption);
  const attachments = attachmentsOf(message);
  if (attachments.length > 0) return { ...common, text, attachments };
  return text.trim() ? { ...common, ...commandOf(text) } : undefined;
};

/** In a group only what is put to a bot: a command, a mention, an answer to one. */
const isForUs = (message: Json): boolean =>
  record(record(message.reply_to_message).from).is_bot === true ||
  list(message.entities).some(({ type }) => type === 'bot_command' || type === 'mention');

/** "/tiendien PP05…": a command starts its want, with a code behind it as its slot; "/start" is who comes. */
const commandOf = (text: string): Pick<Activity, 'type' | 'text' | 'name' | 'value'> => {
  const [, name, rest] = /^\/([a-z0-9_]{1,32})(?:@\w{1,64})?(?:\s+([\s\S]*))?$/i.exec(text.trim()) ?? [];
  if (name?.toLowerCase() === 'start') return { type: 'event', name: 'follow' };
  const command = COMMANDS.find((one) => one.command === name?.toLowerCase());
  if (!command) return { type: 'message', text };
  const code = /^P[A-Z0-9]{12}$/i.exec(rest?.trim() ?? '')?.[0].toUpperCase();
  if (rest?.trim() && !code) return { type: 'message', text: `${command.description} ${rest.trim()}` };
  return { type: 'message', text: command.description, value: `${command.intent}${code ? `;code=${code}` : ''}` };
};

const FILES: Record<string, string> = {
  photo: 'image/jpeg',
  voice: 'audio/ogg',
  audio: 'audio/mpeg',
  video: 'video/mp4',
  video_note: 'video/mp4',
  animation: 'video/mp4',
  document: 'application/octet-stream',
  contact: 'text/vcard',
};

const attachmentsOf = (message: Json): Attachment[] => {
  const point = record(message.location);
  const { latitude, longitude } = point;
  if (typeof latitude === 'number' && typeof longitude === 'number') {
    const name = words(record(message.venue).title, 200);
    const content = { type: 'Point', coordinates: [longitude, latitude] };
    return [{ contentType: LOCATION, content, ...(name && { name }) }];
  }
  if (message.sticker) return [{ contentType: STICKER }];
  const kind = Object.keys(FILES).find((one) => message[one]);
  if (!kind) return [];
  const type = words(record(message[kind]).mime_type, 100);
  return [{ contentType: /^\w+\/[\w.+-]+$/.test(type) ? type : FILES[kind]! }];
};

/** A tapped button: its value, with the words that stood on it. */
const ofTap = (query: Json): Activity | undefined => {
  const message = record(query.message);
  const place = placeOf(record(query.from), record(message.chat));
  const value = words(query.data, 64);
  if (!place || !value) return undefined;
  const buttons = Array.isArray(record(message.reply_markup).inline_keyboard)
    ? (record(message.reply_markup).inline_keyboard as unknown[]).slice(0, 100).flatMap(list)
    : [];
  const title = words(buttons.find(({ callback_data }) => callback_data === query.data)?.text, 256);
  const callback = words(query.id, 64);
  return { ...place, text: title || value, value, ...(callback && { channelData: { callback } }) };
};

/** Blocked in a private chat. Who unblocks presses "restart", which sends /start. */
const ofBlock = (change: Json): Activity | undefined => {
  const place = placeOf(record(change.from), record(change.chat));
  if (!place || place.conversation!.isGroup || record(change.new_chat_member).status !== 'kicked') return undefined;
  return { ...place, ...instantOf(change.date), type: 'event', name: 'unfollow' };
};
