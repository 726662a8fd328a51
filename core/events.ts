/** Names of the events that are no messages. Any other name is kept and means nothing. */
export const EVENTS = ['receipt', 'follow', 'unfollow', 'contact', 'taken', 'returned'] as const;

/**
 * `receipt` (value: Receipt) what became of something we sent; it never makes a turn.
 * `follow` someone came: subscribed, pressed "start". `unfollow` they left or blocked us.
 * `contact` (value: Contact) a phone number shared by the platform's own means.
 * `taken` (value: Taken, or none) somebody else writes in the platform's own console: we keep silent. `returned`: we may speak again.
 */
export type EventName = (typeof EVENTS)[number];

/** What became of something we sent. */
export interface Receipt {
  state: 'delivered' | 'read' | 'failed';
  /** the platform's ids of our messages, or */
  platformIds?: string[];
  /** our send key, where the platform carries it, or */
  sendKey?: string;
  /** everything sent in the conversation up to this instant (epoch ms) */
  upTo?: number;
  why?: string;
}

export interface Contact {
  /** as the platform gives it */
  phone: string;
  name?: string;
}

/** Who has the conversation instead of us. Without a value: a person, for half an hour after their last word. */
export interface Taken {
  by: 'person' | 'app';
  forMs?: number;
}
