import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { DomdomError, ERRORS } from '../core/errors';
import { storeFault } from '../data/failure';
import { packageRoot } from '../data/package-root';
import { campaignCommand } from './commands/campaign';
import { channelCommand } from './commands/channel';
import { chatCommand } from './commands/chat';
import { importCommand } from './commands/import';
import { nluCommand } from './commands/nlu';
import { sampleCommand } from './commands/sample';
import { serveCommand } from './commands/serve';
import { storeCommand } from './commands/store';
import { masked } from './logger';
import { pathFault } from './path-fault';

const program = new Command('domdom')
  .description('Đom Đóm: customer care for Vietnamese electricity utilities, on web, Zalo, Messenger, Telegram and SMS')
  .version(JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')).version)
  .showHelpAfterError('(see domdom --help)')
  .addHelpText(
    'after',
    `
Settings come from the environment; .env.example lists them.

Examples:
  domdom serve                         serve the widget and the demo page
  domdom chat                          talk in the terminal
  domdom import bills bills.csv        load records of the utility
  domdom nlu parse "tiền điện tháng 9" see what is understood

Exit codes: 0 done, 1 failed with one sentence on stderr, 2 done with remarks (bad rows of an import).`,
  );

for (const add of [
  serveCommand,
  chatCommand,
  channelCommand,
  importCommand,
  sampleCommand,
  nluCommand,
  storeCommand,
  campaignCommand,
])
  add(program);

// who reads the output may stop ("domdom nlu parse … | head"); the command still does its work
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

program.parseAsync().catch((error: unknown) => {
  const known = error instanceof DomdomError ? error : (pathFault(error) ?? storeFault(error));
  const sentence = known
    ? `${known.code}: ${known.message.replace(/\.?$/, '.')} ${ERRORS[known.code].hint}`
    : `INTERNAL: ${String((error as Error)?.stack ?? error)}`;
  process.stderr.write(masked(sentence) + '\n');
  process.exitCode = 1;
});
