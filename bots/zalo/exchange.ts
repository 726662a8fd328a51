import type { Ports } from '../../core/channel';
import { UNSENT } from '../unsent';
import { type Fields, parseFields } from './ids';

const LONGEST_ANSWER = 512 * 1024;

export type Exchanged =
  | { is: 'answer'; status: number; headers: Headers; fields: Fields }
  /** no connection: nothing was written */
  | { is: 'unreached' }
  /** it was written, and no answer that can be read came: it may have been done */
  | { is: 'silent'; why: string };

/** One HTTP exchange, in time and in size bounded. Redirects are not followed, for they would carry the token elsewhere. */
export const exchange = async (
  { fetch, deadline }: Pick<Ports, 'fetch' | 'deadline'>,
  url: string,
  init: RequestInit,
  timeoutMs: number,
): Promise<Exchanged> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: deadline(timeoutMs) });
    const fields = parseFields(await bounded(response));
    if (response.status >= 500) return { is: 'silent', why: `HTTP ${response.status}` };
    if (!fields && response.status < 300) return { is: 'silent', why: 'an answer that is not a JSON object' };
    return { is: 'answer', status: response.status, headers: response.headers, fields: fields ?? {} };
  } catch (error) {
    const { name, cause } = error as { name?: string; cause?: { code?: string } };
    if (cause?.code !== undefined && UNSENT.has(cause.code)) return { is: 'unreached' };
    return { is: 'silent', why: name === 'TimeoutError' ? 'no answer in time' : 'the connection broke' };
  }
};

const bounded = async (response: Response): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > LONGEST_ANSWER) throw new Error('the answer is too long');
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks);
};
