import type { Activity } from '../../core/activity';
import type { Abilities, Bot } from '../../core/channel';
import { shape } from '../shape';
import { unconnected } from '../unconnected';
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

/** One SMS as it leaves, with the segments that it takes. */
export const preview = (activity: Activity): Activity[] =>
  shape(activity, ABILITIES).map((message) => ({ ...message, channelData: { ...segmentsOf(message.text ?? '') } }));

/** SMS as `chat --channel sms` shows it. Its providers, which carry it over a network, are not connected yet. */
export const sms: Bot<Activity> = {
  abilities: ABILITIES,
  settings: {},
  connect: () => ({ ...unconnected('sms', ABILITIES), render: preview }),
};
