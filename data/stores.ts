import type { Activity } from '../core/activity';
import type { Address, Inbound, Tokens } from '../core/channel';
import type { ConversationState, Order } from '../core/dialog';
import type { Disclosure } from '../core/disclosure';
import type { Receipt } from '../core/events';
import type { HandOver, OutageReport, PaymentClaim, RecordKind, RecordKinds, Source } from '../core/records';
import type { Records } from '../core/services';
import type { Clock, Instant } from '../core/time';
import type { Haste, Inserted } from './engine';
import type { CampaignsStore, Draws } from './stores/campaigns';
import type { Tickets } from './stores/tickets';

/** Who works on an event or a row, until when. `by` is the id of a boot; see Boots. */
export interface Lease {
  by: string;
  until: number;
}

/** Raw inbound. Unique (conversation, eventId). */
export interface InboxEvent extends Inbound {
  id: string;
  conversation: string;
  /** which workers may take it: `serve`, or `chat:<conversation>` so that a terminal's events stay its own */
  pool: string;
  state: 'waiting' | 'done';
  /** epoch ms by the clock of the accepting process; with `order` it sorts a conversation's events */
  at: number;
  /** strictly increasing within one process, so that events of the same millisecond keep their order */
  order: number;
  leaseBy: string | null;
  leaseUntil: number | null;
  /** of an event whose request waits for the reply: what its request was answered with, decided once */
  answer?: SynchronousAnswer;
}

/** The reply itself, or that it comes too late for the request. */
export type SynchronousAnswer = 'reply' | 'late';

/** Conversation truth, append only. Unique (conversation, seq) and (conversation, cause). */
export interface TurnDoc {
  id: string; // `${conversation}|${seq}`
  conversation: string;
  seq: number;
  /** event id of the first event that it answers, or the key of a notice or a person's message */
  cause: string;
  /** event ids of all events that it answers */
  heardIds: string[];
  heard: Activity[];
  meant?: { intents: { name: string; sureness: number }[]; because: string[]; wants?: string[]; dialog?: string };
  said: Activity[];
  orders: Order[];
  state: ConversationState;
  /** an ERRORS code, when understanding or deciding threw */
  error?: string;
  at: Instant;
  tookMs?: number;
}

/** What is to be sent. Unique (conversation, key); key is `<turn>:<n>.<part>`. */
export interface OutboxRow {
  id: string; // `${conversation}|${key}`
  conversation: string;
  key: string;
  turn: string;
  address: Address;
  /** what the channel rendered; one row for each wire message */
  wire: unknown;
  state: 'waiting' | 'claimed' | 'sent' | 'delivered' | 'read' | 'failed' | 'refused' | 'unsure' | 'expired';
  /** its place among everything that is said in the conversation */
  order: number;
  /** null once it is settled */
  open: 1 | null;
  /** when the customer was last heard before it (epoch ms): reply windows run from here */
  heardAt: number;
  /** a person of the utility wrote it */
  person?: true;
  pool: string;
  dueAt: number;
  attempts: number;
  leaseBy: string | null;
  leaseUntil: number | null;
  platformId?: string;
  why?: string;
  /** of a refusal */
  code?: string;
  /** not stored: the boot that had claimed the row before, and is gone; the message may have been sent */
  resumed?: string;
}

export interface Inbox {
  /** Step 4. Inserts under a lease of `by`, so that accepting and claiming are one commit. */
  accept(
    inbound: Inbound,
    as: { pool: string; by: string; leaseMs: number; now: number; haste?: Haste },
  ): { event: InboxEvent; kept: Promise<Inserted> };
  /** conversations of this pool with a waiting event that no live lease holds, or, with `all`, whoever holds it; takes the lease */
  takeOrphans(as: {
    pool: string;
    by: string;
    leaseMs: number;
    now: number;
    limit: number;
    all?: boolean;
  }): Promise<InboxEvent[]>;
  done(events: readonly { id: string }[]): Promise<void>;
  find(conversation: string, eventId: string): Promise<InboxEvent | undefined>;
  /** Decides what the request of such an event is answered with; the first decision stands and is returned. Throws where there is no such event. */
  decide(conversation: string, eventId: string, answer: SynchronousAnswer): Promise<SynchronousAnswer>;
}

export interface Turns {
  last(conversation: string): Promise<TurnDoc | undefined>;
  /**
   * Step 9. seen: this cause has been answered. overtaken: another turn took this number; load again. void: its event, which
   * was still being kept, was not kept (it is a redelivery), so there is nothing to answer.
   */
  commit(turn: TurnDoc, event?: Promise<Inserted>, haste?: Haste): Promise<'kept' | 'seen' | 'overtaken' | 'void'>;
  byCause(conversation: string, cause: string): Promise<TurnDoc | undefined>;
  /** turns with seq > after, oldest first */
  since(conversation: string, after: number, limit: number): Promise<TurnDoc[]>;
  /** turns of all conversations later than an instant, oldest first; for reports, not for answering */
  recent(after: Instant, limit: number): Promise<TurnDoc[]>;
}

export interface Outbox {
  /**
   * Step 10. Under fixed keys, already claimed by `by`; rows that are there keep their state. Returns the rows that are the caller's to
   * send: one under a living lease, even of the same process, is being sent by whoever took it.
   */
  enqueue(rows: readonly OutboxRow[]): Promise<OutboxRow[]>;
  /** Messages that no turn made, under keys of their own, for the worker to send; those that are there stay as they are. */
  post(rows: readonly OutboxRow[]): Promise<void>;
  of(ids: readonly string[]): Promise<OutboxRow[]>;
  /** Step 12, with the lease as token: false when another has taken the row over. */
  settle(
    row: OutboxRow,
    change: Partial<Pick<OutboxRow, 'state' | 'platformId' | 'why' | 'code' | 'dueAt' | 'attempts'>>,
  ): Promise<boolean>;
  /** all rows of one turn sent, in one round trip */
  settleSent(rows: readonly OutboxRow[]): Promise<void>;
  takeDue(as: { pool: string; by: string; leaseMs: number; now: number; limit: number }): Promise<OutboxRow[]>;
  byState(state: OutboxRow['state'], limit: number): Promise<OutboxRow[]>;
  /** what stands before this place in the conversation and is not settled yet */
  earlier(conversation: string, order: number): Promise<OutboxRow | undefined>;
  /** A person says what became of an unsure row: it arrived, or it is to be sent again now. */
  decide(row: OutboxRow, state: 'sent' | 'waiting'): Promise<boolean>;
  /** Of a turn whose reply travelled in the answer to a repeated request: what was parked has left. */
  left(turn: TurnDoc): Promise<void>;
  /** What the platform told of rows of a conversation; how many it was about. A state never goes back; what waited behind such a row is due. */
  receive(conversation: string, receipt: Receipt): Promise<number>;
}

/** The gate of core/services Admit, over processes and restarts. `who` are hashes, never an address in clear. */
export interface Lookups {
  admit(
    who: { person: string; network?: string },
    code: string,
    now: Date,
    policy: Disclosure,
  ): Promise<{ is: 'open' } | { is: 'closed'; why: 'person' | 'network' | 'neighbours' }>;
}

/** One row per running process. On the embedded store a new `serve` voids the leases of the dead boots before it. */
export interface Boots {
  /** throws STORE_BUSY when a live `serve` of this host already runs on the embedded store */
  start(boot: {
    id: string;
    role: 'serve' | 'chat' | 'import' | 'tool';
    pid: number;
    host: string;
    at: Instant;
  }): Promise<void>;
  stop(id: string): Promise<void>;
}

export interface RecordWriter {
  /** natural keys make it idempotent */
  put<K extends RecordKind>(
    kind: K,
    rows: readonly RecordKinds[K][],
  ): Promise<{ added: number; changed: number; same: number }>;
  count(kind: RecordKind): Promise<number>;
  /** removes what a source of this kind said of a customer, all but the rows to be kept; gives how many are gone */
  remove<K extends CustomerKind>(
    kind: K,
    customer: string,
    source: Source['kind'],
    keep?: readonly RecordKinds[K][],
  ): Promise<number>;
}
/** The record kinds that are found by a customer's code. */
export type CustomerKind = 'customers' | 'points' | 'readings' | 'bills' | 'debts';

export interface Reports {
  /** ids are order keys: written once */
  file(report: OutageReport): Promise<void>;
  handOver(handOver: HandOver): Promise<void>;
  claim(claim: PaymentClaim): Promise<void>;
  latestClaim(by: { person: string; customer: string }): Promise<PaymentClaim | undefined>;
  latest(by: { person: string; customer?: string }): Promise<OutageReport | undefined>;
  openHandOvers(limit: number): Promise<HandOver[]>;
}

/** Small named values: signing secret, what sample was loaded, how far an import has come. */
export interface Meta {
  get<T>(key: string): Promise<T | undefined>;
  set<T>(key: string, value: T): Promise<void>;
  /** sets it only if it is not there; returns what is there afterwards */
  once<T>(key: string, value: T): Promise<T>;
}

/** Every store of one utility: `storesOf(engine, utility)`. A query without the utility cannot be written. */
export interface Stores {
  inbox: Inbox;
  turns: Turns;
  outbox: Outbox;
  lookups: Lookups;
  boots: Boots;
  records: Records;
  writer: RecordWriter;
  reports: Reports;
  meta: Meta;
  tickets: Tickets;
  campaigns: CampaignsStore;
  draws: Draws;
  /** rotating credentials, leased in the name of a boot */
  tokens(as: { by: string; clock: Clock }): Tokens;
  describe: string;
  kind: 'embedded' | 'mongodb';
  close(): Promise<void>;
}
