import pino from 'pino';
import type { Settings } from './settings';

export type Log = Pick<pino.Logger, 'info' | 'warn' | 'error' | 'debug' | 'fatal'>;

const CODE = /\bP[A-Z][0-9A-Z]{4}\d{5,7}\b/gi;
const PHONE = /(?:\+?84|\b0)\d{8,10}\b/g;
const SECRET =
  /\b(mongodb(?:\+srv)?:\/\/)[^@\s/]+@|\b(bearer\s+|\w*token=|\w*proof=|t=)[\w.~+/=|-]+|\bbot\d{5,}:[\w-]+/gi;

/** Customer codes, phones, credentials out of a line, wherever they slipped in (an error text, a URL). */
export const masked = (line: string): string =>
  line
    .replace(SECRET, (_all, mongo, bearer) => `${mongo ?? bearer ?? 'bot'}***`)
    .replace(CODE, (code) => code.slice(0, 2) + '***********')
    .replace(PHONE, '***');

/** Structured logs on stderr (stdout belongs to `chat --json`). Customer text is never passed to it. */
export const makeLog = (settings: Pick<Settings, 'LOG_LEVEL'>): pino.Logger =>
  pino(
    { level: settings.LOG_LEVEL, base: undefined, hooks: { streamWrite: masked } },
    pino.destination({ dest: 2, sync: true }),
  );
