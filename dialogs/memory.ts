import type { ConversationState, Fact, Memory } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { DEFAULT_PRONOUNS } from './pronouns';

const MOST_FACTS = 12;
const MOST_HOUSES = 6;

/** Before the first message. */
export const FRESH: ConversationState = {
  version: 1,
  memory: { pronouns: DEFAULT_PRONOUNS, houses: [], facts: [] },
  frames: [],
  lastSaid: [],
};

const isSaidAgain = (fact: Fact, old: Fact): boolean =>
  fact.record === old.record &&
  fact.what === old.what &&
  fact.value === old.value &&
  fact.asOf === old.asOf &&
  fact.customer === old.customer;

/** Memory after a step: facts and houses are added in front, what is said again once, the rest replaces; the newest are kept. */
export const remembered = (
  before: Memory,
  { facts = [], houses = [], ...rest }: Partial<Memory> = {},
  intent?: IntentName,
): Memory => ({
  ...before,
  ...rest,
  ...(intent ? { lastIntent: intent } : {}),
  facts: [...facts, ...before.facts.filter((old) => !facts.some((fact) => isSaidAgain(fact, old)))].slice(
    0,
    MOST_FACTS,
  ),
  houses: [
    ...houses.map((house) => {
      const label = house.label ?? before.houses.find(({ code }) => code === house.code)?.label;
      return { code: house.code, ...(label ? { label } : {}) };
    }),
    ...before.houses.filter(({ code }) => !houses.some((house) => house.code === code)),
  ].slice(0, MOST_HOUSES),
});
