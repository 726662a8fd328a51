import { connectAll } from '../bots';
import type { Channel, ChannelName, Ports } from '../core/channel';

const absent = (what: string) => (): never => {
  throw new Error(`${what} is not there in this test`);
};

/** Ports of a house without network or store, for tests that only render. */
export const noPorts: Ports = {
  clock: absent('the clock'),
  fetch: absent('the network'),
  tokens: { read: absent('a store'), keep: absent('a store'), lease: absent('a store'), release: absent('a store') },
  utility: undefined as never,
  publicUrl: () => undefined,
  picture: async () => undefined,
  alarm: absent('an alarm'),
  wait: absent('the clock'),
  deadline: (ms) => AbortSignal.timeout(ms),
};

/** Every channel without its settings: it renders and refuses to send. */
export const unconnectedChannels = (): Record<ChannelName, Channel> => connectAll({}, noPorts);
