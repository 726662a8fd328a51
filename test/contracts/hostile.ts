import fc from 'fast-check';
import fastify from 'fastify';
import { registerHooks } from '../../app/hooks';
import type { Channel, Inbound, RawRequest } from '../../core/channel';
import { anyText } from '../any-text';

const ATTEMPTS = 10_000;

/** Values that parsers trip over, in the place of any value of a recorded payload. */
const odd = fc.oneof(
  fc.constantFrom<unknown>(null, true, 0, -1, 1e308, '', ' ', '\u0000', '\ud800', [], {}, [[[]]], '__proto__', 2 ** 53),
  fc.constantFrom<unknown>('9'.repeat(400), 'é'.repeat(3000), { length: -1 }, { toString: null }, [null], 'Infinity'),
  fc.jsonValue({ maxDepth: 3 }),
);

const placesOf = (value: unknown, path: (string | number)[] = []): (string | number)[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.keys(value).flatMap((key) => placesOf((value as Record<string, unknown>)[key], [...path, key]))]
    : [path];

const replaced = (value: unknown, [key, ...rest]: (string | number)[], by: unknown): unknown => {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) };
  copy[key] = replaced(copy[key], rest, by);
  return copy;
};

const jsonOf = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
};

/** Bytes, JSON, and recorded bodies with one value replaced, one byte flipped, or the end cut off. */
export const hostileBodies = (recorded: Buffer[]): fc.Arbitrary<Buffer> => {
  const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
  const json = fc.oneof(fc.json(), anyText()).map((text) => Buffer.from(text));
  const known = recorded.filter((body) => body.length > 0);
  if (known.length === 0) return fc.oneof(bytes, json);
  const body = fc.constantFrom(...known);
  const cut = fc.tuple(body, fc.nat()).map(([one, at]) => one.subarray(0, at % one.length));
  const flipped = fc.tuple(body, fc.nat(), fc.integer({ min: 1, max: 255 })).map(([one, at, by]) => {
    const copy = Buffer.from(one);
    copy[at % one.length]! ^= by;
    return copy;
  });
  const parsed = known.map(jsonOf).filter((one) => typeof one === 'object' && one !== null);
  if (parsed.length === 0) return fc.oneof(bytes, json, cut, flipped);
  const twisted = fc.tuple(fc.constantFrom(...parsed), fc.nat(), odd).map(([one, at, by]) => {
    const places = placesOf(one);
    return Buffer.from(JSON.stringify(replaced(one, places[at % places.length]!, by)) ?? '');
  });
  return fc.oneof({ weight: 1, arbitrary: bytes }, { weight: 1, arbitrary: json }, cut, flipped, {
    weight: 4,
    arbitrary: twisted,
  });
};

/**
 * Hostile requests over the real hooks: each as the platform would sign it, which may say anything, and each as a forger would
 * send it. Returns what was kept and logged; throws where a status, an id or a text is not as it must be.
 */
export const besiege = async (
  channel: Channel,
  recorded: Buffer[],
  genuine: (body: Buffer) => RawRequest,
  forged: ((body: Buffer) => RawRequest) | undefined,
): Promise<{ attempts: number; kept: number; refused: number; logged: unknown[] }> => {
  const kept: Inbound[] = [];
  const logged: unknown[] = [];
  const write = (...line: unknown[]) => void logged.push(line);
  const log = { info: write, warn: write, debug: write, error: write, fatal: write } as never;
  const http = fastify({ bodyLimit: 64 * 1024 });
  const accept = async (inbound: Inbound) => {
    kept.push(inbound);
    return 'seen' as const;
  };
  // nobody answers here: a request that waits for its reply is told that it comes later
  const synchronous = { wait: async () => ({ is: 'late' }) } as never;
  await registerHooks(http, { channels: [channel], accept, synchronous, ready: () => true, log });
  await http.ready();
  const hooked = channel.hooks.length > 0;
  let refused = 0;

  const attempt = async (request: RawRequest, real: boolean) => {
    const before = kept.length;
    const verified = (await channel.verify(request)).is;
    if (!real && verified === 'genuine') throw new Error('a forged request was taken for genuine');
    const read = verified === 'genuine' ? channel.read(request) : [];
    if (verified === 'refused') refused += 1;
    if (hooked) {
      const { method, url, headers, body: payload } = request;
      const answer = await http.inject({
        method: method as 'POST',
        url,
        headers: headers as Record<string, string>,
        payload,
      });
      if (answer.statusCode >= 500) throw new Error(`status ${answer.statusCode}`);
      const own = channel.hooks.find(({ path }) => url.startsWith(path))?.refused;
      if (verified === 'refused' && !own && answer.statusCode !== 401)
        throw new Error(`refused with ${answer.statusCode}`);
      if (kept.length - before !== read.length) throw new Error(`${read.length} read, ${kept.length - before} kept`);
    }
    for (const { id, conversation, from, text } of read) {
      for (const given of [id, conversation?.id, from?.id])
        if (typeof given !== 'string' || given === '' || given.length > 512)
          throw new Error(`an id is ${typeof given}`);
      if (text !== undefined && (typeof text !== 'string' || /\p{Surrogate}/u.test(text) || text.length > 100_000))
        throw new Error('a text is not well formed');
      if (text !== undefined && text !== text.normalize('NFC')) throw new Error('a text is not NFC');
    }
  };

  await fc.assert(
    fc.asyncProperty(hostileBodies(recorded), async (body) => {
      await attempt(genuine(body), true);
      if (forged) await attempt(forged(body), false);
    }),
    { numRuns: forged ? ATTEMPTS / 2 : ATTEMPTS },
  );
  await http.close();
  return { attempts: ATTEMPTS, kept: kept.length, refused, logged };
};
