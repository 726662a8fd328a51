import { createHash } from 'node:crypto';
import type { Clock } from '../../../core/time';

/** How long the same words may still be a repetition of the SMSC's. */
const REPEATS_MS = 600_000;
const REMEMBERED = 10_000;

interface Heard {
  at: number;
  bucket: number;
  times: number;
  session: number;
  answered: boolean;
}

/**
 * Names for messages that SMPP gives none. The same words again on the session that had our answer are written again, and paid
 * again; while it is unanswered, or on another session, they are the SMSC's repetition. After a restart nothing is remembered:
 * within the same ten minutes they count as a repetition, for an answer too few is better than one too many.
 */
export class Hearing {
  private readonly recent = new Map<string, Heard>();

  constructor(private readonly clock: Clock) {}

  /** The id of a message, and how to say that the SMSC was told that we have it. */
  name(session: number, words: string[]): { id: string; answered(): void } {
    const content = createHash('sha256').update(words.join('\0')).digest('hex').slice(0, 24);
    const at = this.clock().getTime();
    const last = this.recent.get(content);
    const known = last !== undefined && at - last.at < REPEATS_MS ? last : undefined;
    const anew = known?.answered && known.session === session;
    const heard: Heard = {
      at,
      bucket: known?.bucket ?? Math.floor(at / REPEATS_MS),
      times: (known?.times ?? 0) + (anew ? 1 : 0),
      session,
      answered: false,
    };
    this.recent.delete(content);
    this.recent.set(content, heard);
    if (this.recent.size > REMEMBERED) this.recent.delete(this.recent.keys().next().value!);
    return {
      id: `smpp:${content}:${heard.bucket}:${heard.times}`,
      answered() {
        heard.answered = true;
      },
    };
  }
}
