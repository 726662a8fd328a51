import type { RecordKind, RecordKinds, Source } from '../../core/records';
import { schemas } from '../schemas';
import { COLUMNS } from './columns';
import type { Format } from './rows';

interface Doubt {
  field: string;
  reason: string;
}
type Doubts = { [K in RecordKind]?: (row: RecordKinds[K]) => Doubt | undefined };

/** What the schemas leave to the import: what one column says of another. */
const ALWAYS: Doubts = {
  customers: ({ code, unit }) =>
    code.startsWith(unit) ? undefined : { field: 'unit', reason: 'is not the first six characters of the code' },
  readings: ({ previousOn, readOn }) =>
    previousOn !== undefined && previousOn > readOn
      ? { field: 'previousOn', reason: 'is after the day of the reading' }
      : undefined,
  bills: ({ from, to }) =>
    from !== undefined && to !== undefined && from > to ? { field: 'to', reason: 'is before from' } : undefined,
};

const UNLESS_PRINTED: Doubts = {
  readings: ({ point, customer }) =>
    point.startsWith(customer) ? undefined : { field: 'point', reason: 'does not begin with the customer code' },
  bills: ({ lines, amount, vat, vatRate }) => {
    if (lines.some((line) => Math.abs(line.kwh * line.price - line.amount) >= 1))
      return { field: 'lines', reason: 'has a line whose amount is not kWh × price' };
    if (amount !== undefined && vat !== undefined && vatRate !== undefined)
      if (Math.abs(vat - (amount * vatRate) / 100) >= 1) return { field: 'vat', reason: 'is not vat_rate % of amount' };
    return undefined;
  },
};

/** How rows of a record kind are read: every record says which file it came from. */
export const recordFormat = <K extends RecordKind>(kind: K, source: Source): Format<RecordKinds[K]> => ({
  kind,
  columns: COLUMNS[kind],
  parse: (fields) => schemas[kind].safeParse({ source, ...fields }) as ReturnType<Format<RecordKinds[K]>['parse']>,
  doubt: (row) => ALWAYS[kind]?.(row) ?? (row.printed ? undefined : UNLESS_PRINTED[kind]?.(row)),
});
