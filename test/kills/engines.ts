import { mongoDatabase } from '../mongo';
import { scratch } from '../processes';

export interface Store {
  /** settings of a server on this store */
  env: Record<string, string>;
  remove(): void;
}

/** A fresh store of each engine; undefined where no MongoDB server can be had (the run says so loudly at its end). */
export const ENGINES: { name: string; fresh(): Promise<Store | undefined> }[] = [
  {
    name: 'the embedded store',
    async fresh() {
      const { dir, remove } = scratch();
      return { env: { DATA_DIR: dir, SAMPLE_CUSTOMERS: '40' }, remove };
    },
  },
  {
    name: 'MongoDB',
    async fresh() {
      const uri = await mongoDatabase();
      // a dead worker's events are taken over when its lease has run out
      if (!uri) return undefined;
      const { dir, remove } = scratch();
      return { env: { MONGODB_URI: uri, DATA_DIR: dir, LEASE_MS: '1000', SAMPLE_CUSTOMERS: '40' }, remove };
    },
  },
];
