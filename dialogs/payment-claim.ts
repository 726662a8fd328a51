import type { Turn } from '../core/dialog';
import type { Debt } from '../core/records';
import { addDays, type Day, dayOf } from '../core/time';
import { entitiesOf, valueSaid } from './said';
import { mentions, phrases } from './words';

/** What the customer says of a payment; small enough to be kept with a question. */
export interface Claimed extends Record<string, unknown> {
  claims?: true;
  paidOn?: Day;
  /** đồng */
  amount?: number;
  /** the months that it was for, where some are named */
  months?: number[];
}

const CLAIMS =
  phrases(`đóng rồi, đã đóng, trả rồi, đã trả, nộp rồi, đã nộp, đóng tiền rồi, thanh toán rồi, đã thanh toán, chuyển rồi, đã chuyển, chuyển khoản rồi, đã chuyển khoản, ck rồi,
  đóng r, trả r, đóng tiền r, ck r, mà vẫn, vẫn báo nợ, vẫn còn nợ, vẫn nhắn, đóng xong, trả xong, nộp xong, chuyển xong, quét xong, quét rồi, trừ rồi, trừ tiền rồi, tiền trừ,
  đã trừ, bị trừ, vừa đóng, mới đóng, vừa chuyển, mới chuyển, vừa trả, mới trả, chuyển hết, chuyển khoản hết, trả hết, đóng hết, có biên lai, có biên nhận`);
const ASKS_ONLY = phrases('đóng chưa, trả chưa, thanh toán chưa, nộp chưa, nhận được chưa, vào chưa');
const NOT_YET = phrases('chưa đóng, chưa trả, chưa nộp, chưa thanh toán, còn nợ, chưa chuyển');
const MOVED = phrases('ck, chuyển, chuyển khoản, đóng, trả, nộp, quét, thanh toán');
/** an amount without its unit: "chuyển 846936" */
const BARE_AMOUNT = /(?<![\p{L}\d.])\d{5,8}(?![\p{L}\d.])/u;

const amountIn = (turn: Turn): number | undefined => {
  const said = valueSaid(turn, 'money');
  if (said !== undefined || turn.meaning.entities.some(({ type }) => type === 'phone')) return said;
  const bare = BARE_AMOUNT.exec(turn.text)?.[0];
  return bare === undefined ? undefined : Number(bare);
};

export const paidOnSaid = (turn: Turn): Day | undefined => {
  const today = dayOf(turn.now);
  if (turn.chosen === 'paid:0') return today;
  if (turn.chosen === 'paid:1') return addDays(today, -1);
  const on = valueSaid(turn, 'date');
  return on && on <= today ? on : undefined;
};

/** Says that something is paid, and does not ask whether it is. */
export const claimsPayment = ({ text, meaning }: Pick<Turn, 'text' | 'meaning'>): boolean =>
  !mentions(text, ASKS_ONLY) &&
  (mentions(text, CLAIMS) ||
    (!meaning.cues.question && mentions(text, MOVED) && meaning.entities.some(({ type }) => type === 'date')));

/** "tháng 11 chưa đóng, tháng 10 đóng rồi": 10. */
const monthsPaid = (turn: Turn): number[] => {
  const said = entitiesOf(turn, 'month');
  return said
    .filter(({ start }, n) => !mentions(turn.text.slice(start, said[n + 1]?.start), NOT_YET))
    .map(({ value }) => value);
};

export const claimedIn = (turn: Turn): Claimed => {
  const paidOn = paidOnSaid(turn);
  const amount = amountIn(turn);
  const months = monthsPaid(turn);
  return {
    ...(claimsPayment(turn) && { claims: true }),
    ...(paidOn && { paidOn }),
    ...(amount !== undefined && { amount }),
    ...(months.length > 0 && { months }),
  };
};

/** The debts that a claim is about, and those that it leaves open. */
export const claimedOf = (debts: Debt[], { months }: Claimed): { paid: Debt[]; open: Debt[] } => {
  const isPaid = ({ month }: Debt) => !months?.length || months.includes(month);
  return { paid: debts.filter(isPaid), open: debts.filter((debt) => !isPaid(debt)) };
};
