import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { type DemoCustomer, directLine, pages } from '../bots/web';
import { packageRoot } from '../data/package-root';
import { CAST, demoCustomers } from '../data/sample';
import type { House } from './house';
import type { Log } from './logger';
import type { Opened } from './open';
import type { Settings } from './settings';

export interface WebOptions {
  house: House;
  opened: Opened;
  settings: Settings;
  ready(): boolean;
  random(bytes: number): Uint8Array;
  log: Log;
}

const NOTES: Record<string, string> = {
  ordinary: 'Hộ gia đình, đã đóng đủ',
  debt: 'Còn một hóa đơn chưa đóng',
  'planned outage': 'Sắp có lịch ngừng cấp điện',
};

/** Direct Line, the widget and the demo page on the server. */
export const registerWeb = async (http: FastifyInstance, options: WebOptions): Promise<void> => {
  const { house, opened, settings, ready, random } = options;
  await http.register(
    directLine({
      accept: house.accept,
      log: house.log,
      clock: () => new Date(),
      random,
      signingSecret: opened.secret,
      allowedOrigins: settings.ALLOWED_ORIGINS,
      tokenLimits: { max: settings.TOKENS_PER_MINUTE, windowMs: 60_000 },
      messageLimits: { max: settings.MESSAGES_PER_MINUTE, windowMs: 60_000 },
      ready,
      failed: (error) => options.log.error({ err: error }, 'a stream to a client failed'),
      ...(settings.DIRECTLINE_SECRET && { directlineSecret: settings.DIRECTLINE_SECRET }),
      ...(settings.PUBLIC_URL && { publicUrl: settings.PUBLIC_URL }),
    }),
    { prefix: '/v3/directline' },
  );
  await http.register(
    pages({
      folder: join(packageRoot(), 'dist/web'),
      allowedOrigins: settings.ALLOWED_ORIGINS,
      utilityName: opened.utility.name,
      customers: async () => (ready() ? customersToTry(opened) : undefined),
    }),
  );
};

/** The three codes of the sample that the demo page offers, each with its newest bill; none for a real utility. */
const customersToTry = async ({ stores, utility }: Opened): Promise<DemoCustomer[]> => {
  if (!utility.sample) return [];
  const found = await Promise.all(
    demoCustomers().map(async (code): Promise<DemoCustomer[]> => {
      const [bill] = await stores.records.bills(code, undefined, 1);
      const part = CAST.find((member) => member.code === code)?.part ?? '';
      return bill
        ? [
            {
              code,
              note: NOTES[part] ?? '',
              amount: bill.total,
              month: `${String(bill.month).padStart(2, '0')}/${bill.year}`,
            },
          ]
        : [];
    }),
  );
  return found.flat();
};
