import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Activity } from '../core/activity';
import type { Accept, Channel, HookAnswer, RawRequest } from '../core/channel';
import type { Log } from './logger';

const LARGEST = 1024 * 1024;

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
          method: ['GET', 'POST'],
          url: hook.path,
          bodyLimit: LARGEST,
          handler: async (request, reply) => {
            const raw = rawOf(request);
            const verified = await channel.verify(raw);
            if (verified.is === 'challenge') return answer(reply, { status: 200, body: verified.answer });
            if (verified.is === 'refused') {
              options.log.warn({ channel: channel.name, why: verified.why }, 'a request to a hook was refused');
              return answer(reply, hook.refused?.(raw, verified.why) ?? { status: 401 });
            }
            if (!options.ready()) return answer(reply, { status: 503 });
            await acceptAll(options.accept, channel, channel.read(raw), raw);
            return answer(reply, hook.accepted?.(raw) ?? { status: 200 });
          },
        });
  });
};

/** Every event of one request is safe before the platform hears so. */
export const acceptAll = async (
  accept: Accept,
  channel: Channel,
  activities: Activity[],
  raw: Pick<RawRequest, 'network'>,
): Promise<void> => {
  await Promise.all(
    activities.map((activity) =>
      accept({
        address: { channel: channel.name, conversation: activity.conversation!.id!, person: activity.from!.id! },
        eventId: activity.id!,
        activity,
        ...(raw.network && { network: raw.network }),
      }),
    ),
  );
};

const rawOf = (request: FastifyRequest): RawRequest => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
});

const answer = (reply: FastifyReply, { status, contentType = 'text/plain; charset=utf-8', body = '' }: HookAnswer) =>
  reply.code(status).header('content-type', contentType).send(body);
