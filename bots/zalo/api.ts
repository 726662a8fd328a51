import type { Ports } from '../../core/channel';
import { type Credentials, credentialsFor } from './credentials';
import { errorOf, type ZaloHost } from './errors';
import { exchange } from './exchange';
import { type Fields, fieldsOf } from './ids';

export interface ZaloCall {
  host: ZaloHost;
  path: string;
  /** GET parameters: on the OA host they travel as one parameter `data` holding JSON */
  query?: Fields;
  body?: Fields;
  /** a file for an upload, in the multipart field `file` */
  file?: { bytes: Buffer; contentType: string; name: string };
}

export type ZaloAnswer =
  | { is: 'ok'; data: Fields }
  /** `code` is the platform's, or the HTTP status where there was none */
  | { is: 'error'; host: ZaloHost; code: number }
  | { is: 'waiting'; afterMs: number; why: string }
  | { is: 'unreached' }
  | { is: 'silent'; why: string };

export interface ZaloApi {
  call(call: ZaloCall): Promise<ZaloAnswer>;
  credentials: Credentials;
}

export interface ZaloApiOptions {
  appId: string;
  appSecret: string;
  refreshToken: string;
  oauthBase: string;
  apiBase: string;
  zbsBase: string;
  ports: Pick<Ports, 'clock' | 'fetch' | 'tokens' | 'alarm' | 'wait' | 'deadline'>;
  timeoutMs?: number;
  leaseMs?: number;
}

const MINUTE = 60_000;

/** The thin client: a bare token in a header, errors under HTTP 200, limits by the minute; a lost token is renewed once. */
export const zaloApi = (options: ZaloApiOptions): ZaloApi => {
  const { ports, timeoutMs = 8_000 } = options;
  const bases = { oa: options.apiBase, zbs: options.zbsBase };
  const now = () => ports.clock().getTime();
  /** after a limit was reached, nothing is asked of the host until then */
  const restUntil = { oa: 0, zbs: 0 };

  const ask = async (call: ZaloCall, token: string): Promise<ZaloAnswer> => {
    const { host } = call;
    const answer = await exchange(ports, addressOf(bases[host], call), requestOf(call, token), timeoutMs);
    if (answer.is !== 'answer') return answer;
    const code = Number(answer.fields.error ?? (answer.status === 200 ? 0 : answer.status));
    const spent = answer.headers.get('x-ratelimit-remain') === '0';
    if (code === -32 || answer.status === 429 || spent) restUntil[host] = now() + MINUTE - (now() % MINUTE);
    if (code === -32 || answer.status === 429) return resting(host);
    if (code !== 0 || answer.status !== 200) return { is: 'error', host, code };
    return { is: 'ok', data: fieldsOf(answer.fields.data) };
  };
  const resting = (host: ZaloHost): ZaloAnswer => ({
    is: 'waiting',
    afterMs: Math.max(1_000, restUntil[host] - now()),
    why: 'rate limit',
  });

  const credentials = credentialsFor({
    base: options.oauthBase,
    appId: options.appId,
    appSecret: options.appSecret,
    first: options.refreshToken,
    ports,
    timeoutMs,
    ...(options.leaseMs !== undefined && { leaseMs: options.leaseMs }),
    async probe(access) {
      const answer = await ask({ host: 'oa', path: '/v2.0/oa/getoa' }, access);
      if (answer.is === 'ok') return 'alive';
      return answer.is === 'error' && errorOf('oa', answer.code).then === 'token' ? 'dead' : 'unknown';
    },
  });

  return {
    credentials,
    async call(call) {
      if (now() < restUntil[call.host]) return resting(call.host);
      const granted = await credentials.current();
      if (granted.is !== 'token') return withoutToken(granted);
      const answer = await ask(call, granted.token);
      if (answer.is !== 'error' || errorOf(call.host, answer.code).then !== 'token') return answer;
      const renewed = await credentials.renewed(granted.token);
      if (renewed.is !== 'token') return withoutToken(renewed);
      return renewed.token === granted.token
        ? { is: 'waiting', afterMs: 2_000, why: 'the token is being renewed' }
        : ask(call, renewed.token);
    },
  };
};

const withoutToken = (granted: { why: string; afterMs?: number }): ZaloAnswer => ({
  is: 'waiting',
  afterMs: granted.afterMs ?? 10 * MINUTE,
  why: granted.why,
});

const addressOf = (base: string, { host, path, query }: ZaloCall): string => {
  const url = new URL(path, base);
  if (query && host === 'oa') url.searchParams.set('data', JSON.stringify(query));
  else for (const [key, value] of Object.entries(query ?? {})) url.searchParams.set(key, String(value));
  return url.href;
};

const requestOf = ({ body, file }: ZaloCall, token: string): RequestInit => {
  if (file) {
    const form = new FormData();
    form.set('file', new Blob([new Uint8Array(file.bytes)], { type: file.contentType }), file.name);
    return { method: 'POST', headers: { access_token: token }, body: form };
  }
  if (!body) return { headers: { access_token: token } };
  return {
    method: 'POST',
    headers: { access_token: token, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
};
