import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Activity } from '../core/activity';
import type { Accept, Address, Channel, Hook, HookAnswer, RawRequest } from '../core/channel';
import type { Log } from './logger';
import type { Synchronous } from './synchronous';

const LARGEST = 1024 * 1024;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export interface HooksOptions {
  channels: readonly Channel[];
  accept: Accept;
  synchronous: Synchronous;
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
          handler: async (request, reply) => {
            const said = await receive(options, channel, hook, rawOf(request));
            if (said.left) onceLeft(reply, said.left);
            return answer(reply, said);
          },
        });
  });
};

/** What is answered to one request; nobody waits for a turn, but where the answer is the reply. `left`: whether it was written. */
const receive = async (
  options: HooksOptions,
  channel: Channel,
  hook: Hook,
  raw: RawRequest,
): Promise<HookAnswer & { left?(whole: boolean): void }> => {
  if (raw.method === 'HEAD') return { status: 200 };
  if (raw.method !== 'GET' && raw.method !== 'POST') return { status: 405 };
  const verified = await channel.verify(raw);
  if (verified.is === 'challenge') return { status: 200, body: verified.answer };
  if (verified.is === 'refused') {
    options.log.warn({ channel: channel.name, why: verified.why }, 'a request to a hook was refused');
    return hook.refused?.(raw, verified.why) ?? { status: 401 };
  }
  if (!options.ready()) return { status: 503 };
  const activities = channel.read(raw);
  const outcomes = await acceptAll(options, channel, activities, hook);
  const [first] = activities;
  if (hook.answer && first) {
    const kept = await options.synchronous.wait(
      addressOf(channel, first).conversation,
      first.id!,
      hook.answer.deadlineMs,
    );
    if (kept.is === 'late') return hook.answer.late(raw);
    try {
      const wires = kept.turn.said.flatMap((activity) => channel.render(activity));
      return { ...hook.answer.with(wires, raw), left: kept.left };
    } catch (error) {
      kept.left(false);
      throw error;
    }
  }
  return hook.accepted?.(raw, outcomes) ?? { status: 200 };
};

const onceLeft = (reply: FastifyReply, left: (whole: boolean) => void): void => {
  if (reply.raw.destroyed) left(false);
  else reply.raw.once('close', () => left(reply.raw.writableFinished));
};

const addressOf = ({ name }: Channel, activity: Activity): Address => {
  const route = activity.channelData?.route;
  return {
    channel: name,
    conversation: `${name}:${activity.conversation!.id!}`,
    person: activity.from!.id!,
    ...(typeof route === 'string' && { route }),
  };
};

/**
 * Every event of one request is safe before the platform hears so. A conversation is kept under the name of its channel.
 * The caller's network address is the platform's, so no customer is held to limits by it.
 */
export const acceptAll = async (
  { accept, log }: Pick<HooksOptions, 'accept' | 'log'>,
  channel: Channel,
  activities: Activity[],
  hook?: Hook,
): Promise<('kept' | 'seen')[]> =>
  Promise.all(
    activities.map(async (activity) => {
      const address = addressOf(channel, activity);
      const kept = await accept({
        address,
        eventId: activity.id!,
        activity,
        ...(hook?.answer && { synchronous: hook.path }),
      });
      if (kept === 'kept')
        channel.acknowledge?.(activity).catch((error) => {
          log.debug({ err: error, channel: channel.name }, 'an activity could not be acknowledged');
        });
      return kept;
    }),
  );

const rawOf = (request: FastifyRequest): RawRequest => ({
  method: request.method,
  url: request.url,
  headers: request.headers,
  body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
  network: request.ip,
});

const answer = (reply: FastifyReply, { status, contentType = 'text/plain; charset=utf-8', body = '' }: HookAnswer) =>
  reply.code(status).header('content-type', contentType).send(body);
