import type { Collection, Doc } from '../engine';
import type { RecordWriter } from '../stores';
import { documentOf, type RecordCollections } from './records';

/** Rows of one commit: an import holds the store for a few milliseconds at a time. */
const ROWS = 200;

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
});
