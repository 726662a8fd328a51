import { day as dayOf, partsOf } from '../core/time';
import type { Entity, IntentName, Understand, Understanding, Want } from '../core/understanding';
import { featuresOf, type Gram, gistOf, wordsOfGram } from './classifier/features';
import { type Model, scoresOf, type Weighed, weighed, weightFor } from './classifier/model';
import { commandIn, commandsOf, type Syntaxes } from './commands';
import { correctionAt, denialAt } from './cues/correction';
import { cuesOf, isAngry } from './cues/index';
import { entitiesIn } from './entities/index';
import { lookingAhead } from './entities/month';
import type { Found, Reading } from './entities/reading';
import { dangerFirst, speaksOfOutage } from './hazard';
import { slotsOf, tagsOf } from './tagger/model';
import { commonIn, mended } from './text/spelling';
import { type Token, tokenize } from './text/tokens';
import { saysValuesOnly, wantsIn } from './wants';

const OUTSIDE: IntentName = 'out_of_scope';
const REPORTED = 5;
/** below it a message is unsure and has no want */
const SURE = 0.35;
/** what a message without words can be taken for, at most */
const UNSAID = 0.2;
/** the tagger reads no further than a long message goes */
const LONGEST_TAGGED = 120;
/** how sure one part must be of a danger to go before the rest */
const SURE_DANGER = 0.9;

interface Ranked {
  intents: { name: IntentName; sureness: number }[];
  because: string[];
  /** sureness of safety.hazard */
  danger: number;
}

const TOLD = 4;

/** The word n-grams that speak most for a class. */
const telling = (model: Model, { starts, weights }: Weighed, grams: readonly Gram[], best: number) => {
  const told: { gram: Gram; weight: number }[] = [];
  for (const gram of grams) {
    const weight = weightFor(model, starts[gram.at]!, best) * weights[gram.at]!;
    if (weight <= 0.01 || (told.length === TOLD && weight <= told[TOLD - 1]!.weight)) continue;
    if (told.length === TOLD) told.pop();
    told.push({ gram, weight });
    told.sort((a, b) => b.weight - a.weight);
  }
  return told;
};

const classify = (model: Model, tokens: readonly Token[], explain: boolean): Ranked => {
  const grams: Gram[] = [];
  const gist = gistOf(tokens);
  const features = weighed(model, featuresOf(gist, explain ? (gram) => grams.push(gram) : undefined));
  const sureness = scoresOf(model, features);
  const nothing = Math.exp(model.nothing * model.sharpness);
  let total = nothing;
  for (let c = 0; c < sureness.length; c++) {
    sureness[c] = Math.exp(sureness[c]! * model.sharpness);
    total += sureness[c]!;
  }
  const { classes } = model;
  const outside = classes.indexOf(OUTSIDE);
  if (outside >= 0) sureness[outside] = sureness[outside]! + nothing;
  const intents: Ranked['intents'] = outside < 0 ? [{ name: OUTSIDE, sureness: nothing / total }] : [];
  for (let c = 0; c < sureness.length; c++) {
    const own = sureness[c]! / total;
    if (intents.length === REPORTED && own <= intents[REPORTED - 1]!.sureness) continue;
    if (intents.length === REPORTED) intents.pop();
    let at = intents.length;
    while (at > 0 && intents[at - 1]!.sureness < own) at--;
    intents.splice(at, 0, { name: classes[c] as IntentName, sureness: own });
  }
  const because: string[] = [];
  if (explain) {
    const best = classes.indexOf(intents[0]!.name);
    for (const { gram, weight } of telling(model, features, grams, best))
      because.push(`"${wordsOfGram(gist, gram)}" +${weight.toFixed(2)}`);
  }
  const danger = classes.indexOf('safety.hazard');
  return { intents, because, danger: danger < 0 ? 0 : sureness[danger]! / total };
};

/** The values said after a self-correction replace those of the same type said before it; a denied value goes. */
const corrected = (found: Found[], tokens: readonly Token[]): Found[] => {
  const denied = denialAt(tokens);
  if (denied >= 0) {
    const rest = found.filter((f) => f.from !== denied);
    const type = found.find((f) => f.from === denied)?.type;
    if (type && rest.some((f) => f.type === type)) return rest;
  }
  const at = correctionAt(tokens);
  if (at < 0) return found;
  const after = new Set(found.filter((f) => f.from >= at).map((f) => f.type));
  return found.filter((f) => f.from >= at || !after.has(f.type));
};

/** What says no want beside the code of "còn mã … thì sao": what was asked before is asked of it. */
const ALSO = new Set('còn con mã ma thì thi sao nhà nha kia này nay vậy vay thế the nào nao dạ da'.split(' '));

/** A code, a phone number or an e-mail address and no word besides: it may be for anything. */
const numberOnly = (tokens: readonly Token[], found: readonly Found[]): boolean => {
  const numbers = found.filter(({ type }) => type === 'phone' || type === 'email' || type === 'customer_code');
  const also = tokens[0]?.word === 'còn' || tokens[0]?.word === 'con';
  return (
    numbers.length > 0 &&
    tokens.every(
      (t, i) => t.kind === 'sign' || numbers.some(({ from, to }) => i >= from && i < to) || (also && ALSO.has(t.word)),
    )
  );
};

/** The parser: one pass of the front end, the grammars, the classifier, the cues. `syntaxes`: the SMS commands of the utility. */
export const createUnderstanding = (model: Model, syntaxes: Syntaxes = []): Understand => {
  let commands = { on: '', known: commandsOf([], '') };
  const { tagger, spelling } = model;
  const common = commonIn(spelling);
  return (text, { now, expects = [] }): Understanding => {
    const tokens = mended(tokenize(text), spelling);
    const { year, month, day, weekday } = partsOf(now);
    const reading: Reading = {
      received: text,
      tokens,
      today: { year, month, day, weekday },
      expects: new Set(expects),
      slots:
        tagger && tokens.length <= LONGEST_TAGGED
          ? slotsOf(
              tagsOf(
                tagger,
                tokens.map(({ word }) => word),
                common,
              ),
            )
          : [],
    };
    let found = entitiesIn(reading);
    const on = dayOf(year, month, day);
    if (commands.on !== on) commands = { on, known: commandsOf(syntaxes, on) };
    const command = commandIn(reading, found, commands.known);
    if (command)
      found = [
        ...command.found,
        ...found.filter(
          (f) =>
            !command.found.includes(f) &&
            !['period', 'month', 'year', 'date', 'customer_code', 'money', 'date_range', 'kwh', 'meter_index'].includes(
              f.type,
            ),
        ),
      ];
    found = corrected(found, tokens);
    const whole: Want = {
      intent: 'out_of_scope',
      sureness: 0,
      start: tokens[0]?.start ?? 0,
      end: tokens[tokens.length - 1]?.end ?? 0,
    };
    let intents: Understanding['intents'];
    let because: string[];
    let wants: Want[];
    if (command) {
      intents = [{ name: command.intent, sureness: 1, ...(command.title && { called: command.title }) }];
      because = [`SMS command ${command.keyword.toUpperCase()}`];
      wants = [{ ...whole, intent: command.intent, sureness: 1 }];
    } else {
      const { intents: ranked, danger: evidence, because: told } = classify(model, tokens, true);
      [intents, because] = [ranked, told];
      if (numberOnly(tokens, found)) {
        intents = intents.map((i) => ({ ...i, sureness: Math.min(i.sureness, UNSAID) }));
        because = ['a number or address to reach someone, and no want'];
      }
      if (!saysValuesOnly(tokens, found)) intents = dangerFirst(intents, tokens, evidence).slice(0, REPORTED);
      if (intents[0] !== ranked[0]) because.unshift('a possible danger goes first');
      const best = intents[0]!;
      const own: Want = { ...whole, intent: best.name, sureness: best.sureness };
      const parts = wantsIn(tokens, text, found, best, (part) => classify(model, part, false).intents[0]!);
      wants = best.name === 'safety.hazard' ? [own, ...(parts ?? [])] : (parts ?? (best.sureness >= SURE ? [own] : []));
      if (parts && best.name !== 'safety.hazard') {
        const danger = wants.some(({ intent, sureness }) => intent === 'safety.hazard' && sureness >= SURE_DANGER);
        // mere anger yields to what is wanted
        const asked =
          best.name === 'complaint' && isAngry(tokens)
            ? wants.find(({ intent }) => intent !== 'complaint')?.intent
            : best.name;
        const first = danger ? 'safety.hazard' : (asked ?? best.name);
        const names = [...wants]
          .sort((a, b) => Number(b.intent === first) - Number(a.intent === first))
          .map((w) => ({ name: w.intent, sureness: w.sureness }));
        intents = [...names, ...intents.filter((i) => !names.some((n) => n.name === i.name))].slice(0, REPORTED);
      }
      // an outage that makes someone angry is still an outage
      if (wants.length === 1 && wants[0]!.intent === 'complaint' && speaksOfOutage(tokens))
        wants = [wants[0]!, { ...own, intent: 'outage.status', sureness: 0.6 }];
      if (wants.some(({ intent }) => intent === 'outage.planned')) found = lookingAhead(found, reading);
    }
    const entities = found.map(({ from, to, ...rest }) => {
      const [start, end] = [tokens[from]!.start, tokens[to - 1]!.end];
      return { ...rest, start, end, text: text.slice(start, end) } as Entity;
    });
    const awaited = entities.some((e) => expects.includes(e.type));
    const best = intents[0]!.name;
    const urgent = best === 'safety.hazard';
    const cues = cuesOf(tokens, {
      entities,
      complete: awaited || command !== undefined || urgent,
    });
    const called = (name: IntentName) => model.titles?.[name];
    const named = intents.map((i) => (called(i.name) ? { ...i, called: called(i.name)! } : i));
    return { intents: named, wants, entities, cues, because };
  };
};
