import { type Activity, attachmentsFrom, textFrom } from '../../core/activity';

type Json = Record<string, unknown>;
/** What a send needs to find the way back, kept with the address. */
export interface Route {
  serviceUrl: string;
  channelId: string;
  bot: string;
}

const LONGEST = 10_000;
const LONGEST_ID = 400;

const record = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
const words = (value: unknown, limit: number): string => textFrom(value, limit) ?? '';
const idOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.length > 0 && value.length <= LONGEST_ID && !/\p{Surrogate}/u.test(value)
    ? value
    : undefined;

export const parsed = (body: Buffer): Json | undefined => {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
};

/** One activity of a Bot Framework channel as what was heard. Pure. */
export const readActivity = (body: Buffer): Activity[] => {
  const raw = parsed(body) ?? {};
  const conversation = record(raw.conversation);
  const bot = idOf(record(raw.recipient).id);
  const added = Array.isArray(raw.membersAdded) ? raw.membersAdded.slice(0, 50).map((one) => idOf(record(one).id)) : [];
  const person = raw.type === 'conversationUpdate' ? added.find((id) => id && id !== bot) : idOf(record(raw.from).id);
  const [id, place, serviceUrl] = [idOf(raw.id), idOf(conversation.id), idOf(raw.serviceUrl)];
  if (!id || !place || !person || !bot || !serviceUrl || person === bot || record(raw.from).role === 'bot') return [];
  const route: Route = { serviceUrl, channelId: words(raw.channelId, 50), bot };
  const kind = words(conversation.conversationType, 20);
  const at = typeof raw.timestamp === 'string' ? Date.parse(raw.timestamp.slice(0, 40)) : Number.NaN;
  const common: Activity = {
    type: 'message',
    id,
    channelId: 'botframework',
    from: { id: person, role: 'user' },
    conversation: {
      id: place,
      ...((conversation.isGroup === true || (kind && kind !== 'personal')) && { isGroup: true }),
    },
    channelData: { route: JSON.stringify(route) },
    ...(Number.isFinite(at) && { timestamp: new Date(at).toISOString() }),
  };
  if (raw.type === 'conversationUpdate') return [{ ...common, type: 'event', name: 'follow' }];
  if (raw.type !== 'message') return [];
  // Teams writes a mention of the bot into the text, and the text once more as HTML
  const text = words(raw.text, LONGEST)
    .replace(/<at>[^<]{0,200}<\/at>/g, '')
    .trim();
  const tapped = typeof raw.value === 'string' ? raw.value : record(raw.value).value;
  const value = words(tapped, 256);
  const attachments = attachmentsFrom(raw.attachments).filter(({ contentType }) => contentType !== 'text/html');
  if (!text && !value && attachments.length === 0) return [];
  return [{ ...common, text, ...(value && { value }), ...(attachments.length > 0 && { attachments }) }];
};

/** The way back, or undefined where the address was never heard from this channel. */
export const routeOf = (route: string | undefined): Route | undefined => {
  const { serviceUrl, channelId, bot } = parsed(Buffer.from(route ?? '')) ?? {};
  return typeof serviceUrl === 'string' && typeof channelId === 'string' && typeof bot === 'string'
    ? { serviceUrl, channelId, bot }
    : undefined;
};
