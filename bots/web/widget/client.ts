import type { Activity } from '../../../core/activity';
import { session, type Unsent, unsent } from './memory';

export type Status = 'connecting' | 'online' | 'offline' | 'starting' | 'refused';

export interface Listener {
  activity(activity: Activity): void;
  status(status: Status): void;
  /** kept by the server; or refused for good, with its sentence */
  posted(clientId: string, refusal?: string): void;
  /** conversations are begun with a token of the page only: asks it for one */
  askToken(): Promise<string | undefined>;
  /** the old conversation is gone for good, a new one has begun */
  renewed(): void;
}

interface Opened {
  conversationId: string;
  token: string;
  expires_in: number;
  streamUrl: string;
}

const QUIET_MS = 45_000;
const BEAT_MS = 20_000;
const POLL_MS = 1000;

/** Direct Line over a WebSocket, or polling where none can be had; comes back by watermark, posts again under the same id. */
export const makeClient = (root: string, to: Listener) => {
  const seen = new Set<string>();
  const queue: Unsent[] = unsent.all();
  let watermark = '';
  let following = '';
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let refresh: ReturnType<typeof setTimeout> | undefined;
  let tries = 0;
  let badSockets = 0;
  let lastFrame = 0;
  let connecting = false;
  let posting = false;
  let postWait: ReturnType<typeof setTimeout> | undefined;

  const call = (method: string, path: string, body?: unknown, token = session.get()?.token) => {
    // Aborted after 20 s: a dead network must not hold the queue.
    const control = new AbortController();
    const late = setTimeout(() => control.abort(), BEAT_MS);
    return fetch(root + path, {
      method,
      signal: control.signal,
      headers: {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }).finally(() => clearTimeout(late));
  };

  /** 1, 2, 4 … 30 s, each with jitter, so that a restarted server is not stormed. */
  const backoff = () => Math.min(30_000, 1000 * 2 ** tries++) * (0.5 + Math.random() / 2);

  const take = ({ activities = [], watermark: reached }: { activities?: Activity[]; watermark?: string }) => {
    for (const activity of activities) {
      if (activity.id && seen.has(activity.id)) continue;
      if (activity.id) seen.add(activity.id);
      to.activity(activity);
    }
    if (reached) watermark = reached;
  };

  const again = (ms = backoff()) => {
    clearTimeout(retry);
    retry = setTimeout(connect, ms);
  };

  const lost = () => {
    const was = socket;
    socket = undefined;
    if (was) was.onclose = was.onmessage = was.onopen = null;
    was?.close();
    to.status(navigator.onLine === false ? 'offline' : tries > 1 ? 'offline' : 'connecting');
    again();
  };

  const keepToken = ({ conversationId, token, expires_in }: Omit<Opened, 'streamUrl'>) => {
    following = conversationId;
    session.set({ id: conversationId, token });
    clearTimeout(refresh);
    refresh = setTimeout(async () => {
      const response = await call('POST', '/tokens/refresh').catch(() => undefined);
      if (response?.ok) keepToken(await response.json());
      else lost();
    }, expires_in * 500);
  };

  const open = async (): Promise<Opened | undefined> => {
    const old = session.get();
    // Another tab may have begun a new conversation.
    if (old?.id !== following) watermark = '';
    let response = old
      ? await call('GET', `/conversations/${encodeURIComponent(old.id)}?watermark=${watermark}`)
      : await call('POST', '/conversations');
    if (!old && response.status === 401) {
      const token = await to.askToken();
      if (token) response = await call('POST', '/conversations', undefined, token);
    }
    if (response.ok) return (await response.json()) as Opened;
    if (old && (response.status === 401 || response.status === 403 || response.status === 404)) {
      session.forget();
      watermark = '';
      to.renewed();
      return open();
    }
    if (response.status === 401 || response.status === 403) {
      to.status('refused');
      return undefined;
    }
    to.status(response.status === 503 ? 'starting' : 'connecting');
    again(Math.max(backoff(), 1000 * Number(response.headers.get('retry-after') ?? 0)));
    return undefined;
  };

  const connect = async () => {
    if (connecting || socket) return;
    connecting = true;
    clearTimeout(retry);
    try {
      const opened = await open();
      if (!opened) return;
      keepToken(opened);
      if (badSockets < 2) follow(opened.streamUrl);
      else await poll();
    } catch {
      lost();
    } finally {
      connecting = false;
    }
  };

  const up = () => {
    tries = 0;
    to.status('online');
    post();
  };

  const follow = (streamUrl: string) => {
    // The path is the server's, the host is ours: what the page may connect to is decided by its policy.
    const { pathname, search } = new URL(streamUrl);
    const mine = new WebSocket(location.origin.replace(/^http/, 'ws') + pathname + search);
    let opened = false;
    socket = mine;
    lastFrame = Date.now();
    mine.onopen = () => {
      opened = true;
      badSockets = 0;
      up();
    };
    mine.onmessage = ({ data }) => {
      lastFrame = Date.now();
      if (data) take(JSON.parse(data));
    };
    mine.onclose = () => {
      if (!opened) badSockets++;
      lost();
    };
  };

  /** Polls until an error; every minute a socket is tried again. */
  const poll = async () => {
    const until = Date.now() + 60_000;
    up();
    while (Date.now() < until) {
      const response = await call('GET', `/conversations/${session.get()?.id}/activities?watermark=${watermark}`);
      if (!response.ok) throw new Error('poll');
      take(await response.json());
      void post();
      await new Promise((done) => setTimeout(done, document.hidden ? 5 * POLL_MS : POLL_MS));
    }
    badSockets = 1;
    again(0);
  };

  /** One at a time and in order. A message leaves the queue when the server has kept it, or will never take it. */
  const post = async () => {
    if (posting || !session.get()) return;
    posting = true;
    clearTimeout(postWait);
    try {
      for (let message = queue[0]; message; message = queue[0]) {
        const { clientId, text, value } = message;
        const response = await call('POST', `/conversations/${session.get()?.id}/activities`, {
          type: 'message',
          text,
          ...(value && { value }),
          channelData: { clientActivityID: clientId },
        });
        const { status } = response;
        if (status === 401 || status === 403 || status === 404) return lost();
        if (status === 429 || status >= 500) {
          postWait = setTimeout(post, Math.max(backoff(), 1000 * Number(response.headers.get('retry-after') ?? 0)));
          return;
        }
        queue.shift();
        unsent.remove(clientId);
        const refusal = response.ok ? undefined : ((await response.json().catch(() => ({}))).error?.message ?? ' ');
        to.posted(clientId, refusal);
      }
    } catch {
      lost();
    } finally {
      posting = false;
    }
  };

  const wake = () => {
    if (navigator.onLine === false) return;
    if (socket?.readyState === 1 && Date.now() - lastFrame < QUIET_MS) return;
    tries = 0;
    if (socket) lost();
    again(0);
  };
  addEventListener('online', wake);
  addEventListener('offline', () => (socket ? lost() : to.status('offline')));
  document.addEventListener('visibilitychange', () => !document.hidden && wake());
  setInterval(() => {
    if (socket?.readyState === 1) socket.send('');
    if (socket && Date.now() - lastFrame > QUIET_MS) lost();
  }, BEAT_MS);

  return {
    connect,
    waiting: queue,
    send(text: string, value?: string): string {
      const message = {
        clientId: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`,
        text,
        at: Date.now(),
        ...(value && { value }),
      };
      unsent.add(message);
      queue.push(message);
      void post();
      return message.clientId;
    },
  };
};
