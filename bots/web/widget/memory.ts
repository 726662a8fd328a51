/** What outlives a reload. Storage may be blocked (third-party frames): then it lives as long as the frame. */
export interface Session {
  id: string;
  token: string;
}
export interface Unsent {
  clientId: string;
  text: string;
  value?: string;
  at: number;
}

const PREFIX = 'domdom.';
const store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> & { keys(): string[] } = (() => {
  try {
    const real = window.localStorage;
    real.setItem(`${PREFIX}try`, '');
    real.removeItem(`${PREFIX}try`);
    return {
      getItem: (key) => real.getItem(key),
      setItem: (key, value) => real.setItem(key, value),
      removeItem: (key) => real.removeItem(key),
      keys: () => Object.keys(real),
    };
  } catch {
    const map = new Map<string, string>();
    return {
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => void map.set(key, value),
      removeItem: (key) => void map.delete(key),
      keys: () => [...map.keys()],
    };
  }
})();

const read = <T>(key: string): T | undefined => {
  try {
    return JSON.parse(store.getItem(PREFIX + key) ?? '') as T;
  } catch {
    return undefined;
  }
};
const write = (key: string, value: unknown) => {
  try {
    store.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full storage must not stop the conversation.
  }
};

export const session = {
  get: () => read<Session>('session'),
  set: (value: Session) => write('session', value),
  forget: () => store.removeItem(`${PREFIX}session`),
};

const DAY_MS = 24 * 3_600_000;

/** What was not sent within a day is no longer meant. One key a message, so that two tabs never overwrite each other's; both may post it, for the server counts it once. */
export const unsent = {
  all: (): Unsent[] =>
    store
      .keys()
      .filter((key) => key.startsWith(`${PREFIX}q.`))
      .flatMap((key) => read<Unsent>(key.slice(PREFIX.length)) ?? [])
      .filter(({ at }) => Date.now() - at < DAY_MS)
      .sort((a, b) => a.at - b.at),
  add: (message: Unsent) => write(`q.${message.clientId}`, message),
  remove: (clientId: string) => store.removeItem(`${PREFIX}q.${clientId}`),
};
