import type { HandOver, OutageReport, PaymentClaim } from '../../core/records';
import type { Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';
import type { Reports } from '../stores';

const REPORTS: Shape<OutageReport> = {
  name: 'outage_reports',
  version: 1,
  indexes: [
    { name: 'person', fields: ['person', 'at'] },
    { name: 'customer', fields: ['customer', 'at'] },
  ],
};

const CLAIMS: Shape<PaymentClaim> = {
  name: 'payment_claims',
  version: 1,
  indexes: [{ name: 'customer', fields: ['customer', 'person', 'at'] }],
};

type HandOverDoc = HandOver & { state: 'open' | 'closed' };

const HAND_OVERS: Shape<HandOverDoc> = {
  name: 'hand_overs',
  version: 1,
  indexes: [{ name: 'state', fields: ['state', 'at'] }],
};

/** How many of a person's own reports are looked through for one that names no customer. */
const RECENT = 10;

/** The first about a loss of supply; one of danger hides none, and comes only where there is no other. */
const ofSupply = (newestFirst: OutageReport[]): OutageReport | undefined =>
  newestFirst.find(({ what }) => what !== 'hazard') ?? newestFirst[0];

export const reportsStore = (engine: Engine, utility: string): Reports => {
  const reports = engine.collection(ofUtility(utility, REPORTS));
  const claims = engine.collection(ofUtility(utility, CLAIMS));
  const handOvers = engine.collection(ofUtility(utility, HAND_OVERS));
  return {
    async file(report) {
      await reports.insert(report);
    },
    async handOver(handOver) {
      await handOvers.insert({ ...handOver, state: 'open' });
    },
    async claim(claim) {
      await claims.insert(claim);
    },
    latestClaim: ({ customer, person }) =>
      claims.first({ index: 'customer', equal: { customer, person }, descending: true }),
    async latest({ person, customer }) {
      const own = await reports.find({ index: 'person', equal: { person }, descending: true, limit: RECENT });
      if (customer === undefined) return ofSupply(own);
      const ofCustomer = ofSupply(
        await reports.find({ index: 'customer', equal: { customer }, descending: true, limit: RECENT }),
      );
      // a report that named no house may have been about this one; one about another house was not
      const unnamed = ofSupply(own.filter((report) => report.customer === undefined));
      if (!ofCustomer || !unnamed) return ofCustomer ?? unnamed;
      const newer = unnamed.at > ofCustomer.at ? unnamed : ofCustomer;
      return ofSupply([newer, unnamed, ofCustomer]);
    },
    openHandOvers: async (limit) =>
      (await handOvers.find({ index: 'state', equal: { state: 'open' }, limit })).map(
        ({ state, ...handOver }) => handOver,
      ),
  };
};
