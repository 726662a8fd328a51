import { sms } from '../../bots/sms';
import type { Sms } from '../../bots/sms/wire';
import { noPorts } from '../channels';
import { channelContract } from '../contracts/channel';

const notYet = 'x';

channelContract<Sms>('sms', () => ({
  channel: sms.connect({}, noPorts),
  textOf: ({ text }) => text,
  deliveries: [
    { name: 'no provider', answers: () => {}, wire: { text: 'x', encoding: 'GSM-7', segments: 1 }, is: 'refused' },
  ],
  secrets: [],
  without: {
    payloads: notYet,
    forgeries: notYet,
    challenge: notYet,
    people: notYet,
    echoes: notYet,
    receipts: notYet,
    unknown: notYet,
    withBody: notYet,
    tap: 'SMS has no choices',
  },
}));
