import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeHooks } from './graph-hooks';
import {
  attachmentFault,
  fault,
  type GraphFault,
  type Json,
  obj,
  profileFault,
  recipientOf,
  sendFault,
} from './graph-rules';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
export const PAGE_INBOX = '263902037430900';

export interface GraphOptions {
  now?: number;
  app?: { id: string; secret: string };
  page?: { id: string; name: string; token: string };
  verifyToken?: string;
  /** real ms that the platform waits for a webhook's answer (20 s in life) */
  patienceMs?: number;
}

/** A file that came with a call. */
interface GraphFile {
  size: number;
  type: string;
  blob: Blob;
}

/** What a customer sees on the screen. */
export interface Shown {
  mid: string;
  at: number;
  text?: string;
  attachment?: Json;
  /** titles as they are shown: at most 20 characters */
  quickReplies: { title: string; payload: string }[];
  buttons: { title: string; payload: string }[];
  file?: GraphFile;
  sender: string;
}

export type Trouble =
  /** the connection breaks before the request was carried out, or after it */
  | { reset: 'before' | 'after' }
  /** no answer ever comes */
  | { silent: 'before' | 'after' }
  | { answer: Partial<GraphFault> & { code: number } }
  | { status: number; body?: string };

interface Thread {
  psid: string;
  windowUntil: number;
  lastHeard: number;
  unavailable: boolean;
  owner?: string;
  ownedUntil: number;
  shown: Shown[];
  typing: number;
}

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: Json;
  status?: number;
}

/** The Graph API of one Page and one app, and the people who write to the Page. Time moves only by `advance`. */
export const startGraph = async (given: GraphOptions = {}) => {
  const app = given.app ?? { id: '880011', secret: 'app-secret-demo' };
  const page = given.page ?? { id: '1001', name: 'Điện lực Đom Đóm', token: 'EAAB-demo-token' };
  const verifyToken = given.verifyToken ?? 'verify-token-demo';
  let now = given.now ?? Date.parse('2026-11-02T02:00:00Z');
  let serial = 0;
  const threads = new Map<string, Thread>();
  const comments = new Map<string, { at: number; replied: boolean; author: string }>();
  const calls: Call[] = [];
  const troubles: Trouble[] = [];
  let profile: Json = {};
  let subscription: Json | undefined;
  let pageFields: string[] | undefined;
  let token = page.token;
  const state = {
    /** calls without appsecret_proof are refused */
    requireProof: true,
    humanAgentAllowed: true,
    echoes: 'after' as 'after' | 'before' | 'off',
    unreachable: (_url: string): boolean => false,
    /** called when a scripted silence has begun */
    onSilence: () => {},
    /** where an address of the app is reached from here, for apps behind a proxy */
    reach: (url: string): string => url,
  };
  const hooks = makeHooks({
    secret: app.secret,
    page: page.id,
    now: () => now,
    patienceMs: given.patienceMs ?? 20_000,
  });
  const sends: { at: number; media: boolean }[] = [];

  const threadOf = (psid: string): Thread => {
    const thread = threads.get(psid) ?? {
      psid,
      windowUntil: 0,
      lastHeard: 0,
      unavailable: false,
      ownedUntil: 0,
      shown: [],
      typing: 0,
    };
    threads.set(psid, thread);
    return thread;
  };
  const ownerOf = (thread: Thread) => (thread.ownedUntil > now ? thread.owner : undefined);
  const isOurs = (thread: Thread) => (ownerOf(thread) ?? app.id) === app.id;
  const own = (thread: Thread, owner: string) => {
    thread.owner = owner;
    thread.ownedUntil = now + DAY;
  };
  const subscribed = (field: string) => pageFields === undefined || pageFields.includes(field);

  /** An event of a conversation: to us, or to standby while another app owns the thread. */
  const tell = (thread: Thread, field: string, event: Json, sender = thread.psid) => {
    const recipient = sender === page.id ? thread.psid : page.id;
    const whole = { sender: { id: sender }, recipient: { id: recipient }, timestamp: now, ...event };
    if (isOurs(thread)) {
      if (subscribed(field)) hooks.queue('messaging', whole);
    } else if (subscribed('standby')) hooks.queue('standby', whole);
  };

  const act = (thread: Thread, windowMs = DAY) => {
    thread.windowUntil = Math.max(thread.windowUntil, now + windowMs);
    thread.lastHeard = now;
    if (ownerOf(thread) === undefined || isOurs(thread)) own(thread, app.id);
    else thread.ownedUntil = now + DAY;
  };

  const mid = () => `m_${(serial += 1)}${createHmac('sha256', 'mid').update(String(serial)).digest('base64url')}`;

  // ── people ──
  const person = (psid: string) => {
    const thread = threadOf(psid);
    const heard = (field: string, event: Json, windowMs?: number) => {
      act(thread, windowMs);
      tell(thread, field, event);
    };
    const message = (content: Json, windowMs?: number) => {
      const id = mid();
      heard('messages', { message: { mid: id, ...content } }, windowMs);
      return id;
    };
    return {
      psid,
      get shown() {
        return thread.shown;
      },
      get typing() {
        return thread.typing;
      },
      /** text of what came since, one a line */
      said: (after = 0) =>
        thread.shown
          .slice(after)
          .map(({ text }) => text ?? '')
          .join('\n'),
      says: (text: string, more: Json = {}) => message({ text, ...more }),
      sends: (attachments: Json[], text?: string) => message({ ...(text && { text }), attachments }),
      /** the first message after a click-to-Messenger ad: seven days to answer */
      comesFromAd: (text: string) =>
        message({ text, referral: { source: 'ADS', type: 'OPEN_THREAD', ad_id: '6045246247433' } }, 7 * DAY),
      taps(title: string) {
        const reply = thread.shown.at(-1)?.quickReplies.find((one) => one.title === title);
        if (!reply) throw new Error(`no quick reply ${title}`);
        return message({ text: title, quick_reply: { payload: reply.payload } });
      },
      presses(title: string) {
        const menu = obj((profile.persistent_menu as Json[] | undefined)?.[0]).call_to_actions as Json[] | undefined;
        const ice = obj((profile.ice_breakers as Json[] | undefined)?.[0]).call_to_actions as Json[] | undefined;
        const offered = [
          ...thread.shown.flatMap(({ buttons }) => buttons),
          ...(menu ?? []).map((one) => ({ title: String(one.title), payload: String(one.payload) })),
          ...(ice ?? []).map((one) => ({ title: String(one.question), payload: String(one.payload) })),
        ];
        const button = offered.reverse().find((one) => one.title === title);
        if (!button) throw new Error(`no button ${title}`);
        heard('messaging_postbacks', { postback: { mid: mid(), ...button } });
      },
      getsStarted(referral?: Json) {
        const payload = obj(profile.get_started).payload;
        heard('messaging_postbacks', {
          postback: { mid: mid(), title: 'Bắt đầu', payload, ...(referral && { referral }) },
        });
      },
      reacts(to: string, emoji: string) {
        heard('message_reactions', { reaction: { mid: to, action: 'react', reaction: 'other', emoji } });
      },
      edits(id: string, text: string) {
        heard('message_edits', { message_edit: { mid: id, text, num_edit: 1 } });
      },
      /** the newest messages reached the phone; `mids` are often not told */
      receives: (mids?: string[]) =>
        tell(thread, 'message_deliveries', { delivery: { ...(mids && { mids }), watermark: now } }),
      reads: () => tell(thread, 'message_reads', { read: { watermark: now } }),
      blocks() {
        thread.unavailable = true;
      },
      comments(text: string, more: Json = {}) {
        const id = `${page.id}_${(serial += 1)}`;
        comments.set(id, { at: now, replied: false, author: psid });
        hooks.queue('changes', {
          field: 'feed',
          value: {
            from: { id: psid, name: 'Khách' },
            item: 'comment',
            verb: 'add',
            post_id: `${page.id}_1`,
            comment_id: id,
            created_time: Math.floor(now / 1000),
            message: text,
            ...more,
          },
        });
        return id;
      },
    };
  };

  // ── the people of the Page, in its inbox ──
  const inbox = {
    /** a person of the Page writes; the owner of the thread does not change by that */
    says(psid: string, text: string) {
      const thread = threadOf(psid);
      thread.shown.push({ mid: mid(), at: now, text, quickReplies: [], buttons: [], sender: PAGE_INBOX });
      const message = { is_echo: true, app_id: Number(PAGE_INBOX), mid: thread.shown.at(-1)!.mid, text };
      tell(thread, 'message_echoes', { message }, page.id);
    },
    takes(psid: string) {
      const thread = threadOf(psid);
      const previous = ownerOf(thread) ?? app.id;
      const take = { previous_owner_app_id: Number(previous), new_owner_app_id: Number(PAGE_INBOX), metadata: '' };
      tell(thread, 'messaging_handovers', { take_thread_control: take });
      own(thread, PAGE_INBOX);
    },
    passesBack(psid: string) {
      const thread = threadOf(psid);
      own(thread, app.id);
      const pass = { previous_owner_app_id: Number(PAGE_INBOX), new_owner_app_id: Number(app.id), metadata: '' };
      tell(thread, 'messaging_handovers', { pass_thread_control: pass });
    },
    /** "done": the thread is nobody's, and no app hears of it */
    releases(psid: string) {
      threadOf(psid).ownedUntil = 0;
    },
  };

  // ── the API ──
  const guarded = (call: Call): GraphFault | undefined => {
    const bearer = /^Bearer (.+)$/i.exec(call.headers.authorization ?? '')?.[1];
    const used = bearer ?? call.query.get('access_token') ?? String(call.body.access_token ?? '');
    const asApp = used === `${app.id}|${app.secret}`;
    if (!asApp && used !== token)
      return fault(190, 'Error validating access token: the session has been invalidated', {
        subcode: 460,
        status: 401,
      });
    const proof = call.query.get('appsecret_proof');
    const right = createHmac('sha256', app.secret).update(used).digest('hex');
    if (proof !== null && proof !== right) return fault(100, 'Invalid appsecret_proof provided in the API argument');
    if (proof === null && state.requireProof && !asApp)
      return fault(100, 'API calls from the server require an appsecret_proof argument');
    if (call.path.includes('/subscriptions') !== asApp) return fault(200, '(#200) Permissions error', { status: 403 });
    return undefined;
  };

  const rated = (media: boolean): GraphFault | undefined => {
    while (sends[0] && sends[0].at <= now - 1000) sends.shift();
    if (sends.filter((one) => one.media === media).length >= (media ? 10 : 300))
      return fault(613, '(#613) Calls to this api have exceeded the rate limit.', {
        headers: {
          'x-business-use-case-usage': JSON.stringify({
            [page.id]: [{ type: 'messenger', call_count: 100, estimated_time_to_regain_access: 1 }],
          }),
        },
      });
    sends.push({ at: now, media });
    return undefined;
  };

  const message = async (body: Json, file?: GraphFile): Promise<GraphFault | Json> => {
    const wrong = sendFault(body, file);
    if (wrong) return wrong;
    const recipient = recipientOf(body)!;
    const content = obj(body.message);
    const attachment = content.attachment === undefined ? undefined : obj(content.attachment);
    const comment = recipient.comment_id === undefined ? undefined : comments.get(recipient.comment_id);
    if (recipient.comment_id !== undefined) {
      if (!comment || now - comment.at > 7 * DAY) return fault(10903, '(#10903) This user cant reply to this activity');
      if (comment.replied) return fault(10900, '(#10900) Activity already replied to');
    } else if (recipient.id === undefined || !threads.has(recipient.id))
      return fault(100, '(#100) No matching user found', { subcode: 2018001 });
    const thread = threadOf(comment?.author ?? recipient.id!);
    if (thread.unavailable) return fault(551, "(#551) This person isn't available right now.", { subcode: 1545041 });
    if (!comment && !isOurs(thread))
      return fault(10, '(#10) Message failed to send because another app is controlling this thread now.', {
        subcode: 2018300,
      });
    if (body.sender_action !== undefined) {
      if (body.sender_action === 'typing_on') thread.typing += 1;
      return { recipient_id: thread.psid };
    }
    const isTagged = body.messaging_type === 'MESSAGE_TAG';
    if (isTagged && !state.humanAgentAllowed) return fault(10, '(#10) Application does not have permission');
    const until = isTagged ? thread.lastHeard + 7 * DAY : thread.windowUntil;
    if (!comment && now >= until)
      return fault(10, '(#10) This message is sent outside of allowed window.', { subcode: 2018278 });
    const url = obj(attachment?.payload).url;
    if (attachment?.type !== 'template' && typeof url === 'string' && state.unreachable(url))
      return fault(100, '(#100) Failed to fetch the file from the url', { subcode: 2018008 });
    const slowed = rated(attachment?.type === 'audio' || attachment?.type === 'video');
    if (slowed) return slowed;
    const payload = obj(attachment?.payload);
    const buttons = [payload, ...((payload.elements as Json[] | undefined) ?? [])].flatMap(
      (one) => (one.buttons as Json[] | undefined) ?? [],
    );
    const id = mid();
    if (comment) comment.replied = true;
    thread.shown.push({
      mid: id,
      at: now,
      sender: app.id,
      ...(typeof content.text === 'string' && { text: content.text }),
      ...(payload.template_type === 'button' && { text: String(payload.text) }),
      ...(attachment && { attachment }),
      ...(file && { file }),
      quickReplies: ((content.quick_replies as Json[] | undefined) ?? []).map((one) => ({
        title: String(one.title).slice(0, 20),
        payload: String(one.payload),
      })),
      buttons: buttons.map((one) => ({ title: String(one.title), payload: String(one.payload ?? one.url) })),
    });
    if (state.echoes !== 'off') {
      const { quick_replies: _gone, attachment: _too, ...echoed } = content;
      const attachments = attachment ? [attachment] : undefined;
      const echo = { is_echo: true, app_id: Number(app.id), mid: id, ...echoed, ...(attachments && { attachments }) };
      tell(thread, 'message_echoes', { message: echo }, page.id);
      if (state.echoes === 'before') await hooks.deliver();
    }
    return { ...(recipient.id !== undefined && { recipient_id: thread.psid }), message_id: id };
  };

  const control = (verb: string, body: Json): GraphFault | Json => {
    const thread = threads.get(String(obj(body.recipient).id));
    if (!thread) return fault(100, '(#100) No matching user found', { subcode: 2018001 });
    const { metadata } = body;
    if (verb === 'pass_thread_control') {
      if (!isOurs(thread)) return fault(10, '(#10) Only the thread owner can pass the control', { subcode: 2018300 });
      if (!/^\d+$/.test(String(body.target_app_id))) return fault(100, '(#100) Invalid parameter: target_app_id');
      own(thread, String(body.target_app_id));
    } else if (verb === 'take_thread_control') own(thread, app.id);
    else if (metadata !== undefined && typeof metadata !== 'string') return fault(100, '(#100) Invalid parameter');
    return { success: true };
  };

  const answer = async (call: Call, file?: GraphFile): Promise<GraphFault | Json> => {
    const [, version, node, edge] = call.path.split('/');
    if (!/^v\d{1,2}\.\d$/.test(version ?? '') || Number(version!.slice(1)) > 26)
      return fault(2500, 'Unknown path components', { status: 404 });
    const denied = guarded(call);
    if (denied) return denied;
    const { body, method, query } = call;
    const mine = node === 'me' || node === page.id;
    if (method === 'GET' && mine && !edge) return { id: page.id, name: page.name };
    if (method === 'GET' && node === 'app' && !edge) return { id: app.id, name: 'Đom Đóm' };
    if (node === app.id && edge === 'subscriptions') {
      if (method === 'GET') return { data: subscription ? [subscription] : [] };
      const to = String(body.callback_url);
      if (!(await hooks.subscribe(state.reach(to), String(body.verify_token))))
        return fault(2200, '(#2200) Callback verification failed');
      const fields = String(body.fields)
        .split(',')
        .map((name) => ({ name, version }));
      subscription = { object: body.object, callback_url: to, active: true, fields };
      return { success: true };
    }
    if (!mine) return fault(100, '(#100) Unsupported request', { subcode: 33 });
    if (edge === 'subscribed_apps') {
      if (method === 'POST') {
        const named = body.subscribed_fields ?? query.get('subscribed_fields') ?? '';
        pageFields = (Array.isArray(named) ? named.map(String) : String(named).split(',')).filter(Boolean);
        return { success: true };
      }
      return { data: pageFields ? [{ id: app.id, name: 'Đom Đóm', subscribed_fields: pageFields }] : [] };
    }
    if (edge === 'messenger_profile') {
      if (method === 'GET') {
        const asked = (query.get('fields') ?? '').split(',');
        const set = Object.fromEntries(Object.entries(profile).filter(([key]) => asked.includes(key)));
        return { data: Object.keys(set).length > 0 ? [set] : [] };
      }
      if (method === 'DELETE') {
        const gone = (body.fields as string[] | undefined) ?? [];
        if (gone.includes('get_started') && profile.persistent_menu && !gone.includes('persistent_menu'))
          return fault(100, '(#100) You must delete the menu first');
        profile = Object.fromEntries(Object.entries(profile).filter(([key]) => !gone.includes(key)));
        return { result: 'success' };
      }
      const { access_token: _token, ...change } = body;
      const wrong = profileFault(profile, change);
      if (wrong) return wrong;
      profile = { ...profile, ...change };
      return { result: 'success' };
    }
    if (edge === 'thread_owner' && method === 'GET') {
      const thread = threads.get(query.get('recipient') ?? '');
      const owner = thread && ownerOf(thread);
      return { data: owner ? [{ thread_owner: { app_id: owner, expiration: thread.ownedUntil / 1000 } }] : [] };
    }
    if (method !== 'POST') return fault(100, '(#100) Unsupported get request', { subcode: 33 });
    if (edge === 'messages') return message(body, file);
    if (edge === 'message_attachments')
      return (
        attachmentFault(obj(obj(body.message).attachment), file) ?? { attachment_id: String(1_000_000 + (serial += 1)) }
      );
    if (/^(pass|take|request)_thread_control$/.test(edge ?? '')) return control(edge!, body);
    return fault(100, '(#100) Unsupported post request', { subcode: 33 });
  };

  // ── the wire ──
  const bodyOf = async (request: IncomingMessage): Promise<{ body: Json; file?: GraphFile }> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const type = request.headers['content-type'] ?? '';
    if (!type.startsWith('multipart/form-data'))
      return { body: bytes.length > 0 ? obj(JSON.parse(bytes.toString('utf8'))) : {} };
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    const body: Json = {};
    let file: GraphFile | undefined;
    for (const [key, value] of form)
      if (typeof value === 'string') body[key] = /^[[{]/.test(value) ? JSON.parse(value) : value;
      else file = { size: value.size, type: value.type, blob: value };
    return { body, ...(file && { file }) };
  };

  const write = (response: ServerResponse, made: GraphFault | Json): number => {
    const wrong =
      typeof made.code === 'number' && typeof made.status === 'number' ? (made as unknown as GraphFault) : undefined;
    const status = wrong?.status ?? 200;
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8', ...wrong?.headers });
    response.end(
      JSON.stringify(
        wrong
          ? {
              error: {
                message: wrong.message,
                type: 'OAuthException',
                code: wrong.code,
                ...(wrong.subcode !== undefined && { error_subcode: wrong.subcode }),
                ...(wrong.transient && { is_transient: true }),
                fbtrace_id: `A${(serial += 1)}`,
              },
            }
          : made,
      ),
    );
    return status;
  };

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', 'http://graph');
    const { body, file } = await bodyOf(request);
    const call: Call = {
      method: request.method!,
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body,
    };
    calls.push(call);
    const trouble = request.method === 'POST' ? troubles.shift() : undefined;
    if (!trouble) {
      call.status = write(response, await answer(call, file));
      return;
    }
    if ('answer' in trouble) {
      call.status = write(response, fault(trouble.answer.code, '(#0) scripted', trouble.answer) as never);
      return;
    }
    if ('status' in trouble) {
      response.writeHead(trouble.status, { 'content-type': 'text/html' }).end(trouble.body ?? '<html></html>');
      return;
    }
    const when = 'reset' in trouble ? trouble.reset : trouble.silent;
    if (when === 'after') await answer(call, file);
    if ('reset' in trouble) request.socket.destroy();
    else state.onSilence();
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => {
      response.writeHead(500).end(String(error));
    });
  });
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const down = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;

  return {
    base: `http://127.0.0.1:${port}`,
    app,
    page,
    verifyToken,
    calls,
    state,
    hooks,
    person,
    inbox,
    now: () => now,
    advance(ms: number) {
      now += ms;
    },
    /** what becomes of the next POSTs, one each */
    trouble: (...next: Trouble[]) => void troubles.push(...next),
    /** the token stops being good; another may be given out */
    loseToken(next = 'EAAB-another-token') {
      token = next;
    },
    restoreToken() {
      token = page.token;
    },
    profile: () => profile,
    ownerOf: (psid: string) => ownerOf(threadOf(psid)),
    /** nothing listens on the port until `up` */
    down,
    up: () => listen(port),
    stop: down,
  };
};

export type GraphFake = Awaited<ReturnType<typeof startGraph>>;
