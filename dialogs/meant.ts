import type { IntentName, Understanding } from '../core/understanding';

/** Which of a dialog's own intents this turn is about; the first of them when none is named. */
export const intentOf = (meaning: Understanding, own: readonly IntentName[]): IntentName =>
  [...meaning.wants.map((want) => want.intent), ...meaning.intents.map((intent) => intent.name)].find((name) =>
    own.includes(name),
  ) ?? own[0]!;
