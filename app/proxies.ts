import { isIP } from 'node:net';
import { z } from 'zod';

/** The proxies of ours in front: how many, or which. */
export type Proxies = number | string[];

const NAMED = ['loopback', 'linklocal', 'uniquelocal'];

const isNetwork = (text: string): boolean => {
  const [address = '', bits, more] = text.split('/');
  const most = { 0: 0, 4: 32, 6: 128 }[isIP(address)]!;
  return (
    most > 0 && more === undefined && (bits === undefined || (/^[1-9]\d{0,2}$/.test(bits) && Number(bits) <= most))
  );
};

const listed = (text: string): Proxies => (/^\d$/.test(text) ? Number(text) : text.split(/[\s,]+/).filter(Boolean));

/** TRUST_PROXY as it is written: a number of proxies, or their addresses and networks. */
export const proxies = () =>
  z
    .string()
    .refine((text) => {
      const given = listed(text);
      return (
        typeof given === 'number' || (given.length > 0 && given.every((one) => NAMED.includes(one) || isNetwork(one)))
      );
    }, 'must be the number of proxies in front (0 to 9), or their addresses such as 10.0.0.0/8, separated by commas')
    .transform(listed);

/**
 * Whose word counts on whom a request comes from, in the form that fastify asks for. A proxy appends the address that it sees to
 * X-Forwarded-For, so only the entries that our own proxies wrote, counted from the end, are believed: the first are the client's.
 */
export const trusted = (given: Proxies): false | string | ((address: string, hop: number) => boolean) => {
  if (typeof given !== 'number') return given.join(',');
  return given === 0 ? false : (_address, hop) => hop < given;
};
