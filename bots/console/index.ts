import type { Activity } from '../../core/activity';
import type { Abilities, Channel } from '../../core/channel';
import { shape } from '../shape';

export const ABILITIES: Abilities = {
  textLimit: 10_000,
  choices: 'buttons',
  maxChoices: 20,
  pictures: true,
  tables: true,
  unaccented: false,
  oneReply: false,
  gatherMs: 0,
  cost: 'free',
  honoursSendKey: true,
  readsLog: false,
};

/** The terminal. `domdom chat` puts the activities on the screen itself, as it can number choices and draw tables. */
export const terminal: Channel<Activity> = {
  name: 'console',
  abilities: ABILITIES,
  verify: () => ({ is: 'refused', why: 'the terminal is not reached over the network' }),
  read: () => [],
  render: (activity) => shape(activity, ABILITIES),
  send: async () => ({ is: 'accepted' }),
};
