import { choices, say, table } from '../core/activity';
import type { Fact, Step, Turn } from '../core/dialog';
import type { Debt } from '../core/records';
import type { Month } from '../core/services';
import { showDay } from '../core/time';
import { type Asked, accountDialog } from './account';
import { want } from './choosing';
import { PERSON } from './offers';
import { ageText, fact, money, monthText, recordKey } from './show';
import { mentions, phrases } from './words';

const NONE = (code: string, age: string) => `Dạ mã ${code} không còn nợ tiền điện (${age}).`;
const NONE_SMS = (utility: string, code: string) => `${utility} thông báo KH ${code} không còn nợ tiền điện.`;
const PAID_ALREADY = ' Nếu anh/chị vừa đóng, hệ thống có thể chưa kịp ghi nhận.';

const sms = (turn: Turn, { customer, period, month, year, net, tax, total }: Debt): string =>
  `${turn.utility.smsName} thông báo nợ tiền điện KH ${customer} kỳ ${period} tháng ${month}/${year}: tiền nợ: ${net}, thuế nợ: ${tax}, tổng cộng: ${money(total, true)}.`;

const smsTotal = (turn: Turn, owed: Debt[]): string => {
  const each = owed.map(({ month, year, total }) => `T${month}/${year} ${total}`).join(', ');
  const whose = [...new Set(owed.map(({ customer }) => customer))].join(', ');
  return `${turn.utility.smsName} thông báo nợ tiền điện KH ${whose}: ${each}, tổng cộng: ${money(sumOf(owed), true)}.`;
};

const sumOf = (owed: Debt[]): number => owed.reduce((sum, { total }) => sum + total, 0);

const on = (prefix: string, day: string | undefined) => (day ? ` ${prefix} ${showDay(day)}` : '');

const STAGES: Record<Debt['stage'], (debt: Debt) => string> = {
  due: ({ dueOn }) => (dueOn ? `chưa đến hạn,${on('hạn thanh toán', dueOn)}` : ''),
  overdue: ({ dueOn }) => `đã quá hạn${on('từ ngày', dueOn)}`,
  'notified-once': ({ stageOn }) => `đã có thông báo lần 1${on('ngày', stageOn)}`,
  'notified-twice': ({ stageOn }) => `đã có thông báo lần 2${on('ngày', stageOn)}`,
  'suspension-planned': ({ stageOn }) => `dự kiến ngừng cấp điện${on('ngày', stageOn)}`,
  suspended: ({ stageOn }) => `đã ngừng cấp điện${on('từ ngày', stageOn)}`,
};

/** Its stage; a row without a term, or copied from paper, tells how old it is instead. */
const told = (debt: Debt): string => {
  const stage = STAGES[debt.stage](debt);
  return (stage && `, ${stage}`) + (stage && !debt.printed ? '' : `, theo sổ nợ, ${ageText(debt.source.at)}`);
};

const factOf = (turn: Turn, debt: Debt): Fact => {
  const { customer, year, month, period, total } = debt;
  const record = recordKey('debts', customer, debt);
  return fact(turn.now, debt, { what: 'debt.total', value: total, customer, month: { year, month, period }, record });
};

const REST = phrases('còn lại, còn nợ lại, xong còn, thì còn, còn bao nhiêu nữa, còn thiếu, thiếu lại');
const LEFT = (paid: string, sum: string, left: string) => `Dạ trả ${paid} (${sum}) xong thì ${left}.`;

/** "trả tháng 10 xong còn lại bao nhiêu": what is left of one customer's debts without the months that are named. */
const leftText = (turn: Turn, owed: Debt[], months: readonly Month[]): string | undefined => {
  const isNamed = (debt: Debt) => months.some(({ year, month }) => debt.year === year && debt.month === month);
  const paid = owed.filter(isNamed);
  if (!paid.length || !mentions(turn.text, REST)) return undefined;
  const rest = owed.filter((debt) => !isNamed(debt));
  const monthsOf = (debts: Debt[]) => debts.map((debt) => monthText(debt)).join(', ');
  const left = rest.length
    ? `còn ${money(sumOf(rest))} của ${monthsOf(rest)}`
    : `mã ${owed[0]!.customer} không còn nợ trong sổ`;
  return LEFT(monthsOf(paid), money(sumOf(paid)), `${left}, ${ageText(owed[0]!.source.at)}`);
};

const answer = async (turn: Turn, { accounts, totalling, when }: Asked): Promise<Step> => {
  const owed: Debt[] = [];
  const notes: string[] = [];
  const facts: Fact[] = [];
  const short = turn.channel.abilities.oneReply;
  for (const { house, customer } of accounts) {
    const debts = await turn.services.records.debts(house.code);
    owed.push(...debts);
    facts.push(...debts.slice(0, 6).map((debt) => factOf(turn, debt)));
    if (debts.length) continue;
    notes.push(short ? NONE_SMS(turn.utility.smsName, house.code) : NONE(house.code, ageText(customer.source.at)));
    facts.push(
      fact(turn.now, customer, {
        what: 'debt.total',
        value: 0,
        customer: house.code,
        record: recordKey('debts', house.code),
      }),
    );
  }
  const rest = { remember: { facts }, then: { is: 'done' } } as const;
  if (short) {
    const several = owed.length > 1 ? smsTotal(turn, owed) : undefined;
    return {
      say: [...(several ? [say(several)] : owed.map((debt) => say(sms(turn, debt)))), ...notes.map(say)],
      ...rest,
    };
  }
  const code = accounts[0]!.house.code;
  const [first] = owed;
  if (!first) {
    const offers = [
      want('Tiền điện mới nhất', 'bill.lookup', { code }),
      want('Lịch cắt điện', 'outage.planned', { code }),
    ];
    return { say: [choices(notes.join('\n'), offers)], ...rest };
  }
  const offers = [
    want('Cách thanh toán', 'bill.pay', { code }),
    want('Tôi đã đóng rồi', 'bill.payment_status', { code }),
    PERSON,
  ];
  const left = accounts.length === 1 ? leftText(turn, owed, when.carried ? [] : when.months) : undefined;
  if (left) return { say: [choices(left, offers)], ...rest };
  const sum = sumOf(owed);
  const printed = owed.every((debt) => debt.printed);
  if (owed.length === 1) {
    const parts = `tiền điện ${money(first.net)}, thuế ${money(first.tax)}`;
    const text = `${notes.length ? 'Mã' : 'Dạ mã'} ${first.customer} còn nợ ${money(first.total)} của ${monthText(first)} (${parts})${told(first)}.${printed ? '' : PAID_ALREADY}`;
    return { say: [choices([...notes, text].join('\n'), offers)], ...rest };
  }
  const several = accounts.length > 1;
  const called = (customer: string) => accounts.find(({ house }) => house.code === customer)?.house.label ?? customer;
  const rows = owed.map((debt) => [
    ...(several ? [called(debt.customer)] : []),
    monthText(debt),
    money(debt.total),
    STAGES[debt.stage](debt),
  ]);
  const columns = [...(several ? ['Nơi dùng điện'] : []), 'Kỳ', 'Số tiền', 'Tình trạng'];
  const text = `${notes.length ? 'Tất cả' : 'Dạ'} ${totalling ? 'cộng lại ' : several ? '' : `mã ${code} `}còn nợ ${money(sum)}, gồm ${owed.length} hóa đơn.${PAID_ALREADY}`;
  const shown = table([...notes, text].join('\n'), { columns, rows });
  return { say: [{ ...shown, suggestedActions: choices('', offers).suggestedActions! }], ...rest };
};

export const debt = accountDialog({ id: 'debt', version: 1, intents: ['debt.lookup'], amounts: true }, answer);
