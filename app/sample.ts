import type { LoadOptions } from '../data/sample';
import { ticks } from './commands/progress';
import type { Opened } from './open';
import type { Settings } from './settings';

/** Whether the sample utility is served, and its store was never filled. */
export const isUnfilled = async ({ stores, utility }: Opened): Promise<boolean> =>
  utility.sample && (await stores.meta.get('sample')) === undefined;

/** The sample as of today: filled where it is not, and otherwise what it has planned and going on moved to the present, a few rows. */
export const loadSampleNow = async (
  { stores, utility }: Opened,
  settings: Partial<Pick<Settings, 'SAMPLE_CUSTOMERS'>> = {},
  options: Partial<Pick<LoadOptions, 'until' | 'onProgress' | 'signal'>> = {},
): Promise<'loaded' | 'renewed' | 'stopped'> => {
  const [{ loadSample }, { computeBill }] = await Promise.all([
    import('../data/sample/index.js'),
    import('../tariff/index.js'),
  ]);
  const customers = settings.SAMPLE_CUSTOMERS;
  return loadSample(stores.writer, stores.meta, {
    ...options,
    ...(customers !== undefined && { customers }),
    now: new Date().toISOString(),
    utility,
    computeBill,
    ticks,
  });
};
