import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Activity } from '../core/activity';
import type { Ports } from '../core/channel';
import { type Figure, figureOf, PNG } from '../core/figure';
import { packageRoot } from '../data/package-root';
import type { Turns } from '../data/stores';

const FOLDER = '/pictures/';
const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;
const LONGEST = 1_000;
/** pictures kept drawn: of some 20 kB each */
const KEPT = 300;

/** Which picture: the turn's conversation and number, and its place among the turn's pictures. */
type Place = readonly [conversation: string, seq: number, n: number];

/**
 * Addresses of pictures: the place under authenticated encryption, so that an address tells nothing and cannot be made up.
 * The same place always has the same address.
 */
export const pictureAddresses = (secret: string) => {
  const keyFor = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', `pictures ${use}`, 32));
  const [key, nonce] = [keyFor('key'), keyFor('nonce')];
  return {
    of(place: Place): string {
      const plain = JSON.stringify(place);
      const iv = createHmac('sha256', nonce).update(plain).digest().subarray(0, IV);
      const cipher = createCipheriv(CIPHER, key, iv);
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
      return `${FOLDER}${Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')}.png`;
    },
    /** undefined for every address that `of` did not make */
    read(path: string): Place | undefined {
      const [, token] = /^\/pictures\/([\w-]+)\.png$/.exec(path.slice(0, LONGEST)) ?? [];
      const bytes = Buffer.from(token ?? '', 'base64url');
      // one spelling only: base64 has bits to spare at its end
      if (bytes.length <= IV + TAG || bytes.toString('base64url') !== token) return undefined;
      try {
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV), { authTagLength: TAG });
        decipher.setAuthTag(bytes.subarray(IV, IV + TAG));
        return JSON.parse(decipher.update(bytes.subarray(IV + TAG), undefined, 'utf8') + decipher.final('utf8'));
      } catch {
        return undefined;
      }
    },
  };
};

/** The figures of a reply get their addresses: they belong to the turn that is about to be kept. */
export const addressed = (
  said: Activity[],
  turn: { conversation: string; seq: number },
  secret: string,
): Activity[] => {
  if (!said.some(({ attachments }) => attachments?.some(figureOf))) return said;
  const { of } = pictureAddresses(secret);
  let n = 0;
  return said.map(({ attachments, ...activity }) => ({
    ...activity,
    ...(attachments && {
      attachments: attachments.map((one) =>
        figureOf(one) ? { ...one, contentUrl: of([turn.conversation, turn.seq, n++]) } : one,
      ),
    }),
  }));
};

/** The data that a picture is made of stays here; clients get its address. */
export const withoutFigures = ({ attachments, ...activity }: Activity): Activity => ({
  ...activity,
  ...(attachments && {
    attachments: attachments.map((one) => {
      if (!figureOf(one)) return one;
      const { content: _, ...shown } = one;
      return shown;
    }),
  }),
});

const fonts = (): string[] =>
  ['400', '600'].map((weight) => join(packageRoot(), `dist/web/assets/fonts/be-vietnam-pro-${weight}.ttf`));

/** Pictures of turns by their address: drawn when they are asked for, the latest kept. */
export const turnPictures = (
  { stores: { turns }, secret }: { stores: { turns: Pick<Turns, 'since'> }; secret: string },
  fontFiles = fonts(),
): Ports['picture'] => {
  const { read } = pictureAddresses(secret);
  const drawn = new Map<string, Promise<Buffer | undefined>>();
  const figureAt = async ([conversation, seq, n]: Place): Promise<Figure | undefined> => {
    const [turn] = await turns.since(conversation, seq - 1, 1);
    if (turn?.seq !== seq) return undefined;
    return turn.said.flatMap(({ attachments = [] }) => attachments.flatMap((one) => figureOf(one) ?? []))[n];
  };
  const drawAt = async (place: Place): Promise<Buffer | undefined> => {
    const figure = await figureAt(place);
    if (!figure) return undefined;
    const { draw } = await import('../pictures/index.js');
    return draw(figure, fontFiles);
  };
  return async (url) => {
    const place = read(url);
    if (!place) return undefined;
    const known = drawn.get(url);
    const drawing = known ?? drawAt(place);
    drawn.delete(url);
    drawn.set(url, drawing);
    for (const oldest of drawn.keys()) {
      if (drawn.size <= KEPT) break;
      drawn.delete(oldest);
    }
    const forget = () => drawn.get(url) === drawing && drawn.delete(url);
    drawing.then((bytes) => bytes ?? forget(), forget);
    const bytes = await drawing;
    return bytes && { bytes, contentType: PNG };
  };
};

/** Pictures for whoever has their address: browsers, and platforms that fetch them. */
export const registerPictures = (http: FastifyInstance, picture: Ports['picture']): void => {
  // a wildcard, as the length of a named part is limited
  http.get(`${FOLDER}*`, async (request, reply) => {
    const found = await picture(request.url.split('?', 1)[0]!);
    if (!found) return reply.callNotFound();
    return reply
      .header('content-type', found.contentType)
      .header('cache-control', 'private, max-age=86400, immutable')
      .header('cross-origin-resource-policy', 'cross-origin')
      .header('x-content-type-options', 'nosniff')
      .header('x-robots-tag', 'noindex')
      .header('referrer-policy', 'no-referrer')
      .send(found.bytes);
  });
};
