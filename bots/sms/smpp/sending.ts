import { createHash } from 'node:crypto';
import type { Delivery, Ports } from '../../../core/channel';
import { serviceOf } from '../phone';
import { octetsOf, partsOf } from '../segments';
import type { Link } from './link';
import type { SmppReceipt } from './receipt';

const THROTTLED = [0x58, 0x14, 0x08];
const AGAIN_MS = [500, 1_000, 2_000, 4_000, 8_000];
const REMEMBERED = 10_000;
/** how long a receipt waits for the submit_sm_resp that it overtook */
const OVERTAKEN_MS = 5_000;

/** What a message id of the SMSC belongs to; only the last part says that the whole has arrived. */
interface Sent {
  sendKey: string;
  last: boolean;
}

/** Submits, and what is known of them: which ids they have, which are under way, of which no answer came. */
export class Sending {
  private readonly ids = new Map<string, Sent>();
  private readonly underWay = new Map<string, Set<Promise<unknown>>>();
  private readonly lost = new Map<string, Set<string>>();

  constructor(private readonly wait: Ports['wait']) {}

  /** One SMS in as many submit_sm as it has segments, one after another, so that a refusal of the first costs nothing. */
  send(link: Link, source: string, phone: string, text: string, sendKey: string): Promise<Delivery> {
    const sending = this.submitAll(link, source, phone, text, sendKey);
    const others = this.underWay.get(phone) ?? new Set();
    this.underWay.set(phone, others.add(sending));
    return sending.finally(() => {
      others.delete(sending);
      if (others.size === 0) this.underWay.delete(phone);
    });
  }

  private async submitAll(link: Link, source: string, phone: string, text: string, sendKey: string): Promise<Delivery> {
    const { encoding, parts } = partsOf(text);
    const ref = createHash('sha256').update(sendKey).digest()[0]!;
    if (parts.length > 255) return { is: 'refused', code: 'TOO_LONG', why: 'more than 255 parts' };
    let platformId: string | undefined;
    for (const [n, part] of parts.entries()) {
      const header = parts.length > 1 ? [5, 0, 3, ref, parts.length, n + 1] : [];
      const last = n === parts.length - 1;
      const fields = {
        ...from(source),
        dest_addr_ton: 1,
        dest_addr_npi: 1,
        destination_addr: phone,
        esm_class: header.length > 0 ? 0x40 : 0,
        registered_delivery: 1,
        // 0, the SMSC's own GSM alphabet: many read the 1 that the package would choose as ASCII
        data_coding: encoding === 'GSM-7' ? 0 : 8,
        short_message: Buffer.concat([Buffer.from(header), octetsOf(part, encoding)]),
      };
      const outcome = await this.submit(link, fields, phone, { sendKey, last }, n > 0);
      if ('id' in outcome) platformId = outcome.id;
      else if (n === 0) return outcome;
      else return { is: 'unsure', why: `part ${n + 1} of ${parts.length} did not leave: ${outcome.why}` };
    }
    return { is: 'accepted', ...(platformId && { platformId }) };
  }

  /** A first part may come back another time; for a later one the SMSC is waited for, as the first has left. */
  private async submit(
    link: Link,
    fields: Record<string, unknown>,
    phone: string,
    sent: Sent,
    patient: boolean,
  ): Promise<{ id: string } | Exclude<Delivery, { is: 'accepted' }>> {
    for (let tries = 0; ; tries += 1) {
      const answer = await link.request('submit_sm', fields, (pdu) => {
        if (pdu.command_status === 0) this.remember(String(pdu.message_id ?? ''), sent);
      });
      if (answer.is === 'unwritten') return { is: 'later', afterMs: 5_000, why: 'the SMSC is not connected' };
      if (answer.is === 'unanswered') {
        this.lost.set(phone, (this.lost.get(phone) ?? new Set()).add(sent.sendKey));
        forgetOldest(this.lost);
        return { is: 'unsure', why: 'the SMSC gave no answer' };
      }
      const { command_status: status, message_id } = answer.pdu;
      if (status === 0) {
        const id = String(message_id ?? '').slice(0, 65);
        this.remember(id, sent);
        return { id };
      }
      const code = `0x${status.toString(16).padStart(2, '0')}`;
      if (!THROTTLED.includes(status)) return { is: 'refused', code, why: 'the SMSC refused it' };
      const pause = AGAIN_MS[tries];
      if (!patient || pause === undefined) return { is: 'later', afterMs: 1_000, why: `the SMSC is busy (${code})` };
      await this.wait(pause);
    }
  }

  private remember(id: string, sent: Sent): void {
    if (id === '') return;
    this.ids.set(id, sent);
    forgetOldest(this.ids);
  }

  /** What a receipt is about: a message that we know, else by the ids it names; undefined when it says nothing new of the whole. */
  async about(
    phone: string,
    { ids, state }: SmppReceipt,
  ): Promise<{ sendKey: string } | { platformIds: string[] } | undefined> {
    let sent = this.find(ids);
    const sending = this.underWay.get(phone);
    if (!sent && sending) {
      const over = new AbortController();
      await Promise.race([Promise.allSettled(sending), this.wait(OVERTAKEN_MS, over.signal)]);
      over.abort();
      sent = this.find(ids);
    }
    const lost = this.lost.get(phone);
    if (!sent && lost?.size === 1) sent = { sendKey: [...lost][0]!, last: true };
    if (!sent) return { platformIds: ids };
    if (sent.last) {
      lost?.delete(sent.sendKey);
      if (lost?.size === 0) this.lost.delete(phone);
    }
    return sent.last || state === 'failed' ? { sendKey: sent.sendKey } : undefined;
  }

  private find(ids: string[]): Sent | undefined {
    return ids.map((id) => this.ids.get(id)).find((sent) => sent !== undefined);
  }
}

/** Short codes are numbers of the network's own kind, brandnames are letters. */
const from = (source: string) => ({
  source_addr_ton: /^\d{3,8}$/.test(source) ? 3 : /^\d+$/.test(source) ? 1 : 5,
  source_addr_npi: /^\d{9,}$/.test(source) ? 1 : 0,
  source_addr: serviceOf(source) ?? '',
});

const forgetOldest = (map: Map<string, unknown>) => {
  if (map.size > REMEMBERED) map.delete(map.keys().next().value!);
};
