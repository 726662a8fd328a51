import { createHash, timingSafeEqual } from 'node:crypto';
import type { RawRequest, Verification } from '../../core/channel';
import { fieldsOf, idOf, parseFields } from './ids';

export interface SignatureKeys {
  appId: string;
  /**
   * Tried in this order. The OA secret key is believed to be the right one; public material names the app secret too, and
   * both are known to Zalo and to us alone (developers.zalo.me, Webhook; reference §1.1, marked UNSURE).
   */
  secrets: readonly string[];
}

/** SHA-256 over app id, raw body, timestamp and key, joined without separators. Not an HMAC. */
export const macOf = (appId: string, body: Uint8Array, timestamp: string, secret: string): Buffer =>
  createHash('sha256').update(appId).update(body).update(timestamp).update(secret).digest();

const header = (request: RawRequest, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : value?.[0];
};

/**
 * The console's test and the saving of the address send an unsigned `{}`, which is a challenge. The timestamp is the body's;
 * some public code reads a header instead, which is tried second (UNSURE): both need the same secret.
 */
export const verifySignature = (request: RawRequest, { appId, secrets }: SignatureKeys): Verification => {
  if (request.method !== 'POST') return { is: 'refused', why: 'not a POST' };
  const signature = header(request, 'x-zevent-signature');
  const fields = parseFields(request.body);
  if (signature === undefined) {
    const probe = fields !== undefined && Object.keys(fields).length === 0;
    return probe ? { is: 'challenge', answer: '' } : { is: 'refused', why: 'not signed' };
  }
  const hex = /^(?:mac *= *)?([0-9a-f]{64})$/i.exec(signature.trim())?.[1];
  if (!hex) return { is: 'refused', why: 'the signature has another form' };
  if (!fields) return { is: 'refused', why: 'the body is not a JSON object' };
  if (fields.app_id !== undefined && idOf(fields.app_id) !== appId) return { is: 'refused', why: 'for another app' };
  const given = Buffer.from(hex, 'hex');
  const times = [idOf(fields.timestamp), header(request, 'x-zevent-timestamp')].filter((t) => t !== undefined);
  const signedBy = (id: string) =>
    times.some((time) => secrets.some((secret) => timingSafeEqual(macOf(id, request.body, time, secret), given)));
  if (signedBy(appId)) return { is: 'genuine' };
  const parties = [fields.oa_id, fieldsOf(fields.recipient).id, fieldsOf(fields.sender).id].flatMap(
    (id) => idOf(id) ?? [],
  );
  return parties.some(signedBy)
    ? { is: 'refused', why: 'signed with the id of the OA in the place of the app id' }
    : { is: 'refused', why: 'the signature does not match' };
};
