import type { Turn } from '../core/dialog';
import type { Bill, Debt } from '../core/records';
import type { Month } from '../core/services';
import { dayOf, monthIndex } from '../core/time';
import { inForce } from '../core/utility';
import type { When } from './slots';

/** What one customer code can be paid for now, or why nothing: then no code and no link may be made. */
export type Payable =
  | { is: 'open'; debts: Debt[]; total: number; reference: string }
  | { is: 'nothing' }
  /** the months asked for are not owed; their bill, where one is on record */
  | { is: 'not-owed'; bill?: Bill; month: Month }
  /** the bill is marked paid, the debt is not yet */
  | { is: 'unreconciled'; debts: Debt[]; bill: Bill }
  /** copied from paper, or at odds with its bill */
  | { is: 'doubtful'; debts: Debt[]; why: 'printed' | 'differs' | 'amount' };

const shortMonth = ({ year, month }: Month): string => `${String(month).padStart(2, '0')}${String(year).slice(2)}`;

/** What the payment is recognised by: "PC05010901234 0226 0326"; from three months on "1225DEN0326". */
export const referenceOf = (code: string, debts: readonly Debt[]): string => {
  const months = [...new Map(debts.map((debt) => [monthIndex(debt.year, debt.month), shortMonth(debt)])).values()];
  return [code, ...(months.length > 2 ? [`${months[0]}DEN${months.at(-1)}`] : months)].join(' ');
};

const sumOf = (debts: readonly Debt[]): number => debts.reduce((sum, { total }) => sum + total, 0);

/** The open debts that can be paid, oldest first: all of them, or those of the months that were said. */
export const payableOf = async (turn: Turn, code: string, { months }: When): Promise<Payable> => {
  const { records } = turn.services;
  const all = await records.debts(code);
  const asked = (debt: Debt) =>
    months.some(
      ({ year, month, period }) =>
        debt.year === year && debt.month === month && (period ?? debt.period) === debt.period,
    );
  const debts = months.length ? all.filter(asked) : all;
  if (!debts.length) {
    const [month] = months;
    if (!month) return { is: 'nothing' };
    const [bill] = await records.bills(code, month);
    return { is: 'not-owed', month, ...(bill && { bill }) };
  }
  if (debts.some(({ printed }) => printed)) return { is: 'doubtful', debts, why: 'printed' };
  const open: Debt[] = [];
  for (const debt of debts) {
    const [bill] = await records.bills(code, { year: debt.year, month: debt.month, period: debt.period });
    if (bill?.paidOn) {
      if (debts.length === 1) return { is: 'unreconciled', debts, bill };
      continue;
    }
    // a part may have been paid; more than the bill cannot be owed
    if (bill && debt.total > bill.total) return { is: 'doubtful', debts, why: 'differs' };
    open.push(debt);
  }
  if (!open.length) return { is: 'nothing' };
  const total = sumOf(open);
  const transfer = inForce(turn.utility.payments, dayOf(turn.now)).find((row) => row.way === 'vietqr');
  if (total < 1 || total > (transfer?.most ?? Number.POSITIVE_INFINITY))
    return { is: 'doubtful', debts: open, why: 'amount' };
  return { is: 'open', debts: open, total, reference: referenceOf(code, open) };
};
