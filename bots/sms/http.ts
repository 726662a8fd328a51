import type { Delivery, Ports } from '../../core/channel';
import { UNSENT } from '../unsent';

/** How long a provider may take with one MT. */
const PATIENCE_MS = 20_000;

export type Answered = { json: Record<string, unknown> } | { delivery: Delivery };

/**
 * Posts JSON to a provider. A paid message that may have arrived is unsure, so only a connection that was never made, and a limit
 * that the provider names, may be tried again.
 */
export const post = async (
  { fetch, deadline }: Pick<Ports, 'fetch' | 'deadline'>,
  url: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<Answered> => {
  let answer: Response;
  let text: string;
  try {
    answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: deadline(PATIENCE_MS),
      redirect: 'error',
    });
    text = await answer.text();
  } catch (error) {
    const code = codeOf(error);
    return UNSENT.has(code)
      ? { delivery: { is: 'later', afterMs: 5_000, why: 'the provider cannot be reached' } }
      : { delivery: { is: 'unsure', why: 'the provider gave no answer' } };
  }
  if (answer.status === 429) return { delivery: { is: 'later', afterMs: resetOf(answer), why: 'too many at once' } };
  if (answer.status >= 500) return { delivery: { is: 'unsure', why: `the provider answered ${answer.status}` } };
  if (!answer.ok)
    return {
      delivery: { is: 'refused', code: String(answer.status), why: `the provider answered ${answer.status}` },
    };
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json === 'object' && json !== null) return { json: json as Record<string, unknown> };
  } catch {
    // not JSON, below
  }
  return { delivery: { is: 'unsure', why: 'the provider answered what cannot be read' } };
};

const codeOf = (error: unknown): string => {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return String(cause?.code ?? code ?? '');
};

/** Seconds in `X-Rate-Limit-Reset` or `Retry-After`; a minute where it says nothing usable. */
const resetOf = ({ headers }: Response): number => {
  const seconds = Number(headers.get('x-rate-limit-reset') ?? headers.get('retry-after') ?? Number.NaN);
  return seconds >= 0 && seconds <= 3600 ? seconds * 1000 : 60_000;
};
