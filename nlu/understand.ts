import { partsOf } from '../core/time';
import type { Entity, IntentName, Understand, Understanding, Want } from '../core/understanding';
import { featuresOf, gistOf } from './classifier/features';
import { type Model, scoresOf } from './classifier/model';
import { commandIn } from './commands';
import { correctionAt } from './cues/correction';
import { cuesOf } from './cues/index';
import { entitiesIn } from './entities/index';
import { type Found, isSign, phraseAt, phrases, type Reading } from './entities/reading';
import { dangerFirst } from './hazard';
import { type Token, tokenize } from './text/tokens';

/** how sure each part of a double message must be */
const PART = 0.6;
const REPORTED = 5;
/** longer messages tell a story; their clauses are no separate wants */
const LONGEST_DOUBLE = 60;

interface Ranked {
  intents: { name: IntentName; sureness: number }[];
  because: string[];
  /** sureness of safety.hazard */
  danger: number;
}

const classify = (model: Model, tokens: readonly Token[], explain: boolean): Ranked => {
  const names: [number, string][] = [];
  const features = featuresOf(gistOf(tokens), model.rarity, explain ? (at, text) => names.push([at, text]) : undefined);
  const scores = scoresOf(model, features);
  let total = 0;
  const sureness = Array.from(scores, (score) => Math.exp(score * model.sharpness));
  const nothing = Math.exp(model.nothing * model.sharpness);
  for (const s of sureness) total += s;
  total += nothing;
  const intents = model.classes.map((name, c) => ({ name: name as IntentName, sureness: sureness[c]! / total }));
  const outside = intents.find((i) => i.name === 'out_of_scope');
  if (outside) outside.sureness += nothing / total;
  else intents.push({ name: 'out_of_scope', sureness: nothing / total });
  intents.sort((a, b) => b.sureness - a.sureness);
  const because: string[] = [];
  if (explain) {
    const best = model.classes.indexOf(intents[0]!.name);
    const told = names
      .map(([at, text]) => {
        let weight = 0;
        const id = features.ids[at]!;
        for (let e = model.from[id]!; e < model.from[id + 1]!; e++)
          if (model.entryClass[e] === best) weight += model.entryWeight[e]! * model.scale * features.weights[at]!;
        return { text, weight };
      })
      .filter(({ weight }) => weight > 0.01)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, 4);
    for (const { text, weight } of told) because.push(`"${text}" +${weight.toFixed(2)}`);
  }
  return {
    intents: intents.slice(0, REPORTED),
    because,
    danger: intents.find((i) => i.name === 'safety.hazard')?.sureness ?? 0,
  };
};

const JOINS = phrases('với lại|với|và|đồng thời|sẵn tiện|nhân tiện|luôn tiện|tiện thể|cùng với');
const TURNS = phrases('rồi|mà|còn|nhưng');
/** without diacritics these are other words: "mã", "con" */
const NEVER_BARE = new Set(['ma', 'con', 'va']);

/** Where a message may fall into two; `joined` by a word that adds, else by punctuation or a turn of the story. */
const seams = (tokens: readonly Token[]): { at: number; joined: boolean }[] => {
  const found: { at: number; joined: boolean }[] = [];
  for (let i = 1; i < tokens.length - 1 && found.length < 8; i++) {
    const token = tokens[i]!;
    if (token.kind === 'sign') {
      const inNumber = tokens[i + 1]!.glued && tokens[i + 1]!.kind === 'number' && tokens[i - 1]!.kind === 'number';
      if (!inNumber && isSign(token, ',', '.', ';', '?', '!', '+', '&'))
        found.push({ at: i + 1, joined: isSign(token, '+', '&') });
    } else if (!NEVER_BARE.has(token.word)) {
      if (phraseAt(tokens, i, JOINS) > 0) found.push({ at: i, joined: true });
      else if (phraseAt(tokens, i, TURNS) > 0) found.push({ at: i, joined: false });
    }
  }
  return found;
};

const topic = (name: string) => name.slice(0, name.indexOf('.'));

/**
 * Two wants of one message, in the order in which they were said, when both parts are sure of different ones and the
 * whole agrees with one of them. Parts of one topic are one story, unless a word adds the second to the first.
 */
const twoWants = (model: Model, tokens: readonly Token[], whole: IntentName): Want[] | undefined => {
  if (tokens.length > LONGEST_DOUBLE) return undefined;
  let best: { wants: Want[]; sum: number } | undefined;
  for (const { at, joined } of seams(tokens)) {
    const left = tokens.slice(0, at);
    const right = tokens.slice(at);
    const words = (part: readonly Token[]) => part.filter((t) => t.kind === 'word').length;
    if (words(left) < 2 || words(right) < (joined ? 3 : 2)) continue;
    const [a, b] = [classify(model, left, false).intents[0]!, classify(model, right, false).intents[0]!];
    if (a.name === b.name || a.sureness < PART || b.sureness < PART) continue;
    if (a.name !== whole && b.name !== whole) continue;
    if (!actionable(a.name) || !actionable(b.name) || (!joined && topic(a.name) === topic(b.name))) continue;
    const sum = a.sureness + b.sureness;
    if (best && best.sum >= sum) continue;
    const span = (part: readonly Token[]) => ({ start: part[0]!.start, end: part[part.length - 1]!.end });
    best = {
      sum,
      wants: [
        { intent: a.name, sureness: a.sureness, ...span(left) },
        { intent: b.name, sureness: b.sureness, ...span(right) },
      ],
    };
  }
  return best?.wants;
};

/** A want to act on by itself: small talk and steering beside another want are manners. */
const actionable = (name: string): boolean =>
  !name.startsWith('chat.') && !name.startsWith('dialog.') && name !== 'out_of_scope';

/** The values said after a self-correction replace those of the same type said before it. */
const corrected = (found: Found[], tokens: readonly Token[]): Found[] => {
  const at = correctionAt(tokens);
  if (at < 0) return found;
  const after = new Set(found.filter((f) => f.from >= at).map((f) => f.type));
  return found.filter((f) => f.from >= at || !after.has(f.type));
};

/** The parser: one pass of the front end, the grammars, the classifier, the cues. */
export const createUnderstanding =
  (model: Model): Understand =>
  (text, { now, expects = [] }): Understanding => {
    const tokens = tokenize(text);
    const { year, month, day, weekday } = partsOf(now);
    const reading: Reading = {
      received: text,
      tokens,
      today: { year, month, day, weekday },
      expects: new Set(expects),
    };
    let found = entitiesIn(reading);
    const command = commandIn(reading, found);
    if (command)
      found = [
        ...command.found,
        ...found.filter(
          (f) =>
            !['period', 'month', 'year', 'date', 'customer_code', 'money', 'date_range', 'kwh', 'meter_index'].includes(
              f.type,
            ),
        ),
      ];
    found = corrected(found, tokens);
    const entities = found.map(({ from, to, ...rest }) => {
      const [start, end] = [tokens[from]!.start, tokens[to - 1]!.end];
      return { ...rest, start, end, text: text.slice(start, end) } as Entity;
    });
    const whole: Want = {
      intent: 'out_of_scope',
      sureness: 0,
      start: tokens[0]?.start ?? 0,
      end: tokens[tokens.length - 1]?.end ?? 0,
    };
    let { intents, because, danger } = classify(model, tokens, true);
    let wants: Want[];
    if (command) {
      intents = [{ name: command.intent, sureness: 1 }];
      because = [`SMS command ${command.keyword.toUpperCase()}`];
      wants = [{ ...whole, intent: command.intent, sureness: 1 }];
    } else {
      const ranked = intents;
      intents = dangerFirst(intents, tokens, danger).slice(0, REPORTED);
      if (intents[0] !== ranked[0]) because.unshift('a possible danger goes first');
      const best = intents[0]!;
      wants =
        best.name === 'safety.hazard'
          ? [{ ...whole, intent: best.name, sureness: best.sureness }]
          : (twoWants(model, tokens, best.name) ??
            (best.sureness >= 0.35 ? [{ ...whole, intent: best.name, sureness: best.sureness }] : []));
      if (wants.length === 2) {
        const names = [...wants]
          .sort((a, b) => Number(b.intent === best.name) - Number(a.intent === best.name))
          .map((w) => ({ name: w.intent, sureness: w.sureness }));
        intents = [...names, ...intents.filter((i) => !names.some((n) => n.name === i.name))].slice(0, REPORTED);
      }
    }
    const awaited = entities.some((e) => expects.includes(e.type));
    const best = intents[0]!.name;
    const urgent = best === 'safety.hazard';
    const cues = cuesOf(tokens, {
      entities,
      complete: awaited || command !== undefined || urgent,
    });
    return { intents, wants, entities, cues, because };
  };
