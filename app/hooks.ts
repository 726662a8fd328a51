import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Activity } from '../core/activity';
import type { Accept, Channel, Hook, HookAnswer, RawRequest } from '../core/channel';
import type { Log } from './logger';

const LARGEST = 1024 * 1024;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export interface HooksOptions {
  channels: readonly Channel[];
  accept: Accept;
  ready(): boolean;
  log: Log;
}

/** Steps 1 to 4 for every platform that calls us: raw bytes kept, verified, read, accepted; only then answered. */
export const registerHooks = async (http: FastifyInstance, options: HooksOptions): Promise<void> => {
  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LARGEST }, (_request, body, done) => {
      done(null, body);
    });
    for (const channel of options.channels)
      for (const hook of channel.hooks)
        scope.route({
          method: METHODS,
          url: hook.path,
          bodyLimit: LARGEST,
          handler: async (request, reply) => answer(reply, await receive(options, channel, hook, rawOf(request))),
        });
  });
};

/** What is answered to one request. Nobody waits for a turn here. */
const receive = async (options: HooksOptions, channel: Channel, hook: Hook, raw: RawRequest): Promise<HookAnswer> => {
  if (raw.method === 'HEAD') return { status: 200 };
  if (raw.method !== 'GET' && raw.method !== 'POST') return { status: 405 };
  const verified = await channel.verify(raw);
  if (verified.is === 'challenge') return { status: 200, body: verified.answer };
  if (verified.is === 'refused') {
    options.log.warn({ channel: channel.name, why: verified.why }, 'a request to a hook was refused');
    return hook.refused?.(raw, verified.why) ?? { status: 401 };
  }
  if (!options.ready()) return { status: 503 };
  await acceptAll(options, channel, channel.read(raw));
  return hook.accepted?.(raw) ?? { status: 200 };
};

/**
 * Every event of one request is safe before the platform hears so. A conversation is kept under the name of its channel.
 * The caller's network address is the platform's, so no customer is held to limits by it.
 */
export const acceptAll = async (
  { accept, log }: Pick<HooksOptions, 'accept' | 'log'>,
  channel: Channel,
  activities: Activity[],
): Promise<void> => {
  await Promise.all(
    activities.map(async (activity) => {
      const route = activity.channelData?.route;
      const address = {
        channel: channel.name,
        conversation: `${channel.name}:${activity.conversation!.id!}`,
        person: activity.from!.id!,
        ...(typeof route === 'string' && { route }),
      };
      const kept = await accept({ address, eventId: activity.id!, activity });
      if (kept === 'seen') return;
      channel.acknowledge?.(activity).catch((error) => {
        log.debug({ err: error, channel: channel.name }, 'an activity could not be acknowledged');
      });
    }),
  );
};

const rawOf = (request: FastifyRequest): RawRequest => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  network: request.ip,
});

const answer = (reply: FastifyReply, { status, contentType = 'text/plain; charset=utf-8', body = '' }: HookAnswer) =>
  reply.code(status).header('content-type', contentType).send(body);
