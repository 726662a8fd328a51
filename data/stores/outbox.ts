import type { Receipt } from '../../core/events';
import type { Collection, Engine, Shape } from '../engine';
import { ofUtility } from '../shapes';
import type { Outbox, OutboxRow } from '../stores';
import type { Gone } from './boots';
import { leaseless } from './leases';

const OUTBOX: Shape<OutboxRow> = {
  name: 'outbox',
  version: 1,
  indexes: [
    { name: 'key', fields: ['conversation', 'key'], unique: true },
    // a waiting row has no lease, so its `leaseUntil` is null and `dueAt` orders it; a claimed one is found by its lease
    { name: 'order', fields: ['conversation', 'open', 'order'] },
    { name: 'platform', fields: ['conversation', 'platformId'] },
    { name: 'due', fields: ['state', 'pool', 'leaseUntil', 'dueAt'] },
  ],
};

export const outboxStore = (engine: Engine, utility: string, gone: () => Promise<Gone>): Outbox => {
  const rows = engine.collection(ofUtility(utility, OUTBOX));
  return {
    async enqueue(wanted) {
      const outcomes = await rows.insertMany(wanted);
      const there = wanted.filter((_, n) => outcomes[n]!.is === 'conflict');
      if (there.length === 0) return [...wanted];
      const isGone = await gone();
      const resumed = await Promise.all(
        there.map(async (row) => {
          const before = await rows.first({ index: 'key', equal: { conversation: row.conversation, key: row.key } });
          const mayTake =
            before?.state === 'claimed' &&
            ((before.leaseUntil ?? 0) < row.dueAt || (before.leaseBy !== null && isGone(before.leaseBy)));
          return mayTake && take(rows, before, row);
        }),
      );
      return wanted.flatMap((row, n) => (outcomes[n]!.is === 'inserted' ? [row] : resumed[there.indexOf(row)] || []));
    },
    async post(wanted) {
      await rows.insertMany(wanted);
    },
    of: (ids) => rows.getMany(ids),
    settle: ({ id, conversation, leaseBy }, change) =>
      rows.update(
        id,
        { conversation, state: 'claimed', leaseBy },
        {
          ...change,
          ...(change.state !== 'waiting' && { open: null }),
          leaseBy: null,
          leaseUntil: null,
        },
      ),
    async settleSent(sent) {
      const settled = { state: 'sent', open: null, leaseBy: null, leaseUntil: null } as const;
      const withIds = sent.filter(({ platformId }) => platformId !== undefined);
      const without = sent.filter((row) => !withIds.includes(row));
      await Promise.all([
        ...withIds.map(({ id, conversation, leaseBy, platformId }) =>
          rows.update(id, { conversation, state: 'claimed', leaseBy }, { ...settled, platformId: platformId! }),
        ),
        ...without.slice(0, 1).map(({ conversation, leaseBy }) =>
          rows.updateMany(
            without.map(({ id }) => id),
            { conversation, state: 'claimed', leaseBy },
            settled,
            'soon',
          ),
        ),
      ]);
    },
    async takeDue({ pool, by, leaseMs, now, limit }) {
      const due = await rows.find({
        index: 'due',
        equal: { state: 'waiting', pool, leaseUntil: null },
        range: { to: now },
        limit,
      });
      const left = await leaseless(
        rows,
        { index: 'due', equal: { state: 'claimed', pool } },
        { now, limit: limit - due.length, gone: await gone() },
      );
      const lease = { leaseBy: by, leaseUntil: now + leaseMs };
      const taken = await Promise.all([...due, ...left].map((row) => take(rows, row, lease)));
      return taken.flatMap((row) => row || []).sort((a, b) => a.dueAt - b.dueAt);
    },
    byState: (state, limit) => rows.find({ index: 'due', equal: { state }, limit }),
    earlier: (conversation, order) =>
      rows.first({ index: 'order', equal: { conversation, open: 1 }, range: { before: order } }),
    decide: ({ id, conversation }, state) =>
      rows.update(
        id,
        { conversation, state: 'unsure' },
        { state, open: state === 'waiting' ? 1 : null, leaseBy: null, leaseUntil: null },
      ),
    async left({ id, conversation, said }) {
      const keys = said.map((_, n) => `${id}:${n}.0`);
      await rows.updateMany(keys, { conversation, state: 'unsure' }, { state: 'sent' });
    },
    async receive(conversation, { state, why, ...about }) {
      const found = await rowsOf(rows, conversation, about);
      const isOurs = about.sendKey !== undefined;
      const unseen: OutboxRow['state'][] = isOurs ? [...ARRIVED_UNSEEN, 'claimed'] : ARRIVED_UNSEEN;
      const before: OutboxRow['state'][] = about.upTo === undefined ? unseen : ['sent'];
      const [platformId] = isOurs ? (about.platformIds ?? []) : [];
      const change = {
        state,
        open: null,
        leaseBy: null,
        leaseUntil: null,
        ...(why && { why }),
        ...(platformId && { platformId }),
      };
      const condition = { conversation, state: { in: state === 'read' ? [...before, 'delivered'] : before } };
      await rows.updateMany(
        found.map(({ id }) => id),
        condition,
        change,
      );
      // what only waited behind it may go now
      if (found.some(({ state: then }) => then === 'waiting' && before.includes(then))) {
        const behind = await rows.find({ index: 'order', equal: { conversation, open: 1 }, limit: UP_TO });
        await rows.updateMany(
          behind.map(({ id }) => id),
          { conversation, state: 'waiting', attempts: 0 },
          { dueAt: Math.min(...found.map(({ heardAt }) => heardAt)) },
        );
      }
      // one that is being sent is not settled yet: its receipt is early
      return found.filter(({ state: now }) => now !== 'claimed').length;
    },
  };
};

/** A receipt that names a message proves that it left, whatever we thought of it; one with our key even before the send was answered. */
const ARRIVED_UNSEEN: OutboxRow['state'][] = ['sent', 'unsure', 'waiting', 'expired'];
/** a watermark covers at most so many */
const UP_TO = 200;

const rowsOf = async (
  rows: Collection<OutboxRow>,
  conversation: string,
  { platformIds = [], sendKey, upTo }: Omit<Receipt, 'state' | 'why'>,
): Promise<OutboxRow[]> => {
  if (sendKey !== undefined) return rows.find({ index: 'key', equal: { conversation, key: sendKey }, limit: 1 });
  if (platformIds.length > 0) {
    const some = platformIds.slice(0, UP_TO);
    return (
      await Promise.all(
        some.map((platformId) => rows.find({ index: 'platform', equal: { conversation, platformId }, limit: 1 })),
      )
    ).flat();
  }
  if (upTo === undefined) return [];
  const settled = { index: 'order', equal: { conversation, open: null }, descending: true, limit: UP_TO };
  return (await rows.find(settled)).filter(({ dueAt }) => dueAt <= upTo);
};

/** Takes a row over under a new lease, if it is still as it was seen; the lease is the token. */
const take = async (
  rows: Collection<OutboxRow>,
  seen: OutboxRow,
  { leaseBy, leaseUntil }: Pick<OutboxRow, 'leaseBy' | 'leaseUntil'>,
): Promise<OutboxRow | false> => {
  const as = { conversation: seen.conversation, state: seen.state, leaseBy: seen.leaseBy, leaseUntil: seen.leaseUntil };
  const lease = { state: 'claimed', leaseBy, leaseUntil } as const;
  if (!(await rows.update(seen.id, as, lease))) return false;
  return { ...seen, ...lease, ...(seen.state === 'claimed' && { resumed: seen.leaseBy ?? '' }) };
};
