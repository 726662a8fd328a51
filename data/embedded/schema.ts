import type Database from 'libsql';
import type { Doc, Scalar, Shape } from '../engine';

/** A name inside SQL. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** The column that holds an indexed field beside the JSON. */
export const column = (field: string): string => quoted(`f:${field}`);
export const indexName = (table: string, index: string): string => quoted(`${table}/${index}`);

/** null too, which libsql binds though its types do not say so */
export type Bound = string | number;

/** What libsql can bind: it cuts texts at NUL and aborts the process on a boolean. Injective, and keeps the order of texts. */
export const bound = (value: Scalar | undefined): Bound => {
  if (value === undefined || value === null) return null as never;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('an indexed field holds a number that is not finite');
    return value;
  }
  if (typeof value !== 'string') throw new TypeError('an indexed field holds something else than a scalar');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it is about
  return /[\0\u0001]/.test(value) ? value.replaceAll('\u0001', '\u0001\u0002').replaceAll('\0', '\u0001\u0001') : value;
};

export const indexedFields = <T extends Doc>(shape: Shape<T>): string[] => [
  ...new Set(shape.indexes.flatMap(({ fields }) => fields)),
];

/** Creates or completes the table of a shape: the document as JSON, and a column for each indexed field. */
export const prepareTable = <T extends Doc>(db: Database.Database, shape: Shape<T>): void => {
  if (missing(db, shape).length === 0) return;
  db.exec('BEGIN IMMEDIATE');
  try {
    // looked at again under the lock, for another process may have been faster
    for (const sql of missing(db, shape)) db.exec(sql);
    db.exec('COMMIT');
  } catch (error) {
    db.exec('ROLLBACK');
    throw error;
  }
};

const missing = <T extends Doc>(db: Database.Database, shape: Shape<T>): string[] => {
  const table = quoted(shape.name);
  const fields = indexedFields(shape);
  const existing = new Set(
    (db.prepare(`SELECT name FROM pragma_table_info(?)`).raw().all([shape.name]) as [string][]).map(([name]) => name),
  );
  const indexSql = new Map(
    db.prepare(`SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?`).raw().all([shape.name]) as [
      string,
      string | null,
    ][],
  );
  const changes: string[] = [];
  if (existing.size === 0) {
    changes.push(
      `CREATE TABLE IF NOT EXISTS ${table} (id TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL, body TEXT NOT NULL${fields.map((field) => `, ${column(field)}`).join('')})`,
    );
  } else {
    for (const field of fields.filter((field) => !existing.has(`f:${field}`))) {
      const path = `'$."${field.replaceAll("'", "''")}"'`;
      changes.push(
        `ALTER TABLE ${table} ADD COLUMN ${column(field)}`,
        `UPDATE ${table} SET ${column(field)} = json_extract(body, ${path})`,
      );
    }
  }
  for (const { name, fields, unique } of shape.indexes) {
    const notNull =
      unique === 'sparse' ? ` WHERE ${fields.map((field) => `${column(field)} IS NOT NULL`).join(' AND ')}` : '';
    const sql = `CREATE ${unique ? 'UNIQUE ' : ''}INDEX ${indexName(shape.name, name)} ON ${table} (${fields.map(column).join(', ')})${notNull}`;
    const before = indexSql.get(`${shape.name}/${name}`);
    if (before === sql) continue;
    if (before !== undefined) changes.push(`DROP INDEX IF EXISTS ${indexName(shape.name, name)}`);
    changes.push(sql);
  }
  return changes;
};
