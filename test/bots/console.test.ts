import { terminal } from '../../bots/console';
import { type Activity, offeredChoices, tableOf } from '../../core/activity';
import { noPorts } from '../channels';
import { channelContract } from '../contracts/channel';

const inProcess = 'the terminal hands its lines over inside the process (test/app/chat.test.ts)';

/** As `domdom chat` writes it: the text, the tables, the alternative texts, the choices. */
const written = ({ text, attachments, ...rest }: Activity): string =>
  [
    text,
    ...(attachments ?? []).map((one) => {
      const table = tableOf(one);
      return table ? [table.title, ...table.columns, ...table.rows.flat()].filter(Boolean).join('\n') : one.name;
    }),
    ...offeredChoices(rest).map(({ title }) => title),
  ]
    .filter(Boolean)
    .join('\n');

channelContract<Activity>('console', () => ({
  channel: terminal.connect({}, noPorts),
  textOf: written,
  tappable: offeredChoices,
  deliveries: [
    { name: 'written on the screen', answers: () => {}, wire: { type: 'message', text: 'x' }, is: 'accepted' },
  ],
  secrets: [],
  without: {
    payloads: inProcess,
    forgeries: inProcess,
    challenge: inProcess,
    people: inProcess,
    echoes: inProcess,
    receipts: inProcess,
    unknown: inProcess,
    withBody: inProcess,
    tap: inProcess,
  },
}));
