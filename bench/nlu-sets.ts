import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Sample {
  text: string;
  label: string;
  /** words and their slot tags, where a set has them */
  words?: string[];
  tags?: string[];
}

export interface DataSet {
  name: string;
  train: Sample[];
  test: Sample[];
  /** messages that no label fits, for the rate of telling them apart */
  outside?: Sample[];
}

const lines = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');

/** PhoATIS, syllable level (VinAIResearch/JointIDSF): `path` is the repository's root. Train and dev are trained on. */
export const phoatis = (path: string): DataSet => {
  const read = (split: string): Sample[] => {
    const dir = join(path, 'PhoATIS/syllable-level', split);
    const [texts, tags, labels] = ['seq.in', 'seq.out', 'label'].map((file) => lines(join(dir, file)));
    return texts!.map((text, i) => ({
      text: text.trim(),
      label: labels![i]!.trim(),
      words: text.trim().split(/\s+/),
      tags: tags![i]!.trim().split(/\s+/),
    }));
  };
  return { name: 'PhoATIS', train: [...read('train'), ...read('dev')], test: read('test') };
};

/** UTS2017_Bank as `train.tsv` and `test.tsv` of `label<TAB>text`; the first aspect of a comment is its label. */
export const uts = (path: string): DataSet => {
  const read = (split: string): Sample[] =>
    lines(join(path, `${split}.tsv`)).map((line) => {
      const tab = line.indexOf('\t');
      return { label: line.slice(0, tab), text: line.slice(tab + 1) };
    });
  return { name: 'UTS2017_Bank', train: read('train'), test: read('test') };
};

/**
 * CLINC150 (clinc/oos-eval): `path` is the repository's root. Train and validation are trained on, as of the other sets; their
 * 200 out-of-scope texts are one more label.
 */
export const clinc = (path: string): DataSet => {
  const sets = JSON.parse(readFileSync(join(path, 'data/data_full.json'), 'utf8')) as Record<
    string,
    [string, string][]
  >;
  const read = (...names: string[]): Sample[] =>
    names.flatMap((name) => sets[name]!.map(([text, label]) => ({ text, label })));
  return {
    name: 'CLINC150',
    train: read('train', 'oos_train', 'val', 'oos_val'),
    test: read('test'),
    outside: read('oos_test'),
  };
};
