import { offeredChoices } from '../core/activity';
import type { ConversationState, Decide, Dialog, Frame, Memory, Step, Turn } from '../core/dialog';
import type { IntentName, Understanding } from '../core/understanding';
import { chosenFrom, SILENCE } from './choosing';
import { composed } from './compose';
import { DIALOGS } from './index';
import { sharedPlace } from './media';
import { remembered } from './memory';
import { type Move, movesFor, SMALL } from './moves';
import { DEFAULT_PRONOUNS, pronounsAfter } from './pronouns';
import { cancelled, nodded, repeated, steppedBack } from './steering';

const MOST_STEPS = 10;
const MOST_FRAMES = 4;
/** after these the interrupted question is not put again in the same breath; its answer is still awaited */
const QUIET = new Set(['safety.hazard', 'whereiscode']);
/** its wants take no slots that a follow-up could change */
const NOT_CARRIED = new Set(['unavailable', 'help.menu', 'agent.request', 'whereiscode', 'safety.hazard']);

const FRESH: ConversationState = {
  version: 1,
  memory: { pronouns: DEFAULT_PRONOUNS, houses: [], facts: [] },
  frames: [],
  lastSaid: [],
};

const carriedIntent = ({ id, intents }: Dialog, { wants }: Understanding): IntentName | undefined =>
  NOT_CARRIED.has(id)
    ? undefined
    : wants.map(({ intent }) => intent).find((one) => intents.includes(one) && !SMALL.test(one));

/** One turn: what the message means here, which dialogs answer it, what is said and kept. */
export const decideWith = (all: Dialog[]): Decide => {
  const dialogs = new Map(all.map((dialog) => [dialog.id, dialog]));
  const dialogOf = (intent: IntentName) =>
    all.find(({ intents }) => intents.includes(intent))?.id ??
    (dialogs.has('unavailable') ? 'unavailable' : 'fallback');
  const alive = ({ dialog, version }: Frame) => dialogs.get(dialog)?.version === version;

  return async (before = FRESH, { understand, ...heard }) => {
    const messages = heard.heard.filter(({ type }) => type === 'message' || type === 'messageReaction');
    const text = messages
      .map((m) => m.text?.trim().normalize('NFC'))
      .filter(Boolean)
      .join('\n');
    const media = messages.some((m) => m.attachments?.length || m.type === 'messageReaction');
    let frames = before.frames.filter(alive);
    const top = frames.at(-1);
    const meaning = text ? understand(text, { now: heard.now, expects: top?.expects.entities ?? [] }) : SILENCE;
    let memory: Memory = { ...before.memory, pronouns: pronounsAfter(before.memory.pronouns, meaning.cues.address) };
    if (!messages.length)
      return { say: [], orders: [], state: before, meant: { intents: [], because: ['no message'] } };

    const offered = [...(top?.expects.choices ?? []), ...before.lastSaid.flatMap(offeredChoices)];
    const chosen = chosenFrom(messages, text, offered);
    const moves = movesFor({
      text,
      chosen,
      meaning,
      media,
      located: sharedPlace(messages) !== undefined,
      frames,
      memory,
      lastSaid: before.lastSaid,
      dialogOf,
      awaited: dialogs.get(top?.dialog ?? '')?.intents ?? [],
    });
    const answers: Step['say'] = [];
    const asked: { frame: Frame; question: Step['say'] }[] = [];
    const orders: Step['orders'] = [];
    let steps = 0;
    let dialog: string | undefined;

    const run = async (one: Dialog, turn: Omit<Turn, 'memory'>, state?: Frame['state']): Promise<void> => {
      if ((steps += 1) > MOST_STEPS) return;
      dialog ??= one.id;
      const now = { ...turn, memory };
      const step = state ? await one.resume(state, now) : await one.start(now);
      memory = remembered({ ...memory, lost: 0 }, step.remember, carriedIntent(one, turn.meaning));
      orders.push(...(step.orders ?? []));
      if (step.then.is === 'wait') {
        const { state, expects } = step.then;
        asked.push({ frame: { dialog: one.id, version: one.version, state, expects }, question: step.say });
        return;
      }
      answers.push(...step.say);
      if (step.then.is === 'hand-over') orders.push({ kind: 'hand-over', handOver: { why: step.then.why } });
      if (step.then.is === 'goto') await run(dialogs.get(step.then.dialog)!, turn);
    };
    const resumeTop = async (turn: Omit<Turn, 'memory'>) => {
      const frame = frames.at(-1);
      frames = frames.slice(0, -1);
      if (frame) await run(dialogs.get(frame.dialog)!, turn, frame.state);
    };

    const turn = { ...heard, text, meaning, ...(chosen === undefined ? {} : { chosen }) };
    const silent = { ...heard, text: '', meaning: SILENCE };
    // on a channel where each message costs money nothing is asked back
    let quiet = heard.channel.abilities.oneReply;
    const act: Record<Move['do'], (move: Move) => Promise<unknown> | unknown> = {
      start: async (move) => {
        if (move.do !== 'start') return;
        const one = dialogs.get(move.dialog)!;
        frames = frames.filter(({ dialog }) => dialog !== one.id);
        await run(one, { ...turn, meaning: move.meaning });
        quiet ||= QUIET.has(one.id);
      },
      resume: (move) => move.do === 'resume' && resumeTop({ ...turn, meaning: move.meaning }),
      cancel: () => {
        frames = [];
        answers.push(...cancelled());
      },
      back: () => {
        frames = frames.slice(0, -1);
        if (!frames.length) answers.push(...steppedBack());
      },
      repeat: () => {
        quiet = true;
        answers.push(...repeated(before.lastSaid));
      },
      nod: () => {
        if (!frames.length) answers.push(...nodded(before.lastSaid));
      },
    };
    for (const move of moves) await act[move.do](move);
    // whatever was interrupted is taken up again, unless something is asked already or a danger comes first
    while (!quiet && !asked.length && frames.length && steps < MOST_STEPS) await resumeTop(silent);
    frames = [...frames, ...asked.map(({ frame }) => frame).reverse()].slice(-MOST_FRAMES);
    const said = composed(answers, asked[0]?.question ?? [], { ...turn, memory });
    return {
      say: said,
      orders,
      state: { ...before, memory, frames, lastSaid: said },
      meant: { intents: meaning.intents, because: meaning.because, ...(dialog ? { dialog } : {}) },
    };
  };
};

export const decide = decideWith(DIALOGS);
