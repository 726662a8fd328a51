import { sms } from '../../bots/sms';
import type { Activity } from '../../core/activity';
import { noPorts } from '../channels';
import { channelContract } from '../contracts/channel';

const notYet = 'no SMS provider is connected yet: the channel is what chat --channel sms shows';

channelContract<Activity>('sms', () => ({
  channel: sms.connect({}, noPorts),
  textOf: ({ text }) => text ?? '',
  deliveries: [{ name: 'no provider', answers: () => {}, wire: { type: 'message', text: 'x' }, is: 'refused' }],
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
