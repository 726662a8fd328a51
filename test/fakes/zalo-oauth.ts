import { createHash } from 'node:crypto';
import type { FakeAnswer, FakeRequest } from './zalo-http';

export interface OauthOptions {
  now(): Date;
  appId: string;
  appSecret: string;
  /** seconds, told as a string */
  expiresIn?: string;
  /** told in its tokens, for several fakes on one store */
  named?: string;
}

/** OAuth v4 of one OA: every refresh token works once, and a new access token kills the one before it. */
export const fakeOauth = ({ now, appId, appSecret, expiresIn = '90000', named = 'the' }: OauthOptions) => {
  let n = 0;
  let access: { token: string; until: number } | undefined;
  let refresh: { token: string; until: number } | undefined;
  const gone = new Set<string>();
  const codes = new Map<string, { challenge: string; until: number }>();
  /** how often each refresh token was sent to us */
  const uses = new Map<string, number>();
  const DAY = 86_400_000;

  const rotate = () => {
    n += 1;
    if (access) gone.add(access.token);
    const at = now().getTime();
    access = { token: `access-token-${n}-of-${named}-fake`, until: at + Number(expiresIn) * 1000 };
    refresh = { token: `refresh-token-${n}-of-${named}-fake`, until: at + 90 * DAY };
    return { access_token: access.token, refresh_token: refresh.token, expires_in: expiresIn };
  };
  const wrong = (error: number, error_name: string): FakeAnswer => ({
    body: { error, error_name, error_reason: error_name, ref_doc: 'the fake', error_description: error_name },
  });

  const hooks: { rotated?: () => void } = {};
  return {
    uses,
    /** called when both tokens are new and nobody has been told */
    hooks,
    get rotations() {
      return n;
    },
    /** the consent of an admin in the developer console's API Explorer */
    consent: () => rotate().refresh_token,
    /** the consent in a browser: a code for ten minutes */
    authorize(challenge: string): string {
      const code = `code-${codes.size + 1}`;
      codes.set(code, { challenge, until: now().getTime() + 600_000 });
      return code;
    },
    /** an admin takes the consent back */
    revoke() {
      if (access) gone.add(access.token);
      access = undefined;
      refresh = undefined;
    },
    /** the access token is lost on Zalo's side; the refresh token is not */
    loseAccess() {
      if (access) gone.add(access.token);
      access = undefined;
    },
    /** undefined when the token is good, else the error of the OA host */
    refuses(token: string | string[] | undefined): number | undefined {
      if (access && token === access.token) return now().getTime() < access.until ? undefined : -220;
      return typeof token === 'string' && gone.has(token) ? -220 : -216;
    },
    async handle({ method, path, headers, body }: FakeRequest): Promise<FakeAnswer> {
      if (method !== 'POST' || path !== '/v4/oa/access_token') return { status: 404, body: 'empty api' };
      if (headers.secret_key === undefined) return { status: 404, body: 'empty api' };
      if (!String(headers['content-type']).startsWith('application/x-www-form-urlencoded'))
        return wrong(-14001, 'Invalid content type');
      const form = new URLSearchParams(body.toString('utf8'));
      if (headers.secret_key !== appSecret) return wrong(-14004, 'Invalid secret key');
      if (form.get('app_id') !== appId) return wrong(-14002, 'Invalid app id');
      if (form.get('grant_type') === 'authorization_code') {
        const code = codes.get(form.get('code') ?? '');
        codes.delete(form.get('code') ?? '');
        const challenge = createHash('sha256')
          .update(form.get('code_verifier') ?? '')
          .digest('base64url');
        if (!code || now().getTime() > code.until) return wrong(-14008, 'Invalid authorization code');
        return challenge === code.challenge ? { body: rotate() } : wrong(-14003, 'Invalid code verifier');
      }
      if (form.get('grant_type') !== 'refresh_token') return wrong(-14007, 'Invalid grant type');
      const given = form.get('refresh_token') ?? '';
      uses.set(given, (uses.get(given) ?? 0) + 1);
      if (!refresh || given !== refresh.token || now().getTime() > refresh.until)
        return wrong(-14014, 'Invalid refresh token');
      const rotated = rotate();
      hooks.rotated?.();
      return { body: rotated };
    },
  };
};

export type FakeOauth = ReturnType<typeof fakeOauth>;
