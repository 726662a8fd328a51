import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import { DomdomError } from '../../core/errors';
import { openStores } from '../open';
import { readSettings } from '../settings';

const KINDS = ['customers', 'points', 'readings', 'bills', 'debts', 'planned_outages', 'incidents'] as const;

export const storeCommand = (program: Command): void => {
  const store = program
    .command('store')
    .description('look into the store')
    .addHelpText('after', '\nExamples:\n  domdom store status\n  domdom store unsure --json');
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
    .option('--resend <id>', 'it did not arrive: send it again')
    .option('--arrived <id>', 'it arrived')
    .addHelpText('after', '\nExamples:\n  domdom store unsure\n  domdom store unsure --arrived 5f0c9a7be2d1')
    .action(async ({ json, resend, arrived }: { json?: boolean; resend?: string; arrived?: string }) => {
      const { stores, close } = await openStores(readSettings(process.env), 'tool');
      try {
        const parked = (await stores.outbox.byState('unsure', 1000)).map((row) => ({ row, id: nameOf(row) }));
        const named = resend ?? arrived;
        const chosen = parked.find(({ id }) => id === named);
        if (named !== undefined && !chosen)
          throw new DomdomError('BAD_ARGUMENT', 'No message that is unsure has this id.');
        if (chosen) await stores.outbox.decide(chosen.row, resend === undefined ? 'sent' : 'waiting');
        const left = parked
          .filter((one) => one !== chosen)
          .sort((a, b) => a.row.dueAt - b.row.dueAt)
          .map(({ id, row: { address, dueAt, why } }) => ({
            id,
            since: new Date(dueAt).toISOString(),
            channel: address.channel,
            to: masked(address.person),
            why,
          }));
        const table = left.map(
          ({ id, since, channel, to, why }) => `${id}  ${since}  ${channel.padEnd(12)}  ${to}  ${why ?? ''}\n`,
        );
        process.stdout.write(json ? `${JSON.stringify(left)}\n` : table.join('') || 'none\n');
      } finally {
        await close();
      }
    });
};

/** A row's key holds whom it is for; what is printed may be passed on. */
const nameOf = ({ key }: { key: string }): string => createHash('sha256').update(key).digest('hex').slice(0, 12);

/** The last three characters, to tell one person from another. */
const masked = (person: string): string => '*'.repeat(8) + person.slice(-3);

const lines = (status: Record<string, unknown>): string =>
  Object.entries(status)
    .flatMap(([key, value]) =>
      typeof value === 'object' && value
        ? [`${key}:`, ...Object.entries(value).map(([name, n]) => `  ${name.padEnd(18)}${n}`)]
        : [`${key.padEnd(20)}${value}`],
    )
    .join('\n') + '\n';
