import { hash } from 'node:crypto';
import { type Activity, attachmentsFrom, textFrom } from '../../core/activity';
import type { Holder } from './tokens';

export const BODY_LIMIT = 64 * 1024;
const decoder = new TextDecoder('utf-8', { fatal: true });

/** The body as a JSON object, or undefined: bad UTF-8, bad JSON, an array, a bare value. */
export const parseObject = (body: Uint8Array): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(decoder.decode(body));
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
};

const text = (value: unknown, limit = BODY_LIMIT) => textFrom(value, limit);

const record = (value: unknown): Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

const heardTypes = [
  'message',
  'event',
  'typing',
  'handoff',
  'conversationUpdate',
  'messageReaction',
  'endOfConversation',
];
export const isActivityType = (type: unknown): boolean =>
  typeof type === 'string' && (heardTypes.includes(type) || /^[a-zA-Z/.]{1,50}$/.test(type));

/** The client's own id of its message, whole and as it wrote it, for two that differ anywhere are two messages; null for what can be none. */
export const clientIdOf = (raw: Record<string, unknown>): string | undefined | null => {
  const given = record(raw.channelData).clientActivityID ?? '';
  // a number that a double does not hold exactly has been read as its neighbour
  if (typeof given !== 'string' && !Number.isSafeInteger(given)) return null;
  return String(given) || undefined;
};

/** One message of the client is one id, however often it is posted: made of the conversation and the client's own id. */
export const idOf = (conversation: string, clientId: string): string =>
  hash('sha256', JSON.stringify([conversation, clientId]), 'base64url').slice(0, 22);

/**
 * What we keep of a client's activity: fields picked one by one, so nothing else of the body goes further. [] for what needs no
 * answer (typing, events, updates, an empty message). `from` is the holder of the token, whatever the body says.
 */
export const heard = (raw: Record<string, unknown>, { conversation, user }: Holder, id: string): Activity[] => {
  const clientId = text(clientIdOf(raw));
  const common: Activity = {
    type: 'message',
    id,
    channelId: 'web',
    from: { id: user, role: 'user' },
    conversation: { id: conversation },
    ...(clientId && { channelData: { clientActivityID: clientId } }),
    ...(text(raw.locale, 35) && { locale: text(raw.locale, 35) }),
  };
  if (raw.type === 'messageReaction') {
    const added = Array.isArray(raw.reactionsAdded) ? raw.reactionsAdded : [];
    const name = text(record(added[0]).type, 50);
    return name ? [{ ...common, type: 'messageReaction', name }] : [];
  }
  if (raw.type !== 'message') return [];
  const said = text(raw.text);
  const value = typeof raw.value === 'number' ? String(raw.value) : text(raw.value, 256);
  const attachments = attachmentsFrom(raw.attachments);
  if (!said?.trim() && !value && attachments.length === 0) return [];
  return [{ ...common, text: said ?? '', ...(value && { value }), ...(attachments.length > 0 && { attachments }) }];
};
