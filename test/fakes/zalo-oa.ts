import { z } from 'zod';
import type { VirtualClock } from './virtual-clock';
import type { FakeAnswer, FakeRequest } from './zalo-http';
import type { FakeOauth } from './zalo-oauth';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface FakePerson {
  id: string;
  follows: boolean;
  lastInteraction?: number;
  name: string;
}

export interface SentByOa {
  id: string;
  to: string;
  message: z.output<typeof MESSAGE>;
  billed: boolean;
  at: number;
}

const button = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.enum(['oa.query.show', 'oa.query.hide']),
    title: z.string().min(1).max(100),
    payload: z.string().min(1).max(1000),
    image_icon: z.string().optional(),
  }),
  z.strictObject({
    type: z.literal('oa.open.url'),
    title: z.string().min(1).max(100),
    payload: z.strictObject({ url: z.url() }),
  }),
  z.strictObject({
    type: z.literal('oa.open.phone'),
    title: z.string().min(1).max(100),
    payload: z.strictObject({ phone_code: z.string() }),
  }),
]);

const element = z
  .strictObject({ media_type: z.literal('image'), url: z.url().optional(), attachment_id: z.string().optional() })
  .refine((one) => (one.url === undefined) !== (one.attachment_id === undefined), 'exactly one of url, attachment_id');

const payload = z.union([
  z.strictObject({ template_type: z.literal('button').optional(), buttons: z.array(button).min(1).max(5) }),
  z.strictObject({ template_type: z.literal('media'), elements: z.array(element).length(1) }),
  z.strictObject({
    template_type: z.literal('request_user_info'),
    elements: z
      .array(z.strictObject({ title: z.string().min(1).max(100), subtitle: z.string().max(500), image_url: z.url() }))
      .length(1),
  }),
  z.strictObject({ token: z.string() }),
]);

const MESSAGE = z
  .strictObject({
    text: z
      .string()
      .refine((text) => text.trim() !== '', 'is blank')
      .refine((text) => [...text].length <= 2000, 'too long')
      .optional(),
    quote_message_id: z.string().optional(),
    attachment: z.strictObject({ type: z.enum(['template', 'file']), payload }).optional(),
  })
  .refine(({ text, attachment }) => text !== undefined || attachment !== undefined, 'nothing to say')
  .refine(
    ({ text, attachment }) => text !== undefined || !attachment || !('buttons' in attachment.payload),
    'buttons need a text',
  );

const CS = z.strictObject({ recipient: z.strictObject({ user_id: z.string() }), message: MESSAGE });
const ANONYMOUS = z.strictObject({
  recipient: z.strictObject({ anonymous_id: z.string(), conversation_id: z.string() }),
  message: MESSAGE,
});

export interface OaOptions {
  clock: VirtualClock;
  oauth: FakeOauth;
  oaId: string;
  /** what the webhook tells about a message that was sent; resolves when it was told */
  sent(message: SentByOa): Promise<void>;
  /** our own message comes back before its answer, after it, or not at all */
  echo: 'before' | 'after' | 'never';
}

/** openapi.zalo.me: errors under HTTP 200, the window by each person's last interaction, uploads that expire. */
export const fakeOa = ({ clock, oauth, oaId, sent, echo }: OaOptions) => {
  const people = new Map<string, FakePerson>();
  const uploads = new Map<string, { until: number; bytes: number; type: string; file: Blob }>();
  const messages: SentByOa[] = [];
  const state = {
    echo,
    limit: 4000,
    minute: 0,
    used: 0,
    limitMessage: 'App has reached its limit of requests per minute',
    cloud: { linked: true, balance: 100 },
    reactions: 0,
  };
  const now = () => clock.now().getTime();
  const ok = (data: unknown): FakeAnswer => ({ body: { data, error: 0, message: 'Success' } });
  const error = (code: number, message = 'see the error table'): FakeAnswer => ({ body: { error: code, message } });

  const standing = (person: FakePerson | undefined): number | 'free' | 'paid' => {
    if (!person) return -201;
    if (person.lastInteraction === undefined) return person.follows ? -232 : -213;
    const age = now() - person.lastInteraction;
    if (age > 7 * DAY) return -230;
    if (age <= 48 * HOUR) return 'free';
    if (!state.cloud.linked) return -320;
    return state.cloud.balance > 0 ? 'paid' : -321;
  };

  const keep = async (to: string, message: SentByOa['message'], billed: boolean): Promise<FakeAnswer> => {
    const one = { id: `oamsg${String(messages.length + 1).padStart(15, '0')}`, to, message, billed, at: now() };
    messages.push(one);
    if (billed) state.cloud.balance -= 1;
    if (state.echo === 'before') await sent(one);
    const answer = ok({ message_id: one.id, user_id: to, sent_time: String(one.at), quota: { quota_type: 'reply' } });
    return state.echo === 'after' ? { ...answer, afterwards: () => void sent(one) } : answer;
  };

  const consult = async (body: unknown): Promise<FakeAnswer> => {
    const parsed = CS.safeParse(body);
    if (!parsed.success) return error(-201, `${parsed.error.issues[0]!.path.join('.')} is invalid`);
    const { recipient, message } = parsed.data;
    const may = standing(people.get(recipient.user_id));
    if (typeof may === 'number') return error(may);
    const shown = message.attachment?.payload;
    if (shown && 'elements' in shown && shown.template_type === 'media') {
      const id = shown.elements[0]!.attachment_id;
      const upload = id === undefined ? undefined : uploads.get(id);
      if (id !== undefined && !upload) return error(-201, 'attachment_id is invalid');
      if (upload && now() > upload.until) return error(-100, 'attachment expired');
    }
    return keep(recipient.user_id, message, may === 'paid');
  };

  const upload = async ({ headers, body }: FakeRequest, kind: string): Promise<FakeAnswer> => {
    const form = await new Response(new Uint8Array(body), {
      headers: { 'content-type': headers['content-type'] ?? '' },
    })
      .formData()
      .catch(() => undefined);
    const file = form?.get('file');
    if (!(file instanceof Blob)) return error(-201, 'file is invalid');
    if (!['image/png', 'image/jpeg', 'image/gif'].includes(file.type)) return error(-201, 'file type is invalid');
    if (file.size > (kind === 'gif' ? 5 : 1) * 1024 * 1024) return error(-210, 'file is too large');
    const id = `attachment-${uploads.size + 1}`;
    uploads.set(id, { until: now() + 7 * DAY, bytes: file.size, type: file.type, file });
    return ok({ attachment_id: id });
  };

  const route = async (request: FakeRequest): Promise<FakeAnswer> => {
    const { method, path, query, body } = request;
    const json = () => {
      try {
        return JSON.parse(body.toString('utf8')) as Record<string, unknown>;
      } catch {
        return {};
      }
    };
    const data = () => JSON.parse(query.get('data') ?? '{}') as Record<string, unknown>;
    switch (`${method} ${path}`) {
      case 'GET /v2.0/oa/getoa':
        return ok({
          oa_id: oaId,
          name: 'Điện lực mẫu',
          is_verified: true,
          package_name: 'Nâng cao',
          num_follower: people.size,
        });
      case 'GET /v3.0/oa/user/detail': {
        const person = people.get(String(data().user_id));
        if (!person) return error(-201, 'user_id is invalid');
        return ok({ user_id: person.id, display_name: person.name, user_is_follower: person.follows });
      }
      case 'POST /v3.0/oa/quota/message': {
        const person = people.get(String(json().user_id));
        return person ? ok({ last_interaction: String(person.lastInteraction ?? 0), cs_reply: {} }) : error(-201);
      }
      case 'POST /v3.0/oa/message/cs':
        return consult(json());
      case 'POST /v3.0/oa/message/template': {
        const { user_id, template_id, template_data } = json();
        const person = people.get(String(user_id));
        if (!person) return error(-201, 'user_id is invalid');
        if (typeof template_id !== 'string' || typeof template_data !== 'object') return error(-201);
        return ok({ message_id: `template-${messages.length}`, user_id });
      }
      case 'POST /v2.0/oa/message': {
        const raw = json();
        if ('sender_action' in raw) {
          state.reactions += 1;
          return ok({});
        }
        const parsed = ANONYMOUS.safeParse(raw);
        if (!parsed.success)
          return error('recipient' in raw && 'anonymous_id' in (raw.recipient as object) ? -201 : -240);
        const { anonymous_id, conversation_id } = parsed.data.recipient;
        return keep(`anonymous:${anonymous_id}:${conversation_id}`, parsed.data.message, false);
      }
      case 'POST /v2.0/oa/upload/image':
      case 'POST /v2.0/oa/upload/gif':
        return upload(request, path.split('/').at(-1)!);
      default:
        return { status: 404, body: 'empty api' };
    }
  };

  return {
    people,
    uploads,
    messages,
    state,
    async handle(request: FakeRequest): Promise<FakeAnswer> {
      const minute = Math.floor(now() / 60_000);
      if (minute !== state.minute) Object.assign(state, { minute, used: 0 });
      state.used += 1;
      const remain = Math.max(0, state.limit - state.used);
      const headers = { 'x-ratelimit-limit': String(state.limit), 'x-ratelimit-remain': String(remain) };
      if (state.used > state.limit) return { ...error(-32, state.limitMessage), headers };
      const refused = oauth.refuses(request.headers.access_token);
      if (refused !== undefined) return { ...error(refused, 'Access token is invalid'), headers };
      return { headers, ...(await route(request)) };
    },
  };
};

export type FakeOa = ReturnType<typeof fakeOa>;
