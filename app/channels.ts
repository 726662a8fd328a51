import { connectAll } from '../bots';
import type { Channel, ChannelName } from '../core/channel';
import type { Clock } from '../core/time';
import type { Log } from './logger';
import type { Opened } from './open';
import type { Settings } from './settings';

/** The channels of this house, lent its clock, network, store and log. */
export const openChannels = (
  settings: Settings,
  { stores, utility, boot }: Opened,
  log: Log,
  clock: Clock = () => new Date(),
): Record<ChannelName, Channel> =>
  connectAll(settings, {
    clock,
    fetch,
    tokens: stores.tokens({ by: boot, clock }),
    utility,
    publicUrl: (path) => settings.PUBLIC_URL && new URL(path, settings.PUBLIC_URL).href,
    picture: async () => undefined,
    alarm: (what, facts) => log.error({ alarm: true, ...facts }, what),
  });
