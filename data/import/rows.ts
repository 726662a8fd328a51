import type { z } from 'zod';
import { cellsOf, cellValue, checked, Refused, refuse } from './cells';
import type { Column } from './columns';
import type { Heading } from './heading';
import { reasonOf } from './reasons';

/** What the rows of a file are: its columns, and what makes their fields a row. */
export interface Format<Row> {
  /** what the rows are called, such as "customers" */
  kind: string;
  columns: readonly Column[];
  parse(fields: Record<string, unknown>): z.ZodSafeParseResult<Row>;
  /** what is wrong with a row beyond its fields */
  doubt?(row: Row): { field: string; reason: string } | undefined;
}

/** Why a row is not taken: the column where there is one, and a reason that repeats nothing of the row's content. */
export interface Fault {
  column?: string;
  reason: string;
}

export type Read<Row> = { row: Row } | { fault: Fault };

const finish = <Row>(
  format: Format<Row>,
  read: ReturnType<typeof fieldsOf>,
  nameOf: (field: string) => string,
): Read<Row> => {
  if ('reason' in read) return { fault: { column: nameOf(read.field), reason: read.reason } };
  const parsed = format.parse(read.fields);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const [field] = issue.path;
    return {
      fault: { ...(field !== undefined && { column: nameOf(String(field)) }), reason: reasonOf(issue, read.fields) },
    };
  }
  const doubt = format.doubt?.(parsed.data);
  return doubt ? { fault: { column: nameOf(doubt.field), reason: doubt.reason } } : { row: parsed.data };
};

const NUL = '\0';

/** Reads one row of text; never throws. */
export type RowReader<Row> = (text: string) => Read<Row>;

const guarded =
  <Row>(read: RowReader<Row>): RowReader<Row> =>
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
): { fields: Record<string, unknown> } | { field: string; reason: string } => {
  const fields: Record<string, unknown> = {};
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
export const csvRows = <Row>(format: Format<Row>, { names, separator }: Heading): RowReader<Row> => {
  const { columns } = format;
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
    );
    return finish(format, read, nameOf);
  });
};

/** Reads JSONL rows: one object a line, with the field names of core/records. */
export const jsonRows = <Row>(format: Format<Row>): RowReader<Row> => {
  const { columns } = format;
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
    );
    return finish(format, read, (field) => field);
  });
};
