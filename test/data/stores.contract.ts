import { DISCLOSURE } from '../../core/disclosure';
import type {
  Bill,
  Customer,
  Debt,
  Incident,
  MeteringPoint,
  OutageReport,
  PlannedOutage,
  Reading,
} from '../../core/records';
import { storesOf } from '../../data';
import type { Engine } from '../../data/engine';
import type { Inbox, InboxEvent, OutboxRow, Stores, TurnDoc } from '../../data/stores';
import { FINDING_MS } from '../mongo';
import type { Place } from './engine.contract';

const UTILITY = 'contract';
const NOW = 1_780_000_000_000;
const source = { kind: 'sample' as const, name: 'contract', at: '2026-03-01T00:00:00.000Z' };
const address = (conversation: string) => ({
  channel: 'web' as const,
  conversation,
  person: `person of ${conversation}`,
});
const inbound = (conversation: string, eventId: string) => ({
  address: address(conversation),
  eventId,
  activity: { type: 'message' as const, text: `chào ${eventId}` },
});
const turn = (conversation: string, seq: number, cause: string): TurnDoc => ({
  id: `${conversation}|${seq}`,
  conversation,
  seq,
  cause,
  heardIds: [cause],
  heard: [{ type: 'message', text: 'tiền điện' }],
  said: [{ type: 'message', text: 'Dạ 687.000 đ ạ.' }],
  orders: [],
  state: {
    version: 1,
    memory: { pronouns: { customer: 'bà', us: 'con' }, houses: [], facts: [] },
    frames: [],
    lastSaid: [],
  },
  at: '2026-03-02T02:00:00.000Z',
});
const outgoing = (conversation: string, n: number, by: string): OutboxRow => {
  const key = `${conversation}|1:${n}.0`;
  return {
    id: key,
    conversation,
    key,
    turn: `${conversation}|1`,
    address: address(conversation),
    wire: { type: 'message', text: `${n}` },
    state: 'claimed',
    order: 1_000_000 + n * 1000,
    open: 1,
    heardAt: NOW,
    pool: 'serve',
    dueAt: NOW,
    attempts: 0,
    leaseBy: by,
    leaseUntil: NOW + 1000,
  };
};
const STATES = ['waiting', 'claimed', 'sent', 'delivered', 'read', 'failed', 'refused', 'unsure', 'expired'] as const;
/** The states of a conversation's rows by their keys. */
const all = async (outbox: Stores['outbox'], of: string): Promise<Map<string, OutboxRow['state']>> => {
  const rows = (await Promise.all(STATES.map((state) => outbox.byState(state, 1000)))).flat();
  return new Map(rows.filter(({ conversation }) => conversation === of).map(({ key, state }) => [key, state]));
};
const customerCode = (n: number) => `PP0500${String(n).padStart(7, '0')}`;

/** Step 4 to its end, as a hook waits for it. */
const accepted = async (inbox: Inbox, ...given: Parameters<Inbox['accept']>): Promise<InboxEvent | 'seen'> => {
  const { event, kept } = inbox.accept(...given);
  return (await kept).is === 'inserted' ? event : 'seen';
};

export const storesContract = (place: () => Promise<Place>): void => {
  let here: Place;
  let engine: Engine | undefined;
  const others: Engine[] = [];
  const dead = new Set<number>();
  let used = 0;

  beforeAll(async () => {
    here = await place();
    engine = await here.open();
  }, FINDING_MS);
  afterAll(async () => {
    await engine?.close();
    for (const other of others) await other.close();
    await here.remove();
  });

  const alive = (pid: number) => !dead.has(pid);
  const boot = (id: string, pid: number, role: 'serve' | 'chat' = 'chat') => ({
    id,
    role,
    pid,
    host: 'here',
    at: '2026-03-02T02:00:00.000Z',
  });

  /** `name` is unique to the test: a conversation, a person, a boot. */
  const check = (title: string, body: (stores: Stores, name: string) => Promise<void>) => {
    test(title, async () => {
      if (!engine) return console.warn(`not exercised, there is no server: ${title}`);
      const stores = storesOf(engine, UTILITY, { alive });
      const name = `c${++used}`;
      await stores.boots.start(boot(name, 1000 + used));
      await body(stores, name);
    });
  };
  /** The same stores as another process has them. */
  const another = async (): Promise<Stores> => {
    const other = (await here.open())!;
    others.push(other);
    return storesOf(other, UTILITY, { alive });
  };

  describe('inbox', () => {
    const lease = (by: string, now = NOW, pool = `chat:${by}`) => ({ pool, by, leaseMs: 1000, now });

    check('keeps an event once, whoever delivers it', async ({ inbox }, c) => {
      const again = (await another()).inbox;
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, (_, i) => accepted(i % 2 ? inbox : again, inbound(c, 'e1'), lease(c))),
      );
      const kept = outcomes.filter((outcome) => outcome !== 'seen');
      expect(kept).toHaveLength(1);
      expect(await inbox.find(c, 'e1')).toEqual(kept[0]);
      expect(kept[0]).toMatchObject({
        ...inbound(c, 'e1'),
        conversation: c,
        state: 'waiting',
        at: NOW,
        leaseBy: c,
        leaseUntil: NOW + 1000,
      });
      expect(await accepted(inbox, inbound(`${c}x`, 'e1'), lease(c))).not.toBe('seen');
      expect(await inbox.find(c, 'e2')).toBeUndefined();
    });

    check('what a request is answered with is decided once, whoever asks, and stands', async ({ inbox }, c) => {
      const again = (await another()).inbox;
      await accepted(inbox, inbound(c, 'e1'), lease(c));
      await accepted(inbox, inbound(c, 'e2'), lease(c));
      const wanted = (i: number) => (i % 2 ? 'reply' : 'late');
      const decided = await Promise.all(
        Array.from({ length: 10 }, (_, i) => (i % 3 ? inbox : again).decide(c, 'e1', wanted(i))),
      );
      expect(new Set(decided).size).toBe(1);
      const [stands] = decided;
      const event = (await inbox.find(c, 'e1'))!;
      expect(event.answer).toBe(stands);
      await inbox.done([event]);
      for (const answer of ['reply', 'late'] as const) expect(await again.decide(c, 'e1', answer)).toBe(stands);
      expect(await inbox.find(c, 'e1')).toMatchObject({ state: 'done', answer: stands });
      expect((await inbox.find(c, 'e2'))?.answer ?? 'none').toBe('none');
      await expect(inbox.decide(`${c}x`, 'e1', 'late')).rejects.toThrow('nothing can be decided');
      expect(await inbox.find(`${c}x`, 'e1')).toBeUndefined();
    });

    check('a decision, a settling and a taking over at once take nothing from each other', async ({ inbox }, c) => {
      const names = Array.from({ length: 40 }, (_, n) => `e${n}`);
      for (const name of names) await accepted(inbox, inbound(c, name), lease(`${c}-dead`, NOW, c));
      const events = await Promise.all(names.map(async (name) => (await inbox.find(c, name))!));
      const again = (await another()).inbox;
      await Promise.all([
        ...events.map((event) => again.decide(c, event.eventId, 'late')),
        ...events.slice(0, 20).map((event) => inbox.done([event])),
        inbox.takeOrphans({ ...lease(`${c}-next`, NOW + 2000, c), limit: 50 }),
      ]);
      const found = await Promise.all(names.map(async (name) => (await inbox.find(c, name))!));
      expect(found.map(({ answer }) => answer)).toEqual(names.map(() => 'late'));
      expect(found.slice(0, 20).map(({ state }) => state)).toEqual(names.slice(0, 20).map(() => 'done'));
      for (const { leaseBy } of found.slice(20)) expect(leaseBy).toBe(`${c}-next`);
    });

    check('a decision outlives being taken over', async ({ inbox }, c) => {
      await accepted(inbox, inbound(c, 'e1'), lease(`${c}-dead`, NOW, c));
      expect(await inbox.decide(c, 'e1', 'late')).toBe('late');
      const taken = await inbox.takeOrphans({ ...lease(`${c}-next`, NOW + 2000, c), limit: 5 });
      expect(taken).toMatchObject([{ eventId: 'e1', answer: 'late', leaseBy: `${c}-next` }]);
      expect(await inbox.decide(c, 'e1', 'reply')).toBe('late');
    });

    check('takes no event of one conversation for one of another', async ({ inbox }, c) => {
      const names = [
        [`${c}`, 'a|b'],
        [`${c}|a`, 'b'],
        [`${c}%7Ca`, 'b'],
        [`${c}%7ca`, 'b'],
        [`${c}|`, 'a'],
        [c, '|a'],
      ] as const;
      for (const [conversation, eventId] of names)
        expect(await accepted(inbox, inbound(conversation, eventId), lease(c))).not.toBe('seen');
      for (const [conversation, eventId] of names)
        expect(await inbox.find(conversation, eventId)).toMatchObject({ conversation, eventId });
    });

    check(
      'a turn whose event is still being kept is kept with it, and not at all for a redelivery',
      async ({ inbox, turns }, c) => {
        const first = inbox.accept(inbound(c, 'e'), lease(c));
        expect(await turns.commit(turn(c, 1, 'e'), first.kept)).toBe('kept');
        const again = inbox.accept(inbound(c, 'e'), lease(c));
        expect(await turns.commit(turn(c, 2, 'other'), again.kept)).toBe('void');
        expect((await again.kept).is).toBe('conflict');
        expect(await turns.last(c)).toMatchObject({ seq: 1, cause: 'e' });
      },
    );

    check('an event that is done is done, and has no lease', async ({ inbox }, c) => {
      const events: InboxEvent[] = [];
      for (const [n, at] of [5, 3, 5, 5, 1].entries()) {
        events.push((await accepted(inbox, inbound(c, `e${n}`), lease(c, NOW + at))) as InboxEvent);
      }
      await inbox.done([events[0]!, events[4]!]);
      expect(await inbox.find(c, 'e0')).toMatchObject({ state: 'done', leaseBy: null, leaseUntil: null });
      await inbox.done([]);
    });

    check('an event under a live lease is nobody else’s; after it, exactly one takes it over', async ({ inbox }, c) => {
      const other = (await another()).inbox;
      for (const n of [1, 2, 3]) await accepted(inbox, inbound(`${c}.${n}`, 'e'), lease(c));
      const take = (now: number, by = 'other') => other.takeOrphans({ ...lease(c, now), by, limit: 10 });
      expect(await take(NOW + 1000)).toEqual([]);
      const sweeps = await Promise.all(['x', 'y', 'z'].map((by) => take(NOW + 1001, by)));
      const taken = sweeps.flat();
      expect(taken.map(({ conversation }) => conversation).sort()).toEqual([`${c}.1`, `${c}.2`, `${c}.3`]);
      for (const event of taken) expect(await inbox.find(event.conversation, 'e')).toEqual(event);
    });

    check('leaves the events of another pool alone', async ({ inbox }, c) => {
      await accepted(inbox, inbound(c, 'e'), lease(c));
      const taken = await inbox.takeOrphans({ ...lease(c, NOW * 2, `chat:not ${c}`), limit: 10 });
      expect(taken).toEqual([]);
    });

    check('takes at most as many as asked for, the longest forsaken first', async ({ inbox }, c) => {
      for (const n of [3, 1, 2]) await accepted(inbox, inbound(c, `e${n}`), lease(c, NOW + n));
      const taken = await inbox.takeOrphans({ ...lease(c, NOW + 5000), limit: 2 });
      expect(taken.map(({ eventId }) => eventId)).toEqual(['e1', 'e2']);
    });

    check(
      'the lease of a dead process is void at once on the embedded store, and runs out by time on MongoDB',
      async ({ inbox, boots, kind }, c) => {
        const pid = 500_000 + used;
        await boots.start(boot(`${c}-dead`, pid));
        await accepted(inbox, inbound(c, 'e'), { ...lease(`${c}-dead`), pool: c });
        const take = () => inbox.takeOrphans({ ...lease(c, NOW + 1, c), limit: 10 });
        expect(await take()).toEqual([]);
        dead.add(pid);
        expect((await take()).map(({ leaseBy }) => leaseBy)).toEqual(kind === 'embedded' ? [c] : []);
      },
    );

    check('the lease of a process that has stopped likewise', async ({ inbox, boots, kind }, c) => {
      await boots.start(boot(`${c}-stopped`, 1));
      await accepted(inbox, inbound(c, 'e'), { ...lease(`${c}-stopped`), pool: c });
      await boots.stop(`${c}-stopped`);
      expect(await inbox.takeOrphans({ ...lease(c, NOW + 1, c), limit: 10 })).toHaveLength(kind === 'embedded' ? 1 : 0);
    });
  });

  describe('turns', () => {
    check('keeps turns by number and by cause, once', async ({ turns }, c) => {
      expect(await turns.last(c)).toBeUndefined();
      expect(await turns.commit(turn(c, 1, 'e1'))).toBe('kept');
      expect(await turns.commit(turn(c, 1, 'e1'))).toBe('seen');
      expect(await turns.commit(turn(c, 2, 'e1'))).toBe('seen');
      expect(await turns.commit(turn(c, 1, 'e2'))).toBe('overtaken');
      expect(await turns.commit(turn(c, 2, 'e2'))).toBe('kept');
      expect(await turns.last(c)).toEqual(turn(c, 2, 'e2'));
      expect(await turns.byCause(c, 'e1')).toEqual(turn(c, 1, 'e1'));
      expect(await turns.byCause(c, 'e3')).toBeUndefined();
      expect(await turns.commit(turn(`${c}x`, 1, 'e1'))).toBe('kept');
    });

    check('gives the turns after a number, oldest first', async ({ turns }, c) => {
      for (let seq = 1; seq <= 12; seq++) await turns.commit(turn(c, seq, `e${seq}`));
      expect((await turns.since(c, 0, 3)).map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect((await turns.since(c, 9, 100)).map(({ seq }) => seq)).toEqual([10, 11, 12]);
      expect(await turns.since(c, 12, 100)).toEqual([]);
    });

    check(
      'of two processes that answer one event, one is kept; of two events, each in its turn',
      async ({ turns }, c) => {
        const other = (await another()).turns;
        const same = await Promise.all([
          turns.commit(turn(c, 1, 'e')),
          other.commit(turn(c, 1, 'e')),
          other.commit(turn(c, 1, 'e')),
        ]);
        expect(same.sort()).toEqual(['kept', 'seen', 'seen']);
        const two = await Promise.all([turns.commit(turn(c, 2, 'f')), other.commit(turn(c, 2, 'g'))]);
        expect(two.sort()).toEqual(['kept', 'overtaken']);
      },
    );
  });

  describe('outbox', () => {
    const take = (by: string, now: number) => ({ pool: 'serve', by, leaseMs: 1000, now, limit: 10 });

    check('keeps rows under fixed keys; a redo sends only what nobody has taken', async ({ outbox }, c) => {
      const rows = [0, 1, 2].map((n) => outgoing(c, n, c));
      expect(await outbox.enqueue(rows)).toEqual(rows);
      await outbox.settleSent([rows[0]!]);
      expect(await outbox.settle(rows[1]!, { state: 'refused', why: 'no such person' })).toBe(true);
      const redo = [...rows, outgoing(c, 3, c)];
      // the third is being sent by whoever took it, though it be the same process
      expect((await outbox.enqueue(redo)).map(({ key }) => key)).toEqual([redo[3]!.key]);
      expect((await outbox.byState('refused', 10)).filter(({ conversation }) => conversation === c)).toEqual([
        { ...rows[1], state: 'refused', why: 'no such person', open: null, leaseBy: null, leaseUntil: null },
      ]);
      await outbox.settleSent(redo);
    });

    check('a row that another process is sending is left to it', async ({ outbox }, c) => {
      await outbox.enqueue([outgoing(c, 0, c)]);
      const other = `${c}-other`;
      expect(await outbox.enqueue([outgoing(c, 0, other)])).toEqual([]);
      const later = { ...outgoing(c, 0, other), dueAt: NOW + 1001, leaseUntil: NOW + 2000 };
      const taken = await outbox.enqueue([later]);
      expect(taken).toMatchObject([{ key: later.key, leaseBy: other, leaseUntil: NOW + 2000, resumed: c }]);
      expect(await outbox.settle(outgoing(c, 0, c), { state: 'sent' })).toBe(false);
      await outbox.settleSent([outgoing(c, 0, c)]);
      expect((await outbox.byState('claimed', 100)).filter(({ conversation }) => conversation === c)).toEqual(
        taken.map(({ resumed, ...row }) => row),
      );
      await outbox.settleSent(taken);
      expect((await outbox.byState('claimed', 100)).filter(({ conversation }) => conversation === c)).toEqual([]);
    });

    check('keeps the platform’s ids of what was sent', async ({ outbox }, c) => {
      const rows = [0, 1, 2].map((n) => outgoing(c, n, c));
      await outbox.enqueue(rows);
      await outbox.settleSent(rows.map((row, n) => (n ? { ...row, platformId: `p${n}` } : row)));
      const sent = (await outbox.byState('sent', 1000)).filter(({ conversation }) => conversation === c);
      expect(sent.map(({ platformId }) => platformId).sort()).toEqual(['p1', 'p2', undefined]);
    });

    check('what is due is taken by one, what is later waits', async ({ outbox }, c) => {
      const other = (await another()).outbox;
      const rows = [0, 1, 2].map((n) => outgoing(c, n, c));
      await outbox.enqueue(rows);
      for (const [n, row] of rows.entries())
        await outbox.settle(row, { state: 'waiting', dueAt: NOW + 100 * n, attempts: 1, why: 'later' });
      expect(await outbox.takeDue(take(c, NOW - 1))).toEqual([]);
      const both = await Promise.all([
        outbox.takeDue(take(c, NOW + 100)),
        other.takeDue(take(`${c}-other`, NOW + 100)),
      ]);
      expect(
        both
          .flat()
          .map(({ key }) => key)
          .sort(),
      ).toEqual([rows[0]!.key, rows[1]!.key]);
      for (const row of both.flat()) expect(await outbox.settle(row, { state: 'sent' })).toBe(true);
      const [last] = await outbox.takeDue(take(c, NOW + 200));
      expect(last).toMatchObject({
        key: rows[2]!.key,
        attempts: 1,
        why: 'later',
        state: 'claimed',
        leaseBy: c,
        leaseUntil: NOW + 1200,
      });
      await outbox.settleSent([last!]);
    });

    check(
      'a receipt settles what it names, by platform id, send key or watermark, and never goes back',
      async ({ outbox }, c) => {
        const rows = [0, 1, 2, 3, 4].map((n) => ({ ...outgoing(c, n, c), dueAt: NOW + n }));
        await outbox.enqueue(rows);
        await outbox.settleSent(rows.slice(0, 3).map((row, n) => ({ ...row, platformId: `p${n}` })));
        await outbox.settle(rows[3]!, { state: 'unsure', why: 'no answer' });
        const states = async () => {
          const all = ['claimed', 'sent', 'delivered', 'read', 'failed', 'unsure'] as const;
          const found = (await Promise.all(all.map((state) => outbox.byState(state, 1000)))).flat();
          return Object.fromEntries(
            found
              .filter(({ conversation }) => conversation === c)
              .map(({ key, state }) => [key.split(':').at(-1), state]),
          );
        };
        expect(await outbox.receive(`${c}-other`, { state: 'read', platformIds: ['p0'] })).toBe(0);
        expect(await outbox.receive(c, { state: 'delivered', platformIds: ['p0', 'unknown'] })).toBe(1);
        expect(await outbox.receive(c, { state: 'failed', platformIds: ['p1'], why: 'switched off' })).toBe(1);
        expect(await outbox.receive(c, { state: 'delivered', upTo: NOW + 10 })).toBe(4);
        expect(await states()).toEqual({
          '0.0': 'delivered',
          '1.0': 'failed',
          '2.0': 'delivered',
          '3.0': 'unsure',
          '4.0': 'claimed',
        });
        expect(await outbox.receive(c, { state: 'delivered', sendKey: rows[3]!.key })).toBe(1);
        expect(await outbox.receive(c, { state: 'read', upTo: NOW })).toBe(1);
        await outbox.receive(c, { state: 'delivered', platformIds: ['p0'] });
        expect(await states()).toEqual({
          '0.0': 'read',
          '1.0': 'failed',
          '2.0': 'delivered',
          '3.0': 'delivered',
          '4.0': 'claimed',
        });
        await outbox.settleSent([rows[4]!]);
      },
    );

    check(
      'what left in an answer is sent, if it was parked; nothing else of the conversation is',
      async ({ outbox }, c) => {
        const said = turn(c, 1, 'e').said;
        const answered = { ...turn(c, 1, 'e'), said: [said[0]!, said[0]!] };
        const rows = [0, 1, 2].map((n) => outgoing(c, n, c));
        await outbox.enqueue(rows);
        await outbox.settle(rows[0]!, { state: 'unsure', why: 'no answer' });
        await outbox.settle(rows[1]!, { state: 'refused', why: 'no such person' });
        await outbox.settle(rows[2]!, { state: 'unsure', why: 'no answer' });
        await outbox.left({ ...answered, conversation: `${c}x` });
        const stateOf = async () => {
          const states = await all(outbox, c);
          return rows.map(({ key }) => states.get(key));
        };
        expect(await stateOf()).toEqual(['unsure', 'refused', 'unsure']);
        await outbox.left(answered);
        expect(await stateOf()).toEqual(['sent', 'refused', 'unsure']);
        expect(await outbox.earlier(c, 9_000_000)).toBeUndefined();
      },
    );

    check('a receipt of a row that is parked or waits settles it; a person decides the rest', async ({ outbox }, c) => {
      const rows = [0, 1, 2, 3].map((n) => outgoing(c, n, c));
      await outbox.enqueue(rows);
      for (const row of rows.slice(0, 3)) await outbox.settle(row, { state: 'unsure', why: 'no answer' });
      await outbox.settle(rows[3]!, { state: 'waiting', dueAt: NOW + 50_000, why: 'later' });
      expect(await outbox.receive(c, { state: 'failed', sendKey: rows[0]!.key, why: 'switched off' })).toBe(1);
      expect(await outbox.receive(c, { state: 'delivered', sendKey: rows[3]!.key, platformIds: ['p3'] })).toBe(1);
      expect(await outbox.receive(c, { state: 'read', platformIds: ['p3'] })).toBe(1);
      expect(await outbox.decide(rows[1]!, 'sent')).toBe(true);
      expect(await outbox.decide(rows[2]!, 'waiting')).toBe(true);
      // decided already
      expect(await outbox.decide(rows[1]!, 'waiting')).toBe(false);
      const states = await all(outbox, c);
      expect(rows.map(({ key }) => states.get(key))).toEqual(['failed', 'sent', 'waiting', 'read']);
      expect((await outbox.earlier(c, 9_000_000))?.key).toBe(rows[2]!.key);
      const due = (await outbox.takeDue(take(c, NOW))).filter(({ conversation }) => conversation === c);
      expect(due).toMatchObject([{ key: rows[2]!.key, state: 'claimed' }]);
      // it was not being sent when it was parked, so it may be sent
      expect(due[0]!.resumed).toBeUndefined();
      await outbox.settleSent(due);
    });

    check('a sweep and a redo of the same process do not both take a row', async ({ outbox }, c) => {
      await outbox.enqueue([outgoing(c, 0, `${c}-dead`)]);
      const [swept, ...more] = await outbox.takeDue(take(c, NOW + 3000));
      expect([swept, more]).toMatchObject([{ key: outgoing(c, 0, c).key, leaseBy: c, resumed: `${c}-dead` }, []]);
      const redo = { ...outgoing(c, 0, c), dueAt: NOW + 3000, leaseUntil: NOW + 4000 };
      expect(await outbox.enqueue([redo])).toEqual([]);
      await outbox.settleSent([swept!]);
    });

    check('what waited behind a message is due when its receipt comes', async ({ outbox }, c) => {
      const rows = [0, 1, 2].map((n) => outgoing(c, n, c));
      await outbox.enqueue(rows);
      await outbox.settle(rows[0]!, { state: 'waiting', attempts: 1, dueAt: NOW + 50_000 });
      await outbox.settle(rows[1]!, { state: 'waiting', dueAt: NOW + 50_000 });
      await outbox.settle(rows[2]!, {
        state: 'waiting',
        attempts: 1,
        dueAt: NOW + 60_000,
        why: 'the platform said so',
      });
      expect(await outbox.takeDue(take(c, NOW + 1))).toEqual([]);
      expect(await outbox.receive(c, { state: 'delivered', sendKey: rows[0]!.key })).toBe(1);
      const due = await outbox.takeDue(take(c, NOW + 1));
      expect(due.map(({ key }) => key)).toEqual([rows[1]!.key]);
      await outbox.settleSent([...due, ...(await outbox.takeDue(take(c, NOW + 60_000)))]);
    });

    check('tells what stands before a place in the conversation', async ({ outbox }, c) => {
      const rows = [0, 1, 2].map((n) => outgoing(c, n, c));
      await outbox.enqueue(rows);
      const standing = async (n: number) => (await outbox.earlier(c, rows[n]!.order))?.key;
      expect([await standing(0), await standing(2)]).toEqual([undefined, rows[0]!.key]);
      await outbox.settle(rows[0]!, { state: 'waiting', dueAt: NOW + 10 });
      expect(await standing(2)).toBe(rows[0]!.key);
      await outbox.settle((await outbox.takeDue(take(c, NOW + 10)))[0]!, { state: 'sent' });
      expect(await standing(2)).toBe(rows[1]!.key);
      await outbox.settleSent(rows.slice(1));
      expect(await standing(2)).toBe(undefined);
    });

    check('a claimed row whose lease is over is taken again', async ({ outbox, boots, kind }, c) => {
      const pid = 500_000 + used;
      await boots.start(boot(`${c}-dead`, pid));
      await outbox.enqueue([outgoing(c, 0, `${c}-dead`)]);
      expect(await outbox.takeDue(take(c, NOW + 1))).toEqual([]);
      dead.add(pid);
      const early = await outbox.takeDue(take(c, NOW + 2));
      expect(early).toHaveLength(kind === 'embedded' ? 1 : 0);
      const late = await outbox.takeDue(take(`${c}-late`, NOW + 3000));
      expect(late).toMatchObject([{ key: outgoing(c, 0, c).key, leaseBy: `${c}-late` }]);
      await outbox.settleSent(late);
    });
  });

  describe('lookups', () => {
    const day = new Date('2026-03-02T10:00:00+07:00');
    const far = (n: number) => customerCode(n * 100);
    const is = async (answer: ReturnType<Stores['lookups']['admit']>) => {
      const verdict = await answer;
      return verdict.is === 'open' ? 'open' : verdict.why;
    };

    check('a person has 5 codes a day, and keeps those 5', async ({ lookups }, person) => {
      for (let n = 0; n < 5; n++) expect(await is(lookups.admit({ person }, far(n), day, DISCLOSURE))).toBe('open');
      expect(await is(lookups.admit({ person }, far(5), day, DISCLOSURE))).toBe('person');
      expect(await is(lookups.admit({ person }, far(0), day, DISCLOSURE))).toBe('open');
      const midnight = new Date('2026-03-03T00:00:00+07:00');
      expect(await is(lookups.admit({ person }, far(5), new Date(midnight.getTime() - 1), DISCLOSURE))).toBe('person');
      expect(await is(lookups.admit({ person }, far(5), midnight, DISCLOSURE))).toBe('open');
      expect(await is(lookups.admit({ person: `${person}x` }, far(5), day, DISCLOSURE))).toBe('open');
    });

    check('a network address has its own limit, over persons', async ({ lookups }, network) => {
      const policy = { ...DISCLOSURE, codesPerNetwork: 7 };
      const ask = (n: number) => is(lookups.admit({ person: `${network}/${n % 3}`, network }, far(n), day, policy));
      for (let n = 0; n < 7; n++) expect(await ask(n)).toBe('open');
      expect(await ask(7)).toBe('network');
      expect(await ask(3)).toBe('open');
      // what the network refused has taken none of the person's own
      expect(await is(lookups.admit({ person: `${network}/1` }, far(40), day, policy))).toBe('open');
      expect(await is(lookups.admit({ person: `${network}/1` }, far(41), day, policy))).toBe('open');
      expect(await is(lookups.admit({ person: `${network}/1` }, far(42), day, policy))).toBe('open');
      expect(await is(lookups.admit({ person: `${network}/1` }, far(43), day, policy))).toBe('person');
    });

    check(
      'a run of neighbouring codes shuts the gate for the day, in any order and with gaps',
      async ({ lookups }, person) => {
        const ask = (n: number) => is(lookups.admit({ person }, customerCode(5000 + n), day, DISCLOSURE));
        expect([await ask(6), await ask(0), await ask(9)]).toEqual(['open', 'open', 'open']);
        expect(await ask(3)).toBe('neighbours');
        expect(await is(lookups.admit({ person }, far(1), day, DISCLOSURE))).toBe('neighbours');
        expect(await ask(6)).toBe('open');
        const tomorrow = new Date(day.getTime() + 86_400_000);
        expect(await is(lookups.admit({ person }, far(1), tomorrow, DISCLOSURE))).toBe('open');
      },
    );

    check('codes that are no neighbours are no run', async ({ lookups }, person) => {
      const ask = (code: string) => is(lookups.admit({ person }, code, day, DISCLOSURE));
      expect(await ask('PP05000000001')).toBe('open');
      expect(await ask('PP05000000005')).toBe('open');
      expect(await ask('PP05000000009')).toBe('open');
      expect(await ask('PP05010000010')).toBe('open');
      expect(await ask('PQ05000000010')).toBe('open');
    });

    check('many at once over two processes: exactly as many as allowed', async ({ lookups }, person) => {
      const other = (await another()).lookups;
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          is((n % 2 ? lookups : other).admit({ person }, far(n % 10), day, DISCLOSURE)),
        ),
      );
      const open = new Set(answers.flatMap((answer, n) => (answer === 'open' ? [n % 10] : [])));
      expect(open.size).toBe(5);
      for (let n = 0; n < 10; n++) {
        expect(await is(lookups.admit({ person }, far(n), day, DISCLOSURE))).toBe(open.has(n) ? 'open' : 'person');
      }
    });
  });

  describe('records', () => {
    const customer = (n: number): Customer => ({
      source, code: customerCode(n), name: 'Nguyễn Văn An', address: '12 Lê Lợi', unit: 'PP0500', kind: 'household', households: 1,
    }); // biome-ignore format: a row
    const bill = (n: number, year: number, month: number, period = 1): Bill => ({
      source, customer: customerCode(n), year, month, period, lines: [], total: 100_000 + month,
    }); // biome-ignore format: a row
    const reading = (n: number, year: number, month: number, register = 'KT', point = '001'): Reading => ({
      source, customer: customerCode(n), point: customerCode(n) + point, year, month, period: 1, register, multiplier: 1,
      readOn: '2026-01-06', old: 1, new: 3, kwh: 2, how: 'read',
    }); // biome-ignore format: a row
    const months = (rows: { year: number; month: number; period: number }[]) =>
      rows.map(({ year, month, period }) => [year, month, period]);

    check('a row comes again: the same; changed; and never twice', async ({ writer, records }) => {
      const rows = [customer(900), customer(901)];
      const before = await writer.count('customers');
      expect(await writer.put('customers', rows)).toEqual({ added: 2, changed: 0, same: 0 });
      expect(await writer.put('customers', [rows[0]!, { ...rows[1]!, name: 'Trần Thị Bé' }])).toEqual({
        added: 0,
        changed: 1,
        same: 1,
      });
      expect(await writer.count('customers')).toBe(before + 2);
      expect(await records.customer(customerCode(901))).toEqual({ ...rows[1], name: 'Trần Thị Bé' });
      expect(await records.customer('PP05009999999')).toBeUndefined();
    });

    check('puts more rows than one commit holds', async ({ writer }) => {
      const rows = Array.from({ length: 600 }, (_, n) => customer(10_000 + n));
      expect(await writer.put('customers', rows)).toEqual({ added: 600, changed: 0, same: 0 });
    });

    check('removes what a source said of a customer, but for the rows to be kept', async ({ writer, records }) => {
      const code = customerCode(905);
      const imported = { ...source, kind: 'import' as const };
      const unpaid = (month: number): Debt => ({
        source, customer: code, year: 2026, month, period: 1, net: 1, tax: 0, total: 1, stage: 'due', ...(month === 1 && { paidOn: '2026-02-01' }),
      }); // biome-ignore format: a row
      await writer.put('bills', [
        { ...bill(905, 2026, 1), source: imported },
        bill(905, 2026, 2),
        bill(905, 2026, 3),
        bill(906, 2026, 3),
      ]);
      await writer.put('readings', [reading(905, 2026, 1), reading(905, 2026, 1, 'BT')]);
      await writer.put('debts', [unpaid(1), unpaid(2)]);
      await writer.put('customers', [customer(905), { ...customer(906), source: imported }]);
      expect(await writer.remove('bills', code, 'sample', [bill(905, 2026, 2)])).toBe(1);
      expect(months(await records.bills(code))).toEqual([
        [2026, 2, 1],
        [2026, 1, 1],
      ]);
      expect(await records.bills(customerCode(906))).toHaveLength(1);
      expect(await writer.remove('readings', code, 'sample')).toBe(2);
      expect(await writer.remove('debts', code, 'sample')).toBe(2);
      expect(await writer.remove('points', code, 'sample')).toBe(0);
      expect([await records.readings(code), await records.debts(code)]).toEqual([[], []]);
      expect(await writer.remove('customers', code, 'sample')).toBe(1);
      expect(await writer.remove('customers', customerCode(906), 'sample')).toBe(0);
      expect(await records.customer(code)).toBeUndefined();
    });

    check('gives bills and readings newest first, a month, or a period', async ({ writer, records }) => {
      const code = customerCode(910);
      const rows = [
        bill(910, 2025, 12),
        bill(910, 2026, 2),
        bill(910, 2026, 1, 1),
        bill(910, 2026, 1, 2),
        bill(911, 2026, 1),
      ];
      await writer.put('bills', rows);
      expect(months(await records.bills(code))).toEqual([
        [2026, 2, 1],
        [2026, 1, 2],
        [2026, 1, 1],
        [2025, 12, 1],
      ]);
      expect(months(await records.bills(code, undefined, 2))).toEqual([
        [2026, 2, 1],
        [2026, 1, 2],
      ]);
      expect(months(await records.bills(code, { year: 2026, month: 1 }))).toEqual([
        [2026, 1, 2],
        [2026, 1, 1],
      ]);
      expect(await records.bills(code, { year: 2025, month: 12, period: 1 })).toEqual([rows[0]]);
      expect(await records.bills(code, { year: 2025, month: 12, period: 2 })).toEqual([]);
      expect(await records.bills(code, { year: 2024, month: 1 })).toEqual([]);
    });

    check('keeps the readings of every register and every meter', async ({ writer, records }) => {
      const rows = [
        reading(920, 2026, 1, 'BT'),
        reading(920, 2026, 1, 'CD'),
        reading(920, 2026, 1, 'BT', '002'),
        reading(920, 2026, 2, 'BT'),
      ];
      expect(await writer.put('readings', rows)).toEqual({ added: 4, changed: 0, same: 0 });
      expect(await records.readings(customerCode(920), { year: 2026, month: 1 })).toHaveLength(3);
      expect((await records.readings(customerCode(920)))[0]).toEqual(rows[3]);
    });

    check('gives the points of a customer, and unpaid debts oldest first', async ({ writer, records }) => {
      const code = customerCode(930);
      const point = (n: number): MeteringPoint => ({
        source, id: `${code}00${n}`, customer: code, meter: `m${n}`, register: 'KT', multiplier: 1, station: 'T1', unit: 'PP0500', readingDay: 6,
      }); // biome-ignore format: a row
      await writer.put('points', [point(2), point(1)]);
      expect((await records.points(code)).map(({ id }) => id)).toEqual([`${code}001`, `${code}002`]);
      const debt = (month: number, paidOn?: string): Debt => ({
        source, customer: code, year: 2026, month, period: 1, net: 100, tax: 10, total: 110, stage: 'overdue', ...(paidOn && { paidOn }),
      }); // biome-ignore format: a row
      await writer.put('debts', [debt(3), debt(1), debt(2, '2026-03-01')]);
      expect((await records.debts(code)).map(({ month }) => month)).toEqual([1, 3]);
      await writer.put('debts', [debt(1, '2026-04-01')]);
      expect((await records.debts(code)).map(({ month }) => month)).toEqual([3]);
    });

    check('gives outages by station and by unit', async ({ writer, records }, unit) => {
      const at = (day: number) => `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`;
      const planned = (n: number, station: string, from: number, to: number, cancelled?: boolean): PlannedOutage => ({
        source, id: `${unit}-${n}-${station}`, unit, station: `${unit}${station}`, area: 'Hòa Khê', from: at(from), to: at(to), reason: 'sửa chữa', ...(cancelled && { cancelled }),
      }); // biome-ignore format: a row
      await writer.put('planned_outages', [
        planned(1, 'A', 9, 10),
        planned(2, 'A', 5, 6),
        planned(3, 'B', 7, 8),
        planned(4, 'A', 1, 2),
        planned(5, 'A', 11, 12, true),
      ]);
      const ids = (rows: { id: string }[]) => rows.map(({ id }) => id.split('-')[1]);
      expect(ids(await records.plannedOutages({ stations: [`${unit}A`] }, at(4)))).toEqual(['2', '1']);
      expect(ids(await records.plannedOutages({ stations: [`${unit}A`, `${unit}B`, `${unit}A`] }, at(4)))).toEqual([
        '2',
        '3',
        '1',
      ]);
      expect(ids(await records.plannedOutages({ unit }, at(6)))).toEqual(['3', '1']);
      expect(await records.plannedOutages({ stations: [] }, at(4))).toEqual([]);

      const incident = (n: number, startedAt: number, restoredAt?: number): Incident => ({
        source, id: `${unit}-${n}`, unit, station: `${unit}A`, area: 'Hòa Khê', startedAt: at(startedAt), ...(restoredAt && { restoredAt: at(restoredAt) }),
      }); // biome-ignore format: a row
      await writer.put('incidents', [incident(1, 1, 2), incident(2, 3, 5), incident(3, 4), incident(4, 9)]);
      expect(ids(await records.incidents({ stations: [`${unit}A`] }, at(6)))).toEqual(['3', '2']);
      expect(ids(await records.incidents({ unit }, at(8)))).toEqual(['3']);
      await writer.put('incidents', [incident(3, 4, 7)]);
      expect(ids(await records.incidents({ unit }, at(10)))).toEqual(['4']);
    });

    check('another utility sees none of it', async ({ writer, inbox }, c) => {
      await writer.put('customers', [customer(940)]);
      await accepted(inbox, inbound(c, 'e'), { pool: 'serve', by: c, leaseMs: 1, now: NOW });
      const other = storesOf(engine!, 'contract-2');
      expect(await other.records.customer(customerCode(940))).toBeUndefined();
      expect(await other.inbox.find(c, 'e')).toBeUndefined();
      expect(await other.writer.count('customers')).toBe(0);
      expect(() => storesOf(engine!, 'Sample/../x')).toThrow('utility id');
    });
  });

  describe('reports, hand-overs and meta', () => {
    const report = (id: string, person: string, at: string, customer?: string): OutageReport => ({
      id, conversation: person, person, at, what: 'mất điện', ...(customer && { customer }),
    }); // biome-ignore format: a row

    check('a report is written once; the newest one is found by person or by customer', async ({ reports }, person) => {
      const house = `${person}-house`;
      await reports.file(report(`${person}:1`, person, '2026-03-01T00:00:00.000Z'));
      await reports.file(report(`${person}:2`, `${person}x`, '2026-03-02T00:00:00.000Z', house));
      await reports.file(report(`${person}:3`, person, '2026-03-03T00:00:00.000Z', `${person}-shop`));
      await reports.file({ ...report(`${person}:3`, person, '2026-03-09T00:00:00.000Z'), what: 'again' });
      const latest = async (customer?: string) => (await reports.latest({ person, ...(customer && { customer }) }))?.id;
      expect(await latest()).toBe(`${person}:3`);
      expect(await latest(house)).toBe(`${person}:2`);
      expect(await latest(`${person}-other`)).toBe(`${person}:1`);
      expect(await reports.latest({ person: `${person}z` })).toBeUndefined();
    });

    check(
      'a claim of a payment is written once; the newest of a person for a code is found, of nobody else',
      async ({ reports }, person) => {
        const claim = (id: string, by: string, at: string) => ({
        id, conversation: by, person: by, customer: `${person}-house`, months: [{ year: 2026, month: 3, period: 1 }], total: 1000, at,
      }); // biome-ignore format: one claim
        await reports.claim(claim(`${person}:1`, person, '2026-03-01T00:00:00.000Z'));
        await reports.claim(claim(`${person}:2`, person, '2026-03-03T00:00:00.000Z'));
        await reports.claim(claim(`${person}:3`, `${person}x`, '2026-03-04T00:00:00.000Z'));
        await reports.claim({ ...claim(`${person}:2`, person, '2026-03-09T00:00:00.000Z'), total: 2 });
        expect(await reports.latestClaim({ person, customer: `${person}-house` })).toMatchObject({
          id: `${person}:2`,
          total: 1000,
        });
        expect(await reports.latestClaim({ person: `${person}y`, customer: `${person}-house` })).toBeUndefined();
        expect(await reports.latestClaim({ person, customer: `${person}-shop` })).toBeUndefined();
      },
    );

    check('a report of danger hides none of lost supply', async ({ reports }, person) => {
      const house = `${person}-house`;
      const danger = (id: string, at: string, customer?: string) => ({
        ...report(id, person, at, customer),
        what: 'hazard',
      });
      await reports.file(danger(`${person}:1`, '2026-03-01T00:00:00.000Z'));
      expect((await reports.latest({ person }))?.id).toBe(`${person}:1`);
      await reports.file(report(`${person}:2`, person, '2026-03-02T00:00:00.000Z', house));
      await reports.file(danger(`${person}:3`, '2026-03-03T00:00:00.000Z', house));
      await reports.file(danger(`${person}:4`, '2026-03-04T00:00:00.000Z'));
      expect((await reports.latest({ person }))?.id).toBe(`${person}:2`);
      expect((await reports.latest({ person, customer: house }))?.id).toBe(`${person}:2`);
    });

    check('hand-overs wait oldest first, each once', async ({ reports }, person) => {
      for (const n of [2, 1, 1])
        await reports.handOver({
          id: `${person}:${n}`,
          conversation: person,
          person,
          why: 'agent.request',
          at: `2026-03-0${n}T00:00:00.000Z`,
        });
      const open = (await reports.openHandOvers(100)).filter((handOver) => handOver.person === person);
      expect(open).toEqual(
        [1, 2].map((n) => ({
          id: `${person}:${n}`,
          conversation: person,
          person,
          why: 'agent.request',
          at: `2026-03-0${n}T00:00:00.000Z`,
        })),
      );
    });

    check('meta: set, get, and once for all processes', async ({ meta }, key) => {
      expect(await meta.get(key)).toBeUndefined();
      await meta.set(key, { rows: 1 });
      await meta.set(key, { rows: 2 });
      expect(await meta.get(key)).toEqual({ rows: 2 });
      const other = (await another()).meta;
      const secrets = await Promise.all(
        Array.from({ length: 8 }, (_, i) => (i % 2 ? meta : other).once(`${key}/secret`, `s${i}`)),
      );
      expect(new Set(secrets).size).toBe(1);
      expect(await meta.get(`${key}/secret`)).toBe(secrets[0]);
    });
  });
};
