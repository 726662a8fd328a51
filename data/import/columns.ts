import type { RecordKind, RecordKinds } from '../../core/records';

/** How a cell is read. `free` is text that people typed: a spreadsheet formula in it is refused. */
export type Cell = 'code' | 'free' | 'whole' | 'decimal' | 'day' | 'instant' | 'flag' | 'lines';

export interface Column<Field = string> {
  /** heading in a CSV file */
  name: string;
  /** field of the record, and key in a JSONL file */
  field: Field;
  cell: Cell;
  /** what an empty cell or missing column stands for; 'required' when there is none */
  empty: 'required' | 'nothing' | { means: unknown };
}

const snake = (field: string) => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type FieldOf<K extends RecordKind> = Exclude<keyof RecordKinds[K] & string, 'source'>;

const columns = <K extends RecordKind>(_kind: K, cells: Record<FieldOf<K>, `${Cell}${'' | '?'}` | [Cell, unknown]>) =>
  Object.entries<`${Cell}${'' | '?'}` | [Cell, unknown]>(cells).map(([field, said]): Column => {
    const name = snake(field);
    if (Array.isArray(said)) return { name, field, cell: said[0], empty: { means: said[1] } };
    const optional = said.endsWith('?');
    const cell = (optional ? said.slice(0, -1) : said) as Cell;
    return { name, field, cell, empty: optional ? 'nothing' : 'required' };
  });

const one: [Cell, unknown] = ['whole', 1];
const KT: [Cell, unknown] = ['code', 'KT'];
const period = { year: 'whole', month: 'whole', period: one } as const;

/** The formats of docs/import.md: each field of a record kind, in the order of its sample file. */
export const COLUMNS: { [K in RecordKind]: Column[] } = {
  customers: columns('customers', {
    code: 'code',
    name: 'free',
    address: 'free',
    unit: 'code',
    phone: 'code?',
    kind: ['code', 'household'],
    households: one,
    printed: 'flag?',
  }),
  points: columns('points', {
    id: 'free',
    customer: 'code',
    meter: 'free',
    register: KT,
    multiplier: ['decimal', 1],
    station: 'free',
    unit: 'code',
    readingDay: 'whole',
    printed: 'flag?',
  }),
  readings: columns('readings', {
    customer: 'code',
    point: 'free',
    ...period,
    register: KT,
    multiplier: ['decimal', 1],
    readOn: 'day',
    previousOn: 'day?',
    old: 'decimal',
    new: 'decimal',
    kwh: 'decimal',
    how: ['code', 'read'],
    printed: 'flag?',
  }),
  bills: columns('bills', {
    customer: 'code',
    ...period,
    from: 'day?',
    to: 'day?',
    kwh: 'decimal?',
    households: 'whole?',
    lines: ['lines', []],
    amount: 'whole?',
    vatRate: 'decimal?',
    vat: 'whole?',
    total: 'whole',
    issuedOn: 'day?',
    dueOn: 'day?',
    paidOn: 'day?',
    invoiceUrl: 'code?',
    printed: 'flag?',
  }),
  debts: columns('debts', {
    customer: 'code',
    ...period,
    net: 'whole',
    tax: 'whole',
    total: 'whole',
    dueOn: 'day?',
    paidOn: 'day?',
    stage: ['code', 'due'],
    stageOn: 'day?',
    printed: 'flag?',
  }),
  planned_outages: columns('planned_outages', {
    id: 'free',
    unit: 'code',
    station: 'free',
    area: 'free',
    from: 'instant',
    to: 'instant',
    reason: 'free',
    cancelled: 'flag?',
    printed: 'flag?',
  }),
  incidents: columns('incidents', {
    id: 'free',
    unit: 'code',
    station: 'free',
    area: 'free',
    startedAt: 'instant',
    cause: 'free?',
    expectedAt: 'instant?',
    restoredAt: 'instant?',
    printed: 'flag?',
  }),
};
