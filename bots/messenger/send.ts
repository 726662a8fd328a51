import type { Address, Channel, Delivery, Ports } from '../../core/channel';
import { commentOf } from './comments';
import { verdictOf } from './errors';
import { OURS } from './events';
import { type Json, record } from './fields';
import type { Answer, Graph } from './graph';
import { LIMITS } from './limits';
import type { Wire } from './render';

export interface SenderOptions {
  graph: Graph;
  ports: Pick<Ports, 'publicUrl' | 'picture' | 'alarm'>;
  /** who gets the thread when it is passed to people */
  inboxApp?: string;
}

/** A shaped message, and the bytes that go with it when a picture is uploaded. */
interface Message {
  message: Json;
  file?: { bytes: Buffer; contentType: string };
}

/** The Send API: one call a wire, and a second one where the first was refused and there is another way to say it. */
export const senderOver = ({ graph, ports, inboxApp }: SenderOptions): Channel<Wire>['send'] => {
  const settle = (answer: Answer): Delivery => {
    if (answer.is === 'ok') {
      const platformId = answer.body.message_id;
      return { is: 'accepted', ...(typeof platformId === 'string' && { platformId }) };
    }
    if (answer.is === 'unsent') return { is: 'later', afterMs: 0, why: answer.why };
    if (answer.is === 'lost') return { is: 'unsure', why: answer.why };
    if (!answer.error)
      return answer.status === 429
        ? { is: 'later', afterMs: Math.max(answer.regainMs, 60_000), why: 'HTTP 429' }
        : { is: 'refused', code: `HTTP_${answer.status}`, why: `HTTP ${answer.status}` };
    const { name, alarm, ...delivery } = verdictOf(answer.error, answer.regainMs);
    if (alarm) ports.alarm('the Graph API refuses to send for this page', { name, code: answer.error.code });
    return delivery;
  };

  const post = (path: string, body: Json, file?: Message['file']): Promise<Answer> =>
    graph('POST', path, file ? formOf(body, file) : body);

  const message = async (
    address: Address,
    wire: Exclude<Wire, { is: 'thread' }>,
    sendKey: string,
  ): Promise<Delivery> => {
    const comment = commentOf(address.route);
    const recipient = comment ? { comment_id: comment } : { id: address.person };
    if (wire.is === 'typing') return settle(await post('me/messages', { recipient, sender_action: 'typing_on' }));
    const metadata = `${OURS}${sendKey}`.slice(0, LIMITS.metadata.is);
    const attempt = async ({ message, file }: Message, kind: Json): Promise<Delivery> =>
      settle(await post('me/messages', { recipient, ...kind, message: { ...message, metadata } }, file));
    const said = await messageOf(wire, ports);
    const delivery = await attempt(said, { messaging_type: 'RESPONSE' });
    if (delivery.is !== 'refused') return delivery;
    if (delivery.code === 'OUTSIDE_WINDOW' && wire.person)
      return attempt(said, { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' });
    // whatever the platform has against the picture, its words can be said
    if (wire.is === 'picture' && said.message.attachment && ['INVALID', 'PICTURE_NOT_TAKEN'].includes(delivery.code))
      return attempt(inWords(wire), { messaging_type: 'RESPONSE' });
    return delivery;
  };

  const thread = async (address: Address, control: 'pass' | 'take'): Promise<Delivery> => {
    const recipient = { id: address.person };
    if (control === 'take') return settle(await post('me/take_thread_control', { recipient }));
    if (!inboxApp || commentOf(address.route)) return { is: 'accepted' };
    return settle(await post('me/pass_thread_control', { recipient, target_app_id: inboxApp }));
  };

  return (address, wire, sendKey) =>
    wire.is === 'thread' ? thread(address, wire.control) : message(address, wire, sendKey);
};

const messageOf = async (
  wire: Exclude<Wire, { is: 'typing' } | { is: 'thread' }>,
  ports: SenderOptions['ports'],
): Promise<Message> => {
  if (wire.is === 'text') return { message: { text: wire.text, ...repliesOf(wire) } };
  if (wire.is === 'buttons') {
    const { text, buttons } = wire;
    return { message: { attachment: { type: 'template', payload: { template_type: 'button', text, buttons } } } };
  }
  const url = /^https:\/\//i.test(wire.url) ? wire.url : ports.publicUrl(wire.url);
  if (url?.startsWith('https://'))
    return { message: { attachment: { type: 'image', payload: { url, is_reusable: true } }, ...repliesOf(wire) } };
  const file = await ports.picture(wire.url);
  return file && file.bytes.length <= LIMITS.pictureBytes.is
    ? { message: { attachment: { type: 'image', payload: { is_reusable: true } }, ...repliesOf(wire) }, file }
    : inWords(wire);
};

const repliesOf = ({ quickReplies }: { quickReplies?: unknown[] }): Json =>
  quickReplies ? { quick_replies: quickReplies } : {};

/** A picture as text: what it shows, else where it is. */
const inWords = (wire: Extract<Wire, { is: 'picture' }>): Message => ({
  message: { text: wire.alt.trim() || wire.url, ...repliesOf(wire) },
});

/** A send with a file: each field on its own, objects as JSON. (Messenger Platform, saving assets) */
const formOf = (body: Json, { bytes, contentType }: NonNullable<Message['file']>): FormData => {
  const form = new FormData();
  for (const [key, value] of Object.entries(body))
    form.set(key, typeof value === 'string' ? value : JSON.stringify(record(value)));
  form.set('filedata', new Blob([new Uint8Array(bytes)], { type: contentType }), 'picture');
  return form;
};
