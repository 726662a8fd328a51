import type { Doc, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';
import type { Meta } from '../stores';

interface MetaDoc extends Doc {
  value: unknown;
}

const META: Shape<MetaDoc> = { name: 'meta', version: 1, indexes: [] };

export const metaStore = (engine: Engine, utility: string): Meta => {
  const meta = engine.collection(ofUtility(utility, META));
  const get = async <T>(key: string) => (await meta.get(key))?.value as T | undefined;
  return {
    get,
    async set(key, value) {
      await meta.putMany([{ id: key, value }]);
    },
    async once<T>(key: string, value: T) {
      const inserted = await meta.insert({ id: key, value });
      return inserted.is === 'inserted' ? value : ((await get<T>(key)) as T);
    },
  };
};
