import type { TokenPair, Tokens } from '../../core/channel';
import type { Clock } from '../../core/time';
import type { Doc, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';

interface TokenDoc extends Doc {
  pair: TokenPair | null;
  version: number;
  leaseBy: string | null;
  leaseUntil: number | null;
}

const TOKENS: Shape<TokenDoc> = { name: 'tokens', version: 1, indexes: [] };

/** Rotating credentials. A lease is held by a boot until its time; a pair replaces only the version that was read. */
export const tokenStore = (engine: Engine, utility: string, { by, clock }: { by: string; clock: Clock }): Tokens => {
  const tokens = engine.collection(ofUtility(utility, TOKENS));
  const there = async (name: string): Promise<void> => {
    await tokens.insert({ id: name, pair: null, version: 0, leaseBy: null, leaseUntil: null });
  };
  return {
    async read(name) {
      const doc = await tokens.get(name);
      return doc?.pair ? { ...doc.pair, version: doc.version } : undefined;
    },
    async keep(name, pair, version) {
      if (version === 0) await there(name);
      const next = version + 1;
      return (await tokens.update(name, { version }, { pair: { ...pair, version: next }, version: next }))
        ? 'kept'
        : 'overtaken';
    },
    async lease(name, ms) {
      await there(name);
      const now = clock().getTime();
      const mine = { leaseBy: by, leaseUntil: now + ms };
      return (
        (await tokens.update(name, { leaseBy: null }, mine)) ||
        (await tokens.update(name, { leaseUntil: { before: now } }, mine))
      );
    },
    async release(name) {
      await tokens.update(name, { leaseBy: by }, { leaseBy: null, leaseUntil: null });
    },
  };
};
