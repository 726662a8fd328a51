import { z } from 'zod';
import type { Abilities } from '../../core/channel';
import { webAddress } from '../../core/setting';
import { SIZES } from './limits';

export const ABILITIES: Abilities = {
  textLimit: SIZES.text,
  choices: 'buttons',
  maxChoices: SIZES.buttons,
  pictures: true,
  tables: false,
  unaccented: false,
  oneReply: false,
  gatherMs: 2500,
  replyWindowHours: 168,
  cost: 'free',
  // 4,000 requests a minute for an app
  pace: { perSecond: 60 },
  honoursSendKey: false,
  readsLog: false,
};

const digits = z.string().regex(/^\d{6,25}$/, 'must be the digits of an id');
const secret = z.string().min(8, 'must have at least 8 characters');

export const SETTINGS = {
  ZALO_APP_ID: digits.optional(),
  ZALO_APP_SECRET: secret.optional(),
  ZALO_OA_SECRET: secret.optional(),
  ZALO_REFRESH_TOKEN: secret.optional(),
  ZALO_OA_ID: digits.optional(),
  ZALO_BAD_SIGNATURE: z.enum(['refuse', 'drop']).default('refuse'),
  ZALO_OAUTH_BASE: webAddress().default('https://oauth.zaloapp.com'),
  ZALO_API_BASE: webAddress().default('https://openapi.zalo.me'),
  ZALO_ZBS_BASE: webAddress().default('https://business.openapi.zalo.me'),
};

export const NEEDED = ['ZALO_APP_ID', 'ZALO_APP_SECRET', 'ZALO_OA_SECRET', 'ZALO_REFRESH_TOKEN'] as const;

type Given = z.infer<z.ZodObject<typeof SETTINGS>>;
export type ZaloSettings = Given & { [K in (typeof NEEDED)[number]]: string };
