import type { Services } from '../core/services';
import type { InboxEvent } from '../data/stores';
import { campaignsFor } from './campaigns';
import type { Workbench } from './workbench';

/** What the dialogs of one turn may read, for the person who wrote; the gate knows people and addresses as hashes only. */
export const servicesFor = (bench: Workbench, { address, network }: InboxEvent, now: Date): Services => {
  const live = bench.gateway?.open();
  const person = bench.hash(`${address.channel}|${address.person}`);
  return {
    records: live?.records ?? bench.stores.records,
    ...(live && { lag: live.lag }),
    tariff: bench.tariff,
    admit: async (code) => {
      const who = { person, ...(network && { network }) };
      const gate = await bench.stores.lookups.admit(who, code, now, bench.disclosure);
      if (gate.is === 'closed') bench.log.warn({ gate: gate.why, channel: address.channel }, 'look-up by code refused');
      return gate.is;
    },
    knowledge: bench.knowledge,
    latestClaim: (customer) => bench.stores.reports.latestClaim({ person: address.person, customer }),
    campaigns: campaignsFor(bench.campaigns, bench.stores, person),
    latestReport: (customer) => bench.stores.reports.latest({ person: address.person, ...(customer && { customer }) }),
  };
};
