import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { randomFrom } from '../nlu/classifier/random';
import { createUnderstanding, evaluate, loadModel, readPhrases, saveModel, trainOn } from '../nlu/index';
import { syntaxesOf } from '../test/nlu/model';
import { noisy } from './nlu-noise';
import { compare, crossValidate } from './nlu-public';
import { clinc, phoatis, uts } from './nlu-sets';

/**
 * Training time, model size, load time, time of a whole parse, and best-intent accuracy on the held-out phrases.
 * `npm run bench:nlu`; with public data sets by path (repository roots; for UTS a folder of train.tsv and test.tsv):
 * `npm run bench:nlu -- --phoatis <path> --uts <path> --clinc <path> [--cap <seconds a peer may take, 0 for no peers>]
 * [--folds <k>: cross-validation on train + dev instead of the test split]`
 */
const { values } = parseArgs({
  options: {
    phoatis: { type: 'string' },
    uts: { type: 'string' },
    clinc: { type: 'string' },
    cap: { type: 'string', default: '180' },
    folds: { type: 'string' },
    parse: { type: 'string' },
  },
});
const root = process.cwd();
const sets = [
  values.phoatis ? phoatis(values.phoatis) : undefined,
  values.uts ? uts(values.uts) : undefined,
  values.clinc ? clinc(values.clinc) : undefined,
].filter((set) => set !== undefined);
for (const set of sets)
  if (values.folds) crossValidate(set, Number(values.folds));
  else compare(set, root, Number(values.cap));

const now = new Date('2026-03-02T09:00:00+07:00');
const training = readPhrases(join(root, 'nlu/intents'));
const phrases = readPhrases(join(root, 'test/nlu/phrases'));
for (const name of phrases.keys()) if (!training.has(name)) phrases.delete(name);
const texts = [...phrases.values()].flat();

/** in a process of its own, as a server has it */
if (values.parse) {
  timeParses(readFileSync(values.parse));
  process.exit();
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
const started = performance.now();
const cpu = process.cpuUsage();
const bytes = saveModel(trainOn(join(root, 'nlu/intents')));
const used = process.cpuUsage(cpu);
console.log(
  `training on ${[...training.values()].flat().length} phrases of ${training.size} intents: ${seconds(performance.now() - started)} (${seconds((used.user + used.system) / 1000)} of CPU)`,
);
console.log(`model: ${bytes.length} bytes`);

const saved = join(root, `.cache/bench-model-${process.pid}.bin`);
writeFileSync(saved, bytes);
spawnSync(process.execPath, [process.argv[1]!, '--parse', saved], { stdio: 'inherit' });
rmSync(saved);

const understand = createUnderstanding(loadModel(bytes), syntaxesOf('sample'));
const { accented, stripped } = evaluate(understand, phrases);
const percent = ({ right, of }: { right: number; of: number }) => `${((100 * right) / of).toFixed(1)} %`;
console.log(
  `best intent on held-out phrases: ${percent(accented)} accented, ${percent(stripped)} stripped, of ${accented.of}`,
);

const random = randomFrom(7);
let right = 0;
for (const [name, list] of phrases)
  for (const text of list) if (understand(noisy(text, random), { now }).intents[0]!.name === name) right++;
console.log(`noisy: ${percent({ right, of: texts.length })}`);

function timeParses(bytes: Buffer) {
  let load = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5; i++) {
    const at = performance.now();
    loadModel(bytes);
    load = Math.min(load, performance.now() - at);
  }
  console.log(`load: ${load.toFixed(1)} ms`);
  const understand = createUnderstanding(loadModel(bytes), syntaxesOf('sample'));
  for (let round = 0; round < 2; round++) for (const text of texts) understand(text, { now });
  const times: number[] = [];
  for (let round = 0; round < 8; round++)
    for (const text of texts) {
      const at = performance.now();
      understand(text, { now });
      times.push(performance.now() - at);
    }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(3);
  console.log(`whole parse of ${texts.length} messages, 8 times: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}
