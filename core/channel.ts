import type { Activity } from './activity';

export const CHANNELS = ['web', 'console', 'sms'] as const;
export type ChannelName = (typeof CHANNELS)[number];

/** What a channel can do, as data. Replies are shaped by this sheet, dialogs never see a platform. */
export interface Abilities {
  /** longest text of one message, in UTF-16 units; longer texts are split at sentences */
  textLimit: number;
  /** how choices are offered: tapped, or numbered lines of text answered by number or label */
  choices: 'buttons' | 'numbered' | 'none';
  maxChoices: number;
  pictures: boolean;
  tables: boolean;
  /** customer text is sent without diacritics (SMS) */
  unaccented: boolean;
  /** each message costs the customer money: one reply to one message, and never a question back */
  oneReply: boolean;
  /** how long, in ms, a message that says nothing complete waits for the rest */
  gatherMs: number;
  /** hours after the customer's last message in which a free reply may be sent; undefined: no limit */
  replyWindowHours?: number;
  cost: 'free' | 'paid';
  /** the platform itself drops a second send under the same key */
  honoursSendKey: boolean;
  /** its clients read the conversation's log themselves (docs/decisions/0001): what is kept is sent, no outbox row is needed */
  readsLog: boolean;
}

/** A request as the platform sent it. Headers are lower case; `body` is the bytes that signatures cover. */
export interface RawRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** network address of the caller, for limits; never logged in clear */
  network?: string;
}

export type Verification = { is: 'genuine' } | { is: 'challenge'; answer: string } | { is: 'refused'; why: string };

/** Whom a reply goes to; only its channel may take `id` apart. */
export interface Address {
  channel: ChannelName;
  conversation: string;
  person: string;
}

export type Delivery =
  | { is: 'accepted'; platformId?: string }
  | { is: 'refused'; code: string; why: string }
  | { is: 'later'; afterMs: number; why: string }
  /** the request was written and no answer came: it may have arrived */
  | { is: 'unsure'; why: string };

export interface Channel<Wire = unknown> {
  name: ChannelName;
  abilities: Abilities;
  verify(request: RawRequest): Verification;
  /** Pure. Unknown events and broken bodies give []. Each activity carries id, conversation, from. */
  read(request: RawRequest): Activity[];
  /** Pure. May split, never cuts. */
  render(activity: Activity): Wire[];
  /** The only function on the network. `sendKey` is the same on every retry. */
  send(address: Address, wire: Wire, sendKey: string): Promise<Delivery>;
}

/** What a conversation has heard and said, in order; the durable log that the web channel streams from. */
export interface ConversationLog {
  /** Activities after the watermark (a turn number; 0 is the beginning), oldest first, and the new watermark. */
  since(
    conversation: string,
    watermark: number,
    limit?: number,
  ): Promise<{ activities: Activity[]; watermark: number }>;
  /** Calls back after each new turn of the conversation; returns how to stop. */
  subscribe(conversation: string, changed: () => void): () => void;
}

/** The way in: keeps the activity durably, or knows it already. Answers only once it is safe. */
export type Accept = (inbound: Inbound) => Promise<'kept' | 'seen'>;

export interface Inbound {
  address: Address;
  /** the platform's id of this event: the same on every redelivery */
  eventId: string;
  activity: Activity;
  network?: string;
  /** the same for pieces that the customer sent together; they make one turn */
  batch?: string;
}
