import type { Abilities, Bot } from '../../core/channel';
import { unconnected } from '../unconnected';

const abilities: Abilities = {
  textLimit: 2000,
  choices: 'buttons',
  maxChoices: 5,
  pictures: true,
  tables: false,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  replyWindowHours: 168,
  cost: 'free',
  honoursSendKey: false,
  readsLog: false,
};

export const zalo: Bot = { abilities, settings: {}, connect: () => unconnected('zalo', abilities) };
