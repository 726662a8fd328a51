import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { isMethod, wrongIn, wrongInCall } from './bot-api';
import { VirtualClock } from './virtual-clock';

type Json = Record<string, unknown>;
export interface Called {
  method: string;
  payload: Json;
}
/** What happens to the next calls of a method: the connection breaks before or after the work, or another answer is given. */
export type Fault =
  | { method?: string; breaks: 'before' | 'after' | 'silent' }
  | { method?: string; status: number; body: Json | string };

const RETRIES_MS = [1_000, 5_000, 30_000, 120_000];

/**
 * A Bot API over real HTTP, faithful to "Fake must (Telegram)" of the channel reference: tokens, webhook state with its secret,
 * redelivery on what is not 2xx (on a virtual clock), calls in the answer to an update, limits in characters and bytes, 429, 403
 * after a block, unknown methods; every call and every update is held to the Bot API's own specification.
 */
export class FakeTelegram {
  readonly clock = new VirtualClock(Date.parse('2026-03-12T02:00:00Z'));
  readonly calls: Called[] = [];
  /** against the specification; must stay empty */
  readonly wrong: string[] = [];
  readonly blocked = new Set<number>();
  readonly faults: Fault[] = [];
  webhook: { url: string; secret_token?: string } = { url: '' };
  commands: unknown[] = [];
  private updates: Json[] = [];
  private next = 1000;
  private messages = 1;
  private waiting: (() => void)[] = [];
  private server = createServer((request, response) => void this.answer(request, response));

  constructor(readonly token = '123456:test-token-of-the-fake') {}

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as { port: number }).port}`;
  }

  async stop(): Promise<void> {
    for (const wake of this.waiting) wake();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  sent(chat?: number): Json[] {
    return this.calls
      .filter(
        ({ method, payload }) =>
          method.startsWith('send') && method !== 'sendChatAction' && (!chat || payload.chat_id === chat),
      )
      .map(({ payload }) => payload);
  }

  /** An update as Telegram would make it; `deliver` brings it. */
  update(of: Json): Json {
    const update = { update_id: this.next++, ...of };
    this.wrong.push(...wrongIn('Update', update, 'update'));
    return update;
  }

  message(chat: number, of: Json, more: Json = {}): Json {
    const from = { id: chat, is_bot: false, first_name: 'Lan', language_code: 'vi' };
    return this.update({
      message: {
        message_id: this.messages++,
        date: this.clock.now().getTime() / 1000,
        chat: { id: chat, type: 'private' },
        from,
        ...of,
        ...more,
      },
    });
  }

  tap(chat: number, data: string, keyboard?: Json): Json {
    const message = {
      message_id: this.messages++,
      date: this.clock.now().getTime() / 1000,
      chat: { id: chat, type: 'private' },
      text: '?',
      ...(keyboard && { reply_markup: keyboard }),
    };
    const from = { id: chat, is_bot: false, first_name: 'Lan' };
    return this.update({ callback_query: { id: `cb${this.next}`, from, message, chat_instance: 'x', data } });
  }

  /** Brings an update to the webhook, again and again until it is taken; or to whoever polls. Its last status. */
  async deliver(update: Json, attempt = 0): Promise<number> {
    if (!this.webhook.url) {
      this.updates.push(update);
      for (const wake of this.waiting.splice(0)) wake();
      return 0;
    }
    const { url, secret_token } = this.webhook;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(secret_token && { 'x-telegram-bot-api-secret-token': secret_token }),
      },
      body: JSON.stringify(update),
    }).catch(() => undefined);
    const body = await response?.text();
    if (response?.ok) {
      if (body?.startsWith('{')) await this.call(JSON.parse(body) as Json & { method: string });
    } else if (RETRIES_MS[attempt]) this.clock.in(RETRIES_MS[attempt]!, () => this.deliver(update, attempt + 1));
    return response?.status ?? -1;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const [, token, method = ''] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? [];
    const say = (status: number, said: unknown) => {
      if (response.destroyed) return;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof said === 'string' ? said : JSON.stringify(said));
    };
    if (token !== this.token) return say(401, { ok: false, error_code: 401, description: 'Unauthorized' });
    const fault = this.faults.findIndex((one) => !one.method || one.method === method);
    const struck = fault < 0 ? undefined : this.faults.splice(fault, 1)[0];
    if (struck && 'status' in struck) return say(struck.status, struck.body);
    if (struck?.breaks === 'before') return void request.socket.destroy();
    const payload = await payloadOf(request, body);
    const { status, ...said } = await this.call({ ...payload, method }, response);
    if (struck?.breaks === 'after') return void request.socket.destroy();
    if (struck?.breaks === 'silent') return;
    say(status, said);
  }

  private async call({ method, ...payload }: Json & { method: string }, response?: ServerResponse) {
    const refuse = (error_code: number, description: string, parameters?: Json) => ({
      status: error_code,
      ok: false,
      error_code,
      description,
      ...(parameters && { parameters }),
    });
    if (!isMethod(method)) return refuse(404, 'Not Found');
    this.calls.push({ method, payload });
    this.wrong.push(...wrongInCall(method, payload));
    const done = (result: unknown) => ({ status: 200, ok: true, result });
    if (method === 'getMe')
      return done({ id: 123456, is_bot: true, first_name: 'Đom Đóm', username: 'domdom_test_bot' });
    if (method === 'getWebhookInfo')
      return done({ url: this.webhook.url, has_custom_certificate: false, pending_update_count: this.updates.length });
    if (method === 'setWebhook') {
      this.webhook = payload as never;
      return done(true);
    }
    if (method === 'deleteWebhook') {
      this.webhook = { url: '' };
      return done(true);
    }
    if (method === 'setMyCommands') {
      this.commands = payload.commands as unknown[];
      return done(true);
    }
    if (method === 'getUpdates') return done(await this.poll(Number(payload.offset ?? 0), response));
    if (method !== 'sendMessage' && method !== 'sendPhoto') return done(true);
    const refused = this.refusal(payload);
    if (refused) return refuse(...refused);
    const chat = { id: payload.chat_id, type: 'private' };
    return done({ message_id: this.messages++, date: 0, chat, text: payload.text });
  }

  private refusal({ chat_id, text, caption, photo, reply_markup }: Json): [number, string] | undefined {
    if (this.blocked.has(chat_id as number)) return [403, 'Forbidden: bot was blocked by the user'];
    if (!Number.isSafeInteger(chat_id) || chat_id === 0) return [400, 'Bad Request: chat not found'];
    if (photo === undefined && !String(text ?? '').trim()) return [400, 'Bad Request: message text is empty'];
    if (String(text ?? '').length > 4096) return [400, 'Bad Request: message is too long'];
    if (String(caption ?? '').length > 1024) return [400, 'Bad Request: message caption is too long'];
    const rows = ((reply_markup as Json)?.inline_keyboard ?? []) as { callback_data: string }[][];
    if (rows.flat().some(({ callback_data }) => Buffer.byteLength(callback_data) > 64 || !callback_data))
      return [400, 'Bad Request: BUTTON_DATA_INVALID'];
    return undefined;
  }

  private async poll(offset: number, response?: ServerResponse): Promise<Json[]> {
    this.updates = this.updates.filter(({ update_id }) => (update_id as number) >= offset);
    if (this.updates.length === 0)
      await new Promise<void>((wake) => {
        this.waiting.push(wake);
        response?.once('close', wake);
      });
    return this.updates;
  }
}

const payloadOf = async (request: IncomingMessage, body: Buffer): Promise<Json> => {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/')) return body.length > 0 ? (JSON.parse(body.toString()) as Json) : {};
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const { method: _method, ...given } = Object.fromEntries(form.entries()) as Json;
  for (const key of ['reply_markup', 'chat_id'])
    if (typeof given[key] === 'string') given[key] = JSON.parse(given[key] as string);
  return given;
};
