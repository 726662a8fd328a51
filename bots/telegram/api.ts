import type { Telegram } from 'telegraf';
import type { Delivery, Ports } from '../../core/channel';
import { UNSENT } from '../unsent';

export type Call = <Result = unknown>(
  method: string,
  payload?: object,
  patienceMs?: number,
  stop?: AbortSignal,
) => Promise<Result>;

/** Twice what Telegram takes on a bad day; telegraf itself would wait for 500 s. */
const PATIENCE_MS = 10_000;

/** The Bot API over telegraf's client, which is loaded with the first call. */
export const apiAt = (token: string, base: string, { deadline }: Pick<Ports, 'deadline'>): Call => {
  let client: Promise<Telegram> | undefined;
  const load = async (): Promise<Telegram> => {
    const { Telegram } = await import('telegraf');
    // without a slash at its end telegraf loses a path in front of /bot
    return new Telegram(token, { apiRoot: base.endsWith('/') ? base : `${base}/`, webhookReply: false });
  };
  return async (method, payload = {}, patienceMs = PATIENCE_MS, stop) => {
    client ??= load();
    const until = deadline(patienceMs);
    const signal = stop ? AbortSignal.any([until, stop]) : until;
    return (await client).callApi(method as 'getMe', payload as never, { signal: signal as never }) as never;
  };
};

const MINUTE = 60_000;

export interface Failure {
  /** of Telegram's answer; undefined where there was none */
  status?: number;
  description: string;
  retryAfterMs?: number;
  code?: string;
}

/** What went wrong, told from telegraf's and node-fetch's errors. The description holds no token. */
export const failureOf = (error: unknown): Failure => {
  const { response, code, type, name } = (error ?? {}) as Record<string, unknown>;
  const answer = (response ?? {}) as {
    error_code?: number;
    description?: string;
    parameters?: { retry_after?: number };
  };
  if (typeof answer.error_code === 'number')
    return {
      status: answer.error_code,
      description: String(answer.description ?? ''),
      ...(answer.parameters?.retry_after !== undefined && { retryAfterMs: answer.parameters.retry_after * 1000 }),
    };
  return { description: String(type ?? name ?? 'failed'), ...(typeof code === 'string' && { code }) };
};

const BAD_REQUESTS: [RegExp, string][] = [
  [/chat not found|user not found|PEER_ID_INVALID/i, 'NO_SUCH_CHAT'],
  [/upgraded to a supergroup/i, 'CHAT_MOVED'],
  [/too long/i, 'TOO_LONG'],
  [/text is empty|must be non-empty/i, 'EMPTY'],
  [/BUTTON_DATA_INVALID|BUTTON_/i, 'BAD_BUTTON'],
  [/parse entities/i, 'BAD_ENTITIES'],
  [/photo|wrong file|failed to get HTTP URL|IMAGE_PROCESS|WEBPAGE/i, 'BAD_PICTURE'],
];

/** The outcome of a send that failed. */
export const deliveryOf = (failure: Failure): Exclude<Delivery, { is: 'accepted' }> => {
  const { status, description, retryAfterMs = 1000, code } = failure;
  const why = `${status ?? code ?? ''} ${description}`.trim().slice(0, 200);
  if (status === undefined) return code && UNSENT.has(code) ? { is: 'later', afterMs: 0, why } : { is: 'unsure', why };
  if (status === 429) return { is: 'later', afterMs: retryAfterMs, why };
  if (status === 401 || status === 404) return { is: 'later', afterMs: MINUTE, why: 'the bot’s token is not accepted' };
  if (status === 403) return { is: 'refused', code: 'BLOCKED', why };
  if (status >= 500) return { is: 'later', afterMs: 1000, why };
  return { is: 'refused', code: BAD_REQUESTS.find(([text]) => text.test(description))?.[1] ?? 'BAD_REQUEST', why };
};
