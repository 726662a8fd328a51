import { messenger } from '../../bots/messenger';
import type { Ports, RawRequest } from '../../core/channel';
import { escaped, signed } from '../fakes/graph-hooks';

export const APP = { id: '880011', secret: 'app-secret-demo' };
export const PAGE = { id: '1001', name: 'Điện lực Đom Đóm', token: 'EAAB-demo-token' };
export const VERIFY = 'verify-token-demo';

export const SETTINGS = {
  MESSENGER_APP_SECRET: APP.secret,
  MESSENGER_VERIFY_TOKEN: VERIFY,
  MESSENGER_PAGE_TOKEN: PAGE.token,
  MESSENGER_APP_ID: APP.id,
};

/** The settings as the environment gives them, with every default. */
export const settingsOf = (given: Record<string, string | undefined>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(messenger.settings).flatMap(([key, form]) => {
      const value = form.parse(given[key]);
      return value === undefined ? [] : [[key, value]];
    }),
  );

export const portsFor = (more: Partial<Ports> = {}): Ports & { alarms: string[] } => {
  const alarms: string[] = [];
  return {
    clock: () => new Date('2026-11-02T02:00:00Z'),
    fetch,
    tokens: undefined as never,
    utility: { name: 'Điện lực Đom Đóm', sample: true } as never,
    publicUrl: () => undefined,
    picture: async () => undefined,
    alarm: (what, facts) => void alarms.push(`${what} ${JSON.stringify(facts)}`),
    wait: async () => {},
    deadline: (ms) => AbortSignal.timeout(ms),
    ...more,
    alarms,
  };
};

export const requestOf = (body: Buffer | string, signature = signed(APP.secret, body)): RawRequest => ({
  method: 'POST',
  url: '/hooks/messenger',
  headers: { 'content-type': 'application/json', 'x-hub-signature-256': signature },
  body: Buffer.from(body),
});

/** A genuine POST of these events, as the platform writes it. */
export const eventsOf = (...messaging: unknown[]): RawRequest =>
  requestOf(escaped({ object: 'page', entry: [{ id: PAGE.id, time: 1_700_000_000_000, messaging }] }));

export const entriesOf = (...entry: unknown[]): RawRequest => requestOf(escaped({ object: 'page', entry }));

let serial = 0;
export const from = (psid: string, what: Record<string, unknown>) => ({
  sender: { id: psid },
  recipient: { id: PAGE.id },
  timestamp: 1_700_000_000_000 + (serial += 1),
  ...what,
});
export const echo = (psid: string, message: Record<string, unknown>) => ({
  sender: { id: PAGE.id },
  recipient: { id: psid },
  timestamp: 1_700_000_000_000 + (serial += 1),
  message: { is_echo: true, ...message },
});
