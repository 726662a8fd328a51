import type { RecordKind, RecordKinds, Source } from '../../core/records';
import { schemas } from '../schemas';
import { cellsOf, cellValue, checked, Refused, refuse } from './cells';
import { COLUMNS, type Column } from './columns';

/** Why a row is not taken: the column where there is one, and a reason that repeats nothing of the row's content. */
export interface Fault {
  column?: string;
  reason: string;
}

export type Read<K extends RecordKind> = { row: RecordKinds[K] } | { fault: Fault };

/** What the schemas leave to the import: sums inside a bill, and a point that is another customer's. */
const faultOf = (kind: RecordKind, row: RecordKinds[RecordKind]): { field: string; reason: string } | undefined => {
  if (row.printed) return undefined;
  if (kind === 'readings') {
    const { point, customer } = row as RecordKinds['readings'];
    if (!point.startsWith(customer)) return { field: 'point', reason: 'does not begin with the customer code' };
  }
  if (kind === 'bills') {
    const { lines, amount, vat, vatRate } = row as RecordKinds['bills'];
    if (lines.some((line) => Math.abs(line.kwh * line.price - line.amount) >= 1))
      return { field: 'lines', reason: 'has a line whose amount is not kWh × price' };
    if (amount !== undefined && vat !== undefined && vatRate !== undefined)
      if (Math.abs(vat - (amount * vatRate) / 100) >= 1) return { field: 'vat', reason: 'is not vat_rate % of amount' };
  }
  return undefined;
};

const finish = <K extends RecordKind>(
  kind: K,
  read: ReturnType<typeof fieldsOf>,
  nameOf: (field: string) => string,
): Read<K> => {
  if ('reason' in read) return { fault: { column: nameOf(read.field), reason: read.reason } };
  const parsed = schemas[kind].safeParse(read.fields);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    return { fault: { ...(path[0] !== undefined && { column: nameOf(String(path[0])) }), reason: message } };
  }
  const row = parsed.data as RecordKinds[K];
  const fault = faultOf(kind, row);
  return fault ? { fault: { column: nameOf(fault.field), reason: fault.reason } } : { row };
};

const NUL = '\0';

/** Reads one row of text; never throws. */
export type RowReader<K extends RecordKind> = (text: string) => Read<K>;

const guarded =
  <K extends RecordKind>(read: (text: string) => Read<K>): RowReader<K> =>
  (text) => {
    if (text.includes(NUL)) return { fault: { reason: 'holds a NUL byte' } };
    try {
      return read(text);
    } catch (error) {
      if (error instanceof Refused) return { fault: { reason: error.message } };
      throw error;
    }
  };

const isEmpty = (given: unknown) => given === undefined || given === null || given === '';

/** The fields of a row, each as `take` finds it and `convert` reads it. */
const fieldsOf = (
  columns: readonly Column[],
  take: (column: Column, at: number) => unknown,
  convert: (given: unknown, column: Column) => unknown,
  source: Source,
): { fields: Record<string, unknown> } | { field: string; reason: string } => {
  const fields: Record<string, unknown> = { source };
  for (const [at, column] of columns.entries()) {
    const given = take(column, at);
    try {
      if (!isEmpty(given)) fields[column.field] = checked(convert(given, column), column);
      else if (column.empty === 'required') refuse('is empty');
      else if (column.empty !== 'nothing') fields[column.field] = column.empty.means;
    } catch (error) {
      if (error instanceof Refused) return { field: column.field, reason: error.message };
      throw error;
    }
  }
  return { fields };
};

/** Reads the rows under a CSV heading that `heading` has found in order. */
export const csvRows = <K extends RecordKind>(kind: K, { names, separator }: Heading, source: Source): RowReader<K> => {
  const columns = COLUMNS[kind];
  const places = columns.map(({ name }) => names.indexOf(name));
  const nameOf = (field: string) => columns.find((column) => column.field === field)?.name ?? field;
  return guarded((text) => {
    const cells = cellsOf(text, separator);
    if (cells.length !== names.length)
      return { fault: { reason: `has ${cells.length} cells, the heading has ${names.length}` } };
    const read = fieldsOf(
      columns,
      (_column, at) => (places[at] === -1 ? undefined : cells[places[at]!]?.trim()),
      (text, column) => cellValue(text as string, column),
      source,
    );
    return finish(kind, read, nameOf);
  });
};

/** Reads JSONL rows: one object a line, with the field names of core/records. */
export const jsonRows = <K extends RecordKind>(kind: K, source: Source): RowReader<K> => {
  const columns = COLUMNS[kind];
  const known = new Set(columns.map(({ field }) => field));
  return guarded((text) => {
    let object: unknown;
    try {
      object = JSON.parse(text);
    } catch {
      return { fault: { reason: 'is not JSON' } };
    }
    if (typeof object !== 'object' || object === null || Array.isArray(object))
      return { fault: { reason: 'is not a JSON object' } };
    const given = object as Record<string, unknown>;
    if (Object.keys(given).some((key) => !known.has(key)))
      return { fault: { reason: 'has a field that the format does not know' } };
    const read = fieldsOf(
      columns,
      ({ field }) => given[field],
      (value) => value,
      source,
    );
    return finish(kind, read, (field) => field);
  });
};

export interface Heading {
  names: string[];
  separator: string;
}

/**
 * The heading of a CSV file. The separator is the one it uses: comma, semicolon or tab.
 * @returns what is wrong with it as a sentence, else its names in order
 */
export const heading = (kind: RecordKind, text: string): Heading | { wrong: string } => {
  const separator = [',', ';', '\t'].find((mark) => text.includes(mark)) ?? ',';
  const names = text.split(separator).map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
  const known = COLUMNS[kind].map(({ name }) => name);
  const listed = (some: string[]) => some.map((name) => JSON.stringify(name.slice(0, 40))).join(', ');
  const twice = [...new Set(names.filter((name, at) => names.indexOf(name) !== at))];
  if (twice.length > 0) return { wrong: `The heading names ${listed(twice.slice(0, 5))} more than once.` };
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    return { wrong: `The heading has columns that ${kind} do not have: ${listed(unknown.slice(0, 5))}.` };
  const missing = COLUMNS[kind].filter(({ name, empty }) => empty === 'required' && !names.includes(name));
  if (missing.length > 0) return { wrong: `The heading lacks ${listed(missing.map(({ name }) => name))}.` };
  return { names, separator };
};
