import { hash } from 'node:crypto';
import type { Activity } from '../../core/activity';
import type { Receipt, Taken } from '../../core/events';
import { commentIn } from './comments';
import { idOf, type Json, list, msOf, record, text } from './fields';
import { LIMITS } from './limits';
import { attachmentsOf } from './media';

export interface Reading {
  /** our app; undefined until it is set: then our own sends are known by their metadata alone */
  appId?: string;
  /** how long we keep silent after a person wrote in the page's inbox */
  personMs: number;
  /** comments with personal data become conversations */
  comments: boolean;
}

/** Marks `message.metadata` as ours; the send key follows. */
export const OURS = 'domdom:';

const MOST = 1000;

/** Every event of one POST, of every page in it: `messaging`, `standby` and `changes` beside each other. */
export const eventsOf = (body: Buffer, reading: Reading): Activity[] => {
  let envelope: Json;
  try {
    envelope = record(JSON.parse(body.toString('utf8')));
  } catch {
    return [];
  }
  if (envelope.object !== 'page') return [];
  return list(envelope.entry, MOST)
    .flatMap((entry) => {
      const page = idOf(entry.id);
      if (!page) return [];
      return [
        ...list(entry.messaging, MOST).flatMap((event) => messagingIn(page, event, reading)),
        ...list(entry.standby, MOST).flatMap((event) => standbyIn(page, event)),
        ...(reading.comments ? list(entry.changes, MOST) : []).flatMap((change) =>
          commentIn(page, change, msOf(entry.time, 1000)),
        ),
      ];
    })
    .slice(0, MOST);
};

const digest = (...parts: unknown[]): string => hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22);

/** Who and when, the same for every event. Echoes swap sender and recipient. */
const headOf = (page: string, event: Json) => {
  const sender = idOf(record(event.sender).id);
  const person = sender === page && event.message ? idOf(record(event.recipient).id) : sender;
  const at = msOf(event.timestamp);
  return (
    person !== undefined && {
      channelId: 'messenger',
      conversation: { id: `${page}:${person}` },
      from: { id: person, role: 'user' },
      recipient: { id: page },
      ...(at !== undefined && { timestamp: new Date(at).toISOString() }),
    }
  );
};

type Head = Exclude<ReturnType<typeof headOf>, false>;

const messagingIn = (page: string, event: Json, reading: Reading): Activity[] => {
  const head = headOf(page, event);
  if (!head) return [];
  if (event.message) {
    const message = record(event.message);
    return message.is_echo === true ? echoOf(head, message, reading) : messageOf(head, message, event);
  }
  if (event.postback) return tapOf(head, record(event.postback), event);
  if (event.reaction) return reactionOf(head, record(event.reaction), event);
  if (event.delivery) {
    const { mids, watermark } = record(event.delivery);
    const platformIds = (Array.isArray(mids) ? mids.slice(0, 100) : []).flatMap((mid) => idOf(mid) ?? []);
    return receipt(head, 'delivered', platformIds, msOf(watermark));
  }
  if (event.read) return receipt(head, 'read', [], msOf(record(event.read).watermark));
  return eventOf(head, event, reading);
};

const messageOf = (head: Head, message: Json, event: Json): Activity[] => {
  const said = text(message.text, 10_000);
  const value = text(record(message.quick_reply).payload, LIMITS.payload.is);
  const attachments = attachmentsOf(message);
  if (message.is_deleted === true || (!said && !value && attachments.length === 0)) return [];
  const answered = idOf(record(message.reply_to).mid);
  const referral = referralOf(message.referral);
  return [
    {
      ...head,
      type: 'message',
      id: idOf(message.mid) ?? `m:${digest(head.from.id, event.timestamp, said, value, attachments)}`,
      text: said ?? '',
      ...(value && { value }),
      ...(attachments.length > 0 && { attachments }),
      ...(answered && { replyToId: answered }),
      ...(referral && { channelData: { referral } }),
    },
  ];
};

/** A button, a line of the menu, an ice breaker or "get started": its payload says what is wanted. */
const tapOf = (head: Head, postback: Json, event: Json): Activity[] => {
  const value = text(postback.payload, LIMITS.payload.is);
  const title = text(postback.title, 200);
  if (!value && !title) return [];
  const referral = referralOf(postback.referral);
  return [
    {
      ...head,
      type: 'message',
      id: idOf(postback.mid) ?? `p:${digest(head.from.id, event.timestamp, value, title)}`,
      text: title ?? '',
      ...(value && { value }),
      ...(referral && { channelData: { referral } }),
    },
  ];
};

const reactionOf = (head: Head, reaction: Json, event: Json): Activity[] => {
  const name = text(reaction.emoji, 20) ?? text(reaction.reaction, 50);
  if (reaction.action !== 'react' || !name) return [];
  const mid = idOf(reaction.mid);
  return [
    {
      ...head,
      type: 'messageReaction',
      id: `r:${digest(head.from.id, mid, name, event.timestamp)}`,
      name,
      ...(mid && { replyToId: mid }),
    },
  ];
};

/**
 * A message that the page sent. Ours proves that it left, by the send key in its metadata, even when the answer to the send never
 * came. Anybody else's is a person in the page's inbox, or another app: we keep silent for a while.
 */
const echoOf = (head: Head, message: Json, { appId, personMs }: Reading): Activity[] => {
  const mid = idOf(message.mid);
  const metadata = text(message.metadata, LIMITS.metadata.is);
  if (metadata?.startsWith(OURS))
    return receipt(head, 'delivered', mid ? [mid] : [], undefined, metadata.slice(OURS.length));
  if ((appId !== undefined && idOf(message.app_id) === appId) || personMs === 0) return [];
  const said = text(message.text, 10_000);
  return [taken(head, `e:${mid ?? digest(head, message)}`, { by: 'person', forMs: personMs }, said)];
};

/** `taken` holds for `forMs` after it was said; without, until `returned`. */
const taken = (head: Head, id: string, value: Taken, said?: string): Activity => ({
  ...head,
  type: 'event',
  name: 'taken',
  id,
  value,
  ...(said && { text: said }),
});

const receipt = (
  head: Head,
  state: Receipt['state'],
  platformIds: string[],
  upTo: number | undefined,
  sendKey?: string,
): Activity[] => {
  const value: Receipt = {
    state,
    ...(platformIds.length > 0 && { platformIds }),
    ...(sendKey && { sendKey }),
    ...(upTo !== undefined && { upTo }),
  };
  const says = platformIds.length > 0 || sendKey || upTo !== undefined;
  return says
    ? [{ ...head, type: 'event', name: 'receipt', id: `v:${digest(head.conversation.id, value)}`, value }]
    : [];
};

const referralOf = (value: unknown): Record<string, string> | undefined => {
  const referral = record(value);
  const kept = ['ref', 'source', 'type', 'ad_id'].flatMap((key) => {
    const one = text(idOf(referral[key]) ?? referral[key], 250);
    return one ? [[key, one]] : [];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
};

/** Who owns the thread, and what else is said about a conversation. `app_roles` and `policy_enforcement` name no person. */
const eventOf = (head: Head, event: Json, { appId }: Reading): Activity[] => {
  const of = (name: string, value: Record<string, unknown>): Activity[] => [
    { ...head, type: 'event', name, id: `c:${digest(head.conversation.id, name, event.timestamp, value)}`, value },
  ];
  const passed = event.pass_thread_control ?? event.take_thread_control;
  if (passed) {
    const owner = idOf(record(passed).new_owner_app_id);
    const isPass = event.pass_thread_control !== undefined;
    // in `messaging` an app hears of what is passed to it; who takes from it is another
    const isOurs = appId !== undefined && owner !== undefined ? owner === appId : isPass;
    return isOurs
      ? of('returned', { by: 'app' })
      : [{ ...taken(head, `c:${digest(head.conversation.id, event)}`, { by: 'app', forMs: LIMITS.threadIdleMs.is }) }];
  }
  if (event.request_thread_control)
    return of('thread-requested', { app: idOf(record(event.request_thread_control).requested_owner_app_id) ?? '' });
  if (event.message_edit) {
    const { mid, text: edited } = record(event.message_edit);
    return of('edited', { mid: idOf(mid) ?? '', text: text(edited, 10_000) ?? '' });
  }
  if (event.referral) return of('referral', referralOf(event.referral) ?? {});
  if (event.optin) return of('optin', { type: text(record(event.optin).type, 100) ?? '' });
  if (event.account_linking)
    return of('account-linking', { status: text(record(event.account_linking).status, 50) ?? '' });
  return [];
};

/** Another app owns the thread: what is said there is kept for people to read, and never answered. */
const standbyIn = (page: string, event: Json): Activity[] => {
  const head = headOf(page, event);
  const message = record(event.message);
  const said = text(message.text, 10_000) ?? text(record(event.postback).title, 200);
  if (!head || (!event.message && !event.postback)) return [];
  const mid = idOf(message.mid) ?? idOf(record(event.postback).mid);
  const isEcho = message.is_echo === true;
  return [
    {
      ...taken(head, `s:${mid ?? digest(head, event)}`, { by: 'app', forMs: LIMITS.threadIdleMs.is }, said),
      ...(isEcho && { channelData: { echo: true } }),
    },
  ];
};
