import type { Ports } from '../../core/channel';
import { UNSENT } from '../unsent';
import type { GraphError } from './errors';
import { type Json, record } from './fields';

export interface GraphOptions {
  base: string;
  version: string;
  /** of the calls; the page's token in most cases, `<app id>|<app secret>` for the app's own subscriptions */
  token: string;
  proof?: string;
  ports: Pick<Ports, 'fetch' | 'deadline'>;
  patienceMs: number;
}

export type Answer =
  | { is: 'ok'; body: Json }
  | { is: 'error'; status: number; error?: GraphError; regainMs: number }
  /** the request never left */
  | { is: 'unsent'; why: string }
  /** it left, or may have, and nothing that can be understood came back */
  | { is: 'lost'; why: string };

export type Graph = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: Json | FormData) => Promise<Answer>;

/** Calls of the Graph API. The token travels as Bearer, so that no address holds it; redirects, which could carry it off, are refused. */
export const graphAt =
  ({ base, version, token, proof, ports, patienceMs }: GraphOptions): Graph =>
  async (method, path, body) => {
    const url = new URL(`${base.replace(/\/+$/, '')}/${version}/${path}`);
    if (proof) url.searchParams.set('appsecret_proof', proof);
    const json = body !== undefined && !(body instanceof FormData);
    let response: Response;
    let text: string;
    try {
      response = await ports.fetch(url, {
        method,
        redirect: 'error',
        headers: { authorization: `Bearer ${token}`, ...(json && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: json ? JSON.stringify(body) : (body as FormData) }),
        signal: ports.deadline(patienceMs),
      });
      text = await response.text();
    } catch (error) {
      const code = codeOf(error);
      return UNSENT.has(code) ? { is: 'unsent', why: code } : { is: 'lost', why: code };
    }
    const answer = parsed(text);
    if (response.ok) return answer ? { is: 'ok', body: answer } : { is: 'lost', why: 'an answer without JSON' };
    const error = errorIn(answer);
    if (!error && response.status >= 500) return { is: 'lost', why: `HTTP ${response.status}` };
    return {
      is: 'error',
      status: response.status,
      ...(error && { error }),
      regainMs: regainOf(response.headers),
    };
  };

const codeOf = (error: unknown): string => {
  const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown };
  return typeof cause?.code === 'string'
    ? cause.code
    : name === 'TimeoutError'
      ? 'no answer in time'
      : 'connection lost';
};

const parsed = (text: string): Json | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' ? record(value) : undefined;
  } catch {
    return undefined;
  }
};

const errorIn = (body: Json | undefined): GraphError | undefined => {
  const { code, error_subcode: subcode, is_transient: transient } = record(body?.error);
  return typeof code === 'number'
    ? { code, ...(typeof subcode === 'number' && { subcode }), isTransient: transient === true }
    : undefined;
};

/** How long until calls are taken again, by `Retry-After` (s) and by X-Business-Use-Case-Usage (min). (overview/rate-limiting) */
const regainOf = (headers: Headers): number => {
  const after = Number(headers.get('retry-after') ?? 0) * 1000;
  const usage = parsed(headers.get('x-business-use-case-usage') ?? '') ?? {};
  const minutes = Object.values(usage)
    .flatMap((rows) => (Array.isArray(rows) ? rows : []))
    .map((row) => Number(record(row).estimated_time_to_regain_access));
  const ms = [after, ...minutes.map((one) => one * 60_000)].filter((one) => Number.isFinite(one) && one > 0);
  return Math.min(Math.max(0, ...ms), 24 * 3_600_000);
};
