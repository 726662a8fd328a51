import type { Question } from './answers';

export type Trouble = 'down' | 'slow' | 'wrong';

/** No answer that could be read. */
export class NoAnswer extends Error {
  constructor(
    readonly trouble: Trouble,
    why: string,
  ) {
    super(why);
  }
}

const LARGEST = 1024 * 1024;

export interface CallOptions {
  /** without a slash at its end */
  url: string;
  token: string;
  fetch: typeof fetch;
}

/** Rejects when the signal is aborted, whatever the work does. */
const within = <T>(work: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const late = () => reject(new NoAnswer('slow', 'no answer in time'));
    if (signal.aborted) return late();
    signal.addEventListener('abort', late, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });

const bodyOf = async (response: Response): Promise<string> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST) throw new NoAnswer('wrong', 'the answer is larger than 1 MB');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

const ask = async ({ url, token, fetch }: CallOptions, path: string, question: Question, signal: AbortSignal) => {
  const response = await fetch(`${url}/v1/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
    // codes travel in the body, so that no log of addresses has them
    body: JSON.stringify(question),
    redirect: 'error',
    signal,
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    const trouble = response.status >= 500 || response.status === 429 ? 'down' : 'wrong';
    throw new NoAnswer(trouble, `it answered with ${response.status}`);
  }
  const text = await bodyOf(response);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new NoAnswer('wrong', 'the answer is not JSON');
  }
};

/** One call of docs/gateway.openapi.yaml. @throws NoAnswer */
export const callGateway = async (
  options: CallOptions,
  path: string,
  question: Question,
  signal: AbortSignal,
): Promise<unknown> => {
  try {
    return await within(ask(options, path, question, signal), signal);
  } catch (error) {
    if (error instanceof NoAnswer) throw error;
    throw signal.aborted ? new NoAnswer('slow', 'no answer in time') : new NoAnswer('down', 'it cannot be reached');
  }
};
