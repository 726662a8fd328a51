/** What the Send API and the profile API refuse, by the tables of the Messenger documentation. */

export type Json = Record<string, unknown>;

export interface GraphFault {
  status: number;
  code: number;
  subcode?: number;
  message: string;
  transient?: boolean;
  headers?: Record<string, string>;
}

export const fault = (code: number, message: string, more: Partial<GraphFault> = {}): GraphFault => ({
  status: 400,
  code,
  message,
  ...more,
});

const invalid = (what: string): GraphFault => fault(100, `(#100) Invalid parameter: ${what}`);

export const obj = (value: unknown): Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {};
const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(obj) : []);
const filled = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= most;

const ACTIONS = ['typing_on', 'typing_off', 'mark_seen'];
const DEAD_TAGS = ['ACCOUNT_UPDATE', 'CONFIRMED_EVENT_UPDATE', 'POST_PURCHASE_UPDATE'];
const MEDIA = ['image', 'audio', 'video', 'file'];
const QUICK = ['text', 'user_phone_number', 'user_email'];

export const recipientOf = (body: Json): { id?: string; comment_id?: string } | undefined => {
  const recipient = obj(body.recipient);
  const keys = ['id', 'user_ref', 'comment_id', 'post_id', 'phone_number'].filter(
    (key) => recipient[key] !== undefined,
  );
  return keys.length === 1 && filled(recipient[keys[0]!], 255) ? recipient : undefined;
};

/** Undefined: the call is well formed. `file` is there when a file was uploaded with it. */
export const sendFault = (body: Json, file?: { size: number; type: string }): GraphFault | undefined => {
  if (!recipientOf(body)) return invalid('recipient');
  if (body.sender_action !== undefined) {
    if (body.message !== undefined) return invalid('sender_action and message in one call');
    return ACTIONS.includes(String(body.sender_action)) ? undefined : invalid('sender_action');
  }
  const type = body.messaging_type ?? 'RESPONSE';
  if (!['RESPONSE', 'UPDATE', 'MESSAGE_TAG'].includes(String(type))) return invalid('messaging_type');
  if ((type === 'MESSAGE_TAG') !== (body.tag !== undefined)) return invalid('tag');
  if (body.tag !== undefined && body.tag !== 'HUMAN_AGENT')
    return DEAD_TAGS.includes(String(body.tag)) ? fault(100, '(#100) Invalid parameter') : invalid('tag');
  return messageFault(obj(body.message), file);
};

const messageFault = (message: Json, file?: { size: number; type: string }): GraphFault | undefined => {
  const { text, attachment, metadata, quick_replies: quick } = message;
  if ((text === undefined) === (attachment === undefined)) return invalid('one of text and attachment');
  if (text !== undefined && (typeof text !== 'string' || text.trim() === ''))
    return fault(100, '(#100) Message cannot be empty', { subcode: 2018034 });
  if (typeof text === 'string' && text.length > 2000)
    return fault(100, '(#100) Length of param message[text] must be less than or equal to 2000');
  if (metadata !== undefined && !(typeof metadata === 'string' && metadata.length <= 1000)) return invalid('metadata');
  if (quick !== undefined) {
    const replies = list(quick);
    if (replies.length < 1 || replies.length > 13) return invalid('1 to 13 quick_replies');
    for (const { content_type: content, title, payload } of replies) {
      if (!QUICK.includes(String(content))) return invalid('content_type');
      // a longer title is not refused: the customer sees its first 20 characters
      if (content === 'text' && (!filled(title, 10_000) || !filled(payload, 1000))) return invalid('quick reply');
    }
  }
  return attachment === undefined ? undefined : attachmentFault(obj(attachment), file);
};

export const attachmentFault = (attachment: Json, file?: { size: number; type: string }): GraphFault | undefined => {
  const payload = obj(attachment.payload);
  if (attachment.type === 'template') return templateFault(payload);
  if (!MEDIA.includes(String(attachment.type))) return invalid('attachment type');
  if (file) {
    if (file.size > (attachment.type === 'image' ? 8_000_000 : 25_000_000)) return invalid('file size');
    return file.type.startsWith(attachment.type === 'file' ? '' : `${attachment.type}/`)
      ? undefined
      : fault(100, '(#100) Upload attachment type mismatch', { subcode: 2018047 });
  }
  if (filled(payload.attachment_id, 100)) return undefined;
  return typeof payload.url === 'string' && /^https?:\/\/[^/]/.test(payload.url) ? undefined : invalid('url');
};

const templateFault = (payload: Json): GraphFault | undefined => {
  const elements = list(payload.elements);
  switch (payload.template_type) {
    case 'button':
      return filled(payload.text, 640) ? buttonsFault(payload.buttons, 1) : invalid('text of a button template');
    case 'generic':
      if (elements.length < 1 || elements.length > 10) return invalid('1 to 10 elements');
      for (const { title, subtitle, buttons, ...rest } of elements) {
        if (!filled(title, 80)) return invalid('title');
        if (subtitle !== undefined && !filled(subtitle, 80)) return invalid('subtitle');
        if (subtitle === undefined && buttons === undefined && Object.keys(rest).length === 0)
          return invalid('a property besides title');
        const wrong = buttons === undefined ? undefined : buttonsFault(buttons, 0);
        if (wrong) return wrong;
      }
      return undefined;
    case 'media':
      if (elements.length !== 1 || !(elements[0]!.url || elements[0]!.attachment_id)) return invalid('one element');
      return elements[0]!.buttons === undefined ? undefined : buttonsFault(elements[0]!.buttons, 0);
    case 'image_grid':
      return elements.length >= 2 && elements.length <= 6 ? undefined : invalid('2 to 6 images');
    default:
      return invalid('template_type');
  }
};

const buttonsFault = (value: unknown, least: number): GraphFault | undefined => {
  const buttons = list(value);
  if (!Array.isArray(value) || buttons.length < least || buttons.length > 3) return invalid('1 to 3 buttons');
  for (const { type, title, payload, url } of buttons) {
    if (!filled(title, 20)) return invalid('button title');
    const good =
      (type === 'postback' && filled(payload, 1000)) ||
      (type === 'web_url' && typeof url === 'string' && /^https?:\/\//.test(url)) ||
      (type === 'phone_number' && /^\+\d+$/.test(String(payload)));
    if (!good) return invalid('button');
  }
  return undefined;
};

/** A change of the profile, on top of what is set already. */
export const profileFault = (set: Json, change: Json): GraphFault | undefined => {
  const after: Json = { ...set, ...change };
  if (change.get_started !== undefined && !filled(obj(change.get_started).payload, 1000)) return invalid('get_started');
  const greetings = list(change.greeting);
  if (change.greeting !== undefined) {
    if (!greetings.some(({ locale }) => locale === 'default')) return invalid('locale default of the greeting');
    if (!greetings.every(({ text }) => filled(text, 160))) return invalid('greeting of at most 160 characters');
  }
  if (change.persistent_menu !== undefined) {
    const menus = list(change.persistent_menu);
    if (after.get_started === undefined) return fault(100, '(#100) You must set a Get Started button first');
    if (!menus.some(({ locale }) => locale === 'default')) return invalid('locale default of the menu');
    for (const menu of menus) {
      const items = list(menu.call_to_actions);
      if (items.length > 20 || items.some(({ type }) => type === 'nested')) return invalid('call_to_actions');
      for (const { type, title, payload, url } of items)
        if (!filled(title, 30) || !(type === 'postback' ? filled(payload, 1000) : type === 'web_url' && url))
          return invalid('menu item');
    }
  }
  if (change.ice_breakers !== undefined) {
    // both forms are taken: a bare list of questions, and lists by locale
    const given = list(change.ice_breakers);
    const lists = given.some((one) => one.call_to_actions) ? given.map((one) => list(one.call_to_actions)) : [given];
    for (const questions of lists) {
      if (questions.length < 1 || questions.length > 4) return invalid('1 to 4 ice breakers');
      if (!questions.every(({ question, payload }) => filled(question, 80) && filled(payload, 1000)))
        return invalid('ice breaker');
    }
  }
  return undefined;
};
