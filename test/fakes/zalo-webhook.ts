import { createHash } from 'node:crypto';
import type { VirtualClock } from './virtual-clock';

const SECOND = 1000;
/** +30 s, +5 min, +15 min, +30 min, +1 h, then the webhook is disabled */
export const LADDER = [30 * SECOND, 300 * SECOND, 900 * SECOND, 1800 * SECOND, 3600 * SECOND];
const ANSWER_WITHIN_MS = 2000;

export interface WebhookOptions {
  clock: VirtualClock;
  appId: string;
  oaSecret: string;
  appSecret: string;
  /** which key signs: public material does not agree */
  signWith?: 'oa' | 'app';
  /** the timestamp that is signed travels in the header, not in the body */
  stampHeader?: boolean;
}

export interface Attempt {
  event: Record<string, unknown>;
  status: number | 'no answer';
  retry: number;
  tookMs: number;
}

/** Signs and delivers events: at least once, in two seconds, with the ladder of retries on the virtual clock. */
export const fakeWebhook = (options: WebhookOptions) => {
  const { clock, appId } = options;
  const attempts: Attempt[] = [];
  const running = new Set<Promise<void>>();
  let url: string | undefined;
  let disabled = false;
  let held: (() => Promise<void>)[] | undefined;

  const signed = (
    event: Record<string, unknown>,
    text = JSON.stringify(event),
  ): { body: string; headers: Record<string, string> } => {
    const key = options.signWith === 'app' ? options.appSecret : options.oaSecret;
    const stamp = options.stampHeader ? String(clock.now().getTime() + 7) : String(event.timestamp);
    const mac = createHash('sha256')
      .update(appId + text + stamp + key, 'utf8')
      .digest('hex');
    return {
      body: text,
      headers: {
        'content-type': 'application/json',
        'x-zevent-signature': `mac=${mac}`,
        ...(options.stampHeader && { 'x-zevent-timestamp': stamp }),
        ...('delivery_time' in ((event.message ?? {}) as object) && { 'x-zevent-server': 'ZNS' }),
      },
    };
  };

  const post = async (event: Record<string, unknown>, retry: number): Promise<void> => {
    if (!url || disabled) return;
    const { body, headers } = signed(event);
    const start = performance.now();
    const status = await fetch(url, {
      method: 'POST',
      body,
      headers: { ...headers, ...(retry > 0 && { num_retry: String(retry) }) },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    }).then(
      async (answer) => {
        await answer.arrayBuffer();
        return answer.status;
      },
      () => 'no answer' as const,
    );
    attempts.push({ event, status, retry, tookMs: performance.now() - start });
    if (status === 200) return;
    const wait = LADDER[retry];
    if (wait === undefined) disabled = true;
    else clock.in(wait, () => post(event, retry + 1));
  };

  return {
    attempts,
    signed,
    get disabled() {
      return disabled;
    },
    /** Saves the address as the console does: an unsigned `{}` must be answered 200. */
    async register(address: string): Promise<boolean> {
      const answer = await fetch(address, {
        method: 'POST',
        body: '{}',
        headers: { 'content-type': 'application/json' },
      });
      if (answer.status === 200) url = address;
      disabled = false;
      return answer.status === 200;
    },
    /** Resolves when the first attempt is over. */
    async deliver(event: Record<string, unknown>): Promise<void> {
      if (held) {
        held.push(() => post(event, 0));
        return;
      }
      await post(event, 0);
    },
    /** delivered when there is time for it; `settled` waits */
    soon(event: Record<string, unknown>): void {
      const run = this.deliver(event).finally(() => running.delete(run));
      running.add(run);
    },
    async settled(): Promise<void> {
      while (running.size > 0) await Promise.all(running);
    },
    /** what is delivered from now on waits, and leaves in the order that `arrange` gives */
    hold(): void {
      held ??= [];
    },
    async release(arrange: <T>(list: T[]) => T[] = (list) => list): Promise<void> {
      const waiting = arrange(held ?? []);
      held = undefined;
      for (const run of waiting) await run();
    },
  };
};

export type FakeWebhook = ReturnType<typeof fakeWebhook>;
