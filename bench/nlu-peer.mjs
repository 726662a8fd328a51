// One peer on one data set, in a process of its own so that it can be stopped: node nlu-peer.mjs <folder of packages> <peer> < JSON > JSON
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder, peer] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));
let input = '';
for await (const chunk of process.stdin) input += chunk;
const { train, tests } = JSON.parse(input);
// both print while they work
console.log = () => {};

const words = (text) => text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
const peers = {
  'node-nlp': async () => {
    const { NlpManager } = require('node-nlp');
    const manager = new NlpManager({ languages: ['vi'], nlu: { log: false }, autoSave: false, ner: { builtins: [] } });
    for (const { text, label } of train) manager.addDocument('vi', text, label);
    await manager.train();
    return async (text) => (await manager.process('vi', text)).intent;
  },
  'natural Bayes': async () => {
    const { BayesClassifier } = require('natural');
    const classifier = new BayesClassifier();
    for (const { text, label } of train) classifier.addDocument(text, label);
    classifier.train();
    return async (text) => classifier.classify(text);
  },
  'natural Bayes, own words, smoothing 0.1': async () => {
    const { BayesClassifier } = require('natural');
    const classifier = new BayesClassifier(undefined, 0.1);
    for (const { text, label } of train) classifier.addDocument(words(text), label);
    classifier.train();
    return async (text) => classifier.classify(words(text));
  },
  'natural logistic regression': async () => {
    const { LogisticRegressionClassifier } = require('natural');
    const classifier = new LogisticRegressionClassifier();
    for (const { text, label } of train) classifier.addDocument(words(text), label);
    classifier.train();
    return async (text) => classifier.classify(words(text));
  },
};

const started = performance.now();
const classify = await peers[peer]();
const trained = performance.now() - started;
const times = [];
const right = [];
for (const test of tests) {
  let count = 0;
  for (const { text, label } of test) {
    const at = performance.now();
    let got;
    try {
      got = await classify(text);
    } catch {}
    times.push(performance.now() - at);
    if (got === label) count++;
  }
  right.push(count);
}
times.sort((a, b) => a - b);
process.stdout.write(
  JSON.stringify({ trained, right, p50: times[times.length >> 1], p99: times[Math.floor(times.length * 0.99)] }),
);
process.exit(0);
