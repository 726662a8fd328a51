import { z } from 'zod';
import type { VirtualClock } from './virtual-clock';
import type { FakeAnswer, FakeRequest } from './zalo-http';
import type { FakeOauth } from './zalo-oauth';

const BODY = z.strictObject({
  phone: z
    .string()
    .regex(/^(\+?84)\d{8,10}$/)
    .optional(),
  hash_phone: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  template_id: z.string(),
  template_data: z.record(z.string(), z.union([z.string(), z.number()])),
  tracking_id: z.string().min(1).max(48),
  mode: z.literal('development').optional(),
});

export interface SentTemplate {
  msgId: string;
  to: string;
  template: string;
  trackingId: string;
  data: Record<string, string | number>;
}

/** business.openapi.zalo.me: templates by phone, with a daily quota and a night block that a test may switch on. */
export const fakeZbs = ({ clock, oauth }: { clock: VirtualClock; oauth: FakeOauth }) => {
  const sent: SentTemplate[] = [];
  const state = {
    quota: 500,
    templates: new Map([['10001', ['customer_name', 'amount', 'due']]]),
    withoutAccount: new Set<string>(),
    nightBlock: false,
  };
  const error = (code: number): FakeAnswer => ({ body: { error: code, message: 'see the error table' } });
  const send = (request: FakeRequest): FakeAnswer => {
    const parsed = BODY.safeParse(JSON.parse(request.body.toString('utf8')));
    if (!parsed.success) return error(parsed.error.issues[0]!.path[0] === 'phone' ? -108 : -121);
    const { phone, hash_phone, template_id, template_data, tracking_id } = parsed.data;
    const to = request.path.endsWith('hashphone') ? hash_phone : phone;
    if (!to) return error(-108);
    const wanted = state.templates.get(template_id);
    if (!wanted) return error(-109);
    if (wanted.some((key) => !(key in template_data))) return error(-1122);
    if (state.withoutAccount.has(to)) return error(-118);
    const hour = (clock.now().getUTCHours() + 7) % 24;
    if (state.nightBlock && (hour >= 22 || hour < 6)) return error(-133);
    if (state.quota <= 0) return error(-144);
    state.quota -= 1;
    const msgId = `zbs${String(sent.length + 1).padStart(10, '0')}`;
    sent.push({ msgId, to, template: template_id, trackingId: tracking_id, data: template_data });
    const quota = { dailyQuota: '500', remainingQuota: String(state.quota) };
    return {
      body: {
        data: { msg_id: msgId, sent_time: String(clock.now().getTime()), sending_mode: '1', quota },
        error: 0,
        message: 'Success',
      },
    };
  };
  return {
    sent,
    state,
    async handle(request: FakeRequest): Promise<FakeAnswer> {
      if (oauth.refuses(request.headers.access_token) !== undefined) return error(-124);
      switch (`${request.method} ${request.path}`) {
        case 'POST /message/template':
        case 'POST /message/template/hashphone':
          return send(request);
        case 'GET /message/quota':
          return { body: { data: { dailyQuota: 500, remainingQuota: state.quota }, error: 0, message: 'Success' } };
        case 'GET /message/status': {
          const known = sent.some(({ msgId }) => msgId === request.query.get('message_id'));
          return { body: { data: { status: known ? 0 : -1 }, error: 0, message: 'Success' } };
        }
        default:
          return { status: 404, body: 'empty api' };
      }
    },
  };
};
