import type { Abilities, Bot } from '../../core/channel';
import { unconnected } from '../unconnected';

const abilities: Abilities = {
  textLimit: 10000,
  choices: 'buttons',
  maxChoices: 6,
  pictures: true,
  tables: true,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  cost: 'free',
  honoursSendKey: false,
  readsLog: false,
};

export const botframework: Bot = { abilities, settings: {}, connect: () => unconnected('botframework', abilities) };
