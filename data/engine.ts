/**
 * The narrow contract that both engines keep (data/embedded, data/mongo), proven by test/data/engine.contract.ts.
 * Every operation is durable when its promise resolves: WAL with synchronous=FULL, or majority and journalled.
 * Operations of one process that are issued in order on one document take effect in that order.
 */

export type Scalar = string | number | boolean | null;

/** A document: plain JSON with a string key. Declared index fields hold scalars (absent counts as null). */
export interface Doc {
  id: string;
}

export interface Index {
  name: string;
  /** equality fields first, then at most one field for range and order */
  fields: string[];
  /** rows in which any field is null or absent are left out of the index, and so may repeat */
  unique?: boolean;
}

/** One definition per document shape: serves both engines and the types. `version` is the schema version. */
export interface Shape<T extends Doc> {
  name: string;
  version: number;
  indexes: readonly Index[];
  /** type witness only, never read */
  readonly of?: T;
  /** small named functions from version n to n+1, applied when a document is read */
  migrations?: Record<number, (old: Record<string, unknown>) => Record<string, unknown>>;
}

/** A query by a declared index: equality on its leading fields, then an optional range and order on the next one. */
export interface Query {
  index: string;
  equal: Record<string, Scalar>;
  range?: { from?: Scalar; after?: Scalar; to?: Scalar; before?: Scalar };
  descending?: boolean;
  limit?: number;
}

/** Conditions on a document's own fields; `in` and `before` (strictly less; null and absent match) where equality is not enough. */
export type Condition = Record<string, Scalar | { in: Scalar[] } | { before: Scalar }>;

/** Fields to set; undefined removes the field. */
export type Change<T> = Partial<T>;

export type Inserted = { is: 'inserted' } | { is: 'conflict'; index: string };

export interface Collection<T extends Doc> {
  insert(doc: T): Promise<Inserted>;
  /** one round trip; each outcome in the order of the documents, a conflict never stops the rest */
  insertMany(docs: readonly T[]): Promise<Inserted[]>;
  /** insert or replace whole, by id; for imports. One round trip, one commit. */
  putMany(docs: readonly T[]): Promise<{ added: number; changed: number; same: number }>;
  get(id: string): Promise<T | undefined>;
  getMany(ids: readonly string[]): Promise<T[]>;
  /** refuses (throws) a query that no declared index serves */
  find(query: Query): Promise<T[]>;
  first(query: Query): Promise<T | undefined>;
  count(query: Query): Promise<number>;
  /** sets fields of one document if it still meets the condition; false when it does not or is gone */
  update(id: string, condition: Condition, change: Change<T>): Promise<boolean>;
  /** the same for several documents, in one round trip; returns how many were changed */
  updateMany(ids: readonly string[], condition: Condition, change: Change<T>): Promise<number>;
  /** finds the first document of the query that meets the condition, changes it, and returns it as changed: one winner in a race */
  claim(query: Query, condition: Condition, change: Change<T>): Promise<T | undefined>;
  delete(id: string): Promise<boolean>;
}

export interface Engine {
  readonly kind: 'embedded' | 'mongodb';
  /** such as "SQLite 3.45 (libsql)" or "MongoDB 7.0.5", as the server itself says */
  readonly describe: string;
  collection<T extends Doc>(shape: Shape<T>): Collection<T>;
  close(): Promise<void>;
}
