import { z } from 'zod';
import { BOTS } from '../bots';
import { DISCLOSURE } from '../core/disclosure';
import { DomdomError } from '../core/errors';
import { bearerSecret, isOrigin, webAddress, wholeNumber } from '../core/setting';
import { proxies } from './proxies';

const list = (text: string) => text.split(/[\s,]+/).filter(Boolean);
const count = (fallback: number, min = 1, max?: number) => wholeNumber(min, max).default(fallback);

const ORIGINS =
  'must be origins as browsers write them, such as https://www.example.vn: small letters, no path, no wildcard, no port that goes without saying, names with diacritics in their xn-- form';

/** Every setting, its form and its default; `.env.example` is held to this by a test. */
export const SETTINGS = {
  PORT: count(3978, 0, 65535),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: webAddress()
    .transform((text) => new URL(text).href.replace(/\/$/, ''))
    .refine(
      (text) => new URL(text).origin === text,
      'must be an address such as https://cskh.example.vn, without a path',
    )
    .optional(),
  TRUST_PROXY: proxies().default(0),
  DATA_DIR: z.string().min(1).default('var'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  LEASE_MS: count(30_000, 1000),
  GATEWAY_URL: webAddress()
    .regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|\/|$))/, 'must be https, or http on this machine')
    .optional(),
  GATEWAY_TOKEN: bearerSecret().optional(),
  GATEWAY_MS: count(2500, 100, 3000),
  GATEWAY_FRESH_SECONDS: count(60, 0),
  UTILITY: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be the name of a folder in data/utilities')
    .default('sample'),
  NLU_MODEL: z.string().min(1).optional(),
  SAMPLE_CUSTOMERS: count(5000, 10),
  DIRECTLINE_SECRET: bearerSecret().optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform(list)
    .refine((origins) => origins.every(isOrigin), ORIGINS)
    .default([]),
  TOKENS_PER_MINUTE: count(300),
  MESSAGES_PER_MINUTE: count(30_000),
  CODES_PER_PERSON: count(DISCLOSURE.codesPerPerson),
  CODES_PER_NETWORK: count(DISCLOSURE.codesPerNetwork),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'),
};

const ofChannels = Object.assign({}, ...Object.values(BOTS).map(({ settings }) => settings)) as Record<
  string,
  z.ZodType
>;

/** The house's settings and those of its channels, which only the channels read. */
export const ALL_SETTINGS: Record<string, z.ZodType> = { ...SETTINGS, ...ofChannels };

export type Settings = z.infer<z.ZodObject<typeof SETTINGS>>;
const schema = z.object(ALL_SETTINGS) as unknown as z.ZodType<Settings>;

/**
 * Reads the environment. An empty variable counts as unset.
 * @throws DomdomError BAD_SETTING with one sentence that names the variable, never its value.
 */
export const readSettings = (env: Record<string, string | undefined>): Settings => {
  const given = Object.fromEntries(Object.entries(env).filter(([key, value]) => key in ALL_SETTINGS && value !== ''));
  const parsed = schema.safeParse(given, { error: inWords });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomdomError('BAD_SETTING', `${String(issue?.path[0] ?? 'A setting')}: ${issue?.message ?? 'is wrong'}.`);
};

/** What the form of a setting leaves unsaid, without the schema's own jargon. */
const inWords: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`;
  if (issue.code === 'too_small') return `must have at least ${issue.minimum} characters`;
  if (issue.code === 'too_big') return `must have at most ${issue.maximum} characters`;
  return 'is wrong';
};
