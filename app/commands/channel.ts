import { type Command, InvalidArgumentError } from 'commander';
import { CHANNELS, type ChannelName, type Finding } from '../../core/channel';
import { openChannels } from '../channels';
import { makeLog } from '../logger';
import { openStores } from '../open';
import { readSettings } from '../settings';

const MARKS: Record<Finding['is'], string> = { ok: '✓', wrong: '✗', todo: '→' };

const channelName = (given: string): ChannelName => {
  if ((CHANNELS as readonly string[]).includes(given)) return given as ChannelName;
  throw new InvalidArgumentError(`Channels are ${CHANNELS.join(', ')}.`);
};

export const channelCommand = (program: Command): void => {
  const channel = program
    .command('channel')
    .description('connect the channels to their platforms')
    .addHelpText('after', '\nExamples:\n  domdom channel check zalo\n  domdom channel setup telegram');
  const add = (what: 'check' | 'setup', description: string) =>
    channel
      .command(what)
      .description(description)
      .argument('<name>', CHANNELS.join(', '), channelName)
      .option('--json', 'for programs')
      .addHelpText(
        'after',
        `
✓ is well, ✗ is wrong, → a person must do it in the platform's own console.
Exit codes: 0 nothing is wrong, 2 something is.

Examples:
  domdom channel ${what} telegram
  domdom channel ${what} zalo --json`,
      )
      .action(async (name: ChannelName, { json }: { json?: boolean }) => {
        const settings = readSettings(process.env);
        const opened = await openStores(settings, 'tool');
        try {
          const connected = openChannels(settings, opened, makeLog(settings))[name];
          const found = (await connected[what]?.()) ?? [
            { is: 'todo', what: NOTHING(name, connected.hooks.length > 0) },
          ];
          process.stdout.write(
            json ? `${JSON.stringify(found)}\n` : found.map((one) => `${MARKS[one.is]} ${one.what}\n`).join(''),
          );
          if (found.some((one) => one.is === 'wrong')) process.exitCode = 2;
        } finally {
          await opened.close();
        }
      });
  add('check', 'whether the settings of a channel work, without changing anything');
  add('setup', 'register the webhook, menu, greeting and commands of a channel with its platform');
};

const NOTHING = (name: string, connected: boolean) =>
  connected
    ? `${name} needs nothing to be set up on its platform.`
    : `${name} is not set up: its settings stand in .env.example and docs/channels/.`;
