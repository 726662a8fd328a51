import type { Memory } from '../core/dialog';
import type { IntentName } from '../core/understanding';

const MOST_FACTS = 30;
const MOST_HOUSES = 6;

/** Memory after a step: facts and houses are added in front, the rest replaces; the newest are kept. */
export const remembered = (
  before: Memory,
  { facts = [], houses = [], ...rest }: Partial<Memory> = {},
  intent?: IntentName,
): Memory => ({
  ...before,
  ...rest,
  ...(intent ? { lastIntent: intent } : {}),
  facts: [...facts, ...before.facts].slice(0, MOST_FACTS),
  houses: [
    ...houses.map((house) => {
      const label = house.label ?? before.houses.find(({ code }) => code === house.code)?.label;
      return { code: house.code, ...(label ? { label } : {}) };
    }),
    ...before.houses.filter(({ code }) => !houses.some((house) => house.code === code)),
  ].slice(0, MOST_HOUSES),
});
