import { basename } from 'node:path';
import { Argument, type Command } from 'commander';
import type { RecordKind } from '../../core/records';
import { COLUMNS, fileReport, type ImportSummary, importFile } from '../../data/import';
import { loadCampaigns } from '../campaigns';
import { openStores } from '../open';
import { readSettings } from '../settings';
import { timeOption } from './options';
import { progressBar, stopSignal, ticks } from './progress';

interface Options {
  dryRun?: boolean;
  report?: string;
  taken?: Date;
  json?: boolean;
}

export const importCommand = (program: Command): void => {
  program
    .command('import')
    .description('load records of the utility from a file; docs/import.md has each format with a sample')
    .addArgument(new Argument('<kind>', 'what the rows are').choices([...Object.keys(COLUMNS), 'tickets']))
    .argument('<file>', 'a .csv or .jsonl file in UTF-8')
    .option('--dry-run', 'read and check every row, and write nothing but the report')
    .option('--report <file>', 'where bad rows go, .jsonl or .csv (default: <file name>.bad.jsonl, here)')
    .option('--taken <time>', "when the utility's data was taken (default: the time of the file)", timeOption)
    .option('--json', 'print the summary as JSON')
    .addHelpText(
      'after',
      `
Rows that are there already stay as they are, so a file can be imported again. A stopped import goes on where it stopped.
Bad rows are listed in the report and stop nothing. A running server keeps answering meanwhile.

Examples:
  domdom import customers customers.csv
  domdom import readings 2026-11.jsonl --dry-run
  domdom import bills bills.csv --report bad.csv --json

Exit codes: 0 every row was good, 2 some rows were bad, 1 the file could not be read or the import was stopped.`,
    )
    .action(async (kind: RecordKind | 'tickets', file: string, options: Options) => {
      if (kind === 'tickets') return ticketsFrom(file, options);
      const { dryRun, report, taken, json } = options;
      const settings = readSettings(process.env);
      const opened = await openStores(settings, 'import');
      const bar = progressBar(json);
      const reportFile = report ?? `${basename(file)}.bad.jsonl`;
      const begun = performance.now();
      try {
        const { stores } = opened;
        const summary = await importFile({
          kind,
          file,
          writer: stores.writer,
          meta: stores.meta,
          report: fileReport(reportFile),
          ticks,
          ...(taken && { taken: taken.toISOString() }),
          ...(dryRun && { dryRun }),
          onProgress: ({ bytes, size, rows, bad }) =>
            bar.draw(bytes / size, `${rows} rows${bad ? `, ${bad} bad` : ''}`),
          signal: stopSignal(),
        });
        bar.end();
        const seconds = Number(((performance.now() - begun) / 1000).toFixed(2));
        const said = {
          kind,
          file: basename(file),
          ...summary,
          seconds,
          ...(summary.bad > 0 && { report: reportFile }),
        };
        process.stdout.write(json ? JSON.stringify(said) + '\n' : sentences(said, dryRun));
        process.exitCode = summary.outcome === 'stopped' ? 1 : summary.bad > 0 ? 2 : 0;
      } finally {
        bar.end();
        await opened.close();
      }
    });
};

/** Tickets go to the counters of the campaigns that are open, not to the records. */
const ticketsFrom = async (file: string, { dryRun, report, json }: Options): Promise<void> => {
  const settings = readSettings(process.env);
  const [{ all }, { importTickets }] = await Promise.all([loadCampaigns(), import('../tickets.js')]);
  const { stores, hash, close } = await openStores(settings, 'import');
  const bar = progressBar(json);
  const reportFile = report ?? `${basename(file)}.bad.jsonl`;
  try {
    const sum = await importTickets({
      file,
      stores,
      campaigns: all,
      hash,
      report: fileReport(reportFile),
      signal: stopSignal(),
      onProgress: bar.draw,
      ...(dryRun && { dryRun }),
    });
    bar.end();
    const { rows, added, same, nowhere, bad } = sum;
    process.stdout.write(
      json
        ? `${JSON.stringify({ kind: 'tickets', file: basename(file), ...sum })}\n`
        : `${rows} rows: ${added} numbers given, ${same} had one, ${nowhere} count in no open campaign, ${bad} bad.${bad ? ` Listed in ${reportFile}.` : ''}${sum.outcome === 'stopped' ? ' Stopped. The same command reads the file again; numbers that are given stay.' : ''}\n`,
    );
    process.exitCode = sum.outcome === 'stopped' ? 1 : bad > 0 ? 2 : 0;
  } finally {
    bar.end();
    await close();
  }
};

const sentences = (
  said: ImportSummary & { kind: string; file: string; seconds: number; report?: string },
  dryRun = false,
): string => {
  const { outcome, kind, file, rows, added, changed, same, bad, seconds, wentOnAfter, report } = said;
  const done = dryRun
    ? `${rows} rows checked in ${seconds} s, nothing written.`
    : `${rows} rows in ${seconds} s: ${added} new, ${changed} changed, ${same} as before, ${bad} bad.`;
  return [
    `${kind} from ${file}: ${done}`,
    wentOnAfter && `It went on after line ${wentOnAfter}, where an earlier import had stopped.`,
    outcome === 'stopped' &&
      (dryRun
        ? 'Stopped. Checking begins anew with the same command.'
        : 'Stopped. The same command goes on from here.'),
    report && `Bad rows: ${bad}, listed in ${report}.`,
  ]
    .filter(Boolean)
    .join('\n')
    .concat('\n');
};
