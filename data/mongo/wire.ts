import type { Condition, Doc, Query, Scalar, Shape } from '../engine';
import { demand, plan, requiredFields } from '../query';

/**
 * Between our documents and BSON. Field names that MongoDB gives a meaning (`$…`, dots, `_bsontype`, NUL) come from
 * outside inside activities, so they are escaped; what is nested deeper than a server takes is kept as JSON text.
 */

type Fields = Record<string, unknown>;

/** MongoDB takes 100 levels; an update adds some of its own. */
const DEPTH = 60;
const FOLDED = '%json';
/** the schema version of a stored document; `%` is escaped in field names of ours, so it can meet none of them */
export const VERSION = '%v';

const ODD = /[%$.\0]|^_(?=bsontype$|id$)|^t(?=oBSON$)/g;

const toName = (name: string): string => name.replace(ODD, (c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
const fromName = (name: string): string =>
  name.includes('%')
    ? name.replace(/%([0-9a-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    : name;

const encodeValue = (value: unknown, depth: number): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (depth > DEPTH) return { [FOLDED]: JSON.stringify(value) };
  // as JSON has it: what is undefined in a list is null there
  if (Array.isArray(value)) return value.map((item) => (item === undefined ? null : encodeValue(item, depth + 1)));
  return encodeFields(value as Fields, depth);
};

const encodeFields = (fields: Fields, depth: number): Fields => {
  const encoded: Fields = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value !== undefined) set(encoded, toName(name), encodeValue(value, depth + 1));
  }
  return encoded;
};

const decodeValue = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(decodeValue);
  const fields = value as Fields;
  if (typeof fields[FOLDED] === 'string') return JSON.parse(fields[FOLDED]);
  const decoded: Fields = {};
  for (const name of Object.keys(fields)) set(decoded, fromName(name), decodeValue(fields[name]));
  return decoded;
};

/** A plain assignment would take `__proto__` for the prototype. */
const set = (into: Fields, name: string, value: unknown): void => {
  if (name === '__proto__')
    Object.defineProperty(into, name, { value, enumerable: true, configurable: true, writable: true });
  else into[name] = value;
};

export type Stored = Fields & { _id: string };

export class Wire<T extends Doc> {
  private readonly inSparse: Set<string>;
  private readonly required: string[];

  constructor(private readonly shape: Shape<T>) {
    this.inSparse = new Set(shape.indexes.flatMap(({ unique, fields }) => (unique === 'sparse' ? fields : [])));
    this.required = requiredFields(shape);
  }

  encode(doc: T): Stored {
    const { id, ...fields } = doc;
    if (typeof id !== 'string') throw new TypeError(`${this.shape.name}: a document without id`);
    demand(this.shape.name, this.required, doc);
    const encoded = encodeFields(fields, 0);
    // sparse indexes are partial, on `$exists`, and null exists
    for (const field of this.inSparse) if (encoded[field] === null) delete encoded[field];
    return { _id: id, [VERSION]: this.shape.version, ...encoded };
  }

  decode({ _id, [VERSION]: _version, ...stored }: Stored): Fields {
    return { id: _id, ...(decodeValue(stored) as Fields) };
  }

  change(change: Fields): Fields {
    demand(
      this.shape.name,
      this.required.filter((field) => field in change),
      change,
    );
    const $set: Fields = {};
    const $unset: Fields = {};
    for (const name of Object.keys(change)) {
      const value = change[name];
      if (name === 'id') continue;
      if (value === undefined || (value === null && this.inSparse.has(name))) $unset[toName(name)] = '';
      else $set[toName(name)] = encodeValue(value, 1);
    }
    $set[VERSION] = this.shape.version;
    return Object.keys($unset).length > 0 ? { $set, $unset } : { $set };
  }

  condition(condition: Condition): Fields {
    const filter: Fields = {};
    for (const [field, wanted] of Object.entries(condition)) {
      const name = field === 'id' ? '_id' : toName(field);
      if (wanted === null || typeof wanted !== 'object') filter[name] = wanted;
      else if ('in' in wanted) filter[name] = { $in: wanted.in };
      // null and absent are not greater or equal, and so are found
      else filter[name] = { $not: { $gte: wanted.before } };
    }
    return filter;
  }

  query(query: Query): { filter: Fields; sort: Record<string, 1 | -1> } {
    const { index, equal, order } = plan(this.shape, query);
    const filter: Fields = {};
    for (const [field, value] of equal) filter[toName(field)] = scalar(value);
    // so that the planner may use the partial index, and so that nulls are found by none
    if (index.unique === 'sparse') for (const field of order) filter[toName(field)] = { $exists: true };
    if (query.range) filter[toName(order[0]!)] = { ...(filter[toName(order[0]!)] as Fields), ...range(query.range) };
    const sort = Object.fromEntries(order.map((field) => [toName(field), query.descending ? -1 : 1] as const));
    return { filter, sort };
  }
}

/** An object would be read as operators. */
const scalar = (value: Scalar): Scalar => {
  if (value !== null && typeof value === 'object') throw new TypeError('an equality on something else than a scalar');
  return value;
};

const range = (bounds: Record<string, Scalar | undefined>): Fields => {
  const filter: Fields = {};
  for (const [bound, operator] of RANGE) if (bounds[bound] !== undefined) filter[operator] = bounds[bound];
  return filter;
};

const RANGE = [
  ['from', '$gte'],
  ['after', '$gt'],
  ['to', '$lte'],
  ['before', '$lt'],
] as const;
