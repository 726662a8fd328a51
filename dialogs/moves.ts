import type { Activity } from '../core/activity';
import type { Frame, Memory } from '../core/dialog';
import type { IntentName, Understanding, Want } from '../core/understanding';
import { meaningOf, SILENCE } from './choosing';

/** What is done with a message, in order. */
export type Move =
  | { do: 'start'; dialog: string; meaning: Understanding }
  | { do: 'resume'; meaning: Understanding; chosen?: string }
  | { do: 'cancel' | 'back' | 'repeat' | 'nod' };

export interface Situation {
  text: string;
  chosen?: string;
  meaning: Understanding;
  media: boolean;
  frames: Frame[];
  memory: Memory;
  lastSaid: Activity[];
  /** the dialog of an intent */
  dialogOf(intent: IntentName): string;
  /** the intents of the topmost dialog */
  awaited: IntentName[];
}

const SMALL = /^(chat|dialog)\.|^out_of_scope$/;
const SURE = 0.3;

/** The wants to act on: small talk yields to a want, and the same dialog is started once. */
export const wantsOf = ({ wants, intents, cues }: Understanding): Want[] => {
  const real = wants.filter(({ intent }) => !SMALL.test(intent));
  if (real.length) return real.slice(0, 3);
  const best = intents[0]!;
  // "tiền điện" says nothing complete, but who writes no more wants that
  if (cues.incomplete && !SMALL.test(best.name) && best.sureness >= SURE)
    return [{ intent: best.name, sureness: best.sureness, start: 0, end: 10_000 }];
  return wants;
};

/** A want with the entities of its part of the text, and those that stand outside every part. */
const only = (meaning: Understanding, want: Want, wants: Want[]): Understanding => {
  const inside = (part: Want, at: number) => at >= part.start && at < part.end;
  return {
    ...meaning,
    intents: [{ name: want.intent, sureness: want.sureness }],
    wants: [want],
    entities: meaning.entities.filter(
      (e) => inside(want, e.start) || e.type === 'customer_code' || !wants.some((other) => inside(other, e.start)),
    ),
  };
};

const STEERING: Partial<Record<IntentName, Move['do']>> = {
  'dialog.cancel': 'cancel',
  'dialog.back': 'back',
  'dialog.repeat': 'repeat',
};

/** The message without the values in it: what is left tells a bare answer ("dạ PP05…") from a new want. */
const isBare = (text: string, { entities }: Understanding): boolean => {
  let rest = text;
  for (const { start, end } of [...entities].sort((a, b) => b.start - a.start))
    rest = `${rest.slice(0, start)} ${rest.slice(end)}`;
  return (rest.match(/[\p{L}\p{N}]+/gu) ?? []).length <= 3;
};

/** Reads a situation into moves. Pure. */
export const movesFor = (at: Situation): Move[] => {
  const { meaning, frames, memory } = at;
  const start = (want: Want, wants: Want[] = [want]): Move => ({
    do: 'start',
    dialog: at.dialogOf(want.intent),
    meaning: only(meaning, want, wants),
  });
  const named = (dialog: string): Move[] => [{ do: 'start', dialog, meaning }];
  const best = meaning.intents[0]!.name;
  const top = frames.at(-1);

  const hazard = [...meaning.wants.map(({ intent }) => intent), best].includes('safety.hazard');
  if (hazard) return named(at.dialogOf('safety.hazard'));
  if (at.media && !at.text && top?.dialog !== 'outage.report') return named('media');

  if (at.chosen !== undefined) {
    const meant = meaningOf(at.chosen);
    if (top?.expects.choices?.some(({ value }) => value === at.chosen))
      return [{ do: 'resume', chosen: at.chosen, meaning: meant ?? SILENCE }];
    if (meant) return [{ do: 'start', dialog: at.dialogOf(meant.wants[0]!.intent), meaning: meant }];
  }
  if (meaning.cues.comparing && memory.facts.length) return named('compare');

  const wants = wantsOf(meaning);
  const real = wants.filter(({ intent }) => !SMALL.test(intent));
  const slots = meaning.entities.filter(({ type }) => SLOTS.has(type));
  const awaited = top && meaning.entities.some(({ type }) => top.expects.entities.includes(type));
  const foreign = real.filter(({ intent }) => !at.awaited.includes(intent));
  if (top && awaited && (!foreign.length || isBare(at.text, meaning))) return [{ do: 'resume', meaning }];
  if (real.length && !(top && meaning.cues.correcting && !foreign.length && slots.length))
    return real.map((want) => start(want, real));

  const steering = STEERING[best];
  if (steering && !slots.length) return [{ do: steering }] as Move[];
  if (top?.expects.confirm && (best === 'dialog.affirm' || best === 'dialog.deny')) return [{ do: 'resume', meaning }];
  const houses = meaning.cues.houses.length > 0 || meaning.cues.totalling;
  const carried = slots.length > 0 || houses || meaning.cues.correcting;
  if (!top && memory.lastIntent && carried) return [{ do: 'start', dialog: at.dialogOf(memory.lastIntent), meaning }];
  if (!top && slots.some(({ type }) => type === 'customer_code')) return named('whatabout');
  if (best === 'dialog.deny' && !slots.length) return [{ do: 'cancel' }];
  if (best === 'dialog.affirm') return [{ do: 'nod' }];
  if (best.startsWith('chat.') && (wants.length || !top)) return named(at.dialogOf(best));
  if (top) return [{ do: 'resume', meaning }];
  return named('fallback');
};

const SLOTS = new Set(['customer_code', 'month', 'year', 'period', 'date', 'date_range']);
