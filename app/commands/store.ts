import type { Command } from 'commander';
import { openStores } from '../open';
import { readSettings } from '../settings';

const KINDS = ['customers', 'points', 'readings', 'bills', 'debts', 'planned_outages', 'incidents'] as const;

export const storeCommand = (program: Command): void => {
  const store = program.command('store').description('look into the store');
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

const lines = (status: Record<string, unknown>): string =>
  Object.entries(status)
    .flatMap(([key, value]) =>
      typeof value === 'object' && value
        ? [`${key}:`, ...Object.entries(value).map(([name, n]) => `  ${name.padEnd(18)}${n}`)]
        : [`${key.padEnd(20)}${value}`],
    )
    .join('\n') + '\n';
