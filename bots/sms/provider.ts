import { type Activity, textFrom } from '../../core/activity';
import type { Channel, Delivery, Finding, Hook, RawRequest, Verification } from '../../core/channel';
import type { Receipt } from '../../core/events';
import type { Sms } from './wire';

export const PROVIDERS = ['esms', 'vcom', 'speedsms', 'smpp'] as const;
export type ProviderName = (typeof PROVIDERS)[number];

/** Where an MO came in, so that its MT goes back the same way: provider, short code and the provider's id of the MO. */
export interface Route {
  provider: ProviderName;
  service: string;
  request?: string;
  /** V-COM: what the contract calls the command */
  command?: string;
}

/** One provider: the codec of what it sends us, and the transport of what we send. */
export interface Provider {
  hooks: Hook[];
  /** whether a request to one of its hooks, or one that it listened to, is its own */
  takes(request: Pick<RawRequest, 'url'>): boolean;
  verify(request: RawRequest): Verification;
  read(request: RawRequest): Activity[];
  /** `phone` in the form 84…; undefined where it cannot send */
  send?(phone: string, sms: Sms, sendKey: string, route: Route | undefined): Promise<Delivery>;
  listen?: Channel['listen'];
  check(): Promise<Finding[]>;
}

/** Longest text that is read of one MO: 39 concatenated parts. */
const LONGEST = 6000;

/** A customer's SMS as an Activity. Its conversation is the phone number. */
export const heard = (id: string, phone: string, text: string, route: Route): Activity => ({
  type: 'message',
  id,
  text: textFrom(text, LONGEST)!,
  from: { id: phone },
  conversation: { id: phone },
  channelData: { route: JSON.stringify(route) },
});

/** What became of an MT. The same state of the same message has the same id, so that retried callbacks are known. */
export const receiptOf = (id: string, phone: string, value: Receipt): Activity => ({
  type: 'event',
  name: 'receipt',
  id: `receipt:${id}:${value.state}`,
  value,
  from: { id: phone },
  conversation: { id: phone },
});

export const routeFrom = (written: string | undefined): Route | undefined => {
  try {
    return written === undefined ? undefined : (JSON.parse(written) as Route);
  } catch {
    return undefined;
  }
};

export const pathOf = (url: string): string => url.split('?', 1)[0]!;
export const queryOf = (url: string): URLSearchParams => new URLSearchParams(url.slice(pathOf(url).length + 1));
