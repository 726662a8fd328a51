import { hash } from 'node:crypto';
import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** What became of a message whose process ended before it was settled. */
export type Fate = { is: 'unsent' } | { is: 'sent'; platformId?: string } | { is: 'unknown' };

/**
 * What this process has begun to send and what the platforms took, in a file that is written without waiting for the disk: it
 * outlives the process, not the machine. The next process on the machine reads in it what the store cannot know after a kill.
 */
export interface Sends {
  /** claimed by us, and nobody has ever begun to send them, or the platform has said that it did not take them */
  unsent(keys: readonly string[]): void;
  begun(key: string): void;
  sent(key: string, platformId?: string): void;
  /** the store knows what became of them */
  settled(keys: readonly string[]): void;
  /** `boot` held the message last. Only a process of this machine that is surely gone can be spoken for. */
  fate(boot: string, key: string): Fate;
  close(): void;
}

/** Where nothing is noted, nothing is known. */
export const noSends: Sends = {
  unsent() {},
  begun() {},
  sent() {},
  settled() {},
  fate: () => ({ is: 'unknown' }),
  close() {},
};

export interface SendsOptions {
  dir: string;
  boot: string;
  pid: number;
  host: string;
  /** another one after each start of the machine */
  machine: string;
  alive(pid: number): boolean;
  now: number;
  /** bytes after which the file is written anew with what is still open */
  longest?: number;
}

interface Header {
  pid: number;
  host: string;
  machine: string;
}

type Noted = Map<string, string>;
const [UNSENT, BEGUN, SENT] = ['u', 'b', 's'];
const KEPT_MS = 7 * 86_400_000;

const digest = (key: string): string => hash('sha256', key, 'base64url').slice(0, 22);

export const openSends = (options: SendsOptions): Sends => {
  const { dir, boot, pid, host, machine, alive, longest = 1 << 20 } = options;
  const file = join(dir, boot);
  const header = `${JSON.stringify({ pid, host, machine } satisfies Header)}\n`;
  const open: Noted = new Map();
  const earlier = new Map<string, Noted | undefined>();
  let to: number | undefined;
  let size = 0;
  let limit = longest;
  let broken = false;

  const begin = (): number => {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(dir))
      if (statSync(join(dir, name)).mtimeMs < options.now - KEPT_MS) rmSync(join(dir, name), { force: true });
    const made = openSync(file, 'ax', 0o600);
    append(made, header);
    return made;
  };

  const append = (at: number, text: string): void => {
    if (writeSync(at, text) !== Buffer.byteLength(text)) throw new Error('not written whole');
    size += Buffer.byteLength(text);
  };

  const write = (keys: readonly string[], said: string): void => {
    if (broken || keys.length === 0) return;
    try {
      to ??= begin();
      const marks = keys.map((key) => [digest(key), said] as const);
      for (const [mark, what] of marks) open.set(mark, what);
      append(to, textOf(marks));
      if (size < limit) return;
      ftruncateSync(to, 0);
      size = 0;
      append(to, header + textOf([...open]));
      limit = Math.max(longest, 2 * size);
    } catch {
      broken = true;
      forget();
    }
  };

  /** Half a story is worse than none. */
  const forget = (): void => {
    try {
      rmSync(file, { force: true });
    } catch {
      // there is none
    }
  };

  /** What a process noted, if it is of this start of this machine and gone. */
  const notedBy = (other: string): Noted | undefined => {
    try {
      const [head = '', ...lines] = readFileSync(join(dir, other), 'utf8').split('\n');
      const was = JSON.parse(head) as Header;
      const gone = other !== boot && (was.pid === pid || !alive(was.pid));
      if (was.host !== host || was.machine !== machine || !gone) return undefined;
      return new Map(lines.slice(0, -1).map((line) => [line.slice(0, 22), line.slice(23)]));
    } catch {
      return undefined;
    }
  };

  return {
    unsent: (keys) => write(keys, UNSENT!),
    begun: (key) => write([key], BEGUN!),
    sent: (key, platformId = '') => write([key], `${SENT}${/[\r\n]/.test(platformId) ? '' : platformId}`),
    settled(keys) {
      for (const key of keys) open.delete(digest(key));
    },
    fate(other, key) {
      if (!/^[\w-]+$/.test(other)) return { is: 'unknown' };
      const noted = earlier.get(other) ?? notedBy(other);
      if (noted) earlier.set(other, noted);
      const said = noted?.get(digest(key));
      if (said === UNSENT) return { is: 'unsent' };
      if (said?.startsWith(SENT!)) return { is: 'sent', ...(said.length > 1 && { platformId: said.slice(1) }) };
      return { is: 'unknown' };
    },
    close() {
      if (to === undefined) return;
      closeSync(to);
      if (open.size === 0) forget();
      broken = true;
    },
  };
};

const textOf = (marks: readonly (readonly [string, string])[]): string =>
  marks.map(([mark, what]) => `${mark} ${what}\n`).join('');
