import { createCipheriv, createDecipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Compared in constant time, whatever was sent. */
export const same = (given: unknown, expected: string): boolean => {
  if (typeof given !== 'string') return false;
  const [a, b] = [given, expected].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(a!, b!);
};

/** eSMS: MD5 over the values and the private key, joined without a separator. */
export const md5 = (values: string[], as: 'base64' | 'hex' = 'base64'): string =>
  createHash('md5').update(values.join(''), 'utf8').digest(as);

/** V-COM: raw SHA-256 over the values joined without a separator, in Base64. */
export const sha256 = (values: string[]): string =>
  createHash('sha256').update(values.join(''), 'utf8').digest('base64');

/** A name for a send key that holds nothing of it: what providers tell repetitions by. */
export const nameOf = (sendKey: string): string => createHash('sha256').update(sendKey).digest('hex').slice(0, 32);

const keyOf = (secret: string) => createHash('sha256').update(`domdom sms ${secret}`).digest();

/** Text that only we can read and make, for callback addresses, which their providers neither sign nor keep to themselves. */
export const seal = (secret: string, text: string): string => {
  // the nonce is derived from the text: the same text gives the same seal, and no nonce serves two texts
  const nonce = createHmac('sha256', keyOf(secret)).update(text).digest().subarray(0, 12);
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), nonce);
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
};

export const unseal = (secret: string, sealed: string): string | undefined => {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < 29) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(12, 28));
    return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
};
