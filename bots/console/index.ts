import type { Activity } from '../../core/activity';
import type { Abilities, Bot } from '../../core/channel';
import { unconnected } from '../unconnected';

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
export const terminal: Bot<Activity> = {
  abilities: ABILITIES,
  settings: {},
  connect: () => ({ ...unconnected('console', ABILITIES), send: async () => ({ is: 'accepted' }) }),
};
