import type { Day, Instant } from './time';
import type { Dated } from './utility';

/** What makes a ticket. `ticket`: any want that is brought to the utility, on any channel; the others: one act each. */
export const TRIGGERS = ['ticket', 'install', 'link', 'cashless', 'autopay', 'new-supply', 'quiz'] as const;
export type Trigger = (typeof TRIGGERS)[number];

export interface Prize {
  tier: string;
  /** as customers read it: "giải nhất" */
  name: string;
  /** absent: as many as the rule gives (a step over tickets) */
  quota?: number;
  /** the quota holds for each stratum, or for the whole campaign */
  per: 'stratum' | 'campaign';
  /** đồng each, where the prize is worth a sum */
  value?: number;
  /** what it is, where it is no sum: "bộ sản phẩm tri ân" */
  thing?: string;
}

/** How winners come of the frozen list. Each kind is a file in campaigns/kinds. */
export type Selection =
  /**
   * Tickets `first`, `step`, 2 × `step` …; from a ticket that may not win the next one that may. A customer wins once:
   * `passes` the slot goes on to the next customer, `lapses` it has no winner.
   */
  | { kind: 'ordinal'; first: number; step: number; repeat: 'passes' | 'lapses' }
  /** the first `count` tickets that meet every condition, one a customer */
  | { kind: 'first'; count: number; conditions: string[] }
  /** within each stratum by lot. `heads`: how customer codes of it begin. Too few entrants: prizes stay, or go to the rest */
  | { kind: 'stratified'; strata: { name: string; heads: string[] }[]; shortage: 'unawarded' | 'pooled' }
  /** most points, then nearest guess of how many have all points, then by lot */
  | { kind: 'score'; questions: number }
  | { kind: 'none' };
export type KindName = Selection['kind'];

/** A campaign as its file in `data/campaigns/` holds it. Texts are Vietnamese parts of sentences, without a tense. */
export interface Campaign {
  id: string;
  name: string;
  /** as a choice: at most 20 characters */
  choice: string;
  /** how customers call it, besides its name; lower case with diacritics */
  called: string[];
  /** everything in it is invented, and every page and answer says so */
  sample: boolean;
  organiser: string;
  /** the campaign that it is a part of */
  umbrella?: string;
  /** days in Vietnam, inclusive; `to` is absent where it ends by itself. Where `doubtful`, its source contradicts itself: no date is said */
  period: { from: Day; to?: Day; doubtful: boolean };
  /** first letters of the customer codes that it is for, and the same in words ("khách hàng thuộc EVNNPC") */
  territory: { heads: string[]; words: string };
  audience: ('household' | 'business' | 'production' | 'administrative')[];
  entry: Trigger[];
  /** channels whose tickets count; all where empty */
  channels: string[];
  /** one ticket a day for each want of a person, or one in the whole campaign */
  per: 'day' | 'campaign';
  /** who may not win, in words */
  excluded: string[];
  selection: Selection;
  prizes: Prize[];
  /** drawn beyond the winners, for each stratum (or for the campaign), in order */
  reserves: number;
  /** the winner is called to confirm before the prize is given */
  confirmation: boolean;
  /** named before it is known: what is mixed into the draw, and the day it comes to be known */
  publicNumber?: { what: string; on: Day };
  /** days after publication: to claim, to appeal */
  claimDays: number;
  appealDays: number;
  /** of the promotion with the authority */
  registration?: string;
  /** parts of the answers: what it is; "chương trình …" */
  about: string;
  /** verb phrase: "liên hệ …" */
  join: string;
  /** clause: how winners are found */
  how: string;
  /** clause: where results are told */
  results: string;
  /** verb phrase: how a prize comes to its winner */
  claim: string;
  hotline?: string;
  site?: string;
  /** clauses of the rules as printed, in order */
  rules: string[];
  citation: string;
  confidence: Dated<unknown>['confidence'];
}

/** A want or act that asks for a number in a campaign. */
export interface TicketRequest {
  /** who brings it, never in clear: one channel account, or one phone number */
  who: string;
  /** what is wanted: an intent, or the trigger */
  want: string;
  at: Instant;
  channel: string;
  /** where it comes from: order key of a turn, or partner and their number. The same again is the same ticket */
  origin: string;
  /** customer code, where it is known */
  customer?: string;
  /** as the partner's file names them; where absent the utility's records do */
  name?: string;
  phone?: string;
  kind?: string;
  /** conditions of the campaign that hold: "in-time", "papers" … */
  met?: string[];
  points?: number;
  guess?: number;
}

export interface Ticket extends TicketRequest {
  campaign: string;
  /** 1, 2, 3 … without a gap */
  number: number;
}

/** Who has won; kept when the draw is, changed by claims. */
export interface Winner {
  campaign: string;
  /** 1, 2, 3 …; reserves follow */
  place: number;
  tier: string;
  stratum: string;
  reserve: boolean;
  /** number of the ticket, where the list has numbers */
  number?: number;
  customer: string;
}

/** `refused`: not confirmed, so that the next reserve takes the place. */
export const CLAIM_STATES = ['waiting', 'told', 'confirmed', 'handed-over', 'refused', 'unclaimed'] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** Rules of law about campaigns, dated, in `data/campaigns/law.yaml`. */
export type CampaignLaw = Dated<{
  key: 'tax.over' | 'tax.rate' | 'unclaimed.state_share' | 'advert.label' | 'registration';
  value: string | number;
}>;

/** What dialogs may ask about campaigns. Winners are known only once they are published. */
export interface Campaigns {
  all: readonly Campaign[];
  law: readonly CampaignLaw[];
  /** where the campaign stands, and the day on which its winners were published */
  stands(
    id: string,
  ): Promise<{ is: 'planned' | 'open' | 'closed' | 'drawn' | 'published'; on?: Day; winners?: number }>;
  /** what has come of a customer code: `won` only after publication */
  won(id: string, customer: string): Promise<Winner | undefined>;
  /** the tickets of this person or code, oldest first, at most ten */
  tickets(id: string, customer?: string): Promise<Ticket[]>;
}
