import { createHmac } from 'node:crypto';
import type { Json } from './graph-rules';

/** One event on its way to the app's webhook. */
interface Waiting {
  kind: 'messaging' | 'standby' | 'changes';
  event: Json;
  bornAt: number;
  dueAt: number;
  attempts: number;
}

export interface DeliverOptions {
  /** all that is due in one POST, an entry an event; else a POST each */
  together?: boolean;
  /** the newest first */
  backwards?: boolean;
  /** every POST a second time, though the first was answered with 200 */
  twice?: boolean;
}

const MINUTE = 60_000;
/** Decreasing frequency; after 36 hours the platform gives up. */
const LADDER = [15_000, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE, 6 * 60 * MINUTE, 24 * 60 * MINUTE];
const GIVE_UP_MS = 36 * 60 * MINUTE;

/** As Meta writes JSON: everything outside ASCII, and the slash, as escapes. This is what is signed. */
export const escaped = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .replace(/\//g, '\\/');

export const signed = (secret: string, body: string | Buffer): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;

/** The platform's side of the webhook: signs, posts, and posts again until it hears 200. */
export const makeHooks = (options: { secret: string; page: string; now(): number; patienceMs: number }) => {
  let waiting: Waiting[] = [];
  let url: string | undefined;
  const given: { status: number | 'no answer'; body: string }[] = [];

  const post = async (body: string): Promise<boolean> => {
    const status = await fetch(url!, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-hub-signature-256': signed(options.secret, body) },
      body,
      signal: AbortSignal.timeout(options.patienceMs),
    }).then(
      ({ status }) => status,
      () => 'no answer' as const,
    );
    given.push({ status, body });
    return status === 200;
  };

  const entryOf = ({ kind, event }: Waiting) => ({
    id: options.page,
    time: kind === 'changes' ? Math.floor(options.now() / 1000) : options.now(),
    [kind]: [event],
  });

  return {
    /** what was posted, in order, and what was answered */
    given,
    waiting: () => waiting.length,
    due: () => waiting.filter(({ dueAt }) => dueAt <= options.now()).length,
    queue(kind: Waiting['kind'], event: Json) {
      waiting.push({ kind, event, bornAt: options.now(), dueAt: options.now(), attempts: 0 });
    },
    /** The handshake of a subscription: the raw challenge must come back with 200. */
    async subscribe(to: string, verifyToken: string): Promise<boolean> {
      const challenge = String(1_000_000_000 + (options.now() % 1_000_000));
      const asked = new URL(to);
      asked.searchParams.set('hub.mode', 'subscribe');
      asked.searchParams.set('hub.challenge', challenge);
      asked.searchParams.set('hub.verify_token', verifyToken);
      const answer = await fetch(asked).catch(() => undefined);
      const good = answer?.status === 200 && (await answer.text()) === challenge;
      if (good) url = to;
      return good;
    },
    /** Posts what is due. Returns how many of its POSTs were answered with 200. */
    async deliver({ together, backwards, twice }: DeliverOptions = {}): Promise<number> {
      if (!url) throw new Error('the app has no webhook');
      waiting = waiting.filter(({ bornAt }) => options.now() - bornAt <= GIVE_UP_MS);
      const due = waiting.filter(({ dueAt }) => dueAt <= options.now());
      waiting = waiting.filter((one) => !due.includes(one));
      const ordered = backwards ? [...due].reverse() : due;
      const posts = together ? (ordered.length ? [ordered] : []) : ordered.map((one) => [one]);
      let taken = 0;
      for (const events of posts) {
        const body = escaped({ object: 'page', entry: events.map(entryOf) });
        const good = await post(body);
        if (twice) await post(body);
        if (good) taken += 1;
        else
          for (const one of events) {
            one.dueAt = options.now() + LADDER[Math.min(one.attempts, LADDER.length - 1)]!;
            one.attempts += 1;
            waiting.push(one);
          }
      }
      return taken;
    },
    /** The newest POST again, byte for byte, with its signature. */
    async replay(): Promise<boolean> {
      return post(given.at(-1)!.body);
    },
  };
};
