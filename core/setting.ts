import { z } from 'zod';

/** A number as people write one in a setting: digits, and nothing that JavaScript would read as a number besides ("0x10", " 80", "1e3"). */
export const wholeNumber = (min: number, max = 999_999_999) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= min && Number(text) <= max,
      max < 999_999_999 ? `must be a whole number from ${min} to ${max}` : `must be a whole number of at least ${min}`,
    )
    .transform(Number);

const parsed = (text: string): URL | undefined =>
  URL.canParse(text) && !/[\s\\]/.test(text) ? new URL(text) : undefined;

/** Where something is called: http or https, no name and password, no query, no fragment. */
export const webAddress = () =>
  z.string().refine((text) => {
    const url = parsed(text);
    return url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !/[?#]/.test(text);
  }, 'must be an address such as https://api.example.vn, with nothing after ? or #');

/** The origin of a site, exactly as browsers write it in `Origin`. */
export const isOrigin = (text: string): boolean =>
  /^https?:\/\/([a-z0-9.-]+|\[[0-9a-f:.]+\])(:\d+)?$/.test(text) && parsed(text)?.origin === text;

/** What is shown or sent in an Authorization header: that header carries nothing else. */
export const bearerSecret = () =>
  z
    .string()
    .regex(/^[!-~]{16,}$/, 'must have at least 16 characters: letters without diacritics, digits, signs, no spaces');
