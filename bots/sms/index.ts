import type { Activity } from '../../core/activity';
import type { Abilities, Channel } from '../../core/channel';
import { shape } from '../shape';
import { segmentsOf } from './segments';

export const ABILITIES: Abilities = {
  // one MT per MO: long answers are concatenated by the network, never sent as two messages
  textLimit: 10_000,
  choices: 'none',
  maxChoices: 0,
  pictures: false,
  tables: false,
  unaccented: true,
  oneReply: true,
  gatherMs: 0,
  cost: 'paid',
  honoursSendKey: false,
  readsLog: false,
};

/** SMS as `chat --channel sms` shows it. Its providers, which carry it over a network, are not connected yet. */
export const sms: Channel<Activity> = {
  name: 'sms',
  abilities: ABILITIES,
  verify: () => ({ is: 'refused', why: 'no SMS provider is configured' }),
  read: () => [],
  render: (activity) =>
    shape(activity, ABILITIES).map((message) => ({ ...message, channelData: { ...segmentsOf(message.text ?? '') } })),
  send: async () => ({ is: 'refused', code: 'NO_PROVIDER', why: 'no SMS provider is configured' }),
};
