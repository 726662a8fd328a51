import type { Activity } from '../core/activity';
import type { Memory } from '../core/dialog';
import type { Cues } from '../core/understanding';

type Pronouns = Memory['pronouns'];

export const DEFAULT_PRONOUNS: Pronouns = { customer: 'anh/chị', us: 'em' };

/** Those who call us "anh" or "cô" and themselves "em" or "con" are still customers: they stay anh/chị. */
const JUNIOR = new Set(['em', 'con', 'cháu', 'tôi', 'tui', 'mình']);

export const pronounsAfter = (before: Pronouns, said: Cues['address']): Pronouns =>
  said?.customer && said.us && !JUNIOR.has(said.customer) ? { customer: said.customer, us: said.us } : before;

/** Dialog texts say "anh/chị" and "em"; here they become the pronouns of this conversation, in one pass. */
export const speak = (text: string, { customer, us }: Pronouns): string =>
  text.replace(/(?<![\p{L}/])(anh\/chị|(?<!trẻ |Trẻ )em)(?![\p{L}/])/giu, (word) => {
    const spoken = word.length > 2 ? customer : us;
    return word[0] === word[0]!.toUpperCase() ? spoken[0]!.toUpperCase() + spoken.slice(1) : spoken;
  });

/** The activity with its text and the titles of its choices spoken so; cards hold records and stay as they are. */
export const spoken = (activity: Activity, pronouns: Pronouns): Activity => ({
  ...activity,
  ...(activity.text === undefined ? {} : { text: speak(activity.text, pronouns) }),
  ...(activity.suggestedActions
    ? {
        suggestedActions: {
          ...activity.suggestedActions,
          actions: activity.suggestedActions.actions.map((action) => {
            const title = speak(action.title, pronouns);
            return { ...action, title, text: title, displayText: title };
          }),
        },
      }
    : {}),
});
