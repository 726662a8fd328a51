import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string>;
  body: unknown;
  /** what happens once the answer is out */
  afterwards?: () => void;
}

/**
 * `drop-before`: the connection breaks and nothing was done; `drop-after`: it was done and the answer is lost; `hang`: it is done
 * and nothing more comes; or an answer in the place of the right one.
 */
export type Fault = 'drop-before' | 'drop-after' | 'hang' | FakeAnswer;

export interface FakeHost {
  base: string;
  /** the next request to this path meets the fault */
  fail(path: string, fault: Fault, times?: number): void;
  requests: FakeRequest[];
  close(): Promise<void>;
}

/** A real HTTP server on a port of its own, with scripted faults. */
export const serveFake = async (handle: (request: FakeRequest) => Promise<FakeAnswer>): Promise<FakeHost> => {
  const faults: { path: string; fault: Fault }[] = [];
  const requests: FakeRequest[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const url = new URL(incoming.url ?? '/', 'http://fake');
    const request: FakeRequest = {
      method: incoming.method ?? 'GET',
      path: url.pathname,
      query: url.searchParams,
      headers: incoming.headers,
      body: Buffer.concat(chunks),
    };
    requests.push(request);
    const n = faults.findIndex(({ path }) => path === request.path);
    const fault = n < 0 ? undefined : faults.splice(n, 1)[0]!.fault;
    if (fault === 'drop-before') return void incoming.socket.destroy();
    const { status = 200, headers = {}, body, afterwards } = typeof fault === 'object' ? fault : await handle(request);
    if (fault === 'hang') return;
    if (fault === 'drop-after') return void incoming.socket.destroy();
    outgoing.writeHead(status, { 'content-type': 'application/json;charset=utf-8', ...headers });
    outgoing.end(typeof body === 'string' ? body : JSON.stringify(body));
    afterwards?.();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    fail(path, fault, times = 1) {
      for (let n = 0; n < times; n += 1) faults.push({ path, fault });
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
