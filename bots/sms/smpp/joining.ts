import type { Pdu } from 'smpp';
import type { Ports } from '../../../core/channel';

/** Which part of which concatenated message a deliver_sm is. */
export interface Part {
  ref: number;
  total: number;
  number: number;
}

/** From the user data header (8 or 16 bit reference) or the sar_ TLVs; undefined for a message of its own. */
export const partOf = (pdu: Pdu): Part | undefined => {
  const { udh } = (pdu.short_message ?? {}) as { udh?: unknown };
  const headers: Buffer[] = Array.isArray(udh) ? udh.filter((one) => Buffer.isBuffer(one)) : [];
  const found = headers.flatMap((h): Part[] => {
    if (h[0] === 0x00 && h.length >= 5) return [{ ref: h[2]!, total: h[3]!, number: h[4]! }];
    if (h[0] === 0x08 && h.length >= 6) return [{ ref: h.readUInt16BE(2), total: h[4]!, number: h[5]! }];
    return [];
  })[0];
  const sar = [pdu.sar_msg_ref_num, pdu.sar_total_segments, pdu.sar_segment_seqnum].map(Number);
  const part = found ?? (sar.every(Number.isInteger) ? { ref: sar[0]!, total: sar[1]!, number: sar[2]! } : undefined);
  return part && part.total > 1 && part.number >= 1 && part.number <= part.total ? part : undefined;
};

/** The text of a deliver_sm as far as its coding is known; a binary message has none. */
export const textOf = (pdu: Pdu): string => {
  const [short, long] = [pdu.short_message, pdu.message_payload].map((value) => {
    const message = typeof value === 'object' && value !== null && 'message' in value ? value.message : value;
    return typeof message === 'string' ? message : '';
  });
  return short || long || '';
};

/** a part that is not the last waits so long for the others before the SMSC is told that we have it */
const HOLD_MS = 2_000;
/** after that the parts that are there are all of it */
const JOIN_MS = 60_000;
/** how long a part of a message that is whole already may still be repeated */
const REPEATS_MS = 600_000;
const REMEMBERED = 1_000;

interface Message {
  total: number;
  texts: Map<number, string>;
  told: Promise<void>;
  tell(told: Promise<void>): void;
}

/** Parts that wait for their others, in whatever order they come. In memory only: a restart forgets the parts that came before it. */
export class Joining {
  private readonly open = new Map<string, Message>();
  private readonly used = new Map<string, number>();

  constructor(
    private readonly ports: Pick<Ports, 'clock' | 'wait'>,
    private readonly stopping: AbortSignal,
  ) {}

  /** Resolves when the SMSC may be told that we have the part: its message was told whole, or is still waited for. */
  async add(key: string, { total, number }: Part, text: string, tell: (whole: string) => Promise<void>): Promise<void> {
    const now = this.ports.clock().getTime();
    const piece = `${key} ${number} ${text}`;
    if (now - (this.used.get(piece) ?? Number.NEGATIVE_INFINITY) < REPEATS_MS) return;
    const known = this.open.get(key);
    const message = known ?? this.begin(key, total, tell);
    message.texts.set(number, text);
    if (message.texts.size === total) return this.finish(key, message, tell);
    const over = new AbortController();
    await Promise.race([message.told, this.ports.wait(HOLD_MS, over.signal)]).finally(() => over.abort());
  }

  private begin(key: string, total: number, tell: (whole: string) => Promise<void>): Message {
    let resolve: Message['tell'] = () => {};
    const told = new Promise<void>((done) => {
      resolve = done;
    });
    told.catch(() => {});
    const message: Message = { total, texts: new Map(), told, tell: resolve };
    this.open.set(key, message);
    forgetOldest(this.open);
    void this.ports.wait(JOIN_MS, this.stopping).then(() => {
      if (this.stopping.aborted || this.open.get(key) !== message) return;
      this.finish(key, message, tell).catch(() => {});
    });
    return message;
  }

  private async finish(key: string, message: Message, tell: (whole: string) => Promise<void>): Promise<void> {
    this.open.delete(key);
    const parts = [...message.texts].sort(([a], [b]) => a - b);
    const telling = tell(parts.map(([, text]) => text).join(''));
    message.tell(telling);
    await telling;
    for (const [number, text] of parts) {
      this.used.set(`${key} ${number} ${text}`, this.ports.clock().getTime());
      forgetOldest(this.used);
    }
  }
}

const forgetOldest = (map: Map<string, unknown>) => {
  if (map.size > REMEMBERED) map.delete(map.keys().next().value!);
};
