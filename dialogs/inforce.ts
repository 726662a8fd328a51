import type { Fact, Turn } from '../core/dialog';
import { dayOf, instant } from '../core/time';
import { type Dated, inForce } from '../core/utility';

type Today = Pick<Turn, 'now' | 'utility'>;
type Told = { value: string | number; unit?: string; fact: Fact };

const told = (
  turn: Today,
  store: string,
  key: string,
  row: Dated<{ value: string | number; unit?: string }> | undefined,
) =>
  row && {
    value: row.value,
    unit: row.unit,
    fact: {
      what: `${store}.${key}`,
      value: row.value,
      record: `${store}/${key}`,
      asOf: row.from ? instant(row.from) : turn.now.toISOString(),
      saidAt: turn.now.toISOString(),
    },
  };

/** The number in force today, or undefined: then no number is said. */
export const lineOf = (turn: Today, kind: 'care' | 'ambulance' | 'fire'): Told | undefined => {
  const row = inForce(turn.utility.hotlines, dayOf(turn.now)).find((line) => line.kind === kind);
  return told(turn, 'hotlines', kind, row && { ...row, value: row.number });
};

/** The rule in force today under this key. */
export const ruleOf = (turn: Today, key: string): Told | undefined => {
  const row = inForce(turn.utility.rules, dayOf(turn.now)).find((rule) => rule.key === key);
  return told(turn, 'rules', key, row);
};

/** "tổng đài 1900…" or, where no number is in force, words without one; with the fact to remember. */
export const careLine = (turn: Today): { text: string; facts: Fact[] } => {
  const line = lineOf(turn, 'care');
  return line
    ? { text: `tổng đài ${line.value}`, facts: [line.fact] }
    : { text: 'tổng đài chăm sóc khách hàng', facts: [] };
};
