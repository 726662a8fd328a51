import type { Abilities, Bot } from '../../core/channel';
import { unconnected } from '../unconnected';

const abilities: Abilities = {
  textLimit: 4096,
  choices: 'buttons',
  maxChoices: 20,
  pictures: true,
  tables: false,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  cost: 'free',
  honoursSendKey: false,
  readsLog: false,
};

export const telegram: Bot = { abilities, settings: {}, connect: () => unconnected('telegram', abilities) };
