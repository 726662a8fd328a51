/** A Vietnamese mobile or fixed number as providers write it (0…, 84…, +84…, 0084…) in the form 84…; undefined when it is none. */
export const phoneOf = (written: unknown): string | undefined => {
  const digits = typeof written === 'string' && written.length <= 20 ? written.replace(/[\s.+-]/g, '') : '';
  const [, national] = /^(?:0084|84|0)([1-9]\d{8,9})$/.exec(digits) ?? [];
  return national && `84${national}`;
};

/** Short codes and brandnames as they stand in a request: letters and digits, at most 20. */
export const serviceOf = (written: unknown): string | undefined =>
  typeof written === 'string' && /^[\w .-]{1,20}$/.test(written) ? written : undefined;
