import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const TOKEN = 'a token of sixteen letters and more';

type Rows = Record<string, unknown>[];
type Change = (rows: Rows) => unknown;

/** How the system behaves from now on. `lies`: rows are changed before they are answered. */
export type Mood =
  | { is: 'well' }
  | { is: 'hangs' | 'drops' | 'trickles' | 'html' | 'cut' | 'huge' | 'redirects' }
  | { is: 'refuses'; status: number }
  | { is: 'lies'; rows: Change }
  | { is: 'dated'; asOf: string };

/** A utility's system by docs/gateway.openapi.yaml over rows given by path, on a port of its own. */
export const fakeGateway = async (rows: Record<string, Rows>, asOf: string) => {
  let mood: Mood = { is: 'well' };
  let arrived: (() => void)[] = [];
  const asked: { path: string; question: Record<string, unknown> }[] = [];
  const urls: string[] = [];

  const rowsFor = (path: string, { customer, when, stations, unit }: Record<string, never>): Rows =>
    (rows[path] ?? []).filter(
      (row) =>
        (customer === undefined || (row.customer ?? row.code) === customer) &&
        (when === undefined ||
          (row.year === (when as Record<string, unknown>).year &&
            row.month === (when as Record<string, unknown>).month)) &&
        (stations === undefined || (stations as string[]).includes(row.station as string)) &&
        (unit === undefined || row.unit === unit),
    );

  const answer = (request: IncomingMessage, response: ServerResponse, body: string): void => {
    const json = (value: unknown) => response.setHeader('content-type', 'application/json').end(JSON.stringify(value));
    const path = request.url?.match(/^\/cmis\/v1\/([a-z-]+)$/)?.[1];
    urls.push(request.url ?? '');
    if (request.headers.authorization !== `Bearer ${TOKEN}`) return void response.writeHead(401).end();
    if (request.method !== 'POST' || !path) return void response.writeHead(404).end();
    const question = JSON.parse(body);
    asked.push({ path, question });
    const good = { asOf: mood.is === 'dated' ? mood.asOf : asOf, rows: rowsFor(path, question) };
    switch (mood.is) {
      case 'hangs':
        break;
      case 'trickles':
        response.setHeader('content-type', 'application/json').write('{"asOf":');
        break;
      case 'drops':
        request.socket.destroy();
        break;
      case 'html':
        response.setHeader('content-type', 'text/html').end('<h1>Bảo trì</h1>');
        break;
      case 'cut':
        response.end(JSON.stringify(good).slice(0, -5));
        break;
      case 'huge':
        response.end(`"${'x'.repeat(2_000_000)}"`);
        break;
      case 'redirects':
        response.writeHead(302, { location: '/elsewhere' }).end();
        break;
      case 'refuses':
        response.writeHead(mood.status).end();
        break;
      case 'lies':
        json({ ...good, rows: mood.rows(structuredClone(good.rows)) });
        break;
      default:
        json(good);
    }
    for (const wake of arrived) wake();
    arrived = [];
  };

  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => answer(request, response, body));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/cmis`,
    asked,
    urls,
    is(next: Mood) {
      mood = next;
    },
    /** resolves when the next request has come in whole */
    heard: () => new Promise<void>((wake) => void arrived.push(wake)),
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
