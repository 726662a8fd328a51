import { type Activity, type Attachment, LOCATION, STICKER } from '../../core/activity';
import type { RawRequest } from '../../core/channel';
import type { Contact, EventName, Receipt } from '../../core/events';
import { type Fields, fieldsOf, idOf, parseFields, textOf } from './ids';
import { phoneConversation, phoneOf } from './phone';
import type { Taps } from './taps';

export interface Reading {
  taps: Taps;
  /** settles which side of a receipt is ours; without it the sender is (live traffic; reference §1.5) */
  oaId?: string;
}

/** Conversation and person of an anonymous chat: Zalo answers it by both ids. */
export const ANONYMOUS = /^anonymous:([^:]+):([^:]+)$/;

/** One webhook request as activities: none for what we do not know, our own echoes, groups and matters of the console. */
export const readEvent = (request: RawRequest, reading: Reading): Activity[] => {
  const event = parseFields(request.body);
  const name = textOf(event?.event_name, 100);
  if (!event || !name) return [];
  if (/^user_send_(?!group_|consent)/.test(name)) return message(event, name, idOf(fieldsOf(event.sender).id), reading);
  if (/^anonymous_send_/.test(name)) return message(event, name, anonymous(event), reading);
  if (/^oa_send_(?!group_|anonymous_|consent)/.test(name)) return echo(event, name);
  const about = ABOUT.get(name);
  return about ? about(event, name, request, reading) : [];
};

const anonymous = (event: Fields): string | undefined => {
  const person = idOf(fieldsOf(event.sender).id);
  const conversation = idOf(fieldsOf(event.message).conversation_id) ?? idOf(event.conversation_id);
  const whole = person && conversation && `anonymous:${person}:${conversation}`;
  return whole && ANONYMOUS.test(whole) ? whole : undefined;
};

const instantOf = (value: unknown): string | undefined => {
  const ms = Number(idOf(value));
  return ms > 0 && ms < 8.64e15 ? new Date(ms).toISOString() : undefined;
};

/** Everything but a message has no id of its own: it is known by its name, person and time. */
const common = (event: Fields, name: string, person: string, also = ''): Activity => {
  const timestamp = instantOf(event.timestamp);
  const byApp = idOf(event.user_id_by_app);
  return {
    type: 'event',
    id: `${name}:${person}:${idOf(event.timestamp) ?? ''}${also}`,
    channelId: 'zalo',
    from: { id: person, role: 'user' },
    conversation: { id: person },
    ...(timestamp && { timestamp }),
    ...(byApp && { channelData: { userIdByApp: byApp } }),
  };
};

const message = (event: Fields, name: string, person: string | undefined, { taps }: Reading): Activity[] => {
  if (!person) return [];
  const said = fieldsOf(event.message);
  const id = idOf(said.msg_id);
  const raw = textOf(said.text) ?? '';
  const tap = taps.read(raw);
  const parts = (Array.isArray(said.attachments) ? said.attachments.slice(0, 10) : []).map((one) => partOf(name, one));
  const place = parts.length === 0 && said.location ? [locationPart(fieldsOf(said.location))] : [];
  const found = [...parts, ...place].flatMap((part) => part ?? []);
  const attachments = found.flatMap(({ attachment }) => attachment ?? []);
  const text = tap?.title ?? (raw.trim() ? raw : found.flatMap(({ text }) => text ?? []).join('\n'));
  if (!text.trim() && attachments.length === 0 && tap?.is !== 'tap') return [];
  const quoted = idOf(said.quote_msg_id);
  return [
    {
      ...common(event, name, person),
      type: 'message',
      ...(id && { id }),
      text,
      ...(tap?.is === 'tap' && { value: tap.value }),
      ...(attachments.length > 0 && { attachments }),
      ...(quoted && { replyToId: quoted }),
    },
  ];
};

interface Part {
  attachment?: Attachment;
  /** what stands for it when the message has no text */
  text?: string;
}

const FILES = new Map([
  ['pdf', 'application/pdf'],
  ['doc', 'application/msword'],
  ['csv', 'text/csv'],
]);

const partOf = (event: string, value: unknown): Part | undefined => {
  const one = fieldsOf(value);
  const payload = fieldsOf(one.payload);
  const type = textOf(one.type, 40) ?? event.replace(/^.*_send_/, '');
  const link = textOf(payload.url, 2000);
  const contentUrl = link && /^https?:\/\//i.test(link) ? link : undefined;
  const file = (contentType: string, name?: string): Part => ({
    attachment: { contentType, ...(contentUrl && { contentUrl }), ...(name && { name }) },
  });
  switch (type) {
    case 'image':
      return file('image/jpeg');
    case 'gif':
      return file('image/gif');
    case 'audio':
      return file('audio/amr');
    case 'video':
      return file('video/mp4', textOf(payload.description, 200));
    case 'sticker':
      return file(STICKER, idOf(payload.id));
    case 'file':
      return file(FILES.get(textOf(payload.type, 40) ?? '') ?? 'application/octet-stream', textOf(payload.name, 200));
    case 'location':
      return locationPart(Object.keys(fieldsOf(payload.coordinates)).length ? fieldsOf(payload.coordinates) : payload);
    case 'link':
    case 'business_card':
      return linkPart(textOf(payload.description, 2000), contentUrl);
    default:
      return undefined;
  }
};

/** Coordinates come as strings; numbers, and other names of the fields, are seen in public code. */
const locationPart = (point: Fields): Part | undefined => {
  const [longitude, latitude] = [point.longitude ?? point.long ?? point.lng, point.latitude ?? point.lat].map((one) =>
    typeof one === 'string' && one.trim() ? Number(one) : one,
  );
  if (typeof longitude !== 'number' || typeof latitude !== 'number') return undefined;
  if (!(Math.abs(longitude) <= 180 && Math.abs(latitude) <= 90)) return undefined;
  return {
    attachment: { contentType: LOCATION, content: { type: 'Point', coordinates: [longitude, latitude] } },
  };
};

/** A business card is a link whose description is JSON with a phone; the phone is what was meant to be said. */
const linkPart = (description: string | undefined, url: string | undefined): Part => {
  const phone = phoneOf(parseFields(description ?? '')?.phone);
  return { text: phone ? `0${phone.slice(2)}` : [description, url].filter(Boolean).join(' ') };
};

/** Our own words come back and mean nothing. With an `admin_id` a person wrote them in Zalo's own console. */
const echo = (event: Fields, name: string): Activity[] => {
  const person = idOf(fieldsOf(event.recipient).id);
  if (!person || idOf(fieldsOf(event.sender).admin_id) === undefined) return [];
  return [{ ...common(event, name, person), name: 'taken' satisfies EventName }];
};

type About = (event: Fields, name: string, request: RawRequest, reading: Reading) => Activity[];

const plain =
  (as: EventName | 'withdraw', person: (event: Fields) => unknown): About =>
  (event, name) => {
    const id = idOf(person(event));
    return id ? [{ ...common(event, name, id), name: as }] : [];
  };

const sender = (event: Fields) => fieldsOf(event.sender).id;

/** Sender and recipient are inverted in receipts: the OA "sends" them. The straight form is accepted where the OA is known. */
const receiver = (event: Fields, { oaId }: Reading): string | undefined => {
  const [from, to] = [idOf(fieldsOf(event.sender).id), idOf(fieldsOf(event.recipient).id)];
  return oaId !== undefined && to === oaId ? from : (to ?? from);
};

const receipt = (event: Fields, name: string, person: string, value: Receipt): Activity[] => [
  { ...common(event, name, person), name: 'receipt' satisfies EventName, value },
];

const idsOf = (event: Fields): string[] => {
  const { msg_ids: several, msg_id: one } = fieldsOf(event.message);
  return (Array.isArray(several) ? several.slice(0, 200) : [one]).flatMap((id) => idOf(id) ?? []);
};

const received: About = (event, name, request, reading) => {
  const said = fieldsOf(event.message);
  const platformIds = idsOf(event);
  const key = textOf(said.tracking_id, 48);
  const byPhone = said.delivery_time !== undefined || request.headers['x-zevent-server'] === 'ZNS';
  const value: Receipt = {
    state: 'delivered',
    ...(platformIds.length && { platformIds }),
    ...(key && { sendKey: key }),
  };
  if (!platformIds.length && !key) return [];
  if (!byPhone) {
    const person = receiver(event, reading);
    return person ? receipt(event, name, person, value).map((one) => withId(one, platformIds)) : [];
  }
  const conversation = phoneConversation(idOf(fieldsOf(event.recipient).id) ?? '');
  if (!conversation) return [];
  return receipt(event, name, conversation, value).map((one) => withId(one, platformIds.length ? platformIds : [key!]));
};

/** Several messages can be received in the same millisecond. */
const withId = (activity: Activity, ids: string[]): Activity => ({ ...activity, id: `${activity.id}:${ids[0]}` });

const seen: About = (event, name, _request, reading) => {
  const person = receiver(event, reading);
  const platformIds = idsOf(event);
  return person && platformIds.length
    ? receipt(event, name, person, { state: 'read', platformIds }).map((one) => withId(one, platformIds))
    : [];
};

const reacted: About = (event, name) => {
  const person = idOf(sender(event));
  const { msg_id, react_icon } = fieldsOf(event.message);
  const icon = textOf(react_icon, 50);
  if (!person || !icon || icon === '/-remove') return [];
  const about = idOf(msg_id);
  return [
    {
      ...common(event, name, person, about && `:${about}`),
      type: 'messageReaction',
      name: icon,
      ...(about && { replyToId: about }),
    },
  ];
};

/** What a person filled in and confirmed; the phone is claimed, not proven. */
const submitted: About = (event, name) => {
  const person = idOf(sender(event));
  if (!person) return [];
  const info = fieldsOf(event.info);
  const parts = Object.keys(fieldsOf(info.full_address)).length ? fieldsOf(info.full_address) : info;
  const address = [parts.address, parts.ward, parts.district, parts.city]
    .flatMap((part) => textOf(part, 200)?.trim() || [])
    .join(', ');
  const [phone, called] = [phoneOf(info.phone), textOf(info.name, 100)?.trim()];
  if (!phone) return [];
  const value: Contact & { address?: string } = {
    phone,
    ...(called && { name: called }),
    ...(address && { address }),
  };
  return [{ ...common(event, name, person), name: 'contact' satisfies EventName, value }];
};

const ABOUT = new Map<string, About>(
  Object.entries({
    user_received_message: received,
    user_seen_message: seen,
    user_reacted_message: reacted,
    user_submit_info: submitted,
    follow: plain('follow', (event) => fieldsOf(event.follower).id),
    unfollow: plain('unfollow', (event) => fieldsOf(event.follower).id),
    user_click_chatnow: plain('follow', (event) => event.user_id),
    user_withdraw: plain('withdraw', (event) => event.user_id),
  }),
);

/** What a staff member should hear of and no customer is part of; undefined for all else. */
export const staffNotice = (request: RawRequest): { what: string; facts: Record<string, string> } | undefined => {
  const event = parseFields(request.body) ?? {};
  const name = textOf(event.event_name, 100) ?? '';
  const what = NOTICES.get(name);
  if (!what) return undefined;
  const { new_status } = fieldsOf(event.status);
  const { new_value } = fieldsOf(event.quota);
  const facts = { template: event.template_id, now: new_status ?? new_value ?? event.quality };
  return {
    what,
    facts: Object.fromEntries(
      Object.entries(facts).flatMap(([key, value]) => (idOf(value) ? [[key, idOf(value)!]] : [])),
    ),
  };
};

const NOTICES = new Map(
  Object.entries({
    change_template_status: 'Zalo has changed the status of a template',
    change_template_quality: 'Zalo has changed the quality of a template',
    change_oa_daily_quota: 'Zalo has changed the daily quota of the OA',
    user_withdraw: 'a customer asks through Zalo for the rights over personal data',
  }),
);
