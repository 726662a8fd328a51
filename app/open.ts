import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DomdomError } from '../core/errors';
import type { Utility } from '../core/utility';
import { storeTrouble } from '../data/failure';
import { noSends, openSends, type Sends } from '../data/sends';
import type { Stores } from '../data/stores';
import type { Settings } from './settings';

export interface Opened {
  stores: Stores;
  utility: Utility;
  /** id of this process among the holders of leases */
  boot: string;
  /** signs tokens and hides addresses; made on first start, kept in the store */
  secret: string;
  hash(text: string): string;
  close(): Promise<void>;
}

/**
 * Opens the store that the settings name and takes a place among its processes.
 * @throws DomdomError STORE_UNREACHABLE, STORE_BUSY, BAD_SETTING
 */
export const openStores = async (settings: Settings, role: 'serve' | 'chat' | 'import' | 'tool'): Promise<Opened> => {
  const data = await import('../data/index.js');
  const { loadUtility } = await import('../data/utilities/index.js');
  const utility = await loadUtility(settings.UTILITY);
  const boot = randomUUID();
  const { stores, secret } = await reached(settings, async () => {
    const engine = settings.MONGODB_URI
      ? await data.openMongo({ uri: settings.MONGODB_URI })
      : await data.openEmbedded({ dir: settings.DATA_DIR });
    const stores = data.storesOf(engine, utility.id, { alive });
    await stores.boots.start({ id: boot, role, pid: process.pid, host: hostname(), at: new Date().toISOString() });
    return { stores, secret: await stores.meta.once('secret', randomBytes(32).toString('base64url')) };
  });
  return {
    stores,
    utility,
    boot,
    secret,
    hash: remembered((text) => createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22)),
    async close() {
      await stores.boots.stop(boot);
      await stores.close();
    },
  };
};

/** Kept where the machine says which of its starts this is (Linux); elsewhere nothing is known after a kill. */
export const sendsOf = ({ DATA_DIR }: Pick<Settings, 'DATA_DIR'>, { boot }: Pick<Opened, 'boot'>): Sends => {
  const machine = startOfMachine();
  if (!machine) return noSends;
  const { pid } = process;
  return openSends({ dir: join(DATA_DIR, 'sends'), boot, pid, host: hostname(), machine, alive, now: Date.now() });
};

const startOfMachine = (): string | undefined => {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return undefined;
  }
};

/** The same few people and networks are asked for again and again. */
const remembered = (hash: (text: string) => string): ((text: string) => string) => {
  const known = new Map<string, string>();
  return (text) => {
    let answer = known.get(text);
    if (answer === undefined) {
      if (known.size >= 10_000) known.clear();
      answer = hash(text);
      known.set(text, answer);
    }
    return answer;
  };
};

const reached = async <T>(settings: Settings, open: () => Promise<T>): Promise<T> => {
  try {
    return await open();
  } catch (error) {
    const trouble = storeTrouble(error);
    if (error instanceof DomdomError && !trouble) throw error;
    const where = settings.MONGODB_URI ? 'MONGODB_URI' : 'DATA_DIR';
    const told = trouble ?? `The store that ${where} names cannot be opened.`;
    throw new DomdomError('STORE_UNREACHABLE', told, { cause: error });
  }
};

const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
