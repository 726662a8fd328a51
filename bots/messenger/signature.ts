import { createHmac, timingSafeEqual } from 'node:crypto';
import type { RawRequest, Verification } from '../../core/channel';

const hmac = (secret: string, signed: string | Buffer): Buffer => createHmac('sha256', secret).update(signed).digest();

const same = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);

/** Hex HMAC of the token under the app secret, sent with every call (Graph API, securing requests). */
export const proofOf = (appSecret: string, token: string): string => hmac(appSecret, token).toString('hex');

/**
 * POST: `X-Hub-Signature-256` over the bytes as they came; Meta signs non-ASCII text in its `\u` escapes, so nothing may be parsed
 * first. GET: the subscription handshake. (Messenger Platform, webhooks)
 */
export const verifier =
  (appSecret: string, verifyToken: string) =>
  ({ method, url, headers, body }: RawRequest): Verification => {
    if (method === 'GET') {
      const asked = new URLSearchParams(url.slice(url.indexOf('?') + 1));
      const challenge = asked.get('hub.challenge');
      // hashed, so that tokens of every length are compared in the same time
      const known = same(hmac(appSecret, asked.get('hub.verify_token') ?? ''), hmac(appSecret, verifyToken));
      if (asked.get('hub.mode') !== 'subscribe' || !known) return { is: 'refused', why: 'wrong verify token' };
      return challenge && challenge.length <= 1000
        ? { is: 'challenge', answer: challenge }
        : { is: 'refused', why: 'no challenge' };
    }
    const header = headers['x-hub-signature-256'];
    const hex = typeof header === 'string' ? /^sha256=([0-9a-f]{64})$/.exec(header)?.[1] : undefined;
    if (!hex) return { is: 'refused', why: 'no signature' };
    return same(Buffer.from(hex, 'hex'), hmac(appSecret, body))
      ? { is: 'genuine' }
      : { is: 'refused', why: 'wrong signature' };
  };
