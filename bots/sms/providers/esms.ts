import type { Finding, Hook, HookAnswer, Ports, RawRequest } from '../../../core/channel';
import { post } from '../http';
import { phoneOf, serviceOf } from '../phone';
import { heard, type Provider, pathOf, queryOf, receiptOf } from '../provider';
import type { SmsSettings } from '../settings';
import { md5, nameOf, same, seal, unseal } from '../signature';
import type { Sms } from '../wire';

const MO = '/hooks/sms/esms';
const CALLBACK = '/hooks/sms/esms/receipt/';
/** the router reads no longer part of a path */
const LONGEST_TOKEN = 100;

const xml = (text: string): string =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no place for them
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ' ')
    .replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/**
 * eSMS: MO by GET, whose XML answer is the MT; MT by JSON POST; delivery reports by GET on the address that we give.
 * Short codes: esms "Kết nối đầu số ngắn"; MT: SendMultipleMessage_V4_post_json; reports: "Callback Url".
 */
export const esms = (settings: SmsSettings, ports: Ports): Provider | undefined => {
  const { SMS_ESMS_PRIVATE_KEY: privateKey, SMS_ESMS_API_KEY: apiKey, SMS_ESMS_SECRET_KEY: secretKey } = settings;
  const mt = apiKey !== undefined && secretKey !== undefined;
  if (!privateKey && !mt) return undefined;
  let alarmed = false;

  const answer = (message: string, { url }: Pick<RawRequest, 'url'>): HookAnswer => {
    const query = queryOf(url);
    const [smsid, receiver] = ['smsid', 'sender'].map((name) => xml((query.get(name) ?? '').slice(0, 100)));
    return {
      status: 200,
      contentType: 'application/xml; charset=utf-8',
      body: `<?xml version="1.0" encoding="utf-8"?>\n<ClientResponse><Message>${xml(message)}</Message><Smsid>${smsid}</Smsid><Receiver>${receiver}</Receiver></ClientResponse>`,
    };
  };

  /** What nobody could answer in time, when no MT can follow: this is then the one MT. */
  const tooLate = (): string => {
    const care = ports.utility.hotlines.find(({ kind, to }) => kind === 'care' && to === undefined)?.number;
    return `${ports.utility.smsName}: he thong dang ban, chua tra loi duoc tin nay.${care ? ` Can gap goi ${care}.` : ''}`;
  };

  const isSigned = (query: URLSearchParams): boolean => {
    const value = (...names: string[]) => names.map((name) => query.get(name)).find((one) => one !== null) ?? '';
    const signed = [value('cpid'), value('smsid'), value('content'), value('receiverTime', 'receiveTime'), privateKey!];
    const sign = query.get('sign');
    if (same(sign, md5(signed, settings.SMS_ESMS_SIGN))) return true;
    const other = settings.SMS_ESMS_SIGN === 'hex' ? 'base64' : 'hex';
    if (!alarmed && same(sign, md5(signed, other))) {
      alarmed = true;
      ports.alarm('eSMS signs in another form than SMS_ESMS_SIGN says', { form: other });
    }
    return false;
  };

  const callbackFor = (phone: string, sendKey: string): string | undefined => {
    const token = seal(secretKey!, `${phone} ${sendKey}`);
    return token.length > LONGEST_TOKEN ? undefined : ports.publicUrl(`${CALLBACK}${token}`);
  };
  const tokenOf = ({ url }: Pick<RawRequest, 'url'>) =>
    unseal(secretKey!, pathOf(url).slice(CALLBACK.length))?.split(/ (.*)/s);

  return {
    hooks: [
      ...(privateKey
        ? [
            {
              path: MO,
              answer: {
                deadlineMs: settings.SMS_ANSWER_MS,
                with: (wires: unknown[], request: RawRequest) =>
                  answer(wires.map((wire) => (wire as Sms).text).join('\n'), request),
                late: (request: RawRequest) => answer(mt ? '' : tooLate(), request),
                replyFollows: mt,
              },
              accepted: (request: RawRequest) => answer('', request),
            } satisfies Hook,
          ]
        : []),
      ...(mt ? [{ path: `${CALLBACK}:token` }] : []),
    ],

    takes: ({ url }) => pathOf(url) === MO || pathOf(url).startsWith(CALLBACK),

    verify(request) {
      if (request.method !== 'GET') return { is: 'refused', why: 'eSMS calls by GET' };
      if (pathOf(request.url) !== MO)
        return mt && tokenOf(request) ? { is: 'genuine' } : { is: 'refused', why: 'no callback address of ours' };
      const query = queryOf(request.url);
      const { SMS_ESMS_CPID: cpid } = settings;
      if (!privateKey || (cpid && query.get('cpid') !== cpid)) return { is: 'refused', why: 'another cpid' };
      return isSigned(query) ? { is: 'genuine' } : { is: 'refused', why: 'the signature does not fit' };
    },

    read(request) {
      const query = queryOf(request.url);
      if (pathOf(request.url) !== MO) return readReceipt(query, mt ? tokenOf(request) : undefined);
      const phone = phoneOf(query.get('sender'));
      const smsid = query.get('smsid');
      const service = serviceOf(query.get('serviceNumber')) ?? settings.SMS_SHORT_CODE ?? '';
      const content = query.get('content');
      if (!phone || !smsid || smsid.length > 100 || !content) return [];
      return [heard(`esms:${smsid}`, phone, content, { provider: 'esms', service, request: smsid })];
    },

    ...(mt && {
      async send(phone: string, { text, encoding }: Sms, sendKey: string) {
        const callback = callbackFor(phone, sendKey);
        const answered = await post(ports, `${settings.SMS_ESMS_API_BASE}/SendMultipleMessage_V4_post_json/`, {
          ApiKey: apiKey,
          SecretKey: secretKey,
          Phone: phone,
          Content: text,
          ...(settings.SMS_ESMS_BRANDNAME && { Brandname: settings.SMS_ESMS_BRANDNAME }),
          SmsType: settings.SMS_ESMS_TYPE,
          IsUnicode: encoding === 'UCS-2' ? 1 : 0,
          Sandbox: 0,
          RequestId: nameOf(sendKey),
          ...(callback && { CallbackUrl: callback }),
        });
        if ('delivery' in answered) return answered.delivery;
        const { CodeResult, SMSID } = answered.json;
        const code = String(CodeResult ?? '');
        const platformId = typeof SMSID === 'string' && SMSID !== '' ? SMSID.slice(0, 100) : undefined;
        // 124: this RequestId was taken before, so the message is on its way
        if (code === '100' || code === '124') return { is: 'accepted', ...(platformId && { platformId }) };
        if (code === '101' || code === '103') ports.alarm('eSMS refuses our account', { code });
        if (code === '103') return { is: 'later', afterMs: 600_000, why: 'the account is empty' };
        if (!/^\d{2,4}$/.test(code)) return { is: 'unsure', why: 'the provider answered without a code' };
        return { is: 'refused', code, why: REFUSALS[code] ?? 'the provider refused it' };
      },
    }),

    async check() {
      const findings: Finding[] = [];
      const address = ports.publicUrl(MO);
      if (privateKey)
        findings.push(
          address
            ? { is: 'todo', what: `eSMS: have the short code's MO sent to ${address}` }
            : { is: 'wrong', what: 'PUBLIC_URL is not set: eSMS cannot be told where to send MO and reports' },
        );
      if (mt && !settings.SMS_ESMS_BRANDNAME && settings.SMS_ESMS_TYPE === '2')
        findings.push({ is: 'wrong', what: 'SMS_ESMS_BRANDNAME: messages of type 2 need a registered brandname' });
      if (!mt)
        findings.push({
          is: 'todo',
          what: 'without SMS_ESMS_API_KEY an MO that takes too long is answered by the hotline',
        });
      return findings;
    },
  };
};

const REFUSALS: Record<string, string> = {
  '99': 'blocked by the provider',
  '101': 'wrong keys',
  '104': 'the brandname is not registered',
  '108': 'no phone number',
  '146': 'the template is not registered',
  '177': 'the brandname is not registered with this network',
};

const readReceipt = (query: URLSearchParams, token: string[] | undefined) => {
  const [phone, sendKey] = token ?? [];
  const status = query.get('SendStatus');
  const count = (name: string) => Number(query.get(name) ?? 0);
  if (!phone || !sendKey || (status !== '4' && status !== '5')) return [];
  if (status === '5' && !(count('SendSuccess') > 0) && !(count('SendFailed') > 0)) return [];
  const state = status === '5' && count('SendSuccess') > 0 ? 'delivered' : 'failed';
  const why = status === '4' ? 'rejected by the provider' : 'not delivered by the network';
  return [receiptOf(nameOf(sendKey), phone, { state, sendKey, ...(state === 'failed' && { why }) })];
};
