import websocket from '@fastify/websocket';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Accept, ConversationLog, RawRequest } from '../../core/channel';
import { DomdomError, ERRORS, type ErrorCode } from '../../core/errors';
import type { Clock } from '../../core/time';
import { bearerOf, type Keys, standing, webChannel } from './channel';
import { BODY_LIMIT, clientIdOf, idOf, isActivityType, parseObject } from './inbound';
import { makeRate, networkOf, type Rate } from './rates';
import { stream } from './stream';
import { type Holder, makeTokens, RESUME_SECONDS, same, TOKEN_SECONDS } from './tokens';

export interface DirectLineOptions {
  accept: Accept;
  log: ConversationLog;
  clock: Clock;
  /** cryptographic randomness, as node's randomBytes */
  random: (bytes: number) => Uint8Array;
  /** signs tokens and conversation ids: the same in every process of one utility */
  signingSecret: string;
  /** when set, tokens and conversations are given to its bearer only */
  directlineSecret?: string;
  /** sites whose scripts may call us; none given: any, for a token is the only credential and no cookie is read */
  allowedOrigins: string[];
  /** per network address: tokens and new conversations */
  tokenLimits?: Rate;
  /** per conversation: messages */
  messageLimits?: Rate;
  /** such as https://chat.example.vn; else the host that the request names */
  publicUrl?: string;
  ready: () => boolean;
  /** hears of a stream that broke on our side, for the log */
  failed?: (error: unknown) => void;
  pollMs?: number;
  heartbeatMs?: number;
}

type Params = { Params: { id: string }; Querystring: { watermark?: string; t?: string } };

const numberOf = (watermark: unknown): number =>
  typeof watermark === 'string' && /^\d{1,15}$/.test(watermark) ? Number(watermark) : 0;

/** The Direct Line 3.0 subset (channels.md §5.3), to be registered under /v3/directline. */
export const directLine =
  (options: DirectLineOptions): FastifyPluginAsync =>
  async (app) => {
    const { accept, log, clock, random, directlineSecret } = options;
    const tokens = makeTokens(options.signingSecret, clock, random);
    const keys: Keys = { tokens, secret: directlineSecret };
    const channel = webChannel(keys);
    const tokenRate = makeRate(options.tokenLimits ?? { max: 60, windowMs: 60_000 }, clock);
    const messageRate = makeRate(options.messageLimits ?? { max: 30, windowMs: 60_000 }, clock);

    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
    if (!app.hasDecorator('websocketServer')) await app.register(websocket, { options: { maxPayload: 4096 } });

    app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      const code: ErrorCode | undefined =
        error instanceof DomdomError && error.code !== 'STORE_UNREACHABLE'
          ? error.code
          : error.statusCode === 413
            ? 'TOO_LARGE'
            : (error.statusCode ?? 500) < 500
              ? 'BAD_JSON'
              : undefined;
      // What no code names, or staff must hear of, is for the server's own handler, which logs it.
      if (!code) throw error;
      const entry: { status?: number; sentence: string } = ERRORS[code];
      return reply.code(entry.status ?? 500).send({ error: { code, message: entry.sentence } });
    });
    app.setNotFoundHandler((_request, reply) =>
      reply.code(404).send({ error: { code: 'NOT_FOUND', message: ERRORS.NOT_FOUND.sentence } }),
    );

    app.addHook('onRequest', async (request, reply) => {
      const { origin } = request.headers;
      const allowed = options.allowedOrigins.length === 0 ? '*' : options.allowedOrigins.find((one) => one === origin);
      reply.header('cache-control', 'no-store');
      if (allowed) {
        reply.header('access-control-allow-origin', allowed);
        if (allowed !== '*') reply.header('vary', 'origin');
      }
      if (request.method === 'OPTIONS')
        return reply
          .code(204)
          .header('access-control-allow-methods', 'GET, POST, OPTIONS')
          .header('access-control-allow-headers', 'authorization, content-type, x-ms-bot-agent, x-requested-with')
          .header('access-control-max-age', '7200')
          .send();
      if (!options.ready()) {
        reply.header('retry-after', '1');
        throw new DomdomError('NOT_READY', 'the store is being opened or filled');
      }
    });
    app.options('/*', async () => '');

    const limit = (rate: ReturnType<typeof makeRate>, key: string, reply: FastifyReply) => {
      const waitMs = rate.take(key);
      if (waitMs === 0) return;
      reply.header('retry-after', String(Math.ceil(waitMs / 1000)));
      throw new DomdomError('RATE_LIMITED', 'too many requests from one address or conversation');
    };

    const bodyOf = (request: FastifyRequest): Record<string, unknown> => {
      if (!Buffer.isBuffer(request.body) || request.body.length === 0) return {};
      const body = parseObject(request.body);
      if (!body) throw new DomdomError('BAD_JSON', 'the body is not a JSON object');
      return body;
    };

    /** Who asks for a token or a conversation: the holder of a token, else a newcomer where newcomers are let in. */
    const newcomer = (request: FastifyRequest, reply: FastifyReply): Holder => {
      const bearer = bearerOf(request.headers);
      const trusted = directlineSecret !== undefined && bearer !== undefined && same(bearer, directlineSecret);
      if (!trusted && bearer !== undefined) {
        const verdict = tokens.check(bearer);
        if (verdict.is === 'good') return verdict.holder;
        if (verdict.is === 'expired') throw new DomdomError('TOKEN_EXPIRED', 'the token has expired');
      }
      if (directlineSecret !== undefined && !trusted) throw new DomdomError('UNAUTHORIZED', 'the secret is needed');
      if (!trusted) limit(tokenRate, networkOf(request.ip), reply);
      const conversation = tokens.newConversation();
      // Only the holder of the secret may name the person, and only so that it cannot be taken for a person of our own making.
      const named = trusted ? (bodyOf(request).user as { id?: unknown } | undefined)?.id : undefined;
      const user = typeof named === 'string' && /^dl_[\w-]{1,64}$/.test(named) ? named : tokens.userOf(conversation);
      return { conversation, user };
    };

    const holderOf = (request: FastifyRequest<Params>, graceSeconds = 0): Holder => {
      const who = standing(keys, bearerOf(request.headers), request.params.id);
      if (who.is === 'holder') return who.holder;
      if (who.is === 'expired' && who.seconds < graceSeconds) return who.holder;
      if (who.is === 'expired')
        throw new DomdomError('TOKEN_EXPIRED', 'the token has expired or is of another conversation');
      throw new DomdomError(who.is === 'unknown' ? 'NOT_FOUND' : 'UNAUTHORIZED', 'no conversation, or no right to it');
    };

    const opened = (request: FastifyRequest, holder: Holder, watermark?: string) => {
      // X-Forwarded-Host is whatever the client wrote, unless a proxy is told to overwrite it
      const base =
        options.publicUrl?.replace(/^http/, 'ws').replace(/\/$/, '') ??
        `${request.protocol === 'https' ? 'wss' : 'ws'}://${request.headers.host ?? ''}`;
      const from = watermark ? `watermark=${numberOf(watermark)}&` : '';
      return {
        conversationId: holder.conversation,
        token: tokens.issue(holder),
        expires_in: TOKEN_SECONDS,
        streamUrl: `${base}${app.prefix}/conversations/${holder.conversation}/stream?${from}t=${tokens.issue(holder, 'stream')}`,
      };
    };

    app.post('/tokens/generate', async (request, reply) => {
      const holder = newcomer(request, reply);
      return { conversationId: holder.conversation, token: tokens.issue(holder), expires_in: TOKEN_SECONDS };
    });

    app.post('/tokens/refresh', async (request) => {
      const verdict = tokens.check(bearerOf(request.headers) ?? '');
      if (verdict.is === 'bad') throw new DomdomError('UNAUTHORIZED', 'not a token of ours');
      if (verdict.is === 'expired') throw new DomdomError('TOKEN_EXPIRED', 'the token has expired');
      return {
        conversationId: verdict.holder.conversation,
        token: tokens.issue(verdict.holder),
        expires_in: TOKEN_SECONDS,
      };
    });

    app.post('/conversations', async (request, reply) =>
      reply.code(201).send(opened(request, newcomer(request, reply))),
    );

    app.get<Params>('/conversations/:id', async (request) =>
      opened(request, holderOf(request, RESUME_SECONDS), request.query.watermark),
    );

    app.post<Params>('/conversations/:id/activities', async (request, reply) => {
      const { conversation, user } = holderOf(request);
      limit(messageRate, conversation, reply);
      const body = bodyOf(request);
      if (!isActivityType(body.type)) throw new DomdomError('BAD_JSON', 'the body is not an activity');
      const clientId = clientIdOf(body);
      if (clientId === null) throw new DomdomError('BAD_JSON', 'channelData.clientActivityID is no text');
      // A client that gives no id of its own cannot repeat itself: each of its posts is a new message.
      const unnamed = clientId ? '' : Buffer.from(random(16)).toString('base64url');
      const raw: RawRequest = {
        method: 'POST',
        url: request.url,
        headers: { ...request.headers, 'x-request-id': unnamed },
        body: request.body as Buffer,
      };
      for (const activity of channel.read(raw))
        await accept({
          address: { channel: 'web', conversation, person: user },
          eventId: activity.id!,
          activity: { ...activity, timestamp: clock().toISOString() },
          network: networkOf(request.ip),
        });
      return { id: idOf(conversation, clientId ?? unnamed) };
    });

    app.get<Params>('/conversations/:id/activities', async (request) => {
      const { conversation } = holderOf(request);
      const { activities, watermark } = await log.since(conversation, numberOf(request.query.watermark), 100);
      return { activities, watermark: String(watermark) };
    });

    app.get<Params>(
      '/conversations/:id/stream',
      {
        websocket: true,
        preValidation: async (request) => {
          const verdict = tokens.check(request.query.t ?? '', 'stream');
          if (verdict.is === 'bad') throw new DomdomError('UNAUTHORIZED', 'no stream token');
          if (verdict.is === 'expired' || verdict.holder.conversation !== request.params.id)
            throw new DomdomError('TOKEN_EXPIRED', 'the stream token has expired or is of another conversation');
        },
      },
      (socket, request) =>
        stream(socket, {
          log,
          conversation: request.params.id,
          watermark: numberOf(request.query.watermark),
          pollMs: options.pollMs ?? 2000,
          heartbeatMs: options.heartbeatMs ?? 20_000,
          failed: options.failed ?? (() => {}),
        }),
    );
  };
