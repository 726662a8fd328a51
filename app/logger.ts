import pino from 'pino';
import type { Settings } from './settings';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug' | 'fatal'>;

const CODE = /\bP[A-Z][0-9A-Z]{4}\d{5,7}\b/gi;
const PHONE = /(?<!\d)(?:\+?84|0)\d{8,10}(?!\d)/g;
const SECRET =
  /\b(mongodb(?:\+srv)?:\/\/)[^@\s/]+@|\b(bearer\s+|\w*token=|\w*proof=|t=)[\w.~+/=|-]+|\bbot\d{5,}:[\w-]+/gi;

/** Customer codes, phones, credentials out of a line, wherever they slipped in (an error text, a URL). */
export const masked = (line: string): string =>
  line
    .replace(SECRET, (_all, mongo, bearer) => `${mongo ?? bearer ?? 'bot'}***`)
    .replace(CODE, (code) => code.slice(0, 2) + '***********')
    .replace(PHONE, '***');

const maskedValue = (value: unknown): unknown => {
  if (typeof value === 'string') return masked(value);
  // a phone or a code may be given as a number; a fraction is neither
  if (Number.isInteger(value)) return masked(String(value)) === String(value) ? value : '***';
  if (Array.isArray(value)) return value.map(maskedValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [masked(key), maskedValue(one)]));
};

/** A line of the log with its values masked one by one, so that it stays the JSON that it was. */
export const maskedLine = (line: string): string => {
  try {
    return `${JSON.stringify(maskedValue(JSON.parse(line)))}\n`;
  } catch {
    return masked(line);
  }
};

/** Structured logs on stderr (stdout belongs to `chat --json`). Customer text is never passed to it. */
export const makeLog = (settings: Pick<Settings, 'LOG_LEVEL'>): pino.Logger =>
  pino(
    { level: settings.LOG_LEVEL, base: undefined, hooks: { streamWrite: maskedLine } },
    pino.destination({ dest: 2, sync: true }),
  );
