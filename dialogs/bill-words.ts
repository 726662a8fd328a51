import { type Activity, choices, table } from '../core/activity';
import type { Fact, Turn } from '../core/dialog';
import type { Bill } from '../core/records';
import { dayOf, monthIndex, monthOf, showDay } from '../core/time';
import { type Asked, houseName } from './account';
import { want } from './choosing';
import { comparisonOf, type Side } from './comparison';
import { assumed, newestMeant } from './months';
import { PERSON } from './offers';
import { outstanding } from './outstanding';
import { fact, money, monthText, number, recordKey } from './show';
import type { When } from './slots';

const sumOf = (bills: Bill[]): number => bills.reduce((sum, { total }) => sum + total, 0);

export const billFacts = (turn: Turn, bill: Bill): Fact[] => {
  const { customer, year, month, period } = bill;
  const of = { customer, month: { year, month, period }, record: recordKey('bills', customer, bill) };
  return [
    fact(turn.now, bill, { what: 'bill.total', value: bill.total, ...of }),
    ...(bill.kwh === undefined ? [] : [fact(turn.now, bill, { what: 'bill.kwh', value: bill.kwh, ...of })]),
    ...(bill.dueOn ? [fact(turn.now, bill, { what: 'bill.due', value: bill.dueOn, ...of })] : []),
  ];
};

/** By SMS, as the EVNCPC document of 2016 printed it; several bills in one line. */
export const billSms = (turn: Turn, bills: Bill[], { when, comparing }: Asked): string[] => {
  const [one, ...more] = bills;
  if (!one) return [];
  const { smsName } = turn.utility;
  if (!more.length)
    return [
      `${smsName} thông báo tiền điện kỳ ${one.period} tháng ${one.month}/${one.year} của KH ${one.customer} là ${money(one.total, true)}${assumed(turn, when, 'bill.lookup')}`,
    ];
  const each = bills.map(({ month, year, total }) => `T${month}/${year} ${total}`).join(', ');
  const whose = [...new Set(bills.map(({ customer }) => customer))].join(', ');
  if (comparing && !more[1])
    return [
      `${smsName} thông báo tiền điện KH ${whose}: ${each}, chênh ${money(Math.abs(one.total - more[0]!.total), true)}.`,
    ];
  return [
    `${smsName} thông báo tiền điện KH ${whose}: ${each}, cộng ${money(sumOf(bills), true)}${assumed(turn, when, 'bill.lookup')}`,
  ];
};

export const billText = ({ now }: Turn, bill: Bill, when: When): string => {
  const which = newestMeant(when) ? `tháng gần nhất là ${monthText(bill)}, tiền điện` : `tiền điện ${monthText(bill)}`;
  const kwh = bill.kwh === undefined ? '' : ` cho ${number(bill.kwh)} kWh`;
  const past = bill.dueOn && bill.dueOn < dayOf(now) ? ', đã quá hạn' : '';
  const due = bill.dueOn ? ` Hạn thanh toán: ${showDay(bill.dueOn)}${past}.` : '';
  const state = bill.paidOn ? ` Hóa đơn đã thanh toán ngày ${showDay(bill.paidOn)}.` : due;
  return `Dạ ${which} của mã ${bill.customer} là ${money(bill.total)}${kwh}.${state}`;
};

export const afterBill = (bill: Bill) => {
  const month = monthOf(monthIndex(bill.year, bill.month) - 1);
  return [
    want('Còn nợ không?', 'debt.lookup', { code: bill.customer }),
    want('Tháng trước đó', 'bill.lookup', { code: bill.customer, month }),
    want('Chỉ số công tơ', 'reading.lookup', { code: bill.customer, month: bill }),
  ];
};

const AMOUNTS = { most: 'Cao nhất', least: 'Thấp nhất', show: (total: number) => money(total) };

const HELD = { more: 'cao hơn', less: 'thấp hơn', show: (total: number) => money(total) };

const sideOf =
  ({ accounts }: Asked) =>
  ({ customer, total: value, ...month }: Bill): Side => ({
    month,
    value,
    ...(accounts.length > 1 && { house: houseName(accounts, customer) }),
  });

/** Several bills with their sum, under the notes about those that are missing. */
export const billTable = (asking: string, notes: string[], bills: Bill[], asked: Asked): Activity => {
  const { accounts, totalling, comparing } = asked;
  const several = accounts.length > 1;
  const called = (code: string) => accounts.find(({ house }) => house.code === code)?.house.label ?? code;
  const compared = comparing && comparisonOf(bills.map(sideOf(asked)), HELD);
  if (compared) {
    const { first, text } = compared;
    const whose = first.house ?? `mã ${bills[0]!.customer}`;
    const said = `Dạ tiền điện ${monthText(first.month)} của ${whose} là ${money(first.value)}, ${text}.`;
    return choices(
      [...notes, said].join('\n'),
      several ? [PERSON] : [want('Vì sao chênh?', 'bill.explain', { code: bills[0]!.customer }), PERSON],
    );
  }
  const whose = several ? '' : ` của mã ${bills[0]!.customer}`;
  const sum = money(sumOf(bills));
  const months = bills.map(({ total: value, ...month }) => ({ ...month, value }));
  const stands = several ? '' : outstanding(asking, months, AMOUNTS);
  const end = stands ? `. ${stands}` : ':';
  const text = totalling
    ? `Dạ cộng lại là ${sum}, gồm ${bills.length} hóa đơn${whose}${end}`
    : `Dạ đây là ${bills.length} hóa đơn${whose}, cộng lại ${sum}${end}`;
  const periods = bills.some(({ period }) => period > 1);
  const rows = bills.map((bill) => [
    ...(several ? [called(bill.customer)] : []),
    monthText(bill, periods),
    bill.kwh === undefined ? '–' : number(bill.kwh),
    money(bill.total),
  ]);
  const columns = [...(several ? ['Nơi dùng điện'] : []), 'Kỳ', 'kWh', 'Tiền điện'];
  return table([...notes, text].join('\n'), { columns, rows });
};
