import type { Engine } from './engine';
import type { Stores } from './stores';
import { bootsStore } from './stores/boots';
import { campaignsStore, drawsStore } from './stores/campaigns';
import { inboxStore } from './stores/inbox';
import { lookupsStore } from './stores/lookups';
import { metaStore } from './stores/meta';
import { outboxStore } from './stores/outbox';
import { recordCollections, recordsStore } from './stores/records';
import { reportsStore } from './stores/reports';
import { ticketsStore } from './stores/tickets';
import { tokenStore } from './stores/tokens';
import { turnsStore } from './stores/turns';
import { writerStore } from './stores/writer';

export { openEmbedded } from './embedded';
export { openMongo } from './mongo';
export { openSends } from './sends';

/**
 * Every store of one utility. `alive` tells whether a process id of this host runs; it makes the leases of dead
 * processes void on the embedded store, where a boot must be started (Boots) before it leases anything.
 */
export const storesOf = (
  engine: Engine,
  utility: string,
  { alive }: { alive?: (pid: number) => boolean } = {},
): Stores => {
  const { gone, ...boots } = bootsStore(engine, utility, alive);
  const collections = recordCollections(engine, utility);
  return {
    inbox: inboxStore(engine, utility, gone),
    turns: turnsStore(engine, utility),
    outbox: outboxStore(engine, utility, gone),
    lookups: lookupsStore(engine, utility),
    boots,
    records: recordsStore(collections),
    writer: writerStore(collections),
    reports: reportsStore(engine, utility),
    meta: metaStore(engine, utility),
    tickets: ticketsStore(engine, utility),
    campaigns: campaignsStore(engine, utility),
    draws: drawsStore(engine, utility),
    tokens: (as) => tokenStore(engine, utility, as),
    describe: engine.describe,
    kind: engine.kind,
    close: () => engine.close(),
  };
};
