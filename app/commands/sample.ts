import { type Command, InvalidArgumentError } from 'commander';
import { DomdomError } from '../../core/errors';
import { openStores } from '../open';
import { loadSampleNow } from '../sample';
import { readSettings } from '../settings';
import { progressBar, stopSignal } from './progress';

const month = (text: string) => {
  const [, year, monthOfYear] = /^(20[2-9]\d)-(0[1-9]|1[0-2])$/.exec(text) ?? [];
  if (!year || Number(year) < 2024) throw new InvalidArgumentError('A month is written YYYY-MM, from 2024-01 on.');
  return { year: Number(year), month: Number(monthOfYear) };
};

interface Options {
  until?: { year: number; month: number };
  json?: boolean;
  quiet?: boolean;
}

export const sampleCommand = (program: Command): void => {
  program
    .command('sample')
    .description('fill the store with the sample utility: invented customers with 24 months of readings and bills')
    .option('--until <YYYY-MM>', 'month of the newest bills; this month, or that of the sample that is there', month)
    .option('--json', 'print what was done as JSON')
    .option('--quiet', 'print nothing but errors')
    .addHelpText(
      'after',
      `
The same month gives the same customers and figures. A stopped run goes on where it stopped; run again on a whole sample,
it renews what is planned and going on today. SAMPLE_CUSTOMERS says how many customers.

Examples:
  domdom sample
  domdom sample --until 2026-03
  SAMPLE_CUSTOMERS=40 DATA_DIR=var/small domdom sample --quiet

Exit codes: 0 done, 1 stopped or failed.`,
    )
    .action(async ({ until, json, quiet }: Options) => {
      const settings = readSettings(process.env);
      const opened = await openStores(settings, 'import');
      const bar = progressBar(quiet);
      const begun = performance.now();
      try {
        const { stores, utility } = opened;
        if (!utility.sample)
          throw new DomdomError('BAD_SETTING', 'UTILITY names a real utility: the sample is kept out of its store.');
        const outcome = await loadSampleNow(opened, settings, {
          ...(until && { until }),
          onProgress: ({ customers, of }) => bar.draw(customers / (of - 1), `${customers} customers`),
          signal: stopSignal(),
        });
        bar.end();
        const sample = { outcome, ...(await stores.meta.get<object>('sample')) };
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        if (json) process.stdout.write(JSON.stringify(sample) + '\n');
        else if (!quiet && outcome !== 'stopped') process.stdout.write(`Sample utility ${outcome} in ${seconds} s.\n`);
        if (outcome === 'stopped') {
          if (!quiet) process.stderr.write('Stopped. The same command goes on from here.\n');
          process.exitCode = 1;
        }
      } finally {
        bar.end();
        await opened.close();
      }
    });
};
