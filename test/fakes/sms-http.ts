import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { XMLParser } from 'fast-xml-parser';

/**
 * `dropped`: the connection ends before the message is taken. `taken`: it is taken, and the connection ends before the answer.
 * `silent`: it is taken, and no answer ever comes. A number is an HTTP status in place of the answer; a text is an error code of the provider's own.
 */
export type Fault = 'dropped' | 'taken' | 'silent' | number | string;

export interface Mt {
  phone: string;
  text: string;
  key: string;
  id: string;
}

type Answer = { status?: number; headers?: Record<string, string>; json: unknown };

/** The phones, and a provider's HTTP side; what the subclasses add is the provider's own language. */
abstract class FakeProvider {
  /** what each phone shows, in order */
  readonly phones = new Map<string, string[]>();
  readonly mts: Mt[] = [];
  readonly faults: Fault[] = [];
  private readonly server: Server;
  address = '';
  /** where MO and reports go */
  house = '';

  constructor() {
    this.server = createServer((request, response) => {
      void this.receive(request).then((answer) => {
        if (!answer) return request.socket.destroy();
        response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
        response.end(JSON.stringify(answer.json));
      });
    });
  }

  async open(): Promise<this> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    this.address = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  shown(phone: string): string[] {
    return this.phones.get(phone) ?? [];
  }

  protected deliver(phone: string, text: string): void {
    this.phones.set(phone, [...this.shown(phone), text]);
  }

  private async receive(request: IncomingMessage): Promise<Answer | undefined> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const fault = this.faults.shift();
    if (fault === 'dropped') return undefined;
    if (typeof fault === 'number') return { status: fault, headers: { 'retry-after': '7' }, json: {} };
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
    if (typeof fault === 'string' && fault !== 'taken' && fault !== 'silent') return { json: this.error(fault) };
    const answer = this.send(request, body);
    if (fault === 'silent') return new Promise(() => {});
    return fault === 'taken' ? undefined : answer;
  }

  protected abstract send(request: IncomingMessage, body: Record<string, unknown>): Answer;
  protected abstract error(code: string): unknown;

  protected take(mt: Omit<Mt, 'id'>): string {
    const id = `${this.constructor.name}-${this.mts.length + 1}`;
    this.mts.push({ ...mt, id });
    this.deliver(mt.phone, mt.text);
    return id;
  }
}

const base64 = (algorithm: string, text: string) => createHash(algorithm).update(text, 'utf8').digest('base64');

export class FakeEsms extends FakeProvider {
  readonly keys = {
    cpid: 'cp-17',
    privateKey: '17417a0d20114d36a902e49cad0e97f3',
    apiKey: 'AK-1',
    secretKey: 'SK-secret-2',
  };
  readonly callbacks = new Map<string, { url: string; phone: string; requestId: string }>();
  /** smsid → what its answer said, once that was read whole */
  readonly answered = new Map<string, string>();

  moUrl(mo: { sender: string; content: string; smsid: string; sign?: string; form?: 'base64' | 'hex' }): string {
    const time = '20260312090000';
    const signed = `${this.keys.cpid}${mo.smsid}${mo.content}${time}${this.keys.privateKey}`;
    const right = createHash('md5')
      .update(signed, 'utf8')
      .digest(mo.form ?? 'base64');
    const query = new URLSearchParams({
      sender: mo.sender,
      content: mo.content,
      serviceNumber: '8088',
      keyword: mo.content.split(' ')[0]!,
      sign: mo.sign ?? right,
      cpid: this.keys.cpid,
      smsid: mo.smsid,
      receiverTime: time,
    });
    return `/hooks/sms/esms?${query}`;
  }

  /** A customer's SMS; asked again while no answer was read. What was answered, or the status. One MT per smsid reaches the phone. */
  async mo(mo: { sender: string; content: string; smsid: string; tries?: number }): Promise<string | number> {
    for (let tries = mo.tries ?? 1; ; tries -= 1) {
      try {
        const response = await fetch(this.house + this.moUrl(mo));
        const body = await response.text();
        if (!response.ok) return response.status;
        const { ClientResponse: said } = new XMLParser({
          ignoreAttributes: false,
          parseTagValue: false,
          trimValues: false,
        }).parse(body);
        if (said.Smsid !== mo.smsid || said.Receiver !== mo.sender) throw new Error('an answer to another message');
        const before = this.answered.get(mo.smsid);
        if (before === undefined) {
          this.answered.set(mo.smsid, said.Message);
          if (said.Message) this.deliver(mo.sender, said.Message);
        } else if (before !== said.Message) throw new Error(`two answers to ${mo.sender}: ${before} / ${said.Message}`);
        return said.Message;
      } catch (error) {
        if (tries <= 1 || (error as Error).message.startsWith('two answers')) throw error;
      }
    }
  }

  protected send(request: IncomingMessage, body: Record<string, unknown>): Answer {
    const code = this.check(request, body);
    if (code !== '100') return { json: this.error(code) };
    const phone = String(body.Phone);
    const requestId = String(body.RequestId);
    if (this.mts.some(({ key }) => key === requestId)) return { json: this.error('124') };
    const id = this.take({ phone, text: String(body.Content), key: requestId });
    this.callbacks.set(id, { url: String(body.CallbackUrl ?? ''), phone, requestId });
    return { json: { CodeResult: '100', CountRegenerate: 0, SMSID: id } };
  }

  private check(request: IncomingMessage, body: Record<string, unknown>): string {
    if (request.url !== '/SendMultipleMessage_V4_post_json/') return '99';
    if (body.ApiKey !== this.keys.apiKey || body.SecretKey !== this.keys.secretKey) return '101';
    if (!/^84\d{9,10}$/.test(String(body.Phone))) return '108';
    if (body.SmsType === '2' && !body.Brandname) return '104';
    const plain = /^[\n\r -~]*$/.test(String(body.Content));
    return plain || body.IsUnicode === 1 ? '100' : '146';
  }

  protected error(code: string) {
    return { CodeResult: code, ErrorMessage: 'error' };
  }

  /** The delivery report, tried up to five times while the house does not answer 200; the statuses that it got. */
  async report(id: string, { delivered = true, status = '5' } = {}): Promise<number[]> {
    const { url, phone, requestId } = this.callbacks.get(id)!;
    const query = new URLSearchParams({
      SMSID: id,
      SendFailed: delivered ? '0' : '1',
      SendStatus: status,
      SendSuccess: delivered ? '1' : '0',
      TotalPrice: '0.0000',
      TotalReceiver: '1',
      TotalSent: '1',
      RequestId: requestId,
      TypeId: '2',
      telcoid: '1',
      phonenumber: `0${phone.slice(2)}`,
    });
    const statuses: number[] = [];
    while (statuses.length < 5 && statuses.at(-1) !== 200)
      statuses.push((await fetch(`${this.house}${new URL(url).pathname}?${query}`)).status);
    return statuses;
  }
}

export class FakeVcom extends FakeProvider {
  readonly keys = { client: 'demo', secureKey: '5fdc57e97198o1' };
  private readonly requests = new Map<string, string>();

  moBody(mo: { phone: string; message: string; request: string; type?: 'new' | 'recovery' }): Record<string, unknown> {
    const time = 1_600_000_000;
    const signed = `${this.keys.client}${mo.request}${mo.phone}${this.keys.secureKey}${time}`;
    return {
      type: mo.type ?? 'new',
      client_id: this.keys.client,
      request_id: mo.request,
      service_id: '8088',
      command_code: 'cskh',
      message: mo.message,
      telco: 'VT',
      phone: mo.phone,
      time,
      checksum: base64('sha256', signed),
    };
  }

  /** A customer's SMS, tried up to three times while the house does not answer HTTP 200; the code in its body. */
  async mo(mo: Parameters<FakeVcom['moBody']>[0]): Promise<number> {
    this.requests.set(mo.request, mo.phone);
    for (let tries = 1; ; tries += 1) {
      const response = await fetch(`${this.house}/hooks/sms/vcom`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(this.moBody(mo)),
      });
      if (response.status === 200) {
        const { data, errors } = (await response.json()) as Record<string, { code: number } | undefined>;
        return (data ?? errors)!.code;
      }
      if (tries === 3) return response.status;
    }
  }

  protected send(_request: IncomingMessage, body: Record<string, unknown>): Answer {
    const { client, secureKey } = this.keys;
    const signed = `${client}${body.request_id}${body.mt_code}${secureKey}${body.time}`;
    const phone = this.requests.get(String(body.request_id));
    if (body.client_id !== client || body.checksum !== base64('sha256', signed) || !phone)
      return { json: this.error('106') };
    if (!body.mt_code || !body.service_id || !body.command_code || !body.message) return { json: this.error('106') };
    const key = `${body.request_id}:${body.mt_code}`;
    if (this.mts.some((mt) => mt.key === key)) return { json: this.error('104') };
    this.take({ phone, text: String(body.message), key });
    return { json: { data: { code: 200, status: 'success', message: 'Thanks' } } };
  }

  protected error(code: string) {
    return { errors: { code: Number(code), status: 'error', message: 'error' } };
  }
}

export class FakeSpeedSms extends FakeProvider {
  readonly token = 'speed-token-3';
  /** the address that `domdom channel setup` prints, as an operator puts it into the provider's console */
  webhook = '';

  protected send(request: IncomingMessage, body: Record<string, unknown>): Answer {
    const basic = Buffer.from((request.headers.authorization ?? '').slice(6), 'base64').toString();
    if (basic !== `${this.token}:x`) return { json: this.error('009') };
    const [phone] = Array.isArray(body.to) ? (body.to as string[]) : [];
    if (!phone || !/^84\d{9,10}$/.test(phone)) return { json: this.error('105') };
    const id = this.take({ phone, text: String(body.content), key: '' });
    return {
      json: { status: 'success', code: '00', data: { tranId: id, totalSMS: 1, totalPrice: 250, invalidPhone: [] } },
    };
  }

  protected error(code: string) {
    return { status: 'error', code, message: 'error' };
  }

  async report(id: string, status: number): Promise<number> {
    const { phone } = this.mts.find((mt) => mt.id === id)!;
    const response = await fetch(this.house + new URL(this.webhook).pathname, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 'report', tranId: id, phone, status }),
    });
    return response.status;
  }
}
