import type { FastifyInstance } from 'fastify';
import { directLine } from '../bots/web';
import type { House } from './house';
import type { Opened } from './open';
import type { Settings } from './settings';

export interface WebOptions {
  house: House;
  opened: Opened;
  settings: Settings;
  ready(): boolean;
  random(bytes: number): Uint8Array;
}

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
      ...(settings.DIRECTLINE_SECRET && { directlineSecret: settings.DIRECTLINE_SECRET }),
      ...(settings.PUBLIC_URL && { publicUrl: settings.PUBLIC_URL }),
    }),
    { prefix: '/v3/directline' },
  );
};
