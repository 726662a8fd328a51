import type { Address, Channel, ChannelName } from '../core/channel';

/** How many ms a message waits for its turn; asking takes the turn. */
export type Pace = (address: Address, now: number) => number;

const REMEMBERED = 10_000;

/** The pace of each channel's sheet, in this process: a second's worth may go at once, then one by one. */
export const paceOf = (channels: Record<ChannelName, Channel>): Pace => {
  // when the last message given a turn has used up its share
  const busyUntil = new Map<string, number>();
  const turn = (key: string, now: number, shareMs: number, ahead: number): number => {
    const until = Math.max(busyUntil.get(key) ?? 0, now - ahead * shareMs) + shareMs;
    busyUntil.delete(key);
    busyUntil.set(key, until);
    if (busyUntil.size > REMEMBERED) busyUntil.delete(busyUntil.keys().next().value!);
    return Math.max(0, until - now);
  };
  return ({ channel, conversation }, now) => {
    const { pace } = channels[channel].abilities;
    if (!pace) return 0;
    const inAll = turn(channel, now, 1000 / pace.perSecond, pace.perSecond);
    return pace.betweenMs ? Math.max(inAll, turn(conversation, now, pace.betweenMs, 1)) : inAll;
  };
};
