import type { Command } from 'commander';
import { DomdomError } from '../../core/errors';
import { openStores } from '../open';
import { readSettings } from '../settings';

const KINDS = ['customers', 'points', 'readings', 'bills', 'debts', 'planned_outages', 'incidents'] as const;

export const storeCommand = (program: Command): void => {
  const store = program.command('store').description('look into the store');
  addUnsure(store);
  store
    .command('status')
    .description('what the store holds and what waits in it')
    .option('--json', 'for programs')
    .addHelpText('after', '\nExamples:\n  domdom store status\n  domdom store status --json')
    .action(async ({ json }: { json?: boolean }) => {
      const { stores, utility, close } = await openStores(readSettings(process.env), 'tool');
      const counts = Object.fromEntries(
        await Promise.all(KINDS.map(async (kind) => [kind, await stores.writer.count(kind)])),
      );
      const [unsure, refused] = await Promise.all([
        stores.outbox.byState('unsure', 100),
        stores.outbox.byState('refused', 100),
      ]);
      const status = {
        utility: utility.id,
        sample: utility.sample,
        engine: stores.describe,
        records: counts,
        parked: unsure.length,
        refused: refused.length,
        handOvers: (await stores.reports.openHandOvers(1000)).length,
      };
      process.stdout.write(json ? JSON.stringify(status) + '\n' : lines(status));
      await close();
    });
};

/** Where a person decides: nobody knows whether these arrived, and sending again may cost the customer. */
const addUnsure = (store: Command): void => {
  store
    .command('unsure')
    .description('messages that may have arrived: left for a receipt, or for a person to decide')
    .option('--json', 'for programs')
    .option('--resend <key>', 'it did not arrive: send it again')
    .option('--arrived <key>', 'it arrived')
    .addHelpText('after', "\nExamples:\n  domdom store unsure\n  domdom store unsure --arrived 'sms:84912345678|3:0.0'")
    .action(async ({ json, resend, arrived }: { json?: boolean; resend?: string; arrived?: string }) => {
      const { stores, close } = await openStores(readSettings(process.env), 'tool');
      const parked = await stores.outbox.byState('unsure', 1000);
      const chosen = parked.find(({ key }) => key === (resend ?? arrived));
      if ((resend ?? arrived) !== undefined && !chosen) {
        await close();
        throw new DomdomError('BAD_SETTING', 'No message that is unsure has this key.');
      }
      if (chosen) await stores.outbox.decide(chosen, resend === undefined ? 'sent' : 'waiting');
      const left = parked
        .filter((row) => row !== chosen)
        .map(({ key, address, dueAt, why }) => ({
          key,
          channel: address.channel,
          since: new Date(dueAt).toISOString(),
          why,
        }));
      process.stdout.write(
        json
          ? JSON.stringify(left) + '\n'
          : left.map((row) => `${row.since}  ${row.channel.padEnd(12)}${row.key}  ${row.why ?? ''}\n`).join('') ||
              'none\n',
      );
      await close();
    });
};

const lines = (status: Record<string, unknown>): string =>
  Object.entries(status)
    .flatMap(([key, value]) =>
      typeof value === 'object' && value
        ? [`${key}:`, ...Object.entries(value).map(([name, n]) => `  ${name.padEnd(18)}${n}`)]
        : [`${key.padEnd(20)}${value}`],
    )
    .join('\n') + '\n';
