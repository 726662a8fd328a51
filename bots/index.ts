import type { Channel, ChannelName } from '../core/channel';
import { terminal } from './console';
import { sms } from './sms';
import { web } from './web';

/** Every channel. Forgetting one is a type error. */
export const CHANNELS: Record<ChannelName, Channel> = {
  web: web as Channel,
  console: terminal as Channel,
  sms: sms as Channel,
};
