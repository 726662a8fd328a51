import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Clock } from '../../core/time';

/** How long a token lives, as Direct Line tells its clients (`expires_in`). */
export const TOKEN_SECONDS = 1800;
/** A stream address carries its token in the URL, so that one must be opened at once and is good for nothing else. */
export const STREAM_SECONDS = 60;
/** A telephone that slept may come back to its conversation this long after its token expired, by GET conversations/:id only. */
export const RESUME_SECONDS = 24 * 3600;

export type Use = 'talk' | 'stream';
export interface Holder {
  conversation: string;
  /** who speaks: made by us, bound to the token, never taken from an activity */
  user: string;
}
export type Verdict =
  | { is: 'good'; holder: Holder }
  | { is: 'expired'; holder: Holder; seconds: number }
  | { is: 'bad' };

export interface Tokens {
  /** An id nobody can guess (128 random bits) and only we can make (48 bits of signature), so that none need be stored. */
  newConversation(): string;
  isConversation(id: string): boolean;
  userOf(conversation: string): string;
  issue(holder: Holder, use?: Use): string;
  check(token: string, use?: Use): Verdict;
}

interface Claims {
  conv: string;
  user: string;
  use: Use;
  /** seconds */
  exp: number;
}

const REMEMBERED = 10_000;
const HEADER = Buffer.from('{"alg":"HS256","typ":"JWT"}').toString('base64url');

/** Stateless tokens in the form of JWT (HS256), for Web Chat reads its `user` claim. */
export const makeTokens = (secret: string, clock: Clock, random: (bytes: number) => Uint8Array): Tokens => {
  const mac = (what: string) => createHmac('sha256', secret).update(what).digest();
  const tag = (id: string) => mac(`conversation ${id}`).subarray(0, 6).toString('base64url');
  /** the claims of tokens that were found to be ours: a conversation shows the same one with each request */
  const known = new Map<string, Claims>();
  const read = (token: string): Claims | undefined => {
    const before = known.get(token);
    if (before) return before;
    const [header, payload, signature, more] = token.split('.');
    if (header !== HEADER || !payload || !signature || more !== undefined) return undefined;
    if (!same(signature, mac(`${header}.${payload}`).toString('base64url'))) return undefined;
    const claims: Claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (known.size >= REMEMBERED) known.clear();
    known.set(token, claims);
    return claims;
  };
  const now = () => Math.floor(clock().getTime() / 1000);
  return {
    newConversation() {
      const id = Buffer.from(random(16)).toString('base64url');
      return id + tag(id);
    },
    isConversation: (id) => /^[\w-]{30}$/.test(id) && same(id.slice(22), tag(id.slice(0, 22))),
    userOf: (conversation) => `dl_${mac(`user ${conversation}`).subarray(0, 16).toString('base64url')}`,
    issue({ conversation, user }, use = 'talk') {
      const exp = now() + (use === 'talk' ? TOKEN_SECONDS : STREAM_SECONDS);
      const body = `${HEADER}.${Buffer.from(JSON.stringify({ conv: conversation, user, use, exp })).toString('base64url')}`;
      return `${body}.${mac(body).toString('base64url')}`;
    },
    check(token, use = 'talk') {
      const claims = read(token);
      if (claims?.use !== use) return { is: 'bad' };
      const holder = { conversation: claims.conv, user: claims.user };
      const over = now() - claims.exp;
      return over < 0 ? { is: 'good', holder } : { is: 'expired', holder, seconds: over };
    },
  };
};

/** Equality in constant time. */
export const same = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};
