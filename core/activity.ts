import type { Attachment, Activity as BotActivity, CardAction, ChannelAccount, ConversationAccount } from 'botbuilder';

export type { Attachment, CardAction };

/**
 * The one message shape, in and out: the Bot Framework Activity schema narrowed to what we honour.
 * `timestamp` is an ISO 8601 instant (the schema's own type is a Date, the wire carries a string).
 */
export interface Activity
  extends Partial<
    Pick<
      BotActivity,
      'id' | 'channelId' | 'text' | 'textFormat' | 'locale' | 'replyToId' | 'name' | 'value' | 'inputHint'
    >
  > {
  type: 'message' | 'event' | 'typing' | 'handoff' | 'conversationUpdate' | 'messageReaction' | 'endOfConversation';
  timestamp?: string;
  from?: Partial<ChannelAccount>;
  recipient?: Partial<ChannelAccount>;
  conversation?: Partial<ConversationAccount>;
  suggestedActions?: { to?: string[]; actions: CardAction[] };
  attachments?: Attachment[];
  channelData?: Record<string, unknown>;
}

export interface Choice {
  /** what the customer reads, at most 20 characters where it can be helped (Messenger's limit) */
  title: string;
  /** what comes back when it is chosen: ASCII, at most 64 bytes (Telegram's limit) */
  value: string;
}

export interface Table {
  title?: string;
  columns: string[];
  rows: string[][];
}

export const TABLE = 'application/vnd.microsoft.card.adaptive';
export const HERO = 'application/vnd.microsoft.card.hero';
/** A sticker: `contentUrl` may hold its picture. */
export const STICKER = 'application/vnd.domdom.sticker';
/** A shared location: `content` is a GeoJSON point (RFC 7946: longitude first), `name` what the platform calls the place. */
export const LOCATION = 'application/geo+json';

export const say = (text: string): Activity => ({ type: 'message', text });

/** A question or an answer with choices under it. A tapped choice comes back as a message whose `value` is the choice's value. */
export const choices = (text: string, offered: Choice[]): Activity => ({
  type: 'message',
  text,
  suggestedActions: {
    actions: offered.map(({ title, value }) => ({
      type: 'messageBack',
      title,
      text: title,
      displayText: title,
      value,
    })),
  },
});

/** A picture with its alternative text. `url` may be relative to the server's public address. */
export const picture = (text: string, image: { url: string; alt: string; contentType?: string }): Activity => ({
  type: 'message',
  text,
  attachments: [{ contentType: image.contentType ?? 'image/png', contentUrl: image.url, name: image.alt }],
});

/** A short table. Channels without cards print its rows as lines, from `content.table`. */
export const table = (text: string, shape: Table): Activity => ({
  type: 'message',
  text,
  attachments: [
    {
      contentType: TABLE,
      content: {
        type: 'AdaptiveCard',
        version: '1.5',
        body: [
          ...(shape.title ? [{ type: 'TextBlock', weight: 'Bolder', wrap: true, text: shape.title }] : []),
          {
            type: 'Table',
            columns: shape.columns.map(() => ({ width: 1 })),
            rows: [shape.columns, ...shape.rows].map((cells) => ({
              type: 'TableRow',
              cells: cells.map((text) => ({ type: 'TableCell', items: [{ type: 'TextBlock', wrap: true, text }] })),
            })),
          },
        ],
        table: shape,
      },
    },
  ],
});

/** The table inside an attachment made by `table`, for channels that print it as text. */
export const tableOf = (attachment: Attachment): Table | undefined =>
  attachment.contentType === TABLE ? (attachment.content as { table?: Table }).table : undefined;

export const offeredChoices = (activity: Activity): Choice[] =>
  (activity.suggestedActions?.actions ?? []).map(({ title, value }) => ({ title: title ?? '', value: String(value) }));

/** The point inside a location attachment. */
export const locationOf = (attachment: Attachment): { latitude: number; longitude: number } | undefined => {
  const point =
    attachment.contentType === LOCATION ? (attachment.content as { coordinates?: unknown } | undefined) : undefined;
  const [longitude, latitude] = Array.isArray(point?.coordinates) ? point.coordinates.map(Number) : [];
  return Number.isFinite(latitude) && Number.isFinite(longitude)
    ? { latitude: latitude!, longitude: longitude! }
    : undefined;
};

/**
 * Text of outside as every channel reads it: well-formed, NFC, at most `limit` UTF-16 units; undefined for what is no string.
 * Halves of surrogate pairs, also those that the limit made, become U+FFFD: no store keeps them as they are.
 */
export const textFrom = (value: unknown, limit: number): string | undefined =>
  typeof value === 'string'
    ? value
        .slice(0, limit)
        .normalize('NFC')
        .slice(0, limit)
        .replace(/\p{Surrogate}/gu, '\ufffd')
    : undefined;

/**
 * The attachments of a client's message, their fields picked one by one, so that nothing of any depth or kind goes further:
 * at most ten; links only http(s); of contents only the point of a location.
 */
export const attachmentsFrom = (value: unknown): Attachment[] =>
  (Array.isArray(value) ? value.slice(0, 10) : []).flatMap((one: unknown): Attachment[] => {
    const file = (one ?? {}) as Record<string, unknown>;
    const contentType = textFrom(file.contentType, 200);
    if (!contentType) return [];
    const name = textFrom(file.name, 200);
    const contentUrl = textFrom(file.contentUrl, 2000);
    const point = locationOf({ contentType, content: file.content });
    return [
      {
        contentType,
        ...(name && { name }),
        ...(contentUrl && /^https?:\/\//i.test(contentUrl) && { contentUrl }),
        ...(point && { content: { type: 'Point', coordinates: [point.longitude, point.latitude] } }),
      },
    ];
  });
