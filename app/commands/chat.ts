import { createInterface } from 'node:readline';
import { type Command, Option } from 'commander';
import { type Activity, offeredChoices, tableOf } from '../../core/activity';
import { CHANNELS, type ChannelName } from '../../core/channel';
import type { Chat } from '../chat';
import { makeLog } from '../logger';
import type { Opened } from '../open';
import { isUnfilled, loadSampleNow } from '../sample';
import { readSettings, type Settings } from '../settings';
import { linesOf } from './lines';
import { timeOption } from './options';
import { progressBar } from './progress';

interface Flags {
  json?: boolean;
  channel: ChannelName;
  now?: Date;
  conversation?: string;
}

export const chatCommand = (program: Command): void => {
  program
    .command('chat')
    .description('talk with the assistant in the terminal, or line by line for programs')
    .option(
      '--json',
      'one message a line in (text, an Activity, or an array of pieces), one JSON array of replies a line out',
    )
    .addOption(new Option('--channel <name>', 'answer as this channel would').choices([...CHANNELS]).default('console'))
    .option('--now <ISO>', 'fix the clock; Vietnamese time where no zone is written', timeOption)
    .option('--conversation <id>', 'go on with this conversation')
    .addHelpText(
      'after',
      `
Examples:
  domdom chat
  domdom chat --conversation me
  echo 'TD PP05000974006 1 10 2016' | domdom chat --json --channel sms --now 2016-09-30T09:00:00+07:00`,
    )
    .action(async (flags: Flags) => {
      const { openChat } = await import('../chat.js');
      const settings = readSettings(process.env);
      const log = makeLog({ LOG_LEVEL: flags.json ? settings.LOG_LEVEL : 'error' });
      const conversation = flags.conversation ?? `${process.pid}-${Date.now()}`;
      const chat = await openChat(
        settings,
        {
          channel: flags.channel,
          conversation,
          ...(flags.now && { now: flags.now }),
          prepare: (opened) => fillFirst(opened, settings),
        },
        log,
      );
      try {
        await (flags.json ? talkJson(chat) : talk(chat));
      } finally {
        await chat.close();
      }
    });
};

/** A first talk may come before a first server; then the sample is filled here. Stopped, it is gone on with next time. */
const fillFirst = async (opened: Opened, settings: Settings): Promise<void> => {
  if (!(await isUnfilled(opened))) return;
  process.stderr.write('The store is empty: it is being filled with the sample utility, once.\n');
  const bar = progressBar();
  try {
    await loadSampleNow(opened, settings, {
      onProgress: ({ customers, of }) => bar.draw(customers / (of - 1), `${customers} customers`),
    });
  } finally {
    bar.end();
  }
};

const talkJson = async (chat: Chat): Promise<void> => {
  const { readLine, refusal } = await import('../chat.js');
  for await (const line of linesOf(process.stdin)) {
    const pieces = readLine(line);
    process.stdout.write(
      JSON.stringify(typeof pieces === 'string' ? [refusal(pieces)] : await chat.hear(pieces)) + '\n',
    );
  }
};

const colour = (code: number) => (text: string) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[${code}m${text}\x1b[0m` : text;
const bold = colour(1);
const dim = colour(2);
const amber = colour(33);
const PROMPT = amber('› ');

const talk = async (chat: Chat): Promise<void> => {
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: PROMPT });
  process.stdout.write(
    `${bold(chat.utility.name)}${chat.utility.sample ? dim(' · dữ liệu mẫu') : ''}\n${dim('Gõ câu hỏi rồi Enter; Ctrl+D để thoát.')}\n`,
  );
  lines.prompt();
  for await (const line of lines) {
    if (line.trim())
      for (const reply of await chat.hear([{ type: 'message', text: line.normalize('NFC') }])) print(reply);
    lines.prompt();
  }
  process.stdout.write('\n');
};

const print = (reply: Activity): void => {
  const out = (text: string) => process.stdout.write(text + '\n');
  if (reply.text) out(reply.text);
  for (const attachment of reply.attachments ?? []) {
    const shape = tableOf(attachment);
    if (shape) for (const row of drawn([shape.columns, ...shape.rows])) out(row);
    else out(dim(`[hình: ${attachment.name ?? ''} ${attachment.contentUrl ?? ''}]`));
  }
  for (const [n, { title }] of offeredChoices(reply).entries()) out(`  ${amber(String(n + 1))} ${title}`);
};

const drawn = (rows: string[][]): string[] => {
  const widths = rows[0]!.map((_cell, n) => Math.max(...rows.map((cells) => [...(cells[n] ?? '')].length)));
  const lines = rows.map(
    (cells) => '  ' + cells.map((cell, n) => cell + ' '.repeat(widths[n]! - [...cell].length)).join('  '),
  );
  return [bold(lines[0]!), ...lines.slice(1)];
};
