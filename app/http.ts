import { randomBytes } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { ERRORS, type ErrorCode } from '../core/errors';
import { isStoreFailure } from '../data/failure';
import type { Log } from './logger';
import { trusted } from './proxies';
import type { Settings } from './settings';

export interface HttpOptions {
  settings: Pick<Settings, 'TRUST_PROXY'>;
  log: Log;
  ready(): boolean;
  /** whether the store keeps what it is given */
  keeps?(): Promise<boolean>;
}

/** The HTTP server with health, limits and errors; channels are registered on it by `app/serve.ts`. */
export const makeHttp = ({ settings, log, ready, keeps }: HttpOptions): FastifyInstance => {
  const boot = randomBytes(6).toString('base64url');
  let requests = 0;
  const refuse = (reply: FastifyReply, code: HttpError) => {
    if (ERRORS[code].status === 503) reply.header('retry-after', '1');
    return reply.code(ERRORS[code].status).send(body(code));
  };
  const http = fastify({
    bodyLimit: 64 * 1024,
    requestTimeout: 15_000,
    trustProxy: trusted(settings.TRUST_PROXY),
    genReqId: () => `${boot}${((requests += 1)).toString(36)}`,
    forceCloseConnections: true,
    // an address that cannot be decoded, or holds an id that is too long to be one of ours
    frameworkErrors: (_error, _request, reply) => void refuse(reply, 'NOT_FOUND'),
    clientErrorHandler: answerBadRequest,
  });
  http.get('/healthz', async () => ({ ok: true }));
  http.get('/readyz', async (_request, reply) => {
    if (!ready()) return refuse(reply, 'NOT_READY');
    return (await (keeps?.() ?? true)) ? { ready: true } : refuse(reply, 'STORE_UNREACHABLE');
  });
  http.setNotFoundHandler((_request, reply) => refuse(reply, 'NOT_FOUND'));
  http.setErrorHandler((error: { statusCode?: number; code?: string; stack?: string }, request, reply) => {
    const code = codeFor(error);
    if (ERRORS[code].status >= 500 && code !== 'NOT_READY')
      log.error({ err: error, code, request: request.id }, ERRORS[code].cause);
    return refuse(reply, code);
  });
  return http;
};

/** What is no HTTP at all, is too long in its head, or does not come to an end. */
const answerBadRequest = (error: Error & { code?: string }, socket: Socket): void => {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const status = { ERR_HTTP_REQUEST_TIMEOUT: 408, HPE_HEADER_OVERFLOW: 431 }[error.code ?? ''] ?? 400;
    const said = JSON.stringify(body(status === 431 ? 'TOO_LARGE' : 'BAD_JSON'));
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: ${Buffer.byteLength(said)}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${said}`,
    );
  }
  socket.destroy(error);
};

type HttpError = { [C in ErrorCode]: (typeof ERRORS)[C] extends { status: number } ? C : never }[ErrorCode];

const body = (code: HttpError) => ({ error: { code, message: ERRORS[code].sentence } });

const codeFor = (error: { statusCode?: number; code?: string }): HttpError => {
  const { code, statusCode = 500 } = error;
  if (code && code in ERRORS && 'status' in ERRORS[code as ErrorCode]) return code as HttpError;
  if (isStoreFailure(error)) return 'STORE_UNREACHABLE';
  if (statusCode === 413) return 'TOO_LARGE';
  if (statusCode === 429) return 'RATE_LIMITED';
  if (statusCode === 404) return 'NOT_FOUND';
  if (statusCode === 401) return 'UNAUTHORIZED';
  return statusCode < 500 ? 'BAD_JSON' : 'INTERNAL';
};
