import { z } from 'zod';
import { webAddress, wholeNumber } from '../../core/setting';
import { PROVIDERS } from './provider';

const text = z.string().min(1).max(200).optional();
const base = webAddress();
const flag = z
  .enum(['0', '1', 'false', 'true'])
  .default('0')
  .transform((value) => value === '1' || value === 'true');

/** A provider is on when its keys are there. docs/channels/sms.md says where each comes from. */
export const SETTINGS = {
  /** who carries what answers no MO */
  SMS_MT: z.enum(PROVIDERS).optional(),
  SMS_SHORT_CODE: z
    .string()
    .regex(/^\d{3,8}$/, 'must be a short code: digits')
    .optional(),
  SMS_ACCENTED: flag,
  /** how long a provider that takes the answer in its HTTP response is kept waiting */
  SMS_ANSWER_MS: wholeNumber(500, 60_000).default(8_000),

  SMS_ESMS_PRIVATE_KEY: text,
  SMS_ESMS_CPID: text,
  SMS_ESMS_SIGN: z.enum(['base64', 'hex']).default('base64'),
  SMS_ESMS_API_KEY: text,
  SMS_ESMS_SECRET_KEY: text,
  SMS_ESMS_BRANDNAME: text,
  SMS_ESMS_TYPE: z.enum(['2', '8']).default('2'),
  SMS_ESMS_API_BASE: base.default('https://rest.esms.vn/MainService.svc/json'),

  SMS_VCOM_CLIENT_ID: text,
  SMS_VCOM_SECURE_KEY: text,
  SMS_VCOM_CHARGED: z.enum(['0', '1']).default('0'),
  SMS_VCOM_NETWORKS: z
    .string()
    .transform((value) => value.split(/[\s,]+/).filter(Boolean))
    .default([]),
  SMS_VCOM_API_BASE: base.default('https://sms-api.v-com.vn/api/v2'),

  SMS_SPEEDSMS_TOKEN: text,
  SMS_SPEEDSMS_SENDER: text,
  SMS_SPEEDSMS_TYPE: z.enum(['2', '3', '4', '5']).default('3'),
  SMS_SPEEDSMS_API_BASE: base.default('https://api.speedsms.vn/index.php'),

  SMS_SMPP_URL: z
    .string()
    .regex(/^s?smpp:\/\//, 'must begin with smpp:// or ssmpp://')
    .optional(),
  SMS_SMPP_SYSTEM_ID: z.string().min(1).max(15).optional(),
  SMS_SMPP_PASSWORD: z.string().min(1).max(8).optional(),
  SMS_SMPP_SYSTEM_TYPE: z.string().max(12).default(''),
  SMS_SMPP_SOURCE: text,
  SMS_SMPP_WINDOW: wholeNumber(1, 1000).default(10),
};

export type SmsSettings = z.infer<z.ZodObject<typeof SETTINGS>>;
