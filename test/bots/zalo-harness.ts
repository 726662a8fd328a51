import { zalo } from '../../bots/zalo';
import type { ZaloWire } from '../../bots/zalo/wire';
import type { Channel, Ports, RawRequest } from '../../core/channel';
import { openEmbedded, storesOf } from '../../data';
import { VirtualClock } from '../fakes/virtual-clock';
import { APP_ID, APP_SECRET, type FakeZalo, type FakeZaloOptions, OA_ID, OA_SECRET, startZalo } from '../fakes/zalo';
import { fakeWebhook } from '../fakes/zalo-webhook';
import { scratch } from '../processes';

export const SETTINGS = {
  ZALO_APP_ID: APP_ID,
  ZALO_APP_SECRET: APP_SECRET,
  ZALO_OA_SECRET: OA_SECRET,
  // what the fake gives at its first consent
  ZALO_REFRESH_TOKEN: 'refresh-token-1-of-the-fake',
  ZALO_OA_ID: OA_ID,
  ZALO_OAUTH_BASE: 'http://oauth.zalo',
  ZALO_API_BASE: 'http://oa.zalo',
  ZALO_ZBS_BASE: 'http://zbs.zalo',
};
export const SECRETS = [APP_SECRET, OA_SECRET, 'access-token-', 'refresh-token-'];

export interface Alarm {
  what: string;
  facts?: Record<string, string | number>;
}

/**
 * The channel on the fake platform and a real store. It may be made before the platform is started: addresses of the
 * platform are looked up when they are called.
 */
export const zaloHarness = (given: Partial<Record<string, unknown>> = {}, options: FakeZaloOptions = {}) => {
  const clock = options.clock ?? new VirtualClock(Date.parse('2026-03-12T01:00:00.000Z'));
  const store = scratch();
  const alarms: Alarm[] = [];
  let fake: FakeZalo;
  let stores: ReturnType<typeof storesOf>;
  const tokens = () => stores.tokens({ by: 'harness', clock: clock.now });
  const ports: Ports = {
    clock: clock.now,
    fetch: (input, init) =>
      fetch(
        String(input).replace(/^http:\/\/(oauth|oa|zbs)\.zalo/, (_all, host: 'oauth') => fake.hosts[host].base),
        init,
      ),
    tokens: {
      read: (name) => tokens().read(name),
      keep: (...args) => tokens().keep(...args),
      lease: (...args) => tokens().lease(...args),
      release: (name) => tokens().release(name),
    },
    utility: undefined as never,
    publicUrl: () => undefined,
    picture: async () => undefined,
    alarm: (what, facts) => void alarms.push({ what, ...(facts && { facts }) }),
    wait: () => new Promise((go) => setImmediate(go)),
    deadline: (ms) => AbortSignal.timeout(ms),
  };
  const signer = fakeWebhook({ clock, appId: APP_ID, oaSecret: OA_SECRET, appSecret: APP_SECRET, ...options });

  return {
    clock,
    ports,
    alarms,
    channel: zalo.connect({ ...SETTINGS, ...given }, ports) as Channel<ZaloWire>,
    /** the same settings in another process: nothing in memory is shared */
    another: (more: Partial<Record<string, unknown>> = {}, lent: Partial<Ports> = {}) =>
      zalo.connect({ ...SETTINGS, ...given, ...more }, { ...ports, ...lent }) as Channel<ZaloWire>,
    get fake() {
      return fake;
    },
    get tokens() {
      return tokens();
    },
    async start() {
      fake = await startZalo({ ...options, clock });
      fake.oauth.consent();
      stores = storesOf(await openEmbedded({ dir: store.dir }), 'sample');
    },
    async stop() {
      await fake.close();
      await stores.close();
      store.remove();
    },
    /** a request as the platform signs it; a string is the body as it is */
    request(event: Record<string, unknown> | string): RawRequest {
      const text = typeof event === 'string' ? event : JSON.stringify(event);
      const parsed = typeof event === 'string' ? (JSON.parse(event) as Record<string, unknown>) : event;
      const { body, headers } = signer.signed(parsed, text);
      return { method: 'POST', url: '/hooks/zalo', headers, body: Buffer.from(body) };
    },
  };
};

export const addressOf = (person: string) => ({ channel: 'zalo' as const, conversation: person, person });
