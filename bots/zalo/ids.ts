import { textFrom } from '../../core/activity';

const decoder = new TextDecoder('utf-8', { fatal: true });
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
const LONG_INTEGER = /^\d{16,}$/;

export type Fields = Record<string, unknown>;

export const fieldsOf = (value: unknown): Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Fields) : {};

/**
 * A JSON object, or undefined. Ids beyond 2^53 that came without quotes are kept digit by digit, as strings.
 * The text is known to be JSON before the pattern sees it: on unterminated strings the pattern would not be linear.
 */
export const parseFields = (body: Uint8Array | string): Fields | undefined => {
  try {
    const text = typeof body === 'string' ? body : decoder.decode(body);
    const value: unknown = JSON.parse(text);
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
    if (!/\d{16}/.test(text)) return value as Fields;
    return JSON.parse(text.replace(TOKENS, (token) => (LONG_INTEGER.test(token) ? `"${token}"` : token))) as Fields;
  } catch {
    return undefined;
  }
};

/** An id as the platform writes it: digits, or letters and digits; undefined for anything else. */
export const idOf = (value: unknown): string | undefined => {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && /^[\w.:@-]{1,128}$/.test(text) ? text : undefined;
};

export const textOf = (value: unknown, limit = 10_000): string | undefined => textFrom(value, limit);
