import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Understand } from '../../core/understanding';
import type { Utility } from '../../core/utility';
import { packageRoot } from '../../data/package-root';
import type { Phrases } from '../../nlu/index';
import { openStores } from '../open';
import { readSettings } from '../settings';
import { loadUnderstanding, releasedModel } from '../understanding';
import { unsureSince } from '../unsure';
import { linesOf } from './lines';
import { countOption, existing, timeOption } from './options';

const line = (understand: Understand, text: string, now: Date): string => {
  const { intents, entities, because } = understand(text, { now });
  return JSON.stringify({ text, intents, entities, because });
};

const PHRASES = join(packageRoot(), 'nlu/intents');
const KEPT = join(packageRoot(), 'test/nlu/phrases');
const SHARES = [0.1, 0.25, 0.5, 0.75, 1];
const say = (line: string) => process.stdout.write(`${line}\n`);
const utilityInUse = async () =>
  (await import('../../data/utilities/index.js')).loadUtility(readSettings(process.env).UTILITY);
/** the model that a server with these settings reads */
const modelInUse = () => readSettings(process.env).NLU_MODEL ?? releasedModel();

/** `domdom nlu parse|train|evaluate|review`. */
export const nluCommand = (program: Command): void => {
  const nlu = program
    .command('nlu')
    .description('try, train and measure the understanding of customer messages')
    .addHelpText(
      'after',
      `
Examples:
  domdom nlu parse "tien dien thang 9 bao nhieu"
  domdom nlu train && domdom nlu evaluate --charts bao-cao
  domdom nlu review --days 7 --out cau-chua-chac.txt`,
    );

  nlu
    .command('parse [text...]')
    .description('print what is understood; with --jsonl read {"text"} lines from standard input')
    .option('--jsonl', 'one JSON object a line, in and out')
    .option('--json', 'what is understood in one line, for programs')
    .option('--now <ISO>', 'the clock that "tháng trước" is read against', timeOption)
    .addHelpText(
      'after',
      `
Examples:
  domdom nlu parse "tien dien thang 9 bao nhieu" --now 2026-03-02T09:00:00+07:00
  echo '{"text":"cúp điện tới khi nào"}' | domdom nlu parse --jsonl`,
    )
    .action(async (words: string[], options: { json?: boolean; jsonl?: boolean; now?: Date }) => {
      const now = options.now ?? new Date();
      const understand = await loadUnderstanding(await utilityInUse(), modelInUse());
      if (options.jsonl) {
        for await (const raw of linesOf(process.stdin)) {
          if (raw.trim() === '') continue;
          let text: unknown;
          try {
            text = (JSON.parse(raw) as { text?: unknown }).text;
          } catch {}
          process.stdout.write(
            (typeof text === 'string' ? line(understand, text, now) : JSON.stringify({ error: 'BAD_JSON' })) + '\n',
          );
        }
        return;
      }
      const meant = understand(words.join(' '), { now });
      process.stdout.write(`${JSON.stringify(meant, null, options.json ? 0 : 2)}\n`);
    });

  nlu
    .command('train')
    .description('train on the phrases; a running server takes the new model by itself')
    .option('--phrases <dir>', 'folder of <intent>.txt files', PHRASES)
    .option('--kept <dir>', 'phrases kept for measuring, to be told what is missing', KEPT)
    .option('--out <file>', 'the model (default: NLU_MODEL, or that of the release)')
    .addHelpText('after', '\nExamples:\n  domdom nlu train\n  domdom nlu train --phrases phrases --out var/model.bin')
    .action(async ({ phrases, kept, out = modelInUse() }: { phrases: string; kept: string; out?: string }) => {
      const { readPhrases, remarksOn, trainToFile } = await import('../../nlu/index.js');
      const folder = existing(phrases);
      if (existsSync(kept))
        for (const remark of remarksOn(readPhrases(folder), readPhrases(kept)).slice(0, 40)) say(`! ${remark}`);
      const started = performance.now();
      const bytes = trainToFile(folder, out);
      say(`${out}: ${bytes} bytes in ${((performance.now() - started) / 1000).toFixed(1)} s`);
    });

  nlu
    .command('evaluate')
    .description('measure the model on phrases that it was not trained on')
    .option('--phrases <dir>', 'folder of <intent>.txt files', KEPT)
    .option('--model <file>', 'the model (default: NLU_MODEL, or that of the release)')
    .option('--charts <dir>', 'write calibration.svg and confusion.svg there')
    .option('--learning <dir>', 'with --charts: train on growing shares of this folder as well, and write learning.svg')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
Examples:
  domdom nlu evaluate
  domdom nlu evaluate --charts bao-cao --learning nlu/intents
  domdom nlu evaluate --model var/model.bin --json`,
    )
    .action(
      async (options: { phrases: string; model?: string; charts?: string; learning?: string; json?: boolean }) => {
        const nluRoom = await import('../../nlu/index.js');
        const { charts, evaluate, readPhrases, report } = nluRoom;
        const utility = await utilityInUse();
        const understand = await loadUnderstanding(utility, options.model ?? modelInUse());
        const kept = readPhrases(existing(options.phrases));
        const result = evaluate(understand, kept);
        const { answers, ...rest } = result;
        process.stdout.write(options.json ? `${JSON.stringify(rest)}\n` : report(result));
        if (!options.charts) return;
        const learning = options.learning ? learningCurve(nluRoom, existing(options.learning), kept, utility) : [];
        mkdirSync(options.charts, { recursive: true });
        for (const [name, svg] of Object.entries(charts(result, learning))) {
          writeFileSync(join(options.charts, name), svg);
          if (!options.json) say(join(options.charts, name));
        }
      },
    );

  nlu
    .command('review')
    .description('real messages that were not surely understood, masked, for a person to label')
    .option('--days <n>', 'how far back to look', countOption, 7)
    .option('--most <n>', 'lines at most', countOption, 200)
    .option('--out <file>', 'where the sheet is written; otherwise it is printed')
    .option('--accept <file>', 'add the labelled lines of a sheet to the training files')
    .option('--phrases <dir>', 'folder of <intent>.txt files', PHRASES)
    .addHelpText(
      'after',
      `
Examples:
  domdom nlu review --days 7 --out cau-chua-chac.txt
  domdom nlu review --accept cau-chua-chac.txt && domdom nlu train`,
    )
    .action(async (options: { days: number; most: number; out?: string; accept?: string; phrases: string }) => {
      const { acceptSheet, maskedText, readPhrases, reviewSheet } = await import('../../nlu/index.js');
      if (options.accept) {
        const sheet = readFileSync(existing(options.accept), 'utf8');
        const kept = existsSync(KEPT) ? [...readPhrases(KEPT).values()].flat() : [];
        const { added, refused } = acceptSheet(
          sheet,
          existing(options.phrases),
          new Set(kept.map((line) => line.toLowerCase())),
        );
        for (const { intent, text } of added) say(`+ ${intent}: ${text}`);
        for (const { line: row, why } of refused) say(`! line ${row}: ${why}`);
        say(`${added.length} added; domdom nlu train puts them to use`);
        return;
      }
      const { days, most } = options;
      const opened = await openStores(readSettings(process.env), 'tool');
      try {
        const understand = await loadUnderstanding(opened.utility, modelInUse());
        const since = new Date(Date.now() - days * 86_400_000).toISOString();
        const sheet = reviewSheet(await unsureSince(opened.stores.turns, since, { understand, maskedText, most }));
        if (options.out) {
          writeFileSync(options.out, sheet);
          say(options.out);
        } else process.stdout.write(sheet);
      } finally {
        await opened.close();
      }
    });
};

/** Accuracy of models that were trained on growing shares of the phrases of each want. */
const learningCurve = (
  { createUnderstanding, evaluate, readPhrases, SEED, trainModel }: typeof import('../../nlu/index.js'),
  dir: string,
  kept: Phrases,
  { sms }: Utility,
) =>
  SHARES.map((share) => {
    const step = 1 / share;
    const some: Phrases = new Map(
      [...readPhrases(dir)].map(([name, lines]) => [
        name,
        lines.filter((_, i) => Math.floor((i + 1) / step) > Math.floor(i / step)),
      ]),
    );
    const { accented, stripped } = evaluate(createUnderstanding(trainModel(some, { seed: SEED }), sms), kept);
    const phrases = [...some.values()].flat().length;
    return { share, phrases, accented: accented.right / accented.of, stripped: stripped.right / stripped.of };
  });
