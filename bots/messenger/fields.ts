import { textFrom } from '../../core/activity';

/** What is picked from a platform's JSON: every value is checked, bounded and made well-formed on its own. */
export type Json = Record<string, unknown>;

export const record = (value: unknown): Json =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Json) : {};

export const list = (value: unknown, most: number): Json[] =>
  Array.isArray(value) ? value.slice(0, most).map(record) : [];

export const text = (value: unknown, limit: number): string | undefined => textFrom(value, limit) || undefined;

/** An id of the platform, written as a string or a number. */
export const idOf = (value: unknown): string | undefined => {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof id === 'string' && /^[\w.:$-]{1,255}$/.test(id) ? id : undefined;
};

/** Epoch ms within the years that a Date can hold; the platform writes seconds in `changes`. */
export const msOf = (value: unknown, unit = 1): number | undefined =>
  typeof value === 'number' && value > 0 && value * unit <= 8.64e15 ? Math.floor(value * unit) : undefined;
