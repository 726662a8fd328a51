import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import type Database from 'libsql';
import type { Change, Collection, Condition, Dependent, Doc, Haste, InOrder, Inserted, Query, Shape } from '../engine';
import { migrate } from '../migrate';
import { demand, plan, requiredFields } from '../query';
import { type Commits, whenFree } from './commits';
import { meets } from './condition';
import { type Bound, bound, column, indexedFields, indexName, prepareTable, quoted } from './schema';

type Row = [version: number, body: string];
interface Encoded {
  id: Bound;
  body: string;
  values: Bound[];
}

/** How many documents a claim looks at in one go. */
const PAGE = 50;
/** After a bulk write the store is left alone for this long, so that waiting turns of other processes get in. */
const BREATH_MS = 3;

/** A collection as one SQLite table. */
export class Table<T extends Doc> implements Collection<T> {
  private readonly table: string;
  private readonly fields: string[];
  private readonly required: string[];
  private readonly byId: Database.Statement;
  private readonly insertion: Database.Statement;
  private readonly upsert: Database.Statement;
  private readonly prepared = new Map<string, Database.Statement>();

  constructor(
    private readonly db: Database.Database,
    private readonly commits: Commits,
    private readonly shape: Shape<T>,
  ) {
    prepareTable(db, shape);
    this.table = quoted(shape.name);
    this.fields = indexedFields(shape);
    this.required = requiredFields(shape);
    const columns = this.fields.map((field) => `, ${column(field)}`).join('');
    const set = this.fields.map((field) => `, ${column(field)} = excluded.${column(field)}`).join('');
    const insert = `INSERT INTO ${this.table} (id, version, body${columns}) VALUES (?, ?, ?${this.fields.map(() => ', ?').join('')})`;
    this.byId = this.statement(`SELECT version, body FROM ${this.table} WHERE id = ?`);
    this.insertion = this.statement(`${insert} ON CONFLICT DO NOTHING`);
    this.upsert = this.statement(
      `${insert} ON CONFLICT (id) DO UPDATE SET version = excluded.version, body = excluded.body${set}`,
    );
  }

  // not async: insertAfter knows the promise by the write that it stands for
  insert(doc: T, haste?: Haste): Promise<Inserted> {
    const row = this.encode(doc);
    return this.commits.write(() => this.insertRow(row), haste);
  }

  async insertAfter(earlier: Promise<Inserted>, doc: T, haste?: Haste): Promise<Dependent> {
    const row = this.encode(doc);
    const outcome = this.commits.outcomeOf(earlier);
    return this.commits.write(() => (outcome()?.is === 'inserted' ? this.insertRow(row) : { is: 'void' }), haste);
  }

  async insertMany(docs: readonly T[]): Promise<Inserted[]> {
    if (docs.length === 0) return [];
    const rows = docs.map((doc) => this.encode(doc));
    return this.commits.write(() => rows.map((row) => this.insertRow(row)));
  }

  async insertInOrder(docs: readonly T[]): Promise<InOrder> {
    if (docs.length === 0) return { inserted: 0 };
    const rows = docs.map((doc) => this.encode(doc));
    return this.commits.write(() => {
      for (const [inserted, row] of rows.entries()) {
        const outcome = this.insertRow(row);
        if (outcome.is === 'conflict') return { inserted, index: outcome.index };
      }
      return { inserted: rows.length };
    });
  }

  async putMany(docs: readonly T[]): Promise<{ added: number; changed: number; same: number }> {
    const rows = docs.map((doc) => this.encode(doc));
    const counts = await this.commits.bulk(() => {
      const counts = { added: 0, changed: 0, same: 0 };
      rows.forEach((row) => {
        counts[this.putRow(row)]++;
      });
      return counts;
    });
    if (docs.length > 1) await pause(BREATH_MS);
    return counts;
  }

  async get(id: string): Promise<T | undefined> {
    return whenFree(() => this.read(bound(id)));
  }

  async getMany(ids: readonly string[]): Promise<T[]> {
    return whenFree(() => ids.flatMap((id) => this.read(bound(id)) ?? []));
  }

  async find(query: Query): Promise<T[]> {
    const { sql, values } = this.where(query);
    const select = this.statement(`SELECT version, body FROM ${sql.from} ${sql.where} ${sql.order} LIMIT ?`);
    const rows = await whenFree(() => select.all([...values, query.limit ?? -1]) as Row[]);
    return rows.map((row) => this.decode(row));
  }

  async first(query: Query): Promise<T | undefined> {
    const { sql, values } = this.where(query);
    const select = this.statement(`SELECT version, body FROM ${sql.from} ${sql.where} ${sql.order} LIMIT 1`);
    const row = await whenFree(() => select.get(values) as Row | undefined);
    return row && this.decode(row);
  }

  async count(query: Query): Promise<number> {
    const { sql, values } = this.where(query);
    const [count] = await whenFree(
      () => this.statement(`SELECT count(*) FROM ${sql.from} ${sql.where}`).get(values) as [number],
    );
    return query.limit === undefined ? count : Math.min(count, query.limit);
  }

  async size(): Promise<number> {
    return whenFree(() => (this.statement(`SELECT count(*) FROM ${this.table}`).get([]) as [number])[0]);
  }

  async update(id: string, condition: Condition, change: Change<T>): Promise<boolean> {
    const key = bound(id);
    return this.commits.write(() => this.updateRow(key, condition, change));
  }

  async updateMany(ids: readonly string[], condition: Condition, change: Change<T>, haste?: Haste): Promise<number> {
    if (ids.length === 0) return 0;
    const keys = [...new Set(ids)].map(bound);
    return this.commits.write(() => keys.filter((key) => this.updateRow(key, condition, change)).length, haste);
  }

  async claim(query: Query, condition: Condition, change: Change<T>): Promise<T | undefined> {
    const { sql, values } = this.where(query);
    const select = this.statement(
      `SELECT version, body FROM ${sql.from} ${sql.where} ${sql.order} LIMIT ${PAGE} OFFSET ?`,
    );
    return this.commits.write(() => {
      for (let offset = 0; ; offset += PAGE) {
        const rows = select.all([...values, offset]) as Row[];
        for (const row of rows) {
          const doc = this.decode(row);
          if (meets(doc, condition)) return JSON.parse(this.rewrite(doc, change)) as T;
        }
        if (rows.length < PAGE) return undefined;
      }
    });
  }

  async delete(id: string): Promise<boolean> {
    const key = bound(id);
    return this.commits.write(() => this.statement(`DELETE FROM ${this.table} WHERE id = ?`).run([key]).changes > 0);
  }

  private encode(doc: T): Encoded {
    if (typeof doc.id !== 'string') throw new TypeError(`${this.shape.name}: a document without id`);
    demand(this.shape.name, this.required, doc);
    const fields = doc as unknown as Record<string, never>;
    return { id: bound(doc.id), body: JSON.stringify(doc), values: this.fields.map((field) => bound(fields[field])) };
  }

  private decode([version, body]: Row): T {
    const doc = JSON.parse(body);
    return version === this.shape.version ? doc : migrate(this.shape, version, doc);
  }

  private read(id: Bound): T | undefined {
    const row = this.byId.get([id]) as Row | undefined;
    return row && this.decode(row);
  }

  private insertRow({ id, body, values }: Encoded): Inserted {
    if (this.insertion.run([id, this.shape.version, body, ...values]).changes > 0) return { is: 'inserted' };
    return { is: 'conflict', index: this.inTheWay(id, values) };
  }

  private inTheWay(id: Bound, values: Bound[]): string {
    if (this.statement(`SELECT 1 FROM ${this.table} WHERE id = ?`).get([id])) return 'id';
    const index = this.shape.indexes.find(({ unique, fields }) => {
      const key = fields.map((field) => values[this.fields.indexOf(field)]!);
      if (!unique || key.includes(null as never)) return false;
      const equal = fields.map((field) => `${column(field)} = ?`).join(' AND ');
      return this.statement(`SELECT 1 FROM ${this.table} WHERE ${equal}`).get(key);
    });
    if (!index) throw new Error(`${this.shape.name}: an insert conflicts with nothing that is there`);
    return index.name;
  }

  private putRow({ id, body, values }: Encoded): 'added' | 'changed' | 'same' {
    const before = this.byId.get([id]) as Row | undefined;
    if (before?.[0] === this.shape.version) {
      if (before[1] === body || isDeepStrictEqual(JSON.parse(before[1]), JSON.parse(body))) return 'same';
    }
    this.upsert.run([id, this.shape.version, body, ...values]);
    return before ? 'changed' : 'added';
  }

  private updateRow(id: Bound, condition: Condition, change: Change<T>): boolean {
    const doc = this.read(id);
    if (!doc || !meets(doc, condition)) return false;
    this.rewrite(doc, change);
    return true;
  }

  private rewrite(before: T, change: Change<T>): string {
    const doc: T = { ...before, ...change, id: before.id };
    const { id, body, values } = this.encode(doc);
    // columns that keep their value stay out of the statement, for SQLite rewrites every index of a column that is set
    const old = before as unknown as Record<string, unknown>;
    const changed = this.fields.filter((field) => (doc as unknown as Record<string, unknown>)[field] !== old[field]);
    const set = changed.map((field) => `, ${column(field)} = ?`).join('');
    this.statement(`UPDATE ${this.table} SET version = ?, body = ?${set} WHERE id = ?`).run([
      this.shape.version,
      body,
      ...changed.map((field) => values[this.fields.indexOf(field)]!),
      id,
    ]);
    return body;
  }

  private where(query: Query) {
    const { index, equal, order } = plan(this.shape, query);
    const terms = equal.map(([field, value]) => `${column(field)} ${value === null ? 'IS NULL' : '= ?'}`);
    const values = equal.flatMap(([, value]) => bound(value) ?? []);
    for (const [bound_, operator] of RANGE) {
      const value = query.range?.[bound_];
      if (value === undefined) continue;
      terms.push(`${column(order[0]!)} ${operator} ?`);
      values.push(bound(value)!);
    }
    if (index.unique === 'sparse') for (const field of order) terms.push(`${column(field)} IS NOT NULL`);
    const way = query.descending ? ' DESC' : '';
    return {
      sql: {
        from: `${this.table} INDEXED BY ${indexName(this.shape.name, index.name)}`,
        where: terms.length > 0 ? `WHERE ${terms.join(' AND ')}` : '',
        order: order.length > 0 ? `ORDER BY ${order.map((field) => column(field) + way).join(', ')}` : '',
      },
      values,
    };
  }

  private statement(sql: string): Database.Statement {
    let statement = this.prepared.get(sql);
    if (!statement) {
      statement = this.db.prepare(sql);
      // rows as arrays: as objects they carry a `_metadata` of libsql's own
      if (sql.startsWith('SELECT')) statement.raw();
      this.prepared.set(sql, statement);
    }
    return statement;
  }
}

const RANGE = [
  ['from', '>='],
  ['after', '>'],
  ['to', '<='],
  ['before', '<'],
] as const;
