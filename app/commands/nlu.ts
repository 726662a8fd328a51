import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { DomdomError } from '../../core/errors';
import type { Understand } from '../../core/understanding';
import { packageRoot } from '../open';
import { loadUnderstanding } from '../understanding';

const line = (understand: Understand, text: string, now: Date): string => {
  const { intents, entities, because } = understand(text, { now });
  return JSON.stringify({ text, intents, entities, because });
};

const clock = (now: string | undefined): Date => {
  const at = now === undefined ? new Date() : new Date(now);
  if (Number.isNaN(at.getTime())) throw new DomdomError('BAD_SETTING', `--now is not an ISO 8601 instant: ${now}`);
  return at;
};

/** `domdom nlu parse|train|evaluate`. */
export const nluCommand = (program: Command): void => {
  const nlu = program.command('nlu').description('try, train and measure the understanding of customer messages');

  nlu
    .command('parse [text...]')
    .description('print what is understood; with --jsonl read {"text"} lines from standard input')
    .option('--jsonl', 'one JSON object a line, in and out')
    .option('--now <iso>', 'the clock that "tháng trước" is read against')
    .addHelpText(
      'after',
      `
Examples:
  domdom nlu parse "tien dien thang 9 bao nhieu" --now 2026-03-02T09:00:00+07:00
  echo '{"text":"cúp điện tới khi nào"}' | domdom nlu parse --jsonl`,
    )
    .action(async (words: string[], options: { jsonl?: boolean; now?: string }) => {
      const now = clock(options.now);
      const understand = await loadUnderstanding();
      if (options.jsonl) {
        for await (const raw of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
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
      process.stdout.write(`${JSON.stringify(understand(words.join(' '), { now }), null, 2)}\n`);
    });

  nlu
    .command('train')
    .description('train on nlu/intents and write dist/nlu/model.bin')
    .option('--phrases <dir>', 'folder of <intent>.txt files', join(packageRoot(), 'nlu/intents'))
    .option('--out <file>', 'the model', join(packageRoot(), 'dist/nlu/model.bin'))
    .action(async ({ phrases, out }: { phrases: string; out: string }) => {
      const { trainToFile } = await import('../../nlu/index.js');
      const started = performance.now();
      const bytes = trainToFile(phrases, out);
      process.stdout.write(`${out}: ${bytes} bytes in ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
    });

  nlu
    .command('evaluate')
    .description('measure the model on phrases that it was not trained on')
    .option('--phrases <dir>', 'folder of <intent>.txt files', join(packageRoot(), 'test/nlu/phrases'))
    .option('--model <file>', 'the model', join(packageRoot(), 'dist/nlu/model.bin'))
    .option('--json', 'for programs')
    .action(async ({ phrases, model, json }: { phrases: string; model: string; json?: boolean }) => {
      const { createUnderstanding, evaluate, loadModel, readPhrases, report } = await import('../../nlu/index.js');
      if (!existsSync(model)) throw new DomdomError('INTERNAL', 'The trained model is missing: run `npm run build`.');
      const result = evaluate(createUnderstanding(loadModel(readFileSync(model))), readPhrases(phrases));
      process.stdout.write(json ? `${JSON.stringify(result)}\n` : report(result));
    });
};
