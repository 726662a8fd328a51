import { randomBytes } from 'node:crypto';
import fastify, { type FastifyInstance } from 'fastify';
import { ERRORS, type ErrorCode } from '../core/errors';
import type { Log } from './logger';
import { trusted } from './proxies';
import type { Settings } from './settings';

export interface HttpOptions {
  settings: Pick<Settings, 'TRUST_PROXY'>;
  log: Log;
  ready(): boolean;
}

/** The HTTP server with health, limits and errors; channels are registered on it by `app/serve.ts`. */
export const makeHttp = ({ settings, log, ready }: HttpOptions): FastifyInstance => {
  const boot = randomBytes(6).toString('base64url');
  let requests = 0;
  const http = fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    trustProxy: trusted(settings.TRUST_PROXY),
    genReqId: () => `${boot}${((requests += 1)).toString(36)}`,
    forceCloseConnections: true,
  });
  http.get('/healthz', async () => ({ ok: true }));
  http.get('/readyz', async (_request, reply) =>
    ready() ? { ready: true } : reply.code(503).header('retry-after', '1').send(body('NOT_READY')),
  );
  http.setNotFoundHandler((_request, reply) => reply.code(404).send(body('NOT_FOUND')));
  http.setErrorHandler((error: { statusCode?: number; code?: string; stack?: string }, request, reply) => {
    const code = codeFor(error);
    if (code === 'INTERNAL') log.error({ err: error, code, request: request.id }, ERRORS.INTERNAL.cause);
    return reply.code(ERRORS[code].status).send(body(code));
  });
  return http;
};

type HttpError = { [C in ErrorCode]: (typeof ERRORS)[C] extends { status: number } ? C : never }[ErrorCode];

const body = (code: HttpError) => ({ error: { code, message: ERRORS[code].sentence } });

const codeFor = ({ code, statusCode = 500 }: { statusCode?: number; code?: string }): HttpError => {
  if (code && code in ERRORS && 'status' in ERRORS[code as ErrorCode]) return code as HttpError;
  if (statusCode === 413) return 'TOO_LARGE';
  if (statusCode === 429) return 'RATE_LIMITED';
  if (statusCode === 404) return 'NOT_FOUND';
  if (statusCode === 401) return 'UNAUTHORIZED';
  return statusCode < 500 ? 'BAD_JSON' : 'INTERNAL';
};
