import type { Clock } from '../../core/time';

export interface Rate {
  /** as many at once, and as many again per window */
  max: number;
  windowMs: number;
}

const KEYS_KEPT = 50_000;

/** A token bucket per key. `take` gives 0 when allowed, else the ms after which it is worth asking again. Memory is bounded: the longest idle keys go. */
export const makeRate = ({ max, windowMs }: Rate, clock: Clock) => {
  const buckets = new Map<string, { left: number; at: number }>();
  return {
    take(key: string): number {
      const now = clock().getTime();
      const old = buckets.get(key) ?? { left: max, at: now };
      const left = Math.min(max, old.left + (Math.max(0, now - old.at) * max) / windowMs);
      buckets.delete(key);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, at: now });
      if (buckets.size > KEYS_KEPT) buckets.delete(buckets.keys().next().value as string);
      return left >= 1 ? 0 : Math.ceil(((1 - left) * windowMs) / max);
    },
  };
};

/** One subscriber holds a whole IPv6 /64, so limits count that; an IPv4 address in IPv6 clothes is the IPv4 address. Some proxies add a port. */
export const networkOf = (from: string): string => {
  const ip = from.replace(/^(?:\[([^\]]*)\]|(\d+\.\d+\.\d+\.\d+))(?::\d+)?$/, '$1$2');
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip);
  if (mapped) return mapped[1]!;
  if (!ip.includes(':')) return ip;
  const [head = '', tail] = ip.split('%')[0]!.split('::');
  const left = head ? head.split(':') : [];
  const right = tail ? tail.split(':') : [];
  const groups =
    tail === undefined ? left : [...left, ...Array(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right];
  return (
    groups
      .slice(0, 4)
      .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
      .join(':') + '::/64'
  );
};
