import { randomFrom } from '../classifier/random';
import { freeText } from '../entities/index';
import { commonIn, type Spelling } from '../text/spelling';
import { tokenize } from '../text/tokens';
import { exchanged, type Marked, taggedOf } from './marked';
import type { Tagger } from './model';
import { type Tagged, trainTagger } from './train';

/** times that each marked phrase is learnt with other names */
const EXCHANGES = 2;
/** of the phrases without marks, one in so many is learnt as the grammars read it */
const EVERY = 7;
const EPOCHS = 3;
const BEAM = 2;
const STEPS = 127;
const ENTRIES = 24_000;

/** A phrase as the grammars read it: what surrounds no name in the words of every want. */
const asRead = (phrase: string): Tagged => {
  const tokens = tokenize(phrase);
  const tags = tokens.map(() => 'O');
  for (const { type, from, to } of freeText(phrase, tokens))
    for (let t = from; t < to; t++) tags[t] = `${t === from ? 'B' : 'I'}-${type}`;
  return { words: tokens.map(({ word }) => word), tags };
};

/** The tagger that the parser uses: small, from the marked phrases, with names exchanged among them, and others as the grammars read them. */
export const trainOwnTagger = (
  marked: readonly Marked[],
  phrases: readonly string[],
  spelling: Spelling,
  seed: number,
): Tagger => {
  const random = randomFrom(seed);
  const copies = [marked, ...Array.from({ length: EXCHANGES }, () => exchanged(marked, random))].flat();
  const read = phrases.filter((_, i) => i % EVERY === 0).map(asRead);
  return trainTagger([...copies.map(taggedOf), ...read], {
    seed,
    epochs: EPOCHS,
    beam: BEAM,
    common: commonIn(spelling),
    steps: STEPS,
    entries: ENTRIES,
  });
};
