import type { BillLine } from '../../core/records';
import type { Column } from './columns';

const WHOLE = /^-?\d{1,15}$/;
const DECIMAL = /^-?\d{1,15}(\.\d{1,9})?$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?$/;
/** Blanks and invisible characters before it are taken off here or by the next program. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@]/u;
const FLAGS: Record<string, boolean> = { true: true, false: false, '1': true, '0': false };

/** Why a cell or row is not taken. */
export class Refused extends Error {}
export const refuse = (reason: string): never => {
  throw new Refused(reason);
};

/** A bill's lines in one cell: `tier:kWh:price:amount:decision`, joined by `|`. */
const billLines = (text: string): BillLine[] =>
  text.split('|').map((line) => {
    const [tier, kwh, price, amount, ...decision] = line.trim().split(':');
    if (![tier, kwh, price, amount].every((part) => part !== undefined && DECIMAL.test(part)) || !decision[0])
      return refuse('is not tier:kWh:price:amount:decision, joined by |');
    return {
      tier: Number(tier),
      kwh: Number(kwh),
      price: Number(price),
      amount: Number(amount),
      decision: decision.join(':'),
    };
  });

/** "2026-11-25 07:30" is Vietnamese time; other spellings are left to the schema. */
const instantOf = (text: string): string =>
  text.replace(LOCAL, (_all, day, minutes, seconds = ':00') => `${day}T${minutes}${seconds}+07:00`);

/** A CSV cell as the value that its column holds. */
export const cellValue = (text: string, { cell }: Column): unknown => {
  switch (cell) {
    case 'whole':
      return WHOLE.test(text) ? Number(text) : refuse('is not a whole number, written with digits only');
    case 'decimal':
      return DECIMAL.test(text) ? Number(text) : refuse('is not a number, written with digits and at most one dot');
    case 'day':
      return DAY.test(text) ? text : refuse('is not a day, written YYYY-MM-DD');
    case 'flag':
      return FLAGS[text] ?? refuse('is not true or false');
    case 'lines':
      return billLines(text);
    default:
      return text;
  }
};

/** What no schema sees: formulas, and instants in local spelling. */
export const checked = (value: unknown, { cell }: Column): unknown => {
  if (cell === 'lines' && Array.isArray(value) && value.some((line) => FORMULA.test(line?.decision)))
    return refuse('has a decision that begins like a spreadsheet formula');
  if (typeof value !== 'string') return value;
  if (cell === 'free' && FORMULA.test(value)) return refuse('begins like a spreadsheet formula');
  return cell === 'instant' ? instantOf(value) : value;
};

/** Cells of one CSV line. A quote that is not closed, or text beside one, is the row's fault and ends with its line. */
export const cellsOf = (text: string, separator: string): string[] => {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  for (let at = 0; at <= text.length; ) {
    if (text[at] !== '"') {
      const end = text.indexOf(separator, at);
      const cell = text.slice(at, end === -1 ? undefined : end);
      if (cell.includes('"')) refuse('has a quote inside a cell that is not quoted');
      cells.push(cell);
      if (end === -1) return cells;
      at = end + 1;
      continue;
    }
    let cell = '';
    for (at++; ; ) {
      const quote = text.indexOf('"', at);
      if (quote === -1) refuse('has a quote that is not closed on its line');
      cell += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      cell += '"';
      at++;
    }
    cells.push(cell);
    if (at === text.length) return cells;
    if (text[at] !== separator) refuse('has text after a closing quote');
    at++;
  }
  return cells;
};
