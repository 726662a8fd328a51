import type { Activity, Choice } from './activity';
import type { Abilities, ChannelName } from './channel';
import type { Disclosure } from './disclosure';
import type { HandOver, OutageReport, PaymentClaim } from './records';
import type { Month, Services } from './services';
import type { Instant } from './time';
import type { EntityType, EntityValues, IntentName, Understand, Understanding } from './understanding';
import type { Utility } from './utility';

/** An amount, time or rule that was said, with the record that it came from and how old that was. */
export interface Fact {
  what: string;
  value: string | number;
  customer?: string;
  month?: Month;
  /** store and key, such as `bills/PP05…/2016-10-1`, or `rules/safety.distance` */
  record: string;
  asOf: Instant;
  saidAt: Instant;
}

export interface House {
  code: string;
  /** as the customer calls it: "nhà", "quán" */
  label?: string;
}

/** What a conversation carries from turn to turn. Plain JSON, bounded in size (newest kept). */
export interface Memory {
  /** how we speak: the customer's pronoun and ours; anh/chị and em by default */
  pronouns: { customer: string; us: string };
  /** the codes used here, newest first */
  houses: House[];
  /** the slots of the last want, carried into the next */
  code?: string;
  month?: Month;
  /** the months of the last answer, where they were several; newest first */
  months?: Month[];
  place?: string;
  /** the days that a schedule was asked for */
  range?: EntityValues['date_range'] | undefined;
  lastIntent?: IntentName;
  /** messages in a row that were not understood */
  lost?: number;
  facts: Fact[];
}

/** What the topmost dialog waits for. */
export interface Expectation {
  entities: EntityType[];
  /** choices on offer: answered by tap, number or label */
  choices?: Choice[];
  /** yes or no is an answer */
  confirm?: boolean;
}

/** A dialog that has asked and waits. `version` must equal the dialog's, else the frame is dropped and asked anew. */
export interface Frame {
  dialog: string;
  version: number;
  state: Record<string, unknown>;
  expects: Expectation;
  /** how often its question was put again behind another answer, without an answer of its own */
  again?: number;
}

/** State after a turn: kept with the turn, read by the next one and by agents. */
export interface ConversationState {
  version: 1;
  memory: Memory;
  /** waiting dialogs, the topmost last: a digression is pushed above what it interrupts */
  frames: Frame[];
  /** what was said last, for `dialog.repeat` */
  lastSaid: Activity[];
  /** a person has the conversation: record, tell the console, say nothing */
  held?: boolean;
  /** a person writes in the platform's own console, until this instant unless they write again */
  heldUntil?: Instant;
  /** who has it; `app`: another app of the platform, so that a message which reaches us ends it */
  heldBy?: 'person' | 'app';
  /** the platform's time of the newest event that changed this: an older one came late */
  heldAt?: Instant;
}

/** Writes, carried out after the turn is kept, each under the key `<turn>:<n>`. */
export type Order =
  | { kind: 'report-outage'; report: Omit<OutageReport, 'id' | 'conversation' | 'person' | 'at'> }
  | { kind: 'claim-payment'; claim: Omit<PaymentClaim, 'id' | 'conversation' | 'person' | 'at'> }
  | { kind: 'hand-over'; handOver: Pick<HandOver, 'why'> };

/** What one turn has to work with. Read only. */
export interface Turn {
  /** the message, or the pieces of it joined by line breaks; NFC */
  text: string;
  heard: Activity[];
  /** value of the choice that was tapped, or answered by number or label */
  chosen?: string;
  meaning: Understanding;
  now: Date;
  channel: { name: ChannelName; abilities: Abilities };
  memory: Memory;
  /** facts that an earlier want of this message was answered with */
  toldNow: readonly Fact[];
  services: Services;
  utility: Utility;
  disclosure: Disclosure;
}

export type Next =
  | { is: 'wait'; state: Record<string, unknown>; expects: Expectation }
  | { is: 'done' }
  | { is: 'goto'; dialog: string }
  | { is: 'hand-over'; why: string };

export interface Step {
  say: Activity[];
  /** merged into memory; `facts` and `houses` are added in front */
  remember?: Partial<Memory>;
  orders?: Order[];
  then: Next;
}

/** Never sends, never saves. Small explicit state. */
export interface Dialog {
  id: string;
  version: number;
  intents: IntentName[];
  start(turn: Turn): Promise<Step>;
  resume(state: Record<string, unknown>, turn: Turn): Promise<Step>;
}

/** What the app hands to `decide` for one turn; `decide` understands the text itself, knowing what is awaited. */
export interface Heard extends Omit<Turn, 'meaning' | 'memory' | 'toldNow' | 'chosen' | 'text'> {
  understand: Understand;
  /** others read along: nothing of any record is said */
  public?: boolean;
}

export interface Decision {
  say: Activity[];
  orders: Order[];
  state: ConversationState;
  meant: Pick<Understanding, 'intents' | 'because'> & { wants?: IntentName[]; dialog?: string };
}

/** The dialogs room's one entrance. Pure but for what services read. */
export type Decide = (before: ConversationState | undefined, heard: Heard) => Promise<Decision>;
