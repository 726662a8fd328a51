import type { Activity } from '../core/activity';
import type { Bot, Channel, ChannelName, Ports } from '../core/channel';
import { botframework } from './botframework';
import { terminal } from './console';
import { messenger } from './messenger';
import { shape } from './shape';
import { sms, preview as smsPreview } from './sms';
import { telegram } from './telegram';
import { web } from './web';
import { zalo } from './zalo';

/** Every channel. Forgetting one is a type error. */
export const BOTS: Record<ChannelName, Bot> = {
  web,
  console: terminal,
  sms,
  zalo,
  messenger,
  telegram,
  botframework,
};

/** The channels as these settings make them; those without settings render only. */
export const connectAll = (settings: Record<string, unknown>, ports: Ports): Record<ChannelName, Channel> =>
  Object.fromEntries(Object.entries(BOTS).map(([name, bot]) => [name, bot.connect(settings, ports)])) as Record<
    ChannelName,
    Channel
  >;

/** A reply as a channel's abilities shape it, still as Activities: what `chat --channel` and transcripts show. */
export const preview = (name: ChannelName, activity: Activity): Activity[] =>
  name === 'sms' ? smsPreview(activity) : shape(activity, BOTS[name].abilities);
