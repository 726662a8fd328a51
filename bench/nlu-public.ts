import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { featuresOf, gistOf } from '../nlu/classifier/features';
import { type Model, scoresOf, weighed } from '../nlu/classifier/model';
import { randomFrom } from '../nlu/classifier/random';
import { loadModel, SEED, saveModel, trainModel } from '../nlu/index';
import { slotsOf, tagsOf } from '../nlu/tagger/model';
import { trainTagger } from '../nlu/tagger/train';
import { mended } from '../nlu/text/spelling';
import { tokenize } from '../nlu/text/tokens';
import { noisy, stripped } from './nlu-noise';
import type { DataSet, Sample } from './nlu-sets';

const NOISE_SEED = 77;
const KINDS = ['accented', 'stripped', 'noisy'] as const;

const copiesOf = (samples: readonly Sample[]): Sample[][] => {
  const random = randomFrom(NOISE_SEED);
  const lower = samples.map((s) => ({ ...s, text: s.text.normalize('NFC').toLowerCase() }));
  return [
    lower,
    lower.map((s) => ({ ...s, text: stripped(s.text) })),
    lower.map((s) => ({ ...s, text: noisy(s.text, random) })),
  ];
};

const train = (samples: readonly Sample[]): { model: Model; bytes: number; took: number } => {
  const phrases = new Map<string, string[]>();
  for (const { text, label } of samples) {
    const list = phrases.get(label);
    if (list) list.push(text);
    else phrases.set(label, [text]);
  }
  const started = performance.now();
  const bytes = saveModel(trainModel(phrases, { seed: SEED }));
  const took = performance.now() - started;
  return { model: loadModel(bytes), bytes: bytes.length, took };
};

const scores = (model: Model, text: string) =>
  scoresOf(model, weighed(model, featuresOf(gistOf(mended(tokenize(text), model.spelling)))));
const best = (list: Float64Array) => list.reduce((at, score, c) => (score > list[at]! ? c : at), 0);

/** Wilson's 95 % interval, in percent. */
const interval = (right: number, of: number): string => {
  const z = 1.96;
  const p = right / of;
  const middle = (p + (z * z) / (2 * of)) / (1 + (z * z) / of);
  const half = (z * Math.sqrt((p * (1 - p)) / of + (z * z) / (4 * of * of))) / (1 + (z * z) / of);
  return `${(100 * p).toFixed(2)} (${(100 * (middle - half)).toFixed(1)}–${(100 * (middle + half)).toFixed(1)})`;
};

const row = (name: string, right: number[], of: number, took: number, p50: number, p99: number, bytes?: number) =>
  console.log(
    `${name.padEnd(40)} ${right.map((r) => interval(r, of).padEnd(20)).join('')} ${(took / 1000).toFixed(1).padStart(7)} s  p50 ${p50.toFixed(3)} ms  p99 ${p99.toFixed(3)} ms${bytes === undefined ? '' : `  ${bytes} bytes`}`,
  );

/** How well messages that no label fits are told from the rest: area under the ROC curve, in percent. */
const areaUnderCurve = (inside: number[], outside: number[]): number => {
  const sorted = [...inside].sort((a, b) => a - b);
  let sum = 0;
  for (const value of outside) {
    let low = 0;
    for (let high = sorted.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! <= value) low = middle + 1;
      else high = middle;
    }
    sum += sorted.length - low;
  }
  return (100 * sum) / (inside.length * outside.length);
};

/** k-fold over the training samples, for choosing; the test split is not touched. */
export const crossValidate = (set: DataSet, folds: number): void => {
  const right = [0, 0, 0];
  for (let fold = 0; fold < folds; fold++) {
    const { model } = train(set.train.filter((_, i) => i % folds !== fold));
    copiesOf(set.train.filter((_, i) => i % folds === fold)).forEach((copy, kind) => {
      for (const { text, label } of copy) if (model.classes[best(scores(model, text))] === label) right[kind]!++;
    });
  }
  console.log(
    `${set.name}, ${folds} folds of ${set.train.length}: ${KINDS.map((k, i) => `${k} ${interval(right[i]!, set.train.length)}`).join(', ')}`,
  );
};

const slots = (set: DataSet): void => {
  const texts = set.train.map(({ words, tags }) => ({ words: words!, tags: tags! }));
  const started = performance.now();
  const tagger = trainTagger(texts, { seed: SEED });
  const took = performance.now() - started;
  const keys = (tags: string[]) => new Set(slotsOf(tags).map((s) => `${s.from} ${s.to} ${s.kind}`));
  const figures = [(words: string[]) => words, (words: string[]) => words.map(stripped)].map((spell) => {
    let [right, found, wanted] = [0, 0, 0];
    for (const { words, tags } of set.test) {
      const got = keys(tagsOf(tagger, spell(words!)));
      const want = keys(tags!);
      for (const key of got) if (want.has(key)) right++;
      found += got.size;
      wanted += want.size;
    }
    return ((200 * right) / (found + wanted)).toFixed(2);
  });
  console.log(`slot F1: accented ${figures[0]}, stripped ${figures[1]}; training ${(took / 1000).toFixed(1)} s`);
};

const PEERS = ['node-nlp', 'natural Bayes', 'natural Bayes, own words, smoothing 0.1', 'natural logistic regression'];

const peersFolder = (root: string): string => {
  const folder = join(root, '.cache/bench-peers');
  if (!existsSync(join(folder, 'node_modules/node-nlp'))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', 'node-nlp', 'natural'], {
      cwd: folder,
      stdio: 'ignore',
    });
  }
  return folder;
};

/** Our classifier and, unless `cap` (seconds a peer may take) is 0, its peers: trained on train + dev, tested once. */
export const compare = (set: DataSet, root: string, cap: number): void => {
  console.log(
    `\n${set.name}: ${set.train.length} to train, ${set.test.length} to test; ${KINDS.join(', ')} accuracy with 95 % interval`,
  );
  const copies = copiesOf(set.test);
  const { model, bytes, took } = train(set.train);
  const times: number[] = [];
  const right = copies.map((copy) => {
    let count = 0;
    for (const { text, label } of copy) {
      const at = performance.now();
      const got = best(scores(model, text));
      times.push(performance.now() - at);
      if (model.classes[got] === label) count++;
    }
    return count;
  });
  times.sort((a, b) => a - b);
  const share = (part: number) => times[Math.floor(times.length * part)]!;
  row('Đom Đóm', right, set.test.length, took, share(0.5), share(0.99), bytes);
  if (set.outside) {
    const outside = model.classes.indexOf('oos');
    // the lead of the best label over "out of scope": told apart better than by sureness, on the validation split
    const fits = ({ text }: Sample) => {
      const list = scores(model, text);
      return list.reduce((most, score, c) => (c !== outside && score > most ? score : most), -9) - list[outside]!;
    };
    const area = areaUnderCurve(set.test.map(fits), set.outside.map(fits));
    console.log(`out of scope told apart: AUROC ${area.toFixed(2)}`);
  }
  if (set.train[0]?.tags) slots(set);
  if (cap === 0) return;
  const folder = peersFolder(root);
  for (const peer of PEERS) {
    const input = JSON.stringify({ train: set.train.map(({ text, label }) => ({ text, label })), tests: copies });
    const { stdout, error } = spawnSync(process.execPath, [join(root, 'bench/nlu-peer.mjs'), folder, peer], {
      input,
      timeout: cap * 1000,
      maxBuffer: 1 << 26,
    });
    try {
      const result = JSON.parse(stdout.toString()) as { trained: number; right: number[]; p50: number; p99: number };
      row(peer, result.right, set.test.length, result.trained, result.p50, result.p99);
    } catch {
      console.log(`${peer.padEnd(40)} ${error ? `did not finish in ${cap} s` : 'failed'}`);
    }
  }
};
