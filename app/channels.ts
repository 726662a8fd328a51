import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectAll } from '../bots';
import type { Channel, ChannelName, Ports } from '../core/channel';
import type { Clock } from '../core/time';
import { packageRoot } from '../data/package-root';
import type { Log } from './logger';
import type { Opened } from './open';
import { turnPictures } from './pictures';
import type { Settings } from './settings';

/** The channels of this house, lent its clock, network, store and log. */
export const openChannels = (
  settings: Settings,
  opened: Opened,
  log: Log,
  clock: Clock = () => new Date(),
  ofTurn: Ports['picture'] = turnPictures(opened),
): Record<ChannelName, Channel> => {
  const { stores, utility, boot } = opened;
  return connectAll(settings, {
    clock,
    fetch,
    tokens: stores.tokens({ by: boot, clock }),
    utility,
    publicUrl: (path) => settings.PUBLIC_URL && new URL(path, settings.PUBLIC_URL).href,
    picture: async (url) => (await assetOf(url)) ?? ofTurn(url),
    alarm: (what, facts) => log.error({ alarm: true, ...facts }, what),
    wait: (ms, signal) => sleep(ms, undefined, signal && { signal }).catch(() => {}),
    deadline: (ms) => AbortSignal.timeout(ms),
  });
};

const TYPES: Record<string, string> = { '.png': 'image/png', '.jpg': 'image/jpeg' };

/** A picture of ours, by its path under /assets/. */
const assetOf: Ports['picture'] = async (url) => {
  const name = /^\/assets\/([\w-]+\.(?:png|jpg))$/.exec(url)?.[1];
  if (!name) return undefined;
  const bytes = await readFile(join(packageRoot(), 'dist/web/assets', name)).catch(() => undefined);
  return bytes && { bytes, contentType: TYPES[extname(name)]! };
};
