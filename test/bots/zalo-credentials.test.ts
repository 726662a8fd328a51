import type { ZaloWire } from '../../bots/zalo/wire';
import { addressOf, zaloHarness } from './zalo-harness';

const USER = '246845883529197922';
const HOUR = 3_600_000;
const TOKEN_PATH = '/v4/oa/access_token';
const CALL_STAFF = 'Zalo gives no new token: an admin of the OA must consent again (docs/channels/zalo.md)';

let h: ReturnType<typeof zaloHarness>;
beforeEach(async () => {
  h = zaloHarness();
  await h.start();
  await h.fake.person(USER).follows();
});
afterEach(() => h.stop());

let sends = 0;
const send = (channel = h.channel) => {
  sends += 1;
  const wire: ZaloWire = { kind: 'message', text: `Dạ, tin số ${sends} ạ.` };
  return channel.send(addressOf(USER), wire, `key:${sends}`);
};
/** how often each refresh token was used; more than once is the end of a consent */
const uses = () => [...h.fake.oauth.uses.values()];
const stored = async () => {
  // the name is not told; there is one
  const [name] = names;
  return h.tokens.read(name!);
};
const names = new Set<string>();
const watching = () => {
  const { tokens } = h.ports;
  const { lease } = tokens;
  tokens.lease = (name, ms) => {
    names.clear();
    names.add(name);
    return lease(name, ms);
  };
};

test('the first refresh token is spent once, its successors are kept before they are used, early at 20 hours', async () => {
  watching();
  expect(await send()).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1]);
  expect(await stored()).toMatchObject({
    refresh: 'refresh-token-2-of-the-fake',
    access: 'access-token-2-of-the-fake',
    since: '2026-03-12T01:00:00.000Z',
    expiresAt: '2026-03-13T02:00:00.000Z',
  });
  await h.clock.advance(19 * HOUR + 59 * 60_000);
  await send();
  expect(uses()).toEqual([1]);
  await h.clock.advance(60_000);
  expect(await send()).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1, 1]);
  expect(h.fake.oauth.refuses('access-token-2-of-the-fake')).toBe(-220);
});

test('a restart goes on with what the store holds', async () => {
  await send();
  expect(await send(h.another())).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1]);
});

test('many at once renew once', async () => {
  const outcomes = await Promise.all(Array.from({ length: 30 }, () => send()));
  expect(outcomes.every(({ is }) => is === 'accepted')).toBe(true);
  expect(uses()).toEqual([1]);
});

test.each([-216, -220])('on %i it is renewed once and tried once more', async (code) => {
  await send();
  await h.clock.advance(10 * HOUR);
  if (code === -220) h.fake.oauth.loseAccess();
  else h.fake.hosts.oa.fail('/v3.0/oa/message/cs', { body: { error: code, message: 'Access token is invalid' } });
  expect(await send()).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1, 1]);
  const asked = h.fake.hosts.oa.requests.filter(({ path }) => path === '/v3.0/oa/message/cs').length;
  // refused again after that, it is not renewed over and over
  h.fake.hosts.oa.fail('/v3.0/oa/message/cs', { body: { error: code, message: 'Access token is invalid' } }, 5);
  expect(await send()).toMatchObject({ is: 'later' });
  expect(uses()).toEqual([1, 1]);
  expect(h.fake.hosts.oa.requests.filter(({ path }) => path === '/v3.0/oa/message/cs')).toHaveLength(asked + 1);
  expect(h.alarms).toEqual([{ what: 'Zalo refuses an access token that it has just given' }]);
});

test('what another process has renewed is taken from the store, not renewed again', async () => {
  const other = h.another();
  await send();
  await send(other);
  await h.clock.advance(20 * HOUR);
  expect(await send(other)).toMatchObject({ is: 'accepted' });
  expect(await send()).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1, 1]);
});

test('while another process holds the lease the old token serves, and after its end there is a wait', async () => {
  watching();
  await send();
  await h.clock.advance(21 * HOUR);
  const [name] = names;
  const strange = 48 * HOUR;
  expect(await h.tokens.lease(name!, strange)).toBe(true);
  expect(await send()).toMatchObject({ is: 'accepted' });
  await h.clock.advance(5 * HOUR);
  expect(await send()).toEqual({ is: 'later', afterMs: 2000, why: 'another process is renewing the token' });
  await h.tokens.release(name!);
  expect(await send()).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1, 1]);
});

describe('a stop between rotation and commit', () => {
  /** a process that dies at that point: whatever it would still do is not done */
  const dies = () => new Promise<never>(() => {});

  test('before the request: the old token lives, so nothing was spent, and the next process renews', async () => {
    await send();
    await h.clock.advance(20 * HOUR);
    let died = () => {};
    const death = new Promise<void>((reached) => {
      died = reached;
    });
    const dying = h.another(
      {},
      {
        fetch: () => {
          died();
          return dies();
        },
      },
    );
    void send(dying);
    await death;
    await h.clock.advance(31_000);
    expect(await send(h.another())).toMatchObject({ is: 'accepted' });
    expect(uses()).toEqual([1, 1]);
    expect(h.alarms).toEqual([]);
  });

  test('after Zalo has rotated: the staff are called, and the refresh token is not sent a second time', async () => {
    await send();
    await h.clock.advance(20 * HOUR);
    const dying = h.another(
      {},
      {
        fetch: async (input, init) => {
          await h.ports.fetch(input, init);
          return dies();
        },
      },
    );
    void send(dying);
    const { rotations } = h.fake.oauth;
    while (h.fake.oauth.rotations === rotations) await new Promise((go) => setImmediate(go));
    await h.clock.advance(31_000);
    const next = h.another();
    expect(await send(next)).toMatchObject({ is: 'later', afterMs: 600_000 });
    expect(await send(next)).toMatchObject({ is: 'later' });
    expect(uses()).toEqual([1, 1]);
    expect(h.alarms).toEqual([
      { what: CALL_STAFF, facts: { why: 'the answer to a renewal was lost; the refresh token is spent' } },
    ]);
    await h.clock.advance(HOUR);
    await send(next);
    expect(h.alarms).toHaveLength(2);
    // a new consent begins a chain of its own
    expect(await send(h.another({ ZALO_REFRESH_TOKEN: h.fake.oauth.consent() }))).toMatchObject({ is: 'accepted' });
  });

  test('a slow process that still lives keeps what it got, and the others go on with it', async () => {
    await send();
    await h.clock.advance(20 * HOUR);
    let go = () => {};
    const gate = new Promise<void>((open) => {
      go = open;
    });
    const slow = h.another(
      {},
      {
        fetch: async (input, init) => {
          const answer = await h.ports.fetch(input, init);
          if (String(input).includes(TOKEN_PATH)) await gate;
          return answer;
        },
      },
    );
    const sending = send(slow);
    const { rotations } = h.fake.oauth;
    while (h.fake.oauth.rotations === rotations) await new Promise((next) => setImmediate(next));
    await h.clock.advance(31_000);
    const other = h.another();
    expect(await send(other)).toMatchObject({ is: 'later' });
    go();
    expect(await sending).toMatchObject({ is: 'accepted' });
    expect(await send(other)).toMatchObject({ is: 'accepted' });
    expect(uses()).toEqual([1, 1]);
  });

  test('the answer lost on the way is the same: called once the old token is found dead', async () => {
    await send();
    await h.clock.advance(20 * HOUR);
    h.fake.hosts.oauth.fail(TOKEN_PATH, 'drop-after');
    // the old token is tried while the outcome is unknown, and is found dead
    expect(await send()).toMatchObject({ is: 'later' });
    expect(uses()).toEqual([1, 1]);
    expect(h.alarms).toMatchObject([{ what: CALL_STAFF }]);
  });

  test('broken before it was done, it is done again', async () => {
    await send();
    await h.clock.advance(20 * HOUR);
    h.fake.hosts.oauth.fail(TOKEN_PATH, 'drop-before');
    expect(await send()).toMatchObject({ is: 'accepted' });
    expect(await send()).toMatchObject({ is: 'accepted' });
    expect(uses()).toEqual([1, 1]);
    expect(h.alarms).toEqual([]);
  });

  test('a store that cannot keep the new pair: nobody uses it, staff hear, and it is kept later', async () => {
    await send();
    await h.clock.advance(20 * HOUR);
    const { keep } = h.ports.tokens;
    let broken = 3;
    const other = h.another(
      {},
      {
        tokens: {
          ...h.ports.tokens,
          keep: async (name, pair, version) => {
            if (!pair.spending && broken-- > 0) throw new Error('the disk is full');
            return keep(name, pair, version);
          },
        },
      },
    );
    for (let n = 0; n < 3; n += 1) {
      expect(await send(other)).toMatchObject({ is: 'later', why: 'the store does not keep the new token' });
      expect(h.fake.person(USER).heard()).toHaveLength(1);
    }
    expect(await send(other)).toMatchObject({ is: 'accepted' });
    expect(uses()).toEqual([1, 1]);
    expect(h.alarms).toEqual([
      { what: 'a new token of Zalo could not be kept; it is tried again as long as this process lives' },
    ]);
  });
});

test('a rate limit or an unreachable host spends nothing; the old token serves meanwhile', async () => {
  await send();
  await h.clock.advance(20 * HOUR);
  h.fake.hosts.oauth.fail(TOKEN_PATH, { body: { error: -32, message: 'limit' } });
  expect(await send()).toMatchObject({ is: 'accepted' });
  const unreached = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  const cut = h.another(
    {},
    {
      fetch: (input, init) =>
        String(input).includes(TOKEN_PATH) ? Promise.reject(unreached) : h.ports.fetch(input, init),
    },
  );
  expect(await send(cut)).toMatchObject({ is: 'accepted' });
  expect(await send()).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1, 1]);
  expect(h.alarms).toEqual([]);
});

test('a consent taken back calls the staff once and sends no refresh token twice from one process', async () => {
  await send();
  await h.clock.advance(HOUR);
  h.fake.oauth.revoke();
  expect(await send()).toMatchObject({ is: 'later', afterMs: 600_000, why: 'the renewal was refused (-14014)' });
  expect(await send()).toMatchObject({ is: 'later' });
  expect(uses()).toEqual([1, 1]);
  expect(h.alarms).toEqual([{ what: CALL_STAFF, facts: { why: 'the renewal was refused (-14014)' } }]);
});

test('a wrong app secret is mended by the right one, without another consent', async () => {
  const wrong = h.another({ ZALO_APP_SECRET: 'another-app-secret' });
  expect(await send(wrong)).toMatchObject({ is: 'later', why: 'the renewal was refused (-14004)' });
  expect(await send()).toMatchObject({ is: 'accepted' });
  expect(uses()).toEqual([1]);
});

test('a life told as another number of seconds is believed', async () => {
  await h.stop();
  h = zaloHarness({}, { expiresIn: '3600' });
  await h.start();
  await h.fake.person(USER).follows();
  await send();
  await h.clock.advance(47 * 60_000);
  await send();
  expect(uses()).toEqual([1]);
  await h.clock.advance(60_000);
  await send();
  expect(uses()).toEqual([1, 1]);
});

test('the token travels in its header only', async () => {
  await send();
  for (const { headers, query, body, path } of h.fake.hosts.oa.requests) {
    expect(headers.access_token).toMatch(/^access-token-/);
    expect(headers.authorization).toBeUndefined();
    expect(JSON.stringify([path, [...query], body.toString()])).not.toContain('access-token-');
  }
});
