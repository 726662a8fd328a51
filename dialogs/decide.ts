import { offeredChoices } from '../core/activity';
import type { Decide, Dialog, Frame, Memory } from '../core/dialog';
import type { IntentName } from '../core/understanding';
import { chosenFrom, SILENCE } from './choosing';
import { composed } from './compose';
import { flowOver } from './flow';
import { wishOf } from './handover';
import { DIALOGS } from './index';
import { withLag } from './lag';
import { sharedPlace } from './media';
import { FRESH } from './memory';
import { movesFor } from './moves';
import { isPlaceName } from './place-name';
import { pronounsAfter } from './pronouns';
import { inPublic, spoken } from './spoken';
import { carryOut } from './steering';

/** One turn: what the message means here, which dialogs answer it, what is said and kept. */
export const decideWith = (all: Dialog[]): Decide => {
  const dialogs = new Map(all.map((dialog) => [dialog.id, dialog]));
  const dialogOf = (intent: IntentName) =>
    (all.find(({ intents }) => intents.includes(intent)) ?? dialogs.get('unavailable') ?? dialogs.get('fallback')!).id;
  const alive = ({ dialog, version }: Frame) => dialogs.get(dialog)?.version === version;

  return async (before = FRESH, { understand, ...heard }) => {
    if (heard.public) return inPublic(before, heard);
    const { now } = heard;
    const wished = wishOf({ memory: before.memory, now });
    const messages = spoken(heard.heard, before.frames.length > 0 || wished !== undefined);
    if (!messages.length)
      return { say: [], orders: [], state: before, meant: { intents: [], because: ['no message'] } };
    const text = messages.flatMap(({ text }) => text?.trim().normalize('NFC') || []).join('\n');
    const media = messages.some((m) => m.attachments?.length || m.type !== 'message');
    const located = sharedPlace(messages) !== undefined;
    const frames = before.frames.filter(alive);
    const top = frames.at(-1);
    const meaning = text ? understand(text, { now, expects: top?.expects.entities ?? [] }) : SILENCE;
    const pronouns = pronounsAfter(before.memory.pronouns, meaning.cues.address);
    const memory: Memory = { ...before.memory, pronouns };

    const offered = [...(top?.expects.choices ?? []), ...before.lastSaid.flatMap(offeredChoices)];
    const choice = chosenFrom(messages, text, offered);
    const chosen = choice?.value;
    const awaited = dialogs.get(top?.dialog ?? '')?.intents ?? [];
    const placed = isPlaceName(heard, text);
    const moves = movesFor({ text, chosen, meaning, media, located, placed, frames, memory, now, dialogOf, awaited });

    // "7" is heard as the words that it stands for
    const turn = { ...heard, text: choice?.title ?? text, meaning, ...(chosen === undefined ? {} : { chosen }) };
    const flow = flowOver(dialogs, frames, memory);
    // where each message costs the customer money, nothing is asked back
    if (heard.channel.abilities.oneReply) flow.hush();
    for (const move of moves) await carryOut(move, flow, turn, before.lastSaid);
    const { answers, question, orders, dialog, ...after } = await flow.end(turn);
    const said = withLag(composed(answers, question, { ...turn, memory: after.memory }), turn);
    return {
      say: said,
      orders,
      state: { ...before, ...after, lastSaid: said },
      meant: {
        intents: meaning.intents,
        because: meaning.because,
        wants: meaning.wants.map(({ intent }) => intent),
        ...(dialog ? { dialog } : {}),
      },
    };
  };
};

export const decide = decideWith(DIALOGS);
