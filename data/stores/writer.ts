import type { Source } from '../../core/records';
import type { Collection, Doc } from '../engine';
import { naturalKey } from '../schemas';
import type { CustomerKind, RecordWriter } from '../stores';
import { documentOf, type RecordCollections } from './records';

/** Rows of one commit: an import holds the store for a few milliseconds at a time. */
const ROWS = 200;

const BY_CUSTOMER: { [K in Exclude<CustomerKind, 'customers'>]: string } = {
  points: 'customer',
  readings: 'monthly',
  bills: 'monthly',
  debts: 'unpaid',
};

/** Rows come checked by data/schemas: the writer trusts its types. */
export const writerStore = (collections: RecordCollections): RecordWriter => ({
  async put(kind, rows) {
    const into = collections[kind] as unknown as Collection<Doc>;
    const sum = { added: 0, changed: 0, same: 0 };
    for (let at = 0; at < rows.length; at += ROWS) {
      const docs = rows.slice(at, at + ROWS).map((row) => documentOf(kind, row));
      const { added, changed, same } = await into.putMany(docs);
      sum.added += added;
      sum.changed += changed;
      sum.same += same;
    }
    return sum;
  },
  count: (kind) => collections[kind].size(),
  async remove(kind, customer, source, keep = []) {
    const from = collections[kind] as unknown as Collection<Doc & { row: { source: Source } }>;
    const kept = new Set(keep.map((row) => naturalKey[kind](row)));
    const there =
      kind === 'customers'
        ? await from.getMany([customer])
        : await from.find({ index: BY_CUSTOMER[kind as keyof typeof BY_CUSTOMER], equal: { customer } });
    const gone = there.filter(({ id, row }) => row.source.kind === source && !kept.has(id));
    await Promise.all(gone.map(({ id }) => from.delete(id)));
    return gone.length;
  },
});
