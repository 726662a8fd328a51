import type { Condition, Scalar } from '../engine';

const less = (a: unknown, b: Scalar): boolean => {
  if (a === null) return true;
  if (typeof a !== typeof b || b === null) return false;
  // as SQLite and MongoDB compare text: by bytes of UTF-8, which differs from UTF-16 order
  return typeof a === 'string'
    ? Buffer.compare(Buffer.from(a), Buffer.from(b as string)) < 0
    : (a as number) < (b as number);
};

/** Whether a document meets a condition; an absent field counts as null. */
export const meets = (doc: object, condition: Condition): boolean => {
  for (const field in condition) {
    const wanted = condition[field]!;
    const value = (doc as Record<string, unknown>)[field] ?? null;
    if (wanted === null || typeof wanted !== 'object') {
      if (value !== wanted) return false;
    } else if ('in' in wanted) {
      if (!wanted.in.includes(value as Scalar)) return false;
    } else if (!less(value, wanted.before)) return false;
  }
  return true;
};
