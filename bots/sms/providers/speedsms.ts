import type { Finding, Ports, RawRequest } from '../../../core/channel';
import { post } from '../http';
import { phoneOf } from '../phone';
import { type Provider, pathOf, receiptOf } from '../provider';
import type { SmsSettings } from '../settings';
import { seal, unseal } from '../signature';
import type { Sms } from '../wire';

const REPORT = '/hooks/sms/speedsms/';
const OURS = 'speedsms reports';

/**
 * SpeedSMS: MT by JSON POST under HTTP Basic; delivery reports by JSON POST to one address for the whole account, which is not
 * signed, so that our own seal stands in its path. speedsms.vn/sms-api; the fields of the report from memory.
 */
export const speedsms = (settings: SmsSettings, ports: Ports): Provider | undefined => {
  const { SMS_SPEEDSMS_TOKEN: token } = settings;
  if (!token) return undefined;
  const basic = `Basic ${Buffer.from(`${token}:x`).toString('base64')}`;

  return {
    hooks: [{ path: `${REPORT}:token` }],
    takes: ({ url }) => pathOf(url).startsWith(REPORT),

    verify: (request: RawRequest) =>
      request.method === 'POST' && unseal(token, pathOf(request.url).slice(REPORT.length)) === OURS
        ? { is: 'genuine' }
        : { is: 'refused', why: 'no callback address of ours' },

    read({ body }) {
      let report: Record<string, unknown> | null;
      try {
        report = JSON.parse(body.toString('utf8'));
      } catch {
        return [];
      }
      if (report?.type !== 'report') return [];
      const phone = phoneOf(report.phone);
      const id = String(report.tranId ?? '').slice(0, 100);
      const status = Number(report.status ?? Number.NaN);
      // 1–63: the network is still trying
      if (!phone || !id || !Number.isInteger(status) || (status > 0 && status < 64)) return [];
      const why = 'not delivered by the network';
      return [
        receiptOf(id, phone, {
          state: status === 0 ? 'delivered' : 'failed',
          platformIds: [id],
          ...(status !== 0 && { why }),
        }),
      ];
    },

    async send(phone: string, { text }: Sms) {
      const answered = await post(
        ports,
        `${settings.SMS_SPEEDSMS_API_BASE}/sms/send`,
        {
          to: [phone],
          content: text,
          sms_type: Number(settings.SMS_SPEEDSMS_TYPE),
          sender: settings.SMS_SPEEDSMS_SENDER ?? '',
        },
        { authorization: basic },
      );
      if ('delivery' in answered) return answered.delivery;
      const { status, code: given, data } = answered.json as { status?: unknown; code?: unknown; data?: unknown };
      const code = String(given ?? '');
      const id = (data as { tranId?: unknown } | undefined)?.tranId;
      if (status === 'success' && code === '00')
        return { is: 'accepted', ...(id !== undefined && { platformId: String(id).slice(0, 100) }) };
      if (['007', '008', '009', '300'].includes(code)) ports.alarm('SpeedSMS refuses our account', { code });
      if (code === '300') return { is: 'later', afterMs: 600_000, why: 'the account is empty' };
      if (!/^\d{2,3}$/.test(code) || code === '500' || code === '00')
        return { is: 'unsure', why: 'the provider failed on it' };
      return { is: 'refused', code, why: REFUSALS[code] ?? 'the provider refused it' };
    },

    async check() {
      const address = ports.publicUrl(`${REPORT}${seal(token, OURS)}`);
      const findings: Finding[] = [
        address
          ? { is: 'todo', what: `SpeedSMS: set the webhook of delivery reports to ${address}` }
          : { is: 'wrong', what: 'PUBLIC_URL is not set: SpeedSMS cannot be told where to report deliveries' },
      ];
      return findings;
    },
  };
};

const REFUSALS: Record<string, string> = {
  '007': 'our network address is locked',
  '008': 'the account is locked',
  '009': 'the account may not use the API',
  '101': 'a parameter is wrong',
  '105': 'no phone number',
  '110': 'the encoding is not taken',
  '113': 'the message is too long',
};
