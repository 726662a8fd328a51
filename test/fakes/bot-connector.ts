import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A Bot Framework connector over real HTTP: OpenID configuration and keys, the login that gives tokens, conversations that take activities. */
export class FakeConnector {
  readonly taken: { conversation: string; activity: Record<string, unknown>; authorization: string }[] = [];
  /** what the next sends are answered: a status, or `after` for a connection that breaks after the work, `silent` for none at all */
  readonly faults: (number | 'after' | 'silent')[] = [];
  readonly app = { id: '3f7a0c7e-0000-4000-8000-00000000d0d0', password: 'app-password-of-the-fake' };
  base = '';
  private keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private other = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private sockets = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const say = (status: number, said: unknown) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(said));
      };
      const url = request.url ?? '';
      if (url === '/openid')
        return say(200, {
          issuer: 'https://api.botframework.com',
          jwks_uri: `${this.base}/keys`,
          id_token_signing_alg_values_supported: ['RS256'],
        });
      if (url === '/keys')
        return say(200, {
          keys: [
            {
              ...this.keys.publicKey.export({ format: 'jwk' }),
              kid: 'one',
              use: 'sig',
              endorsements: ['msteams', 'webchat', 'emulator'],
            },
          ],
        });
      if (url.endsWith('/oauth2/v2.0/token')) {
        const given = new URLSearchParams(body);
        const right = given.get('client_id') === this.app.id && given.get('client_secret') === this.app.password;
        return right
          ? say(200, { access_token: 'token-of-the-fake', expires_in: 3600, token_type: 'Bearer' })
          : say(401, { error: 'invalid_client' });
      }
      const [, conversation] = /^\/v3\/conversations\/([^/]+)\/activities/.exec(url) ?? [];
      if (!conversation) return say(404, { error: { code: 'NotFound' } });
      if (request.headers.authorization !== 'Bearer token-of-the-fake')
        return say(401, { error: { code: 'Unauthorized' } });
      const fault = this.faults.shift();
      if (typeof fault === 'number') return say(fault, { error: { code: 'Scripted', message: 'scripted' } });
      this.taken.push({
        conversation: decodeURIComponent(conversation),
        activity: JSON.parse(body),
        authorization: request.headers.authorization,
      });
      if (fault === 'after') return void request.socket.destroy();
      if (fault === 'silent') return;
      say(200, { id: `a${this.taken.length}` });
    });
  });

  async start(): Promise<string> {
    this.sockets.listen(0, '127.0.0.1');
    await once(this.sockets, 'listening');
    this.base = `http://127.0.0.1:${(this.sockets.address() as { port: number }).port}`;
    return this.base;
  }

  async stop(): Promise<void> {
    this.sockets.closeAllConnections();
    this.sockets.close();
    await once(this.sockets, 'close');
  }

  /** The header that the connector sends with an activity; `wrong` makes it a forger's. */
  authorization(wrong: { key?: boolean; claims?: Record<string, unknown>; alg?: string } = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'https://api.botframework.com',
      aud: this.app.id,
      serviceurl: `${this.base}/`,
      nbf: now - 60,
      exp: now + 3600,
      ...wrong.claims,
    };
    const signed = `${base64url({ alg: wrong.alg ?? 'RS256', typ: 'JWT', kid: 'one' })}.${base64url(claims)}`;
    const key: KeyObject = wrong.key ? this.other.privateKey : this.keys.privateKey;
    const signature =
      wrong.alg === 'none' ? '' : createSign('RSA-SHA256').update(signed).sign(key).toString('base64url');
    return `Bearer ${signed}.${signature}`;
  }

  activity(of: Record<string, unknown>, person = 'u1'): Record<string, unknown> {
    return {
      type: 'message',
      id: 'm1',
      timestamp: '2026-03-12T02:00:00.000Z',
      channelId: 'webchat',
      serviceUrl: `${this.base}/`,
      from: { id: person, name: 'Lan' },
      recipient: { id: 'bot1', name: 'Đom Đóm' },
      conversation: { id: `conv-${person}` },
      ...of,
    };
  }
}
