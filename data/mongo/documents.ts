import type { Connection, mongo } from 'mongoose';
import type { Change, Collection, Condition, Dependent, Doc, InOrder, Inserted, Query, Shape } from '../engine';
import { migrate } from '../migrate';
import { type Stored, VERSION, Wire } from './wire';

type Mongoose = typeof import('mongoose');

const DUPLICATE = 11000;
const OTHER_OPTIONS = [85, 86];

interface WriteError {
  code?: number;
  index?: number;
  errmsg?: string;
  message?: string;
}

/** The index named in `E11000 duplicate key error collection: db.turns index: cause dup key: { … }`. */
const indexOf = ({ errmsg, message }: WriteError): string => {
  const name = /index: (\S+)/.exec(errmsg ?? message ?? '')?.[1];
  return name === undefined || name === '_id_' ? 'id' : name.slice(name.lastIndexOf('$') + 1);
};

/** What stood in the way of a bulk insert; any other failure is thrown on. */
const conflictsOf = (error: unknown): WriteError[] => {
  const { writeErrors, result } = error as { writeErrors?: WriteError | WriteError[]; result?: BulkResult };
  const failures = [writeErrors ?? []].flat();
  const concern = result?.getWriteConcernError?.();
  if (failures.length === 0 || concern || failures.some(({ code }) => code !== DUPLICATE)) throw error;
  return failures;
};

/** A collection of MongoDB behind a Mongoose model that is made from the shape and casts nothing. */
export class Documents<T extends Doc> implements Collection<T> {
  private readonly native: mongo.Collection<Stored>;
  private readonly wire: Wire<T>;
  private readonly ready: Promise<void>;

  constructor(
    mongoose: Mongoose,
    connection: Connection,
    private readonly shape: Shape<T>,
  ) {
    const schema = new mongoose.Schema<Stored>(
      { _id: { type: String, required: true } },
      {
        collection: shape.name,
        strict: false,
        versionKey: false,
        id: false,
        minimize: false,
        autoIndex: false,
        autoCreate: false,
      },
    );
    this.native = connection.model<Stored>(shape.name, schema).collection as unknown as mongo.Collection<Stored>;
    this.wire = new Wire(shape);
    this.ready = this.prepare();
    // met again, and reported, by the first operation
    this.ready.catch(() => {});
  }

  async insert(doc: T): Promise<Inserted> {
    const stored = this.wire.encode(doc);
    await this.ready;
    try {
      await this.native.insertOne(stored);
      return { is: 'inserted' };
    } catch (error) {
      if ((error as WriteError).code !== DUPLICATE) throw error;
      return { is: 'conflict', index: indexOf(error as WriteError) };
    }
  }

  async insertAfter(earlier: Promise<Inserted>, doc: T): Promise<Dependent> {
    return (await earlier).is === 'inserted' ? this.insert(doc) : { is: 'void' };
  }

  async insertMany(docs: readonly T[]): Promise<Inserted[]> {
    if (docs.length === 0) return [];
    const stored = docs.map((doc) => this.wire.encode(doc));
    await this.ready;
    const outcomes: Inserted[] = docs.map(() => ({ is: 'inserted' }));
    try {
      await this.native.insertMany(stored, { ordered: false });
    } catch (error) {
      for (const failure of conflictsOf(error)) outcomes[failure.index!] = { is: 'conflict', index: indexOf(failure) };
    }
    return outcomes;
  }

  async insertInOrder(docs: readonly T[]): Promise<InOrder> {
    if (docs.length === 0) return { inserted: 0 };
    const stored = docs.map((doc) => this.wire.encode(doc));
    await this.ready;
    try {
      await this.native.insertMany(stored, { ordered: true });
      return { inserted: docs.length };
    } catch (error) {
      const [failure] = conflictsOf(error);
      return { inserted: failure!.index!, index: indexOf(failure!) };
    }
  }

  async putMany(docs: readonly T[]): Promise<{ added: number; changed: number; same: number }> {
    const counts = { added: 0, changed: 0, same: 0 };
    if (docs.length === 0) return counts;
    const stored = new Map(docs.map((doc) => [doc.id, this.wire.encode(doc)]));
    await this.ready;
    const writes = [...stored.values()].map(({ _id, ...replacement }) => ({
      replaceOne: { filter: { _id }, replacement, upsert: true },
    }));
    // a replacement by the same document is matched and not modified
    const { upsertedCount, modifiedCount } = await this.native.bulkWrite(writes, { ordered: false });
    counts.added = upsertedCount;
    counts.changed = modifiedCount;
    counts.same = docs.length - upsertedCount - modifiedCount;
    return counts;
  }

  async get(id: string): Promise<T | undefined> {
    return (await this.getMany([id]))[0];
  }

  async getMany(ids: readonly string[]): Promise<T[]> {
    if (ids.length === 0) return [];
    await this.ready;
    const filter = ids.length === 1 ? { _id: ids[0]! } : { _id: { $in: [...new Set(ids)] } };
    const found = new Map((await this.native.find(filter).toArray()).map((doc) => [doc._id, doc]));
    return ids.flatMap((id) => {
      const doc = found.get(id);
      return doc ? [this.decode(doc)] : [];
    });
  }

  async find(query: Query): Promise<T[]> {
    const { filter, sort } = this.wire.query(query);
    await this.ready;
    if (query.limit !== undefined && query.limit <= 0) return [];
    const cursor = this.native.find(filter, { sort, limit: query.limit, singleBatch: query.limit === 1 });
    return (await cursor.toArray()).map((doc) => this.decode(doc));
  }

  async first(query: Query): Promise<T | undefined> {
    return (await this.find({ ...query, limit: 1 }))[0];
  }

  async count(query: Query): Promise<number> {
    const { filter } = this.wire.query(query);
    await this.ready;
    return this.native.countDocuments(filter, query.limit === undefined ? {} : { limit: query.limit });
  }

  async size(): Promise<number> {
    await this.ready;
    return this.native.countDocuments({});
  }

  async update(id: string, condition: Condition, change: Change<T>): Promise<boolean> {
    const filter = { _id: id, ...this.wire.condition(condition) };
    const write = this.wire.change(change);
    await this.ready;
    await this.renew({ _id: id });
    return (await this.native.updateOne(filter, write)).matchedCount === 1;
  }

  async updateMany(ids: readonly string[], condition: Condition, change: Change<T>): Promise<number> {
    if (ids.length === 0) return 0;
    if (ids.length === 1) return (await this.update(ids[0]!, condition, change)) ? 1 : 0;
    const met = this.wire.condition(condition);
    const write = this.wire.change(change);
    await this.ready;
    await this.renew({ _id: { $in: [...ids] } });
    // one command of single updates: each is by `_id`, and goes to one shard when the condition names the conversation
    const writes = [...new Set(ids)].map((_id) => ({ updateOne: { filter: { _id, ...met }, update: write } }));
    return (await this.native.bulkWrite(writes, { ordered: false })).matchedCount;
  }

  async claim(query: Query, condition: Condition, change: Change<T>): Promise<T | undefined> {
    const { filter, sort } = this.wire.query(query);
    const write = this.wire.change(change);
    await this.ready;
    await this.renew(filter);
    const found = await this.native.findOneAndUpdate({ $and: [filter, this.wire.condition(condition)] }, write, {
      sort,
      returnDocument: 'after',
    });
    return found ? this.decode(found) : undefined;
  }

  async delete(id: string): Promise<boolean> {
    await this.ready;
    return (await this.native.deleteOne({ _id: id })).deletedCount === 1;
  }

  private decode(stored: Stored): T {
    const version = stored[VERSION] as number;
    return migrate(this.shape, version, this.wire.decode(stored));
  }

  /** Documents of older versions are migrated before a change is laid over them. */
  private async renew(filter: Record<string, unknown>): Promise<void> {
    if (!this.shape.migrations) return;
    const old = await this.native.find({ ...filter, [VERSION]: { $lt: this.shape.version } }).toArray();
    for (const stored of old) {
      const { _id, ...replacement } = this.wire.encode(this.decode(stored));
      await this.native.replaceOne({ _id, [VERSION]: stored[VERSION] }, replacement);
    }
  }

  private async prepare(): Promise<void> {
    const indexes = this.shape.indexes.map(({ name, fields, unique }) => ({
      name,
      key: Object.fromEntries(fields.map((field) => [field, 1] as const)),
      ...(unique && { unique: true }),
      ...(unique === 'sparse' && {
        partialFilterExpression: Object.fromEntries(fields.map((field) => [field, { $exists: true }])),
      }),
    }));
    if (indexes.length === 0) return;
    try {
      await this.native.createIndexes(indexes);
    } catch (error) {
      if (!OTHER_OPTIONS.includes((error as WriteError).code ?? 0)) throw error;
      // an index of this name was declared otherwise by an earlier version
      for (const { name } of indexes) await this.native.dropIndex(name).catch(() => {});
      await this.native.createIndexes(indexes);
    }
  }
}

interface BulkResult {
  getWriteConcernError?(): unknown;
}
