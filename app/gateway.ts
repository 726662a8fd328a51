import { DomdomError } from '../core/errors';
import type { Gateway } from '../data/gateway';
import type { Log } from './logger';
import type { Opened } from './open';
import type { Settings } from './settings';

/** The utility's own system, where the settings name one. @throws DomdomError BAD_SETTING without its token */
export const gatewayOf = async (settings: Settings, { stores }: Opened, log: Log): Promise<Gateway | undefined> => {
  const { GATEWAY_URL: url, GATEWAY_TOKEN: token } = settings;
  if (!url) return undefined;
  if (!token) throw new DomdomError('BAD_SETTING', 'GATEWAY_TOKEN: is needed with GATEWAY_URL.');
  const { openGateway } = await import('../data/gateway/index.js');
  return openGateway({
    url: url.replace(/\/+$/, ''),
    token,
    fetch,
    clock: () => new Date(),
    deadline: (ms) => AbortSignal.timeout(ms),
    imported: stores.records,
    patienceMs: settings.GATEWAY_MS,
    freshMs: settings.GATEWAY_FRESH_SECONDS * 1000,
    alarm: (what, facts) => log.error({ alarm: true, ...facts }, what),
  });
};
