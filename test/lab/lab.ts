import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { inForce } from '../../core/utility';
import { packageRoot } from '../../data/package-root';
import { loadUtility } from '../../data/utilities';
import { isReady, scratch, startServer } from '../processes';
import { PHONES, type PhoneName } from './phone';
import { phonesOn } from './phones';
import { startPlatforms } from './platforms';

const LOOK_MS = 80;
const LONGEST = 2000;
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface LabOptions {
  /** the bundled command line of the project */
  cli: string;
  port?: number;
  customers?: number;
}

/** The server on fakes of every platform, and one page with five phones that hold the same conversation. */
export const startLab = async ({ cli, port = 0, customers = 40 }: LabOptions) => {
  const store = scratch();
  const platforms = await startPlatforms();
  const pictures: Blob[] = [];
  const rules = inForce((await loadUtility('sample')).rules, new Date().toISOString().slice(0, 10) as never);
  const price = Number(rules.find(({ key }) => key === 'sms.price')?.value ?? 0);
  const phones = phonesOn(platforms, (bytes) => `/pictures/${pictures.push(bytes) - 1}`, price);

  const watching = new Set<ServerResponse>();
  const shown = new Map<PhoneName, string>();
  const tell = (response: ServerResponse, screen: string) => response.write(`data: ${screen}\n\n`);
  const look = () => {
    for (const name of PHONES) {
      const screen = JSON.stringify({ phone: name, ...phones[name].look() });
      if (shown.get(name) === screen) continue;
      shown.set(name, screen);
      for (const response of watching) tell(response, screen);
    }
  };
  const timer = setInterval(look, LOOK_MS);

  let house = '';
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'http://lab').pathname;
    const send = (status: number, type = 'text/plain', body: string | Buffer = '') => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
      response.end(body);
    };
    if (request.method === 'POST') {
      // a form of another site cannot send JSON without asking first
      if (request.headers['content-type'] !== 'application/json') return send(415);
      const { phone, text, tap } = (await bodyOf(request)) as { phone?: PhoneName; text?: string; tap?: string };
      const named = PHONES.filter((name) => phone === undefined || name === phone);
      const said = text?.trim().slice(0, LONGEST);
      if (said) for (const name of named) phones[name].type(said).catch(report);
      else if (tap && phone && named.length > 0) phones[phone].tap(tap).catch(report);
      else return send(400);
      look();
      return send(204);
    }
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write(': open\n\n');
      for (const screen of shown.values()) tell(response, screen);
      watching.add(response);
      response.once('close', () => watching.delete(response));
      return;
    }
    const [, kept] = /^\/pictures\/(\d+)$/.exec(path) ?? [];
    const picture = kept === undefined ? undefined : pictures[Number(kept)];
    if (picture) return send(200, picture.type, Buffer.from(await picture.arrayBuffer()));
    const file = path.startsWith('/assets/')
      ? join(packageRoot(), 'dist/web', normalize(path))
      : join(packageRoot(), 'test/lab/page', path === '/' ? 'index.html' : normalize(path));
    const found = await readFile(file).catch(() => undefined);
    const type = TYPES[extname(file)];
    if (!found || !type) return send(404);
    return send(200, type, path === '/' ? found.toString('utf8').replaceAll('{{house}}', house) : found);
  };
  const report = (error: unknown) => process.stderr.write(`lab: ${String(error)}\n`);

  const http = createServer((request, response) => {
    answer(request, response).catch((error) => {
      report(error);
      response.writeHead(500).end();
    });
  });
  http.listen(port, '127.0.0.1');
  await once(http, 'listening');
  const address = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;

  const server = await startServer(cli, {
    ...platforms.settings,
    DATA_DIR: store.dir,
    SAMPLE_CUSTOMERS: String(customers),
    ALLOWED_ORIGINS: address,
    CODES_PER_PERSON: '50',
  });
  house = server.address;
  await isReady(house);
  await platforms.register(house);

  return {
    address,
    house,
    platforms,
    async stop(): Promise<void> {
      clearInterval(timer);
      for (const response of watching) response.end();
      http.closeAllConnections();
      http.close();
      await platforms.close();
      await server.kill('SIGTERM');
      store.remove();
    },
  };
};

export type Lab = Awaited<ReturnType<typeof startLab>>;

const bodyOf = async (request: IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  try {
    return (JSON.parse(Buffer.concat(chunks).toString('utf8')) ?? {}) as Record<string, unknown>;
  } catch {
    return {};
  }
};
