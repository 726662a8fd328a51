/**
 * The narrow contract that both engines keep (data/embedded, data/mongo), proven by test/data/engine.contract.ts.
 * Every write is durable when its promise resolves (WAL with synchronous=FULL, or majority and journalled), and from then
 * on every read sees it. Writes of one process that were not awaited may be unseen by its next read.
 */

export type Scalar = string | number | boolean | null;

/**
 * A document: plain JSON with a string key. Declared index fields are top-level fields that hold scalars of one type
 * (absent counts as null). Texts are Unicode: an unpaired surrogate may come back as U+FFFD.
 */
export interface Doc {
  id: string;
}

export interface Index {
  name: string;
  /** equality fields first, then the fields of the order; the first of these may be bounded by a range */
  fields: string[];
  /**
   * `true`: every document has all its fields, and one without is refused (throws). `sparse`: documents in which any field
   * is null or absent are left out: they may repeat, and are not found by this index.
   */
  unique?: true | 'sparse';
}

/** One definition per document shape: serves both engines and the types. `version` is the schema version. */
export interface Shape<T extends Doc> {
  name: string;
  version: number;
  indexes: readonly Index[];
  /** type witness only, never read */
  readonly of?: T;
  /**
   * Small named functions from version n to n+1, applied when a document is read or updated. An indexed field must be in
   * the stored document itself, so a migration cannot introduce one.
   */
  migrations?: Record<number, (old: Record<string, unknown>) => Record<string, unknown>>;
}

/**
 * A query by a declared index: equality on its leading fields, then an optional range on the next one. The result is
 * ordered by the fields after the equality. A range never finds null.
 */
export interface Query {
  index: string;
  equal: Record<string, Scalar>;
  range?: { from?: Scalar; after?: Scalar; to?: Scalar; before?: Scalar };
  descending?: boolean;
  limit?: number;
}

/** Conditions on a document's own fields; `in` and `before` (strictly less; null and absent match) where equality is not enough. */
export type Condition = Record<string, Scalar | { in: Scalar[] } | { before: Scalar }>;

/** Fields to set; undefined removes the field. The id cannot change. */
export type Change<T> = Partial<Omit<T, 'id'>>;

/** `index` is the name of the unique index that stood in the way, or `id`; where several did, either may be named. */
export type Inserted = { is: 'inserted' } | { is: 'conflict'; index: string };

/** How many documents were inserted; `index` is what stood in the way of the next, if something did. */
export interface InOrder {
  inserted: number;
  index?: string;
}

/** An insert that was to be made only after another one, and that one was not made. */
export type Dependent = Inserted | { is: 'void' };

/**
 * What a write may wait for so that the embedded engine commits several together. `now`, the default: somebody waits for this
 * very write, and under load it is gathered with others for a few ms. `shared`: a few ms more would not be noticed. `soon`: nobody
 * waits for it, so it may be held back for the next commit even on an idle server.
 */
export type Haste = 'now' | 'shared' | 'soon';

export interface Collection<T extends Doc> {
  insert(doc: T, haste?: Haste): Promise<Inserted>;
  /**
   * Inserts only if an earlier insert, on any collection of this engine and perhaps still under way, is made. Where writes
   * share a commit the two can share theirs.
   */
  insertAfter(earlier: Promise<Inserted>, doc: T, haste?: Haste): Promise<Dependent>;
  /** one round trip; each outcome in the order of the documents, a conflict never stops the rest */
  insertMany(docs: readonly T[]): Promise<Inserted[]>;
  /** one after the other, in one round trip, up to the first that conflicts: nothing after it is inserted */
  insertInOrder(docs: readonly T[]): Promise<InOrder>;
  /** insert or replace whole, by id; for imports. One round trip, one commit. */
  putMany(docs: readonly T[]): Promise<{ added: number; changed: number; same: number }>;
  get(id: string): Promise<T | undefined>;
  getMany(ids: readonly string[]): Promise<T[]>;
  /** refuses (throws) a query that no declared index serves */
  find(query: Query): Promise<T[]>;
  first(query: Query): Promise<T | undefined>;
  count(query: Query): Promise<number>;
  /** how many documents there are in all */
  size(): Promise<number>;
  /** sets fields of one document if it still meets the condition; false when it does not or is gone */
  update(id: string, condition: Condition, change: Change<T>): Promise<boolean>;
  /** the same for several documents, in one round trip; returns how many were changed */
  updateMany(ids: readonly string[], condition: Condition, change: Change<T>, haste?: Haste): Promise<number>;
  /** finds the first document of the query that meets the condition, changes it, and returns it as changed: one winner in a race */
  claim(query: Query, condition: Condition, change: Change<T>): Promise<T | undefined>;
  delete(id: string): Promise<boolean>;
}

export interface Engine {
  readonly kind: 'embedded' | 'mongodb';
  /** such as "SQLite 3.45 (libsql)" or "MongoDB 7.0.5", as the server itself says */
  readonly describe: string;
  collection<T extends Doc>(shape: Shape<T>): Collection<T>;
  /**
   * Takes a named lock that the operating system gives back when this process ends, however it ends; false while it is
   * held elsewhere. Only the embedded engine has one, where a file has one server; on MongoDB it is always true.
   */
  hold(name: string): boolean;
  close(): Promise<void>;
}
