import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { createServer, PDU, type Pdu, type Session } from 'smpp';

export interface Submitted {
  id: string;
  phone: string;
  source: string;
  coding: number;
  esm: number;
  udh?: Buffer[];
  text: string;
}

/** What the SMSC does with the next submit_sm in place of taking it and saying so. */
export type SmscFault =
  /** a command status: it is not taken */
  | number
  /** taken, and no answer ever */
  | 'silent'
  /** taken, and the connection is cut before the answer */
  | 'cut'
  /** the connection is cut before it is taken */
  | 'cut before'
  /** taken, its receipt sent before the answer */
  | 'receipt first';

/** A telco's SMSC: the `smpp` package's own server. */
export class FakeSmsc {
  readonly submitted: Submitted[] = [];
  readonly faults: SmscFault[] = [];
  readonly binds: Record<string, unknown>[] = [];
  readonly keys = { systemId: 'domdom', password: 'pass-8' };
  /** answers that are held back, so that the window can be seen to fill */
  holding = false;
  /** ids are given in hexadecimal and reported in decimal */
  bases: 'same' | 'hex then decimal' = 'same';
  enquired = 0;
  deaf = false;
  private readonly held: (() => void)[] = [];
  private readonly server: Server & { sessions: Session[] };
  private bound: Session | undefined;
  private readonly waiting: (() => void)[] = [];
  private count = 2_000_000_000;

  constructor() {
    this.server = createServer((session) => this.serve(session));
  }

  get outstanding(): number {
    return this.held.length;
  }

  async open(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return this;
  }

  get url(): string {
    return `smpp://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const session of [...this.server.sessions]) session.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  /** Resolves when somebody is bound. */
  async whenBound(): Promise<void> {
    if (!this.bound) await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  disconnect(): void {
    this.bound?.destroy();
    this.bound = undefined;
  }

  release(): void {
    for (const go of this.held.splice(0)) go();
  }

  private serve(session: Session): void {
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu: Pdu) => {
      const { system_id, password, interface_version } = pdu;
      this.binds.push({ system_id, password, interface_version });
      if (password !== this.keys.password || system_id !== this.keys.systemId)
        return session.send(pdu.response({ command_status: 0x0e }));
      session.send(pdu.response({ system_id: 'FAKE' }));
      this.bound = session;
      for (const go of this.waiting.splice(0)) go();
    });
    session.on('close', () => {
      if (this.bound === session) this.bound = undefined;
    });
    session.on('enquire_link', (pdu: Pdu) => {
      this.enquired += 1;
      if (!this.deaf) session.send(pdu.response());
    });
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => void this.submit(session, pdu));
  }

  private async submit(session: Session, pdu: Pdu): Promise<void> {
    const fault = this.faults.shift();
    if (fault === 'cut before') return session.destroy();
    if (typeof fault === 'number') return void session.send(pdu.response({ command_status: fault }));
    const { message, udh } = pdu.short_message as { message: string; udh?: Buffer[] };
    this.count += 1;
    const id = this.bases === 'same' ? `m${this.count}` : this.count.toString(16).toUpperCase();
    const [phone, source] = [String(pdu.destination_addr), String(pdu.source_addr)];
    const [coding, esm] = [Number(pdu.data_coding), Number(pdu.esm_class)];
    this.submitted.push({ id, phone, source, coding, esm, text: message, ...(udh && { udh }) });
    if (fault === 'silent') return;
    if (fault === 'cut') return session.destroy();
    const answer = () => session.send(pdu.response({ message_id: id }));
    if (fault === 'receipt first') {
      const told = this.receipt(id);
      await new Promise((soon) => setImmediate(soon));
      answer();
      await told;
    } else if (this.holding) this.held.push(answer);
    else answer();
  }

  /** A receipt; the status with which the house answered it. */
  receipt(id: string, { stat = 'DELIVRD', tlv = false } = {}): Promise<number> {
    const { phone, source } = this.submitted.find((one) => one.id === id)!;
    const written = this.bases === 'same' ? id : String(Number.parseInt(id, 16));
    const states: Record<string, number> = { DELIVRD: 2, EXPIRED: 3, UNDELIV: 5, ENROUTE: 1, REJECTD: 8 };
    return this.deliver({
      source_addr: phone,
      destination_addr: source,
      esm_class: 0x04,
      short_message: tlv
        ? ''
        : `id:${written} sub:001 dlvrd:001 submit date:2603120900 done date:2603120901 stat:${stat} err:000 text:EVNCPC`,
      ...(tlv && { receipted_message_id: written, message_state: states[stat] }),
    });
  }

  /** A customer's SMS. */
  mo(phone: string, text: string, more: Record<string, unknown> = {}): Promise<number> {
    return this.deliver({ source_addr: phone, destination_addr: '8088', short_message: text, ...more });
  }

  /** The parts of a customer's long SMS, sent in this order; each with the status that it was answered with. */
  async parts(phone: string, ref: number, texts: string[], order: number[]): Promise<number[]> {
    return Promise.all(
      order.map((n) =>
        this.deliver({
          source_addr: phone,
          destination_addr: '8088',
          esm_class: 0x40,
          data_coding: 8,
          short_message: { udh: Buffer.from([5, 0, 3, ref, texts.length, n]), message: texts[n - 1] },
        }),
      ),
    );
  }

  private deliver(fields: Record<string, unknown>): Promise<number> {
    return new Promise((resolve, reject) => {
      const session = this.bound;
      if (!session) return reject(new Error('nobody is bound'));
      session.once('close', () => resolve(-1));
      session.send(new PDU('deliver_sm', fields), ({ command_status }) => resolve(command_status));
    });
  }
}
