import { choices, say, table } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import type { Bill } from '../core/records';
import { monthIndex, monthOf, partsOf, showDay } from '../core/time';
import { type Asked, accountDialog } from './account';
import { want } from './choosing';
import { PERSON } from './offers';
import { fact, money, monthText, number, recordKey } from './show';
import type { When } from './slots';

const FUTURE = (when: string, newest?: string) =>
  `Dạ ${when} chưa tới nên chưa có hóa đơn ạ.${newest ? ` Hóa đơn mới nhất là ${newest}.` : ''}`;
const NOT_YET = (when: string, newest?: string) =>
  `Dạ ${when} chưa phát hành hóa đơn ạ.${newest ? ` Hóa đơn mới nhất là ${newest}.` : ''}`;
const NONE = (when: string, code: string) => `Dạ em không thấy hóa đơn ${when} của mã ${code} ạ.`;
const NO_BILLS = (code: string) => `Dạ mã ${code} chưa có hóa đơn nào trong dữ liệu của em ạ.`;

/** The bills that a question is about, newest first. */
export const billsFor = async ({ services }: Turn, code: string, when: When): Promise<Bill[]> => {
  if (when.latest) return services.records.bills(code, undefined, when.latest);
  if (when.year) return (await services.records.bills(code, undefined, 36)).filter(({ year }) => year === when.year);
  if (!when.months.length) return services.records.bills(code, undefined, 1);
  return (await Promise.all(when.months.map((month) => services.records.bills(code, month)))).flat();
};

const sms = (turn: Turn, bill: Bill): string =>
  `${turn.utility.smsName} thông báo tiền điện kỳ ${bill.period} tháng ${bill.month}/${bill.year} của KH ${bill.customer} là ${money(bill.total, true)}.`;

const oneBill = (bill: Bill, newest: boolean, several: boolean): string => {
  const which = newest
    ? `Dạ tháng gần nhất là ${monthText(bill, several)}: tiền điện của mã ${bill.customer} là`
    : `Dạ tiền điện ${monthText(bill, several)} của mã ${bill.customer} là`;
  const kwh = bill.kwh === undefined ? '' : ` cho ${number(bill.kwh)} kWh`;
  const state = bill.paidOn
    ? ` Hóa đơn đã thanh toán ngày ${showDay(bill.paidOn)}.`
    : bill.dueOn
      ? ` Hạn thanh toán: ${showDay(bill.dueOn)}.`
      : '';
  return `${which} ${money(bill.total)}${kwh}.${state}`;
};

export const billFacts = (turn: Turn, { customer, year, month, period, total, dueOn, ...bill }: Bill): Fact[] =>
  [{ what: 'bill.total', value: total as number | string }, ...(dueOn ? [{ what: 'bill.due', value: dueOn }] : [])].map(
    (said) =>
      fact(turn.now, bill, {
        ...said,
        customer,
        month: { year, month, period },
        record: recordKey('bills', customer, { year, month, period }),
      }),
  );

/** Why there is no bill for what was asked. */
const nothing = async (turn: Turn, code: string, when: When): Promise<{ text: string; newest?: Bill }> => {
  const newest = (await turn.services.records.bills(code, undefined, 1))[0];
  if (!newest) return { text: NO_BILLS(code) };
  const asked = when.months[0];
  if (!asked) return { text: NONE(`năm ${when.year}`, code), newest };
  const ahead = monthIndex(asked.year, asked.month);
  const { year, month } = partsOf(turn.now);
  if (ahead > monthIndex(year, month)) return { text: FUTURE(monthText(asked), monthText(newest)), newest };
  const text =
    ahead > monthIndex(newest.year, newest.month)
      ? NOT_YET(monthText(asked), monthText(newest))
      : NONE(monthText(asked, true), code);
  return { text, newest };
};

const next = (turn: Turn, bill: Bill) => {
  const before = monthIndex(bill.year, bill.month) - 1;
  return [
    want('Còn nợ không?', 'debt.lookup', { code: bill.customer }),
    want('Tháng trước đó', 'bill.lookup', { code: bill.customer, month: monthOf(before) }),
    want('Chỉ số, số điện', 'reading.lookup', { code: bill.customer, month: bill }),
    ...(turn.meaning.cues.angry ? [PERSON] : []),
  ];
};

const answer = async (turn: Turn, { accounts, when, totalling }: Asked): Promise<Step> => {
  const found = await Promise.all(
    accounts.map(async (account) => ({ ...account, bills: await billsFor(turn, account.customer.code, when) })),
  );
  const bills = found.flatMap((account) => account.bills);
  const missing = await Promise.all(
    found.filter((account) => !account.bills.length).map(({ customer }) => nothing(turn, customer.code, when)),
  );
  const facts = bills.slice(0, 12).flatMap((bill) => billFacts(turn, bill));
  const remember = { facts };
  const done = { is: 'done' } as const;
  if (turn.channel.abilities.oneReply)
    return {
      say: [...bills.map((bill) => say(sms(turn, bill))), ...missing.map(({ text }) => say(text))],
      remember,
      then: done,
    };
  if (!bills.length) {
    const newest = missing[0]?.newest;
    const offer = newest && want('Hóa đơn mới nhất', 'bill.lookup', { code: newest.customer, month: newest });
    const text = missing.map(({ text }) => text).join('\n');
    return { say: [choices(text, [...(offer ? [offer] : []), PERSON])], remember, then: done };
  }
  const only = bills.length === 1 ? bills[0]! : undefined;
  if (only) {
    const guessed = !when.months.length && !when.year;
    return {
      say: [...missing.map(({ text }) => say(text)), choices(oneBill(only, guessed, false), next(turn, only))],
      remember,
      then: done,
    };
  }
  const sum = bills.reduce((total, { total: one }) => total + one, 0);
  const name = ({ house }: (typeof found)[number]) => house.label ?? house.code;
  const rows = found.flatMap((account) =>
    account.bills.map((bill) => [
      ...(found.length > 1 ? [name(account)] : []),
      monthText(bill, true).replace('tháng ', ''),
      bill.kwh === undefined ? '–' : number(bill.kwh),
      money(bill.total),
    ]),
  );
  const text = [
    ...missing.map(({ text }) => text),
    totalling
      ? `Dạ cộng lại là ${money(sum)} (${bills.length} hóa đơn).`
      : `Dạ đây là ${bills.length} hóa đơn${found.length === 1 ? ` của mã ${bills[0]!.customer}` : ''}, cộng lại ${money(sum)}.`,
  ].join('\n');
  const columns = [...(found.length > 1 ? ['Nơi dùng điện'] : []), 'Kỳ', 'kWh', 'Tiền điện'];
  return { say: [table(text, { columns, rows })], remember, then: done };
};

export const bill = accountDialog({ id: 'bill', version: 1, intents: ['bill.lookup'] }, answer);
