import { choices } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import type { Debt } from '../core/records';
import { showDay } from '../core/time';
import { openCode } from './account';
import { want } from './choosing';
import { careLine, ruleOf } from './inforce';
import { PERSON } from './offers';
import { claimsPayment } from './payment-claim';
import { ageText, fact, money, recordKey } from './show';

const OFF = (code: string, since: string, owed: string, count: number, age: string) =>
  `Dạ mã ${code} đã ngừng cấp điện${since} vì nợ, còn ${owed} của ${count} hóa đơn (${age}).`;
const FEE = (fee: string) =>
  ` Điện được cấp lại khi đã trả hết nợ và phí đóng cắt, với hộ dùng điện hạ áp là ${fee} chưa gồm thuế.`;
const ALL = ' Điện được cấp lại khi đã trả hết nợ và phí đóng cắt.';
const CALL = (line: string) =>
  ` Trả xong anh/chị báo ${line} kèm biên nhận để được đóng điện sớm; em chưa có giờ nên không dám hẹn ạ.`;

const PAID = (code: string, since: string, age: string, line: string) =>
  `Dạ mã ${code} còn ghi là ngừng cấp điện${since} vì nợ (${age}); anh/chị vừa đóng thì hệ thống có thể chưa kịp ghi nhận. Anh/chị báo ${line} kèm biên nhận để được đóng điện sớm ạ.`;

const sumOf = (debts: readonly Debt[]): number => debts.reduce((sum, { total }) => sum + total, 0);

/** What it takes to have supply back: since when it is off, what is owed, the fee, whom to tell. Undefined where it is not off for debt. */
export const reconnectStep = async (turn: Turn, code: string): Promise<Step | undefined> => {
  if (!turn.disclosure.amounts || (await openCode(turn, code)).is !== 'open') return undefined;
  const debts = await turn.services.records.debts(code);
  const off = debts.find(({ stage }) => stage === 'suspended');
  if (!off) return undefined;
  const record = recordKey('debts', code, off);
  const fee = ruleOf(turn, 'reconnect.fee');
  const line = careLine(turn);
  const plain = turn.channel.abilities.oneReply;
  const since = off.stageOn ? ` từ ngày ${showDay(off.stageOn)}` : '';
  const age = ageText(off.source.at);
  const told =
    OFF(code, since, money(sumOf(debts), plain), debts.length, age) +
    (fee ? FEE(money(Number(fee.value), plain)) : ALL) +
    CALL(line.text);
  const text = claimsPayment(turn) ? PAID(code, since, age, line.text) : told;
  const facts = [
    fact(turn.now, off, { what: 'debt.stage', value: 'suspended', customer: code, record }),
    fact(turn.now, off, { what: 'debt.total', value: sumOf(debts), customer: code, record: recordKey('debts', code) }),
    ...(fee ? [fee.fact] : []),
    ...line.facts,
  ];
  const offers = [
    want('Cách thanh toán', 'bill.pay', { code }),
    want('Tôi đã đóng rồi', 'bill.payment_status', { code }),
    PERSON,
  ];
  return { say: [choices(text, offers)], remember: { code, houses: [{ code }], facts }, then: { is: 'done' } };
};
