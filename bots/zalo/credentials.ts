import { createHash } from 'node:crypto';
import type { Ports, TokenPair } from '../../core/channel';
import { exchange } from './exchange';
import { idOf } from './ids';

export type Granted =
  | { is: 'token'; token: string; expiresAt: string }
  | { is: 'waiting'; afterMs: number; why: string }
  /** a person must give the app its consent anew */
  | { is: 'refused'; why: string };

export interface Credentials {
  current(): Promise<Granted>;
  /** after the platform has refused `lost`: a newer token, renewed once if nobody has done it yet */
  renewed(lost: string): Promise<Granted>;
}

export interface CredentialOptions {
  base: string;
  appId: string;
  appSecret: string;
  /** the refresh token of the consent; the store holds those that follow */
  first: string;
  ports: Pick<Ports, 'clock' | 'fetch' | 'tokens' | 'alarm' | 'wait' | 'deadline'>;
  /** asks the platform whether an access token still lives */
  probe(access: string): Promise<'alive' | 'dead' | 'unknown'>;
  timeoutMs?: number;
  leaseMs?: number;
}

/** 20 of the 25 hours: renewed before it can fail (reference §1.2) */
const RENEWED_AT = 0.8;
const YOUNG_MS = 60_000;
const REPEAT_ALARM_MS = 3_600_000;
const WAIT_MS = 2_000;
const LOOK_MS = 100;
const LOOKS = 20;

/**
 * OAuth v4 of an OA. A refresh token works once and kills the access token before it, so: one process at a time renews, under
 * a lease; the pair is marked `spending` before the request and the new pair is kept before anybody uses it. Where the mark
 * is found, somebody stopped in between: while the old access token lives nothing was spent; when it died before its time
 * the answer is lost and a person is called, for sending the refresh token again would be its second use; after its time
 * nothing can be known and it is sent. Another ZALO_REFRESH_TOKEN begins a chain of its own.
 */
export const credentialsFor = (options: CredentialOptions): Credentials => {
  const { appId, appSecret, first, ports, timeoutMs = 8_000, leaseMs = 30_000 } = options;
  const { tokens, alarm } = ports;
  const name = `zalo:${createHash('sha256').update(`${appId}\n${first}`).digest('hex').slice(0, 16)}`;
  const now = () => ports.clock().getTime();
  let known: TokenPair | undefined;
  let renewing: Promise<Granted> | undefined;
  /** granted, and the store could not keep it yet */
  let unkept: { pair: Omit<TokenPair, 'version'>; spent: TokenPair } | undefined;
  let lostCause: { version: number; why: string; toldAt: number } | undefined;

  const expiry = (pair: TokenPair) => Date.parse(pair.expiresAt);
  const birth = (pair: TokenPair) => Date.parse(pair.since ?? pair.expiresAt);
  const fresh = (pair: TokenPair) =>
    pair.access !== '' && !pair.spending && now() < birth(pair) + RENEWED_AT * (expiry(pair) - birth(pair));
  const use = (pair: TokenPair): Granted => {
    known = pair;
    return { is: 'token', token: pair.access, expiresAt: pair.expiresAt };
  };
  const waiting = (why: string, afterMs = WAIT_MS): Granted => ({ is: 'waiting', afterMs, why });
  /** the old token while it lasts, or what else there is to say */
  const meanwhile = (pair: TokenPair | undefined, lost: string | undefined, otherwise: Granted): Granted =>
    pair && pair.access !== '' && pair.access !== lost && now() < expiry(pair) ? use(pair) : otherwise;

  const callStaff = (pair: TokenPair, why: string): void => {
    if (lostCause?.version === pair.version && now() - lostCause.toldAt < REPEAT_ALARM_MS) return;
    lostCause = { version: pair.version, why, toldAt: now() };
    alarm('Zalo gives no new token: an admin of the OA must consent again (docs/channels/zalo.md)', { why });
  };
  const giveUp = (pair: TokenPair, why: string, lost: string | undefined): Granted => {
    callStaff(pair, why);
    return meanwhile(pair, lost, { is: 'refused', why });
  };

  const renew = (lost?: string): Promise<Granted> => {
    renewing ??= underLease(lost).finally(() => {
      renewing = undefined;
    });
    return renewing;
  };

  const underLease = async (lost: string | undefined): Promise<Granted> => {
    if (unkept) return keep(unkept.pair, unkept.spent);
    if (!(await tokens.lease(name, leaseMs))) return byOther(lost);
    const until = now() + leaseMs;
    try {
      return await renewHolding(lost, until);
    } finally {
      // where it cannot be given back it runs out
      await tokens.release(name).catch(() => {});
    }
  };

  /** Another process renews: its token is there within a moment, or the old one still serves. */
  const byOther = async (lost: string | undefined): Promise<Granted> => {
    for (let looked = 1; ; looked += 1) {
      const there = await tokens.read(name);
      if (there && fresh(there) && there.access !== lost) return use(there);
      const old = meanwhile(there, lost, waiting('another process is renewing the token'));
      if (old.is === 'token' || looked === LOOKS) return old;
      await ports.wait(LOOK_MS);
    }
  };

  const renewHolding = async (lost: string | undefined, until: number): Promise<Granted> => {
    const pair = (await tokens.read(name)) ?? FIRST(first);
    if (fresh(pair) && pair.access !== lost) return use(pair);
    if (lostCause?.version === pair.version) return giveUp(pair, lostCause.why, lost);
    if (pair.spending && pair.access) {
      const old = await options.probe(pair.access);
      if (old === 'unknown') return meanwhile(pair, lost, waiting('the platform cannot be asked'));
      if (old === 'dead' && now() < expiry(pair))
        return giveUp(pair, 'the answer to a renewal was lost; the refresh token is spent', lost);
    }
    if (lost !== undefined && fresh(pair) && now() - birth(pair) < YOUNG_MS) {
      alarm('Zalo refuses an access token that it has just given');
      return waiting('a new token is refused', YOUNG_MS);
    }
    const marked = { ...pair, spending: true, version: pair.version + (pair.spending ? 0 : 1) };
    if (!pair.spending && (await tokens.keep(name, marked, pair.version)) === 'overtaken')
      return waiting('another process has renewed the token');
    // a lease about to run out may be taken by somebody who sends the same refresh token
    if (now() + timeoutMs > until) return waiting('the lease ran out');
    return spend(marked, lost);
  };

  const spend = async (pair: TokenPair, lost: string | undefined): Promise<Granted> => {
    const answer = await exchange(
      ports,
      new URL('/v4/oa/access_token', options.base).href,
      {
        method: 'POST',
        headers: { secret_key: appSecret, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ refresh_token: pair.refresh, app_id: appId, grant_type: 'refresh_token' }),
      },
      timeoutMs,
    );
    if (answer.is === 'silent') return meanwhile(pair, lost, waiting(`renewing: ${answer.why}`));
    const error = answer.is === 'answer' ? Number(answer.fields.error ?? 0) : 0;
    const busy = answer.is === 'answer' && (error === -32 || answer.status === 429);
    if (answer.is === 'unreached' || busy) {
      // nothing was spent
      await tokens.keep(name, { ...pair, spending: false }, pair.version);
      return meanwhile(pair, lost, waiting(busy ? 'renewing: rate limit' : 'the platform cannot be reached', 10_000));
    }
    const { access_token: access, refresh_token: refresh, expires_in } = answer.fields;
    const seconds = Number(expires_in);
    if (error !== 0 || answer.status !== 200 || typeof access !== 'string' || typeof refresh !== 'string')
      return giveUp(pair, `the renewal was refused (${idOf(answer.fields.error) ?? `HTTP ${answer.status}`})`, lost);
    const since = now();
    const life = seconds > 0 && seconds < 1e8 ? seconds * 1000 : 3_600_000;
    const at = (ms: number) => new Date(ms).toISOString();
    return keep({ access, refresh, since: at(since), expiresAt: at(since + life) }, pair);
  };

  /** Kept before it is used. What the store cannot take now is tried again before anything else is done. */
  const keep = async (pair: Omit<TokenPair, 'version'>, spent: TokenPair): Promise<Granted> => {
    try {
      for (let version = spent.version; ; ) {
        if ((await tokens.keep(name, pair, version)) === 'kept') {
          unkept = undefined;
          return use({ ...pair, version: version + 1 });
        }
        const there = await tokens.read(name);
        if (!there || there.refresh !== spent.refresh) {
          unkept = undefined;
          return there && fresh(there) ? use(there) : waiting('another process has renewed the token');
        }
        version = there.version;
      }
    } catch {
      if (!unkept) alarm('a new token of Zalo could not be kept; it is tried again as long as this process lives');
      unkept = { pair, spent };
      return waiting('the store does not keep the new token');
    }
  };

  return {
    async current() {
      if (known && fresh(known)) return use(known);
      const there = await tokens.read(name);
      return there && fresh(there) ? use(there) : renew();
    },
    async renewed(lost) {
      const there = await tokens.read(name);
      return there && fresh(there) && there.access !== lost ? use(there) : renew(lost);
    },
  };
};

const FIRST = (refresh: string): TokenPair => ({
  access: '',
  refresh,
  since: '1970-01-01T00:00:00.000Z',
  expiresAt: '1970-01-01T00:00:00.000Z',
  version: 0,
});
