import { type Activity, type Choice, choices, say } from '../core/activity';
import type { Dialog, Fact, Order, Step, Turn } from '../core/dialog';
import type { Customer, Debt, PaymentClaim } from '../core/records';
import { showDay, showInstant } from '../core/time';
import { type Account, type Asked, accountDialog } from './account';
import { want } from './choosing';
import { careLine, ruleOf } from './inforce';
import { PERSON } from './offers';
import { type Claimed, claimedIn, claimedOf } from './payment-claim';
import { ageText, fact, money, monthText, recordKey } from './show';
import { knownStep } from './unavailable';
import { mentions, phrases } from './words';

const NONE = (code: string, age: string) => `Dạ mã ${code} không còn nợ tiền điện (${age}).`;
const NEWEST_PAID = (month: string, on: string) => ` Hóa đơn ${month} đã ghi nhận thanh toán ngày ${on} ạ.`;
const OWED = (code: string, total: string, months: string, age: string) =>
  `Dạ theo sổ nợ (${age}), mã ${code} còn ${total} của ${months}.`;
const WAIT = (days: string) => ` Tiền mới đóng có thể chưa kịp đối soát${days}, anh/chị đừng đóng lần hai nhé.`;
const USUALLY = (days: string) => `, thường trong ${days}`;
const WHEN = ' Anh/chị đóng ngày nào, qua đâu để em ghi phiếu đối soát ạ?';
const TAKEN = (what: string, on: string) => `Dạ em đã ghi phiếu đối soát ${what}${on && `, đóng ngày ${on}`}.`;
const STILL_OPEN = (total: string, months: string) => ` Còn ${total} của ${months} chưa thanh toán ạ.`;
const SWITCH_ON = (care: string) =>
  ` Điện đang tạm ngừng vì nợ nên anh/chị báo ${care} kèm biên nhận để được đóng điện sớm nhé.`;
const NOT_OWED = (months: string) => `Dạ ${months} không còn trong sổ nợ ạ.`;
const KEEP = (days: string, care: string) =>
  ` Anh/chị giữ biên nhận hay mã giao dịch; quá ${days} sổ nợ chưa cập nhật thì gọi ${care} ạ.`;
const ALREADY = (code: string, at: string) => `Dạ phiếu đối soát của mã ${code} em đã ghi lúc ${at} rồi ạ.`;
const BRIEF = (total: string, code: string, care: string) =>
  `Đã ghi phiếu đối soát ${total} của KH ${code}. Giữ biên nhận, cần gấp gọi ${care}.`;
const SOME_DAYS = 'vài ngày';

/** about a payment that went elsewhere or went twice: a person has to look, the article says how */
const ASTRAY =
  phrases(`hai lần, 2 lần, nhầm mã, nhầm tài khoản, trả nhầm, đóng nhầm, chuyển nhầm, nhầm người, gửi nhầm, nhầm số, ck nhầm, chuyển sai,
  nhầm vô, nhầm qua`);

const DAYS = { 'paid:0': 'Hôm nay', 'paid:1': 'Hôm qua', 'paid:earlier': 'Trước đó' } as const;
const OFFERED: Choice[] = Object.entries(DAYS).map(([value, title]) => ({ value, title }));
/** a claim of this age is the same one */
const SAME_MS = 3 * 86_400_000;
const LONGEST_NOTE = 300;

interface Waiting extends Record<string, unknown> {
  code: string;
  claimed: Claimed;
}

const daysText = (turn: Turn) => {
  const rule = ruleOf(turn, 'payment.reconcile_days');
  return { text: rule && `${rule.value} ${rule.unit ?? 'ngày'}`, facts: rule ? [rule.fact] : [] };
};

const sumOf = (debts: readonly Debt[]): number => debts.reduce((sum, { total }) => sum + total, 0);

const monthsOf = (debts: readonly Debt[]): string => debts.map((debt) => monthText(debt)).join(', ');

const claimStep = (turn: Turn, code: string, all: Debt[], { paidOn, amount, ...claimed }: Claimed): Step => {
  const care = careLine(turn);
  const days = daysText(turn);
  const { paid: debts, open } = claimedOf(all, claimed);
  const plain = turn.channel.abilities.oneReply;
  const total = money(sumOf(debts), plain);
  const claim: Omit<PaymentClaim, 'id' | 'conversation' | 'person' | 'at'> = {
    customer: code,
    months: debts.slice(0, 12).map(({ year, month, period }) => ({ year, month, period })),
    total: sumOf(debts),
    ...(paidOn && { paidOn }),
    ...(amount !== undefined && { amount }),
    ...(turn.text && { note: turn.text.slice(0, LONGEST_NOTE) }),
  };
  const orders: Order[] = [{ kind: 'claim-payment', claim }];
  const what = open.length ? `${total} của ${monthsOf(debts)}, mã ${code}` : `${total} của mã ${code}`;
  const text = plain
    ? BRIEF(total, code, care.text)
    : TAKEN(what, paidOn ? showDay(paidOn) : '') +
      KEEP(days.text ?? SOME_DAYS, care.text) +
      (open.length ? STILL_OPEN(money(sumOf(open)), monthsOf(open)) : '') +
      (debts.some(({ stage }) => stage === 'suspended') ? SWITCH_ON(care.text) : '');
  return {
    say: [choices(text, [PERSON])],
    orders,
    remember: { code, facts: [...factsOf(turn, debts), ...days.facts, ...care.facts] },
    then: { is: 'done' },
  };
};

const factsOf = (turn: Turn, debts: readonly Debt[]): Fact[] =>
  debts.slice(0, 6).map((debt) => {
    const { customer, year, month, period, total } = debt;
    const record = recordKey('debts', customer, debt);
    return fact(turn.now, debt, { what: 'debt.total', value: total, customer, month: { year, month, period }, record });
  });

const settled = async (turn: Turn, code: string, customer: Customer): Promise<Activity> => {
  const [newest] = await turn.services.records.bills(code, undefined, 1);
  const paid = newest?.paidOn ? NEWEST_PAID(monthText(newest), showDay(newest.paidOn)) : '';
  const bill = want('Tiền điện mới nhất', 'bill.lookup', { code });
  return choices(NONE(code, ageText(customer.source.at)) + paid, [bill, PERSON]);
};

const answer = async (turn: Turn, { accounts, kept }: Asked): Promise<Step> => {
  const claimed = kept as Claimed;
  const rest = { then: { is: 'done' } } as const;
  const open: { account: Account; debts: Debt[] }[] = [];
  const told: Activity[] = [];
  for (const account of accounts) {
    const debts = await turn.services.records.debts(account.house.code);
    if (debts.length) open.push({ account, debts });
    else told.push(await settled(turn, account.house.code, account.customer));
  }
  const [first] = open;
  if (!first) return { say: told, ...rest };
  const { debts } = first;
  const { code } = first.account.house;
  const before = await turn.services.latestClaim(code);
  const { paid } = claimedOf(debts, claimed);
  const isSame = paid.every((debt) =>
    before?.months.some(({ year, month }) => year === debt.year && month === debt.month),
  );
  if (before && (isSame || !claimed.claims) && turn.now.getTime() - Date.parse(before.at) < SAME_MS) {
    const care = careLine(turn);
    const days = daysText(turn);
    const text = ALREADY(code, showInstant(before.at)) + KEEP(days.text ?? SOME_DAYS, care.text);
    return { say: [...told, choices(text, [PERSON])], remember: { facts: [...days.facts, ...care.facts] }, ...rest };
  }
  const claims = paid.length > 0 && (turn.chosen !== undefined || claimed.claims);
  if (claims && (turn.channel.abilities.oneReply || claimed.paidOn)) {
    const step = claimStep(turn, code, debts, claimed);
    return { ...step, say: [...told, ...step.say] };
  }
  if (!paid.length) told.push(say(NOT_OWED((claimed.months ?? []).map((month) => `tháng ${month}`).join(', '))));
  const days = daysText(turn);
  const [oldest] = debts;
  const owed =
    OWED(code, money(sumOf(debts)), monthsOf(debts), ageText(oldest!.source.at)) +
    WAIT(days.text ? USUALLY(days.text) : '');
  const remember = { facts: [...factsOf(turn, debts), ...days.facts] };
  if (!claims) {
    const paid = want('Tôi đã đóng rồi', 'bill.payment_status', { code });
    const pay = want('Cách thanh toán', 'bill.pay', { code });
    return { say: [...told, choices(owed, [paid, pay, PERSON])], remember, ...rest };
  }
  const { claims: _, ...rest_ } = claimed;
  const state: Waiting = { code, claimed: rest_ };
  return {
    say: [...told, choices(owed + WHEN, OFFERED)],
    remember,
    then: { is: 'wait', state, expects: { entities: ['date', 'money'], choices: OFFERED } },
  };
};

const status = accountDialog(
  { id: 'payment-status', version: 2, intents: ['bill.payment_status'], amounts: true, keep: claimedIn },
  answer,
);

/** "Đóng rồi mà vẫn báo nợ": what the book of debts says and how old it is, and a ticket for who has paid. */
export const paymentStatus: Dialog = {
  ...status,
  async start(turn) {
    const known = await knownStep(turn, 'bill.payment_status');
    if (known) return known;
    if (mentions(turn.text, ASTRAY)) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    return status.start(turn);
  },
  async resume(state, turn) {
    const { code, claimed } = state as Partial<Waiting>;
    if (!code) return status.resume(state, turn);
    // back on top: the question is put again
    if (!turn.text && turn.chosen === undefined)
      return {
        say: [choices(WHEN.trim(), OFFERED)],
        then: { is: 'wait', state, expects: { entities: ['date', 'money'], choices: OFFERED } },
      };
    const debts = await turn.services.records.debts(code);
    if (debts.length) return claimStep(turn, code, debts, { ...claimed, ...claimedIn(turn) });
    const customer = await turn.services.records.customer(code);
    if (!customer) return status.resume(state, turn);
    return { say: [await settled(turn, code, customer)], then: { is: 'done' } };
  },
};
