import type { Finding, HookAnswer, Ports, RawRequest } from '../../../core/channel';
import { post } from '../http';
import { phoneOf, serviceOf } from '../phone';
import { heard, type Provider, pathOf, type Route } from '../provider';
import type { SmsSettings } from '../settings';
import { nameOf, same, sha256 } from '../signature';
import type { Sms } from '../wire';

const MO = '/hooks/sms/vcom';

const said = (code: 200 | 104 | 106 | 108, message = ''): HookAnswer => ({
  status: 200,
  contentType: 'application/json; charset=utf-8',
  body: JSON.stringify(
    code === 200 ? { data: { code, status: 'success', message } } : { errors: { code, status: 'error', message } },
  ),
});

interface Mo {
  type: 'new' | 'recovery';
  client: string;
  request: string;
  phone: string;
  time: string;
  checksum: unknown;
  message: string;
  service: string;
  command: string;
}

const moOf = (body: Buffer): Mo | undefined => {
  let json: Record<string, unknown> | null;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null) return undefined;
  const text = (name: string, longest = 100): string => {
    const value = json[name];
    const written = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
    return typeof written === 'string' && written.length <= longest ? written : '';
  };
  const { type } = json;
  if (type !== 'new' && type !== 'recovery') return undefined;
  const mo = {
    type,
    client: text('client_id'),
    request: text('request_id'),
    phone: text('phone'),
    time: text('time'),
    checksum: json.checksum,
    message: text('message', 10_000),
    service: text('service_id'),
    command: text('command_code'),
  } as const;
  return mo.client && /^[!-~]+$/.test(mo.request) && mo.phone && mo.time && mo.message ? mo : undefined;
};

/**
 * V-COM: MO by JSON POST, always answered with HTTP 200 and a code of its own; the MT is a call that quotes the MO's request_id,
 * under an mt_code by which it knows repetitions. "Receive MO API", "Send MT API".
 */
export const vcom = (settings: SmsSettings, ports: Ports): Provider | undefined => {
  const { SMS_VCOM_CLIENT_ID: client, SMS_VCOM_SECURE_KEY: secureKey } = settings;
  if (!client || !secureKey) return undefined;
  const networks = settings.SMS_VCOM_NETWORKS;
  const FOREIGN = 'this network address may not call';

  return {
    hooks: [
      {
        path: MO,
        // a repetition of what was kept: 104 when it came as new, success when we had asked for it
        accepted: (request, outcomes) =>
          outcomes.includes('seen') && moOf(request.body)?.type === 'new' ? said(104, 'Request ID existed') : said(200),
        refused: (_request, why) => (why === FOREIGN ? said(108, why) : said(106, why)),
      },
    ],

    takes: ({ url }) => pathOf(url) === MO,

    verify(request: RawRequest) {
      if (networks.length > 0 && !networks.includes(request.network ?? '')) return { is: 'refused', why: FOREIGN };
      if (request.method !== 'POST') return { is: 'refused', why: 'V-COM calls by POST' };
      const mo = moOf(request.body);
      if (!mo || !phoneOf(mo.phone)) return { is: 'refused', why: 'Parameter is invalid' };
      const fits =
        mo.client === client && same(mo.checksum, sha256([client, mo.request, mo.phone, secureKey, mo.time]));
      return fits ? { is: 'genuine' } : { is: 'refused', why: 'wrong checksum' };
    },

    read(request) {
      const mo = moOf(request.body);
      const phone = phoneOf(mo?.phone);
      if (!mo || !phone) return [];
      const service = serviceOf(mo.service) ?? settings.SMS_SHORT_CODE ?? '';
      const command = serviceOf(mo.command);
      const route: Route = { provider: 'vcom', service, request: mo.request, ...(command && { command }) };
      return [heard(`vcom:${mo.request}`, phone, mo.message, route)];
    },

    async send(_phone: string, { text }: Sms, sendKey: string, route: Route | undefined) {
      if (!route?.request) return { is: 'refused', code: 'NO_REQUEST', why: 'V-COM only carries answers to an MO' };
      const mt = nameOf(sendKey);
      const time = Math.floor(ports.clock().getTime() / 1000);
      const answered = await post(ports, `${settings.SMS_VCOM_API_BASE}/send-mt`, {
        client_id: client,
        request_id: route.request,
        service_id: route.service,
        command_code: route.command ?? '',
        mt_code: mt,
        message: text,
        is_charged: Number(settings.SMS_VCOM_CHARGED),
        time,
        checksum: sha256([client, route.request, mt, secureKey, String(time)]),
      });
      if ('delivery' in answered) return answered.delivery;
      const { data, errors } = answered.json as { data?: { code?: unknown }; errors?: { code?: unknown } };
      const code = String(data?.code ?? errors?.code ?? '');
      // 104: this mt_code was taken before, so the message is on its way
      if (code === '200' || code === '104') return { is: 'accepted', platformId: `${route.request}:${mt}` };
      if (code === '108') ports.alarm('V-COM refuses our network address', { code });
      if (code === '106' || code === '108') return { is: 'refused', code, why: 'the provider refused it' };
      return { is: 'unsure', why: 'the provider answered without a known code' };
    },

    async check() {
      const address = ports.publicUrl(MO);
      const findings: Finding[] = [
        address
          ? { is: 'todo', what: `V-COM: have the MO of the short code sent to ${address}` }
          : { is: 'wrong', what: 'PUBLIC_URL is not set: V-COM cannot be told where to send MO' },
      ];
      if (networks.length === 0)
        findings.push({ is: 'todo', what: 'V-COM: put the addresses that it calls from into SMS_VCOM_NETWORKS' });
      return findings;
    },
  };
};
