import { randomUUID } from 'node:crypto';
import { preview } from '../bots';
import { type Activity, attachmentsFrom, textFrom } from '../core/activity';
import type { Accept, ChannelName } from '../core/channel';
import { ERRORS } from '../core/errors';
import type { TurnDoc, Turns } from '../data/stores';
import { loadCampaigns } from './campaigns';
import { openChannels } from './channels';
import { activitiesOf } from './conversation-log';
import { gatewayOf } from './gateway';
import { makeHouse } from './house';
import { loadKnowledge } from './knowledge';
import type { Log } from './logger';
import { type Opened, openStores } from './open';
import type { Settings } from './settings';
import { loadUnderstanding } from './understanding';
import type { Workbench } from './workbench';

export interface ChatOptions {
  channel: ChannelName;
  conversation: string;
  /** fixes the clock */
  now?: Date;
  /** hears of the stores before anything is asked of them */
  prepare?(opened: Opened): Promise<void>;
  after?: Workbench['after'];
}

export interface Chat {
  /** one turn from one message, or from pieces that arrive together; [] when there is nothing to say */
  hear(pieces: Activity[]): Promise<Activity[]>;
  utility: { name: string; sample: boolean };
  close(): Promise<void>;
}

const LONGEST = 64_000;
/** Pieces of one message are read together: nobody sends more of them at once. */
const MOST_PIECES = 100;

/** A conversation outside any server, on the same store: its events are its own, whatever a server's clock says. */
export const openChat = async (settings: Settings, options: ChatOptions, log: Log): Promise<Chat> => {
  const opening = openStores(settings, 'chat');
  const [opened, understand, knowledge, campaigns] = await Promise.all([
    opening,
    loadUnderstanding(
      opening.then(({ utility }) => utility),
      settings.NLU_MODEL,
    ),
    loadKnowledge(),
    loadCampaigns(),
  ]);
  await options.prepare?.(opened);
  const conversation = `chat:${options.channel}:${options.conversation}`;
  const gateway = await gatewayOf(settings, opened, log);
  const channels = openChannels(settings, opened, log);
  const channel = channels[options.channel];
  // the reply is read from the turn: nothing is sent, and nothing of it can be unsure
  const { abilities } = channel;
  const house = makeHouse({
    opened,
    ...(gateway && { gateway }),
    understand,
    knowledge,
    campaigns,
    log,
    settings,
    pool: conversation,
    channels: { ...channels, [options.channel]: { ...channel, abilities: { ...abilities, readsLog: true } } },
    gatherMs: 0,
    ...(options.now && { clock: () => options.now! }),
    ...(options.after && { after: options.after }),
  });
  // a clock that stands still never sees a dead chat's lease end
  await house.worker.sweep(true);
  await house.worker.idle(true);
  const address = { channel: options.channel, conversation, person: options.conversation };
  return {
    utility: opened.utility,
    close: opened.close,
    async hear(pieces) {
      const ids = await acceptAll(house.accept, address, pieces.filter(worthATurn));
      if (ids.length === 0) return [];
      await house.worker.idle(true);
      const answers = await answersTo(opened.stores.turns, conversation, ids);
      return answers
        .flatMap((turn) => activitiesOf(turn, opened.utility.name).slice(turn.heard.length))
        .flatMap((activity) => preview(options.channel, activity));
    },
  };
};

const acceptAll = async (
  accept: Accept,
  address: Parameters<Accept>[0]['address'],
  pieces: Activity[],
): Promise<string[]> => {
  const events = pieces.map((activity) => ({ activity, eventId: activity.id ?? randomUUID() }));
  const batch = events.length > 1 ? randomUUID() : undefined;
  await Promise.all(events.map((event) => accept({ address, ...event, ...(batch && { batch }) })));
  return events.map(({ eventId }) => eventId);
};

/** The turns that answered these events, each once: the same message again gets the stored answer. */
const answersTo = async (turns: Turns, conversation: string, eventIds: string[]): Promise<TurnDoc[]> => {
  const last = await turns.last(conversation);
  const inLast = new Set(last?.heardIds);
  const found = eventIds.map((id) => (inLast.has(id) ? last : turns.byCause(conversation, id)));
  const answers = (await Promise.all(found)).flatMap((turn) => (turn ? [[turn.id, turn] as const] : []));
  return [...new Map(answers).values()];
};

const worthATurn = ({ type, text, value, attachments }: Activity): boolean =>
  type === 'message'
    ? Boolean(text?.trim() || value || attachments?.length)
    : type === 'event' || type === 'messageReaction';

/**
 * A line of `chat --json`: plain text, an Activity, or an array of pieces (texts or Activities).
 * An error code when it is too long or in too many pieces, or looks like JSON and is not, or holds something else.
 */
export const readLine = (line: string): Activity[] | 'BAD_JSON' | 'TOO_LARGE' => {
  if (line.length > LONGEST) return 'TOO_LARGE';
  if (!/^\s*[{[]/.test(line)) return [asActivity(line)!];
  try {
    const parsed: unknown = JSON.parse(line);
    const given = Array.isArray(parsed) ? parsed : [parsed];
    if (given.length > MOST_PIECES) return 'TOO_LARGE';
    const pieces = given.map(asActivity);
    return pieces.every((piece) => piece !== undefined) ? pieces : 'BAD_JSON';
  } catch {
    return 'BAD_JSON';
  }
};

const TYPES: readonly string[] = [
  'message',
  'event',
  'typing',
  'messageReaction',
  'conversationUpdate',
  'endOfConversation',
];

/** Fields picked one by one, so that nothing of any depth or kind goes further than what a channel would pass on. */
const asActivity = (piece: unknown): Activity | undefined => {
  if (typeof piece === 'string') return { type: 'message', text: textFrom(piece, LONGEST)! };
  if (typeof piece !== 'object' || piece === null || Array.isArray(piece)) return undefined;
  const { type = 'message', text, id, value, name, attachments, reactionsAdded } = piece as Record<string, unknown>;
  if (typeof type !== 'string' || !TYPES.includes(type)) return undefined;
  if (text !== undefined && typeof text !== 'string') return undefined;
  if (id !== undefined && (typeof id !== 'string' || id.length > 200)) return undefined;
  if (attachments !== undefined && !Array.isArray(attachments)) return undefined;
  const files = attachmentsFrom(attachments);
  const reaction = Array.isArray(reactionsAdded) && (reactionsAdded[0] as { type?: unknown } | undefined)?.type;
  return {
    type: type as Activity['type'],
    ...(text !== undefined && { text: textFrom(text, LONGEST)! }),
    ...(id && { id }),
    ...((typeof value === 'string' || typeof value === 'number') && { value: String(value) }),
    ...(typeof name === 'string' ? { name } : typeof reaction === 'string' && { name: reaction }),
    ...(files.length > 0 && { attachments: files }),
  };
};

export const refusal = (code: 'BAD_JSON' | 'TOO_LARGE'): Activity => ({
  type: 'message',
  text: ERRORS[code].sentence,
  channelData: { error: code },
});
