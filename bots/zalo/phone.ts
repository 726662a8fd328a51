import { createHash } from 'node:crypto';

/** A Vietnamese number in the form 84xxxxxxxxx, from any of 0…, 84…, +84…, a number or spaced digits. */
export const phoneOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const digits = String(value)
    .slice(0, 40)
    .replace(/[\s.()-]/g, '');
  const found = /^(?:\+?84|0)([1-9]\d{7,9})$/.exec(digits);
  return found ? `84${found[1]}` : undefined;
};

/** SHA-256 hex of the 84 form: what Zalo takes and gives in the place of a phone. */
export const phoneHash = (phone: string): string => createHash('sha256').update(phone).digest('hex');

/** Conversation of a person who is known by phone only. The phone itself stays out of ids. */
export const phoneConversation = (phoneOrHash: string): string | undefined => {
  if (/^[0-9a-f]{64}$/.test(phoneOrHash)) return `phone:${phoneOrHash}`;
  const phone = phoneOf(phoneOrHash);
  return phone && `phone:${phoneHash(phone)}`;
};
