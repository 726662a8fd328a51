import type { Activity } from '../core/activity';
import type { Dialog, Fact, Frame, Memory, Order, Turn } from '../core/dialog';
import type { IntentName, Understanding } from '../core/understanding';
import { SILENCE } from './choosing';
import { remembered } from './memory';
import { SMALL } from './moves';

const MOST_STEPS = 10;
const MOST_FRAMES = 4;
/** an interrupted question is put again so often; then its answer is still awaited in silence */
const MOST_AGAIN = 2;
/** after these the interrupted question is not put again in the same breath; its answer is still awaited */
const QUIET = new Set(['safety.hazard', 'whereiscode']);
/** their wants take no slots that a follow-up could change */
const NOT_CARRIED = new Set([
  'unavailable',
  'knowledge',
  'help.menu',
  'agent.request',
  'whereiscode',
  'safety.hazard',
  'scam',
  'privacy',
]);

/** they take no slots either, but a code said to them is not lost */
const UNHEARD = new Set(['fallback', 'listening', 'chat', 'media', 'compare']);

const carriedIntent = ({ id, intents }: Dialog, { wants }: Understanding): IntentName | undefined =>
  NOT_CARRIED.has(id)
    ? undefined
    : wants.map(({ intent }) => intent).find((one) => intents.includes(one) && !SMALL.test(one));

/** A code said beside a want that reads no record is kept for the next one, which will ask whether it may be read. */
const unread = ({ id }: Dialog, { entities }: Understanding): Pick<Memory, 'code'> => {
  const code =
    NOT_CARRIED.has(id) || UNHEARD.has(id) ? entities.findLast(({ type }) => type === 'customer_code') : undefined;
  return code ? { code: String(code.value) } : {};
};

const mayAskAgain = (top: Frame | undefined): boolean => top !== undefined && (top.again ?? 0) < MOST_AGAIN;

type Hearing = Omit<Turn, 'memory' | 'toldNow'>;

/** Runs dialogs over the waiting ones of a conversation, for one turn: who is on top, what was said, asked and ordered. */
export const flowOver = (dialogs: Map<string, Dialog>, waiting: Frame[], memory: Memory) => {
  let frames = waiting;
  let now = memory;
  let steps = 0;
  let quiet = false;
  let first: string | undefined;
  const answers: Activity[] = [];
  const toldNow: Fact[] = [];
  const asked: { frame: Frame; question: Activity[] }[] = [];
  const orders: Order[] = [];

  const run = async (one: Dialog, turn: Hearing, state?: Frame['state']): Promise<void> => {
    if ((steps += 1) > MOST_STEPS) return;
    first ??= one.id;
    const hearing: Turn = { ...turn, memory: now, toldNow };
    const step = await (state ? one.resume(state, hearing) : one.start(hearing));
    toldNow.push(...(step.remember?.facts ?? []));
    now = remembered(
      { ...now, lost: 0, ...unread(one, turn.meaning) },
      step.remember,
      carriedIntent(one, turn.meaning),
    );
    orders.push(...(step.orders ?? []));
    if (step.then.is === 'wait') {
      const { state, expects } = step.then;
      // what to do in a danger is said before anything else, with the question that follows it
      const urgent = one.id === 'safety.hazard' && step.orders !== undefined;
      if (urgent) answers.push(...step.say);
      const question = urgent ? [] : step.say;
      asked.push({ frame: { dialog: one.id, version: one.version, state, expects }, question });
      return;
    }
    answers.push(...step.say);
    if (step.then.is === 'hand-over') orders.push({ kind: 'hand-over', handOver: { why: step.then.why } });
    if (step.then.is === 'goto') await run(dialogs.get(step.then.dialog)!, turn);
  };

  const flow = {
    say: (...said: Activity[]) => void answers.push(...said),
    hush: () => void (quiet = true),
    /** a question waits, and will be put again if nothing else is asked */
    waits: () => mayAskAgain(frames.at(-1)),
    /** the want is taken back: a code or month that follows is not for it */
    forget: () => void (now = { ...now, lastIntent: undefined }),
    drop: (count = 1) => void (frames = frames.slice(0, -count)),
    async start(id: string, turn: Hearing): Promise<void> {
      frames = frames.filter(({ dialog }) => dialog !== id);
      quiet ||= QUIET.has(id);
      await run(dialogs.get(id)!, turn);
    },
    async resume(turn: Hearing): Promise<void> {
      const top = frames.at(-1);
      flow.drop();
      quiet ||= top !== undefined && QUIET.has(top.dialog);
      if (top) await run(dialogs.get(top.dialog)!, turn, top.state);
    },
    /** What was interrupted is taken up again, unless something is asked already; then: everything that came of the turn. */
    async end(turn: Hearing) {
      const { chosen: _, ...rest } = turn;
      const silent = { ...rest, text: '', meaning: SILENCE };
      while (!quiet && !asked.length && mayAskAgain(frames.at(-1)) && steps < MOST_STEPS) {
        const again = (frames.at(-1)!.again ?? 0) + 1;
        await flow.resume(silent);
        for (const { frame } of asked) frame.again = again;
      }
      // of two questions the first is put; the other dialog goes on when it comes to the top
      frames = [...frames, ...asked.map(({ frame }) => frame).reverse()].slice(-MOST_FRAMES);
      return { answers, question: asked[0]?.question ?? [], orders, frames, memory: now, dialog: first };
    },
  };
  return flow;
};
