import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readCampaign, readLaw } from '../campaigns/definition';
import { counts } from '../campaigns/entry';
import type { Campaign, CampaignLaw, Campaigns, TicketRequest, Trigger } from '../core/campaign';
import { DomdomError } from '../core/errors';
import { dayOf } from '../core/time';
import type { IntentName } from '../core/understanding';
import { packageRoot } from '../data/package-root';
import type { Stores, TurnDoc } from '../data/stores';

export interface Definitions {
  all: Campaign[];
  law: CampaignLaw[];
}

/** The campaigns of `data/campaigns/`, by file name. @throws DomdomError BAD_SETTING naming the file that is wrong */
export const loadCampaigns = async (folder = join(packageRoot(), 'data/campaigns')): Promise<Definitions> => {
  const files = (await readdir(folder)).filter((name) => name.endsWith('.yaml') && name !== 'law.yaml').sort();
  const all = await Promise.all(
    files.map(async (name) => readCampaign(name, await readFile(join(folder, name), 'utf8'))),
  );
  const lost = all.find(({ umbrella }) => umbrella !== undefined && !all.some(({ id }) => id === umbrella));
  if (lost)
    throw new DomdomError('BAD_SETTING', `The campaign file ${lost.id}.yaml is wrong: its umbrella is not there.`);
  return { all, law: readLaw('law.yaml', await readFile(join(folder, 'law.yaml'), 'utf8')) };
};

export const campaignOf = ({ all }: Definitions, id: string): Campaign => {
  const found = all.find((one) => one.id === id);
  if (!found) throw new DomdomError('BAD_ARGUMENT', 'There is no campaign of this name in data/campaigns.');
  return found;
};

/** What the dialogs of one turn may ask. */
export const campaignsFor = ({ all, law }: Definitions, stores: Stores, who: string): Campaigns => ({
  all,
  law,
  async stands(id) {
    const doc = await stores.campaigns.get(id);
    if (!doc) return { is: 'planned' };
    return {
      is: doc.state,
      ...(doc.publishedAt && { on: dayOf(doc.publishedAt) }),
      ...(doc.winners !== undefined && { winners: doc.winners }),
    };
  },
  async won(id, customer) {
    if ((await stores.campaigns.get(id))?.state !== 'published') return undefined;
    const winner = await stores.draws.of(id, customer);
    return winner?.reserve ? undefined : winner;
  },
  tickets: (id, customer) => stores.tickets.of(id, customer ? { customer } : { who }, 10),
});

/** Small talk and what is not our business is no want. */
const NO_WANT = /^(chat|dialog)\.|^out_of_scope$|^help\./;
/** Wants that are also an act of their own. */
const ACTS: Partial<Record<IntentName, Trigger>> = { 'account.link': 'link', 'service.new_connection': 'new-supply' };

/** The tickets that a kept turn asks for. Doing it again asks for the same ones. */
export const ticketsOf = (
  all: readonly Campaign[],
  turn: Pick<TurnDoc, 'id' | 'at' | 'meant' | 'state'>,
  { who, channel }: { who: string; channel: string },
): { campaign: Campaign; request: TicketRequest }[] => {
  const wants = [...new Set(turn.meant?.wants ?? [])].filter((want) => !NO_WANT.test(want));
  const customer = turn.state.memory.code;
  return wants.flatMap((want) =>
    all.flatMap((campaign) => {
      const act = ACTS[want as IntentName];
      const trigger = (['ticket', act] as const).find((one) => one && counts(campaign, one, { at: turn.at, channel }));
      if (!trigger) return [];
      const request: TicketRequest = {
        who,
        want: trigger === 'ticket' ? want : trigger,
        at: turn.at,
        channel,
        origin: `${turn.id}:${want}`,
        ...(customer && { customer }),
      };
      return [{ campaign, request }];
    }),
  );
};

/** Gives their numbers to what a kept turn wants, in the campaigns that have been opened. */
export const takeTickets = async (
  stores: Stores,
  all: readonly Campaign[],
  turn: TurnDoc,
  by: { who: string; channel: string },
): Promise<void> => {
  for (const { campaign, request } of ticketsOf(all, turn, by))
    if ((await stores.campaigns.get(campaign.id))?.state === 'open') await stores.tickets.take(campaign, request);
};
