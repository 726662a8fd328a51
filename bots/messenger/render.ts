import type { Activity, CardAction } from '../../core/activity';
import { HERO, offeredChoices, tableOf } from '../../core/activity';
import type { Abilities } from '../../core/channel';
import { shape } from '../shape';
import { LIMITS } from './limits';

export interface QuickReply {
  content_type: 'text';
  title: string;
  payload: string;
}

export type Button =
  | { type: 'postback'; title: string; payload: string }
  | { type: 'web_url'; title: string; url: string }
  | { type: 'phone_number'; title: string; payload: string };

/** One call of the Send API or of conversation routing. `person`: a person of the utility wrote it. */
export type Wire = { person?: true } & (
  | { is: 'text'; text: string; quickReplies?: QuickReply[] }
  | { is: 'buttons'; text: string; buttons: Button[] }
  /** `url` may be relative to our own address; `alt` is said where the picture cannot be shown */
  | { is: 'picture'; url: string; alt: string; quickReplies?: QuickReply[] }
  | { is: 'typing' }
  /** to the people in the page's inbox, or back to us */
  | { is: 'thread'; control: 'pass' | 'take' }
);

/** A reply as calls of the platform, in their order: its text in pieces, its pictures, and the choices on the last of them. */
export const renderWith =
  (abilities: Abilities) =>
  (activity: Activity): Wire[] => {
    const person = activity.from?.role === 'agent' ? ({ person: true } as const) : {};
    if (activity.type === 'typing') return [{ is: 'typing' }];
    if (activity.type === 'handoff') return [{ is: 'thread', control: activity.name === 'returned' ? 'take' : 'pass' }];
    if (activity.type !== 'message') return [];
    return wiresOf(withLinks(normal(activity)), abilities).map((wire) => ({ ...wire, ...person }));
  };

const normal = (activity: Activity): Activity => ({ ...activity, text: (activity.text ?? '').normalize('NFC') });

const wiresOf = ({ message, buttons }: Linked, abilities: Abilities): Wire[] => {
  const fits = offeredChoices(message).every(
    ({ title, value }) =>
      title.trim() !== '' && title.length <= LIMITS.quickReplyTitle.is && value.length <= LIMITS.payload.is,
  );
  const pieces = shape(message, fits ? abilities : { ...abilities, choices: 'numbered' });
  const replies = pieces
    .flatMap(offeredChoices)
    .map(({ title, value }): QuickReply => ({ content_type: 'text', title, payload: value }));
  const texts = pieces.flatMap(({ text }): Wire[] => (text?.trim() ? [{ is: 'text', text }] : []));
  const pictures = pieces
    .flatMap(({ attachments }) => attachments ?? [])
    .filter((one) => one.contentType.startsWith('image/') && one.contentUrl)
    .map((one): Wire => ({ is: 'picture', url: one.contentUrl!, alt: one.name?.normalize('NFC') ?? '' }));
  const wires = [...texts, ...pictures];
  const last = wires.at(-1);
  if (!last) return [];
  if (buttons.length > 0 && last.is === 'text')
    return [...wires.slice(0, -1), { is: 'buttons', text: last.text, buttons }];
  if (replies.length > 0 && (last.is === 'text' || last.is === 'picture'))
    return [...wires.slice(0, -1), { ...last, quickReplies: replies }];
  return wires;
};

interface Linked {
  message: Activity;
  /** the reply's links and choices where all of them fit one button template */
  buttons: Button[];
}

/**
 * Links and calls among the suggested actions or on a hero card: buttons where the whole offer fits one button template; else
 * they are written out, and the choices stay quick replies.
 */
const withLinks = (activity: Activity): Linked => {
  const attachments = activity.attachments ?? [];
  const cards = attachments.filter(({ contentType }) => contentType === HERO);
  const contents = cards.map(
    ({ content }) => (content ?? {}) as { title?: string; text?: string; buttons?: CardAction[] },
  );
  const actions = [...(activity.suggestedActions?.actions ?? []), ...contents.flatMap(({ buttons }) => buttons ?? [])];
  const links = actions.filter(({ type }) => type === 'openUrl' || type === 'call');
  const text = [activity.text, ...contents.flatMap((card) => [card.title, card.text])].filter(Boolean).join('\n');
  const rest = { ...activity, text, attachments: attachments.filter((one) => !cards.includes(one)) };
  const buttons = links.length > 0 ? actions.flatMap((one) => buttonOf(one) ?? []) : [];
  const fit =
    buttons.length === actions.length &&
    buttons.length <= LIMITS.buttons.is &&
    text.length <= LIMITS.buttonText.is &&
    rest.attachments.every((one) => tableOf(one) === undefined && !one.contentType.startsWith('image/'));
  if (links.length > 0 && fit) return { message: { ...rest, suggestedActions: { actions: [] } }, buttons };
  const written = links.map(({ title, value }) => `${title}: ${value}`);
  const choices = actions.filter((one) => !links.includes(one));
  return {
    message: { ...rest, text: [text, ...written].join('\n'), suggestedActions: { actions: choices } },
    buttons: [],
  };
};

const buttonOf = ({ type, title = '', value }: CardAction): Button | undefined => {
  const to = String(value);
  if (title.trim() === '' || title.length > LIMITS.buttonTitle.is || to.length > LIMITS.payload.is) return undefined;
  if (type === 'openUrl') return /^https:\/\//.test(to) ? { type: 'web_url', title, url: to } : undefined;
  if (type === 'call') {
    const phone = to.replace(/^tel:/, '').replace(/^0/, '+84');
    return /^\+\d{8,15}$/.test(phone) ? { type: 'phone_number', title, payload: phone } : undefined;
  }
  return { type: 'postback', title, payload: to };
};
