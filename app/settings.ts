import { z } from 'zod';
import { BOTS } from '../bots';
import { DISCLOSURE } from '../core/disclosure';
import { DomdomError } from '../core/errors';

const list = (text: string) => text.split(/[\s,]+/).filter(Boolean);
const flag = z.enum(['0', '1', 'false', 'true']).transform((value) => value === '1' || value === 'true');
const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);

/** Every setting, its form and its default; `.env.example` is held to this by a test. */
export const SETTINGS = {
  PORT: z.coerce.number().int().min(0).max(65535).default(3978),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  TRUST_PROXY: flag.default(false),
  DATA_DIR: z.string().min(1).default('var'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  LEASE_MS: count(30_000, 1000),
  GATEWAY_URL: z
    .url()
    .regex(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)(:|\/|$))/, 'must be https, or http on this machine')
    .optional(),
  GATEWAY_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  GATEWAY_MS: count(2500, 100).pipe(z.number().max(3000)),
  GATEWAY_FRESH_SECONDS: count(60, 0),
  UTILITY: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'must be the name of a folder in data/utilities')
    .default('sample'),
  NLU_MODEL: z.string().min(1).optional(),
  SAMPLE_CUSTOMERS: count(5000, 10),
  DIRECTLINE_SECRET: z.string().min(16, 'must have at least 16 characters').optional(),
  ALLOWED_ORIGINS: z
    .string()
    .transform(list)
    .pipe(z.array(z.string().regex(/^https?:\/\/[^/\s]+$/, 'must be origins such as https://www.example.vn')))
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
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new DomdomError(
    'BAD_SETTING',
    `${String(issue?.path[0] ?? 'A setting')}: ${issue?.message ?? 'is wrong'} (see .env.example).`,
  );
};
