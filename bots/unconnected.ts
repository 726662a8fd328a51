import type { Activity } from '../core/activity';
import type { Abilities, Channel, ChannelName } from '../core/channel';
import { shape } from './shape';

/** A channel without its settings: it renders, is not reached, and refuses to send. */
export const unconnected = (name: ChannelName, abilities: Abilities): Channel<Activity> => ({
  name,
  abilities,
  hooks: [],
  verify: () => ({ is: 'refused', why: 'the channel is not set up' }),
  read: () => [],
  render: (activity) => shape(activity, abilities),
  send: async () => ({ is: 'refused', code: 'NOT_SET_UP', why: 'the channel is not set up' }),
});
