import type { Ports } from '../../core/channel';

export interface App {
  id: string;
  password: string;
  /** `botframework.com` for a multi-tenant bot */
  tenant: string;
  loginBase: string;
}

const SCOPE = 'https://api.botframework.com/.default';
const EARLY_MS = 5 * 60_000;

/** Client credentials of the bot's app (OAuth 2.0, RFC 6749 §4.4): a token for the connector, asked for again before it expires. */
export const tokensOf = (app: App, { fetch, clock, deadline }: Pick<Ports, 'fetch' | 'clock' | 'deadline'>) => {
  let current: { token: string; until: number } | undefined;
  return async (): Promise<string> => {
    if (current && current.until > clock().getTime()) return current.token;
    const response = await fetch(`${app.loginBase.replace(/\/$/, '')}/${app.tenant}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: app.id,
        client_secret: app.password,
        scope: SCOPE,
      }),
      signal: deadline(10_000),
    });
    const said = (await response.json().catch(() => ({}))) as { access_token?: string; expires_in?: number };
    if (!response.ok || !said.access_token) throw Object.assign(new Error('no token'), { statusCode: 401 });
    current = { token: said.access_token, until: clock().getTime() + (said.expires_in ?? 3600) * 1000 - EARLY_MS };
    return current.token;
  };
};
