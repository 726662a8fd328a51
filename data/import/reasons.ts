import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const FORMS: Record<string, string> = {
  date: 'is no day, written YYYY-MM-DD',
  datetime: 'is no instant, written 2026-03-01 08:00 or 2026-03-01T08:00:00+07:00',
  url: 'is no web address that begins with http:// or https://',
};

/** Cells of CSV files have their types before a schema sees them: these are said of JSON values. */
const TYPES: Record<string, string> = {
  number: 'is no number, written without quotes',
  int: 'is no whole number, written without quotes',
  string: 'is no text, written in quotes',
  boolean: 'is not true or false, written without quotes',
  array: 'is no list, written in square brackets',
  object: 'is no object, written in braces',
};

const bounds = (issue: Issue & { code: 'too_big' | 'too_small' }): string => {
  const [bound, beyond] = issue.code === 'too_big' ? [issue.maximum, 'more'] : [issue.minimum, 'less'];
  if (issue.origin === 'string') {
    if (issue.code === 'too_small' && Number(bound) === 1) return 'is empty';
    return `has ${beyond} than ${bound} characters`;
  }
  if (issue.origin === 'array') return `has ${beyond} than ${bound} parts`;
  return issue.inclusive === false
    ? `must be ${beyond === 'more' ? 'less' : 'more'} than ${bound}`
    : `is ${beyond} than ${bound}`;
};

const said = (issue: Issue, missing: boolean): string => {
  if (missing && issue.code === 'invalid_type') return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? issue.message;
    case 'invalid_format':
      return FORMS[issue.format] ?? issue.message;
    case 'too_big':
    case 'too_small':
      return bounds(issue);
    case 'invalid_value':
      return `is none of ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
};

const at = (value: unknown, key: PropertyKey): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined;

/** What a schema has against a row, in words that name the form expected and repeat nothing of the row. */
export const reasonOf = (issue: Issue, fields: Record<string, unknown>): string => {
  const [, part, field] = issue.path;
  const inside = part === undefined ? [] : [`part ${Number(part) + 1}`, field === undefined ? '' : `${String(field)} `];
  const missing = issue.path.length > 0 && issue.path.reduce(at, fields as unknown) === undefined;
  return `${inside.length > 0 ? `${inside.filter(Boolean).join(', ').trimEnd()} ` : ''}${said(issue, missing)}`;
};
