import type { ZodType } from 'zod';
import type { Activity } from './activity';
import type { Clock, Instant } from './time';
import type { Utility } from './utility';

export const CHANNELS = ['web', 'console', 'sms', 'zalo', 'messenger', 'telegram', 'botframework'] as const;
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
  /** a reply is one message, which costs nothing: what follows is said elsewhere */
  inOne?: boolean;
  /** how long, in ms, a message that says nothing complete waits for the rest */
  gatherMs: number;
  /** hours after the customer's last message in which a free reply may be sent; undefined: no limit */
  replyWindowHours?: number;
  /** the same for a reply that a person of the utility wrote, where that is longer */
  personWindowHours?: number;
  cost: 'free' | 'paid';
  /** how fast the platform takes our messages: in all, and the ms between two in one conversation; undefined: as fast as we can */
  pace?: { perSecond: number; betweenMs?: number };
  /** the platform itself drops a second send under the same key */
  honoursSendKey: boolean;
  /** what we send comes back to us under our send key: so many ms a message that may have left waits for that before it is sent again */
  provesWithinMs?: number;
  /** its clients read the conversation's log themselves (docs/decisions/0001): what is kept is sent, no outbox row is needed */
  readsLog: boolean;
}

/** A request as the platform sent it. Headers are lower case; `body` is the bytes that signatures cover. */
export interface RawRequest {
  method: string;
  url: string;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
  /** network address of the caller (the platform's own, or a proxy's), for lists of who may call; never logged in clear */
  network?: string;
}

export type Verification = { is: 'genuine' } | { is: 'challenge'; answer: string } | { is: 'refused'; why: string };

/** Whom a reply goes to; only its channel may take `id` apart. */
export interface Address {
  channel: ChannelName;
  conversation: string;
  person: string;
  /** what else it takes to reach them, as the channel put it into `channelData.route` of what it heard */
  route?: string;
}

export type Delivery =
  | { is: 'accepted'; platformId?: string }
  | { is: 'refused'; code: string; why: string }
  | { is: 'later'; afterMs: number; why: string }
  /** the request was written and no answer came: it may have arrived */
  | { is: 'unsure'; why: string };

/** A channel's sheet, settings and maker: what `bots/index.ts` lists. */
export interface Bot<Wire = unknown> {
  abilities: Abilities;
  /** its settings by name, joined to the house's; every one optional */
  settings: Record<string, ZodType>;
  /** Without its settings the channel still renders, is not reached (`hooks` empty) and refuses to send. */
  connect(settings: Record<string, unknown>, ports: Ports): Channel<Wire>;
}

/** What the house lends its channels; they have no clock, network or store of their own. */
export interface Ports {
  clock: Clock;
  fetch: typeof fetch;
  tokens: Tokens;
  utility: Utility;
  /** the absolute address of a path on this server, if the server knows its own */
  publicUrl(path: string): string | undefined;
  /** the bytes of a picture that a reply shows, by its `contentUrl` */
  picture(url: string): Promise<{ bytes: Buffer; contentType: string } | undefined>;
  /** tells the staff; never customer text, secrets or personal data */
  alarm(what: string, facts?: Record<string, string | number>): void;
  /** resolves after that time, or at once when the signal is aborted */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
  /** aborts after that time: the patience with one call of a platform */
  deadline(ms: number): AbortSignal;
}

/** Rotating credentials, shared by every process of the house; written durably before anybody uses them. */
export interface Tokens {
  read(name: string): Promise<TokenPair | undefined>;
  /** Keeps a pair, unless someone kept another since `version`; the first has version 1. */
  keep(name: string, pair: Omit<TokenPair, 'version'>, version: number): Promise<'kept' | 'overtaken'>;
  /** One process at a time may rotate; a lease that ran out may be taken. */
  lease(name: string, ms: number): Promise<boolean>;
  release(name: string): Promise<void>;
}

export interface TokenPair {
  access: string;
  refresh: string;
  expiresAt: Instant;
  /** when it was given: with `expiresAt` its length of life, part of which is left unused */
  since?: Instant;
  /** set before the refresh token is spent: a crash after it means that the answer may be lost */
  spending?: boolean;
  version: number;
}

export interface Hook {
  path: string;
  /**
   * The provider waits for the reply, which travels in the HTTP answer: the same event again gets the same answer. Past the
   * deadline `late` is said for good; the reply then follows by `send`, or, where nothing can follow, is not sent at all.
   */
  answer?: {
    deadlineMs: number;
    with(wires: unknown[], request: RawRequest): HookAnswer;
    late(request: RawRequest): HookAnswer;
    replyFollows: boolean;
  };
  /** what is said once the request is safe (default 200, empty), or refused (default 401) */
  accepted?(request: RawRequest, outcomes: ('kept' | 'seen')[]): HookAnswer;
  refused?(request: RawRequest, why: string): HookAnswer;
}

export interface HookAnswer {
  status: number;
  contentType?: string;
  body?: string;
}

export interface Channel<Wire = unknown> {
  name: ChannelName;
  abilities: Abilities;
  /** the sheet of one address, where a place of the platform takes less than the rest: a Page comment gets one private reply */
  abilitiesAt?(address: Address): Abilities;
  /** where its platform calls us; empty when the channel is not set up */
  hooks: Hook[];
  verify(request: RawRequest): Verification | Promise<Verification>;
  /**
   * Pure. Unknown events and broken bodies give []. Each activity carries id, conversation, from; `conversation.isGroup` marks a
   * public place, where no record is spoken of. What is no message is an event of core/events.
   */
  read(request: RawRequest): Activity[];
  /** Pure. May split, never cuts. */
  render(activity: Activity): Wire[];
  /** The only function on the network. `sendKey` is the same on every retry. */
  send(address: Address, wire: Wire, sendKey: string): Promise<Delivery>;
  /** The platform is told of hand-overs: `render` also takes an activity of type `handoff`, which follows what is said. */
  passesThreads?: boolean;
  /** Tells the platform that an activity was taken in (seen, typing, a tap answered). Nobody waits for it, it may fail. */
  acknowledge?(activity: Activity): Promise<void>;
  /** For platforms that are listened to, not called by (long polling, SMPP); returns how to stop. */
  listen?(hear: (request: Omit<RawRequest, 'network'>) => Promise<void>): Promise<() => Promise<void>>;
  /** `domdom channel check|setup`: what was found or done, and what a person must still do. */
  check?(): Promise<Finding[]>;
  setup?(): Promise<Finding[]>;
}

/** One line of `domdom channel check|setup`. */
export interface Finding {
  is: 'ok' | 'wrong' | 'todo';
  what: string;
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
  /** the hook whose request is held for the reply (`Hook.answer`) */
  synchronous?: string;
}
