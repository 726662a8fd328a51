import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import files from '@fastify/static';
import type { FastifyPluginAsync, FastifyReply } from 'fastify';
import { ERRORS } from '../../core/errors';

/** A customer of the sample to try, with the newest bill: `amount` in đồng, `month` as "MM/YYYY". */
export interface DemoCustomer {
  code: string;
  note: string;
  amount: number;
  month: string;
}

export interface PagesOptions {
  /** what scripts/build-assets.mjs made: dist/web */
  folder: string;
  /** sites that may frame the widget, besides our own */
  allowedOrigins: string[];
  utilityName: string;
  /** undefined while the store is being filled */
  customers: () => Promise<DemoCustomer[] | undefined>;
}

const SELF = ["'self'"];
const policy = {
  defaultSrc: ["'none'"],
  scriptSrc: SELF,
  styleSrc: SELF,
  fontSrc: SELF,
  connectSrc: SELF,
  imgSrc: ["'self'", 'https:', 'data:'],
  baseUri: ["'none'"],
  formAction: ["'none'"],
};
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * The widget under /widget, the demo page at /, its data at /demo/customers.json, fonts and pictures under /assets. The widget may
 * be framed by our own pages and those of `allowedOrigins`; its loader and the pictures may be loaded by any site.
 */
export const pages =
  ({ folder, allowedOrigins, utilityName, customers }: PagesOptions): FastifyPluginAsync =>
  async (app) => {
    const serve = (name: string, cacheControl: string) => ({
      root: join(folder, name),
      prefix: `/${name}/`,
      preCompressed: true,
      decorateReply: false,
      cacheControl: false,
      setHeaders: (reply: FastifyReply) => {
        reply.header('cache-control', cacheControl);
      },
    });

    await app.register(async (widget) => {
      await widget.register(helmet, {
        contentSecurityPolicy: {
          useDefaults: false,
          directives: { ...policy, frameAncestors: [...SELF, ...allowedOrigins] },
        },
        frameguard: false,
        hsts: false,
        crossOriginResourcePolicy: { policy: 'cross-origin' },
      });
      await widget.register(files, serve('widget', 'no-cache'));
      await widget.register(files, serve('assets', 'public, max-age=86400'));
    });

    await app.register(async (demo) => {
      await demo.register(helmet, {
        contentSecurityPolicy: {
          useDefaults: false,
          directives: { ...policy, frameSrc: SELF, frameAncestors: SELF },
        },
        // Whether a host is reached by https only is for whoever terminates it to say.
        hsts: false,
      });
      const page = readFileSync(join(folder, 'demo/index.html'), 'utf8').replaceAll(
        '{{utility}}',
        escaped(utilityName),
      );
      demo.get('/', async (_request, reply) =>
        reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page),
      );
      demo.get('/demo/customers.json', async (_request, reply) => {
        const found = await customers();
        reply.header('cache-control', 'no-store');
        const { status, sentence } = ERRORS.NOT_READY;
        const waiting = { error: { code: 'NOT_READY', message: sentence } };
        return found ?? reply.code(status).header('retry-after', '1').send(waiting);
      });
      await demo.register(files, { ...serve('demo', 'no-cache'), index: false });
    });
  };
