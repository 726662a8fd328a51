import { CLAIM_STATES, type ClaimState, type Winner } from '../../core/campaign';
import type { Instant } from '../../core/time';
import type { Doc, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';

export const CAMPAIGN_STATES = ['open', 'closed', 'drawn', 'published'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** How far a campaign has come. A definition without one is planned. The files are texts as published; the list is a file of its own. */
export interface CampaignDoc extends Doc {
  state: CampaignState;
  openedAt: Instant;
  closedAt?: Instant;
  drawnAt?: Instant;
  publishedAt?: Instant;
  /** kept secret until the draw is published */
  seed?: string;
  files: Record<string, string>;
  rows?: number;
  winners?: number;
}

/** A winner and what became of the prize. Written once with the draw. */
export interface WinnerDoc extends Winner, Doc {
  state: ClaimState;
  /** who was told where, and each step with its time; oldest first */
  history: { at: Instant; what: string }[];
  /** outbox rows by which the winner is being told */
  notices?: string[];
}

const CAMPAIGNS: Shape<CampaignDoc> = { name: 'campaigns', version: 1, indexes: [] };
const WINNERS: Shape<WinnerDoc> = {
  name: 'campaign_winners',
  version: 1,
  indexes: [
    { name: 'place', fields: ['campaign', 'place'], unique: true },
    { name: 'customer', fields: ['campaign', 'customer'] },
    { name: 'state', fields: ['campaign', 'state', 'place'] },
  ],
};

export interface CampaignsStore {
  get(id: string): Promise<CampaignDoc | undefined>;
  /** `there`: it was opened before, and keeps its seed */
  open(doc: Omit<CampaignDoc, 'state'>): Promise<'opened' | 'there'>;
  /** one step on; false where it is not in that state (any more) */
  step(
    id: string,
    from: CampaignState,
    to: CampaignState,
    change: Partial<Omit<CampaignDoc, 'id' | 'state'>>,
  ): Promise<boolean>;
}

/** Winners and their claims; a draw is written once. */
export interface Draws {
  /** those that are there stay as they are */
  keep(winners: readonly Winner[], at: Instant): Promise<void>;
  /** by place */
  winners(campaign: string): Promise<WinnerDoc[]>;
  of(campaign: string, customer: string): Promise<WinnerDoc | undefined>;
  inState(campaign: string, state: ClaimState, limit: number): Promise<WinnerDoc[]>;
  /** keeps by which rows the winner is being told */
  notify(winner: WinnerDoc, notices: readonly string[], what: string, at: Instant): Promise<boolean>;
  /** false where it is in none of these states (any more) */
  claim(winner: WinnerDoc, from: readonly ClaimState[], to: ClaimState, what: string, at: Instant): Promise<boolean>;
}

export const campaignsStore = (engine: Engine, utility: string): CampaignsStore => {
  const campaigns = engine.collection(ofUtility(utility, CAMPAIGNS));
  return {
    get: (id) => campaigns.get(id),
    open: async (doc) => ((await campaigns.insert({ ...doc, state: 'open' })).is === 'inserted' ? 'opened' : 'there'),
    step: (id, from, to, change) => campaigns.update(id, { state: from }, { ...change, state: to }),
  };
};

const PAGE = 200;

export const drawsStore = (engine: Engine, utility: string): Draws => {
  const winners = engine.collection(ofUtility(utility, WINNERS));
  return {
    async keep(some, at) {
      for (let n = 0; n < some.length; n += PAGE)
        await winners.insertMany(
          some.slice(n, n + PAGE).map(
            (winner): WinnerDoc => ({
              ...winner,
              id: `${winner.campaign}|${winner.place}`,
              state: 'waiting',
              history: [{ at, what: winner.reserve ? 'reserve' : 'drawn' }],
            }),
          ),
        );
    },
    winners: (campaign) => winners.find({ index: 'place', equal: { campaign } }),
    of: (campaign, customer) => winners.first({ index: 'customer', equal: { campaign, customer } }),
    inState: (campaign, state, limit) => winners.find({ index: 'state', equal: { campaign, state }, limit }),
    notify: ({ id, history }, notices, what, at) =>
      winners.update(id, { state: 'waiting' }, { notices: [...notices], history: [...history, { at, what }] }),
    claim: ({ id, history }, from, to, what, at) => {
      if (!CLAIM_STATES.includes(to)) throw new RangeError(`there is no state ${to}`);
      return winners.update(id, { state: { in: [...from] } }, { state: to, history: [...history, { at, what }] });
    },
  };
};
