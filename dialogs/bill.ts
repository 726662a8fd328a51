import { choices, say, table } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import type { Bill } from '../core/records';
import { monthIndex, monthOf, showDay } from '../core/time';
import { type Asked, accountDialog } from './account';
import { want } from './choosing';
import { assumed, newestMeant, nothingFor, rowsFor } from './months';
import { PERSON } from './offers';
import { fact, money, monthText, number, recordKey } from './show';
import type { When } from './slots';

const sms = (turn: Turn, when: When, { period, month, year, customer, total }: Bill): string =>
  `${turn.utility.smsName} thông báo tiền điện kỳ ${period} tháng ${month}/${year} của KH ${customer} là ${money(total, true)}${assumed(turn, when, 'bill.lookup')}`;

const oneBill = (bill: Bill, chosenByUs: boolean): string => {
  const when = chosenByUs ? `tháng gần nhất là ${monthText(bill)}, tiền điện` : `tiền điện ${monthText(bill)}`;
  const kwh = bill.kwh === undefined ? '' : ` cho ${number(bill.kwh)} kWh`;
  const due = bill.dueOn ? ` Hạn thanh toán: ${showDay(bill.dueOn)}.` : '';
  const state = bill.paidOn ? ` Hóa đơn đã thanh toán ngày ${showDay(bill.paidOn)}.` : due;
  return `Dạ ${when} của mã ${bill.customer} là ${money(bill.total)}${kwh}.${state}`;
};

export const billFacts = (turn: Turn, bill: Bill): Fact[] => {
  const { customer, year, month, period } = bill;
  const of = { customer, month: { year, month, period }, record: recordKey('bills', customer, bill) };
  return [
    fact(turn.now, bill, { what: 'bill.total', value: bill.total, ...of }),
    ...(bill.dueOn ? [fact(turn.now, bill, { what: 'bill.due', value: bill.dueOn, ...of })] : []),
  ];
};

const next = (bill: Bill) => [
  want('Còn nợ không?', 'debt.lookup', { code: bill.customer }),
  want('Tháng trước đó', 'bill.lookup', {
    code: bill.customer,
    month: monthOf(monthIndex(bill.year, bill.month) - 1),
  }),
  want('Chỉ số công tơ', 'reading.lookup', { code: bill.customer, month: bill }),
];

const answer = async (turn: Turn, { accounts, when, totalling }: Asked): Promise<Step> => {
  const missing: { text: string; newest?: Bill }[] = [];
  const bills: Bill[] = [];
  for (const { house } of accounts) {
    const found = await rowsFor(when, (month, limit) => turn.services.records.bills(house.code, month, limit));
    bills.push(...found);
    if (found.length) continue;
    const newest = (await turn.services.records.bills(house.code, undefined, 1))[0];
    missing.push({ text: nothingFor(turn, when, 'hóa đơn', house.code, newest), ...(newest ? { newest } : {}) });
  }
  const rest = {
    remember: { facts: bills.slice(0, 12).flatMap((bill) => billFacts(turn, bill)) },
    then: { is: 'done' },
  } as const;
  if (turn.channel.abilities.oneReply)
    return {
      say: [...bills.map((bill) => say(sms(turn, when, bill))), ...missing.map(({ text }) => say(text))],
      ...rest,
    };
  const notes = missing.map(({ text }) => text);
  const [only] = bills;
  if (!only) {
    const newest = missing[0]?.newest;
    const offer = newest && want('Hóa đơn mới nhất', 'bill.lookup', { code: newest.customer, month: newest });
    return { say: [choices(notes.join('\n'), [...(offer ? [offer] : []), PERSON])], ...rest };
  }
  if (bills.length === 1)
    return { say: [...notes.map(say), choices(oneBill(only, newestMeant(when)), next(only))], ...rest };

  const several = accounts.length > 1;
  const called = (code: string) => accounts.find(({ house }) => house.code === code)?.house.label ?? code;
  const sum = money(bills.reduce((total, bill) => total + bill.total, 0));
  const whose = several ? '' : ` của mã ${only.customer}`;
  const text = totalling
    ? `Dạ cộng lại là ${sum}, gồm ${bills.length} hóa đơn${whose}:`
    : `Dạ đây là ${bills.length} hóa đơn${whose}, cộng lại ${sum}:`;
  const rows = bills.map((bill) => [
    ...(several ? [called(bill.customer)] : []),
    monthText(
      bill,
      bills.some(({ period }) => period > 1),
    ),
    bill.kwh === undefined ? '–' : number(bill.kwh),
    money(bill.total),
  ]);
  const columns = [...(several ? ['Nơi dùng điện'] : []), 'Kỳ', 'kWh', 'Tiền điện'];
  return { say: [table([...notes, text].join('\n'), { columns, rows })], ...rest };
};

export const bill = accountDialog({ id: 'bill', version: 1, intents: ['bill.lookup'] }, answer);
