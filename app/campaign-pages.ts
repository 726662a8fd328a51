import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import { Resvg } from '@resvg/resvg-js';
import type { FastifyInstance } from 'fastify';
import { type Page, pageOf, pictureOf, STYLE } from '../campaigns/page';
import { FILES, type FileName } from '../campaigns/published';
import { dayOf } from '../core/time';
import { packageRoot } from '../data/package-root';
import type { CampaignDoc } from '../data/stores/campaigns';
import type { Definitions } from './campaigns';
import type { Opened } from './open';

const SCRIPT = 'verify_draw.py';
const SELF = ["'self'"];

/** Cells of the published table: none holds a comma. */
const rowsOf = (table: string): string[][] =>
  table
    .split('\n')
    .slice(1, -1)
    .map((line) => line.split(','));

const promised = ({ files }: CampaignDoc): Page['hashes'] => {
  const opened = files.opened ? JSON.parse(files.opened) : {};
  const closed = files.closed ? JSON.parse(files.closed) : {};
  return [
    ['Thể lệ (SHA-256)', opened.rules],
    ['Số bí mật (SHA-256)', opened.seed],
    ['Danh sách tham gia (SHA-256)', closed.entrants],
  ].flatMap(([what, hash]) => (typeof hash === 'string' ? [{ what: what as string, hash }] : []));
};

export interface CampaignPages {
  campaigns: Definitions;
  opened: Pick<Opened, 'stores' | 'utility'>;
  /** where the files of campaigns are kept */
  folder: string;
  fonts?: string[];
}

const fontsOf = (): string[] =>
  ['400', '600'].map((weight) => join(packageRoot(), `dist/web/assets/fonts/be-vietnam-pro-${weight}.ttf`));

/** The public pages of campaigns: `/campaigns/<id>`, its picture, and the files to check its draw. Nothing of a draw is told before publication. */
export const registerCampaigns = async (http: FastifyInstance, options: CampaignPages): Promise<void> => {
  const { campaigns, opened, folder, fonts = fontsOf() } = options;
  const { stores, utility } = opened;
  /** what is published never changes, and drawing it holds everybody up */
  const pictures = new Map<string, Buffer>();

  const pageFor = async (id: string): Promise<Page | undefined> => {
    const campaign = campaigns.all.find((one) => one.id === id);
    if (!campaign || (campaign.sample && !utility.sample)) return undefined;
    const doc = await stores.campaigns.get(id);
    const page: Page = { campaign, utility: utility.name, hashes: doc ? promised(doc) : [] };
    if (doc?.state !== 'published') return page;
    const names = (Object.keys(FILES) as FileName[]).filter((name) => name === 'entrants' || doc.files[name]);
    const number = doc.files.publicNumber?.trim();
    return {
      ...page,
      published: {
        on: dayOf(doc.publishedAt!),
        rows: rowsOf(doc.files.table!),
        files: [...names.map((name) => FILES[name]), SCRIPT],
        ...(number && { publicNumber: number }),
      },
    };
  };

  await http.register(async (pages) => {
    await pages.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          styleSrc: SELF,
          fontSrc: SELF,
          imgSrc: SELF,
          baseUri: ["'none'"],
          formAction: ["'none'"],
          frameAncestors: SELF,
        },
      },
      hsts: false,
    });
    pages.get('/campaigns/style.css', async (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(STYLE),
    );
    pages.get<{ Params: { id: string } }>('/campaigns/:id', async ({ params }, reply) => {
      const page = await pageFor(params.id);
      return page ? reply.type('text/html; charset=utf-8').send(pageOf(page)) : reply.callNotFound();
    });
    pages.get<{ Params: { id: string } }>('/campaigns/:id/winners.png', async ({ params }, reply) => {
      const page = await pageFor(params.id);
      if (!page?.published) return reply.callNotFound();
      let drawn = pictures.get(params.id);
      if (!drawn) {
        const font = { loadSystemFonts: false, fontFiles: fonts, defaultFontFamily: 'Be Vietnam Pro' };
        drawn = new Resvg(pictureOf(page), { fitTo: { mode: 'zoom', value: 1.5 }, font }).render().asPng();
        pictures.set(params.id, drawn);
      }
      return reply.type('image/png').header('cache-control', 'public, max-age=3600').send(drawn);
    });
    pages.get<{ Params: { id: string; file: string } }>('/campaigns/:id/files/:file', async ({ params }, reply) => {
      const page = await pageFor(params.id);
      if (!page?.published?.files.includes(params.file)) return reply.callNotFound();
      if (params.file === SCRIPT)
        return reply
          .type('text/x-python; charset=utf-8')
          .send(createReadStream(join(packageRoot(), 'scripts', SCRIPT)));
      const doc = await stores.campaigns.get(params.id);
      const name = (Object.keys(FILES) as FileName[]).find((one) => FILES[one] === params.file)!;
      const type = params.file.endsWith('.json')
        ? 'application/json'
        : params.file.endsWith('.csv')
          ? 'text/csv'
          : 'text/plain';
      reply.type(`${type}; charset=utf-8`);
      if (name !== 'entrants') return reply.send(doc!.files[name]);
      const list = join(folder, params.id, FILES.entrants);
      return existsSync(list) ? reply.send(createReadStream(list)) : reply.callNotFound();
    });
  });
};
