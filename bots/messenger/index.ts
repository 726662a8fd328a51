import type { Abilities, Bot } from '../../core/channel';
import { unconnected } from '../unconnected';

const abilities: Abilities = {
  textLimit: 2000,
  choices: 'buttons',
  maxChoices: 13,
  pictures: true,
  tables: false,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  replyWindowHours: 24,
  cost: 'free',
  honoursSendKey: false,
  readsLog: false,
};

export const messenger: Bot = { abilities, settings: {}, connect: () => unconnected('messenger', abilities) };
