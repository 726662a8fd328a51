import { choices } from '../core/activity';
import type { Step, Turn } from '../core/dialog';
import type { Bill } from '../core/records';
import { dayOf, daysBetween, showDay } from '../core/time';
import { type Asked, accountDialog } from './account';
import { afterBill, billFacts } from './bill-words';
import { nothingFor, rowsFor } from './months';
import { ageText, money, monthText } from './show';
import { mentions, phrases } from './words';

const VAT = phrases('thuế, vat, gtgt');
export const DUE =
  phrases(`due date, hạn đóng, hạn chót, hạn thanh toán, hạn nộp, hạn trả, đến hạn, tới hạn, hết hạn, quá hạn,
  đóng trước ngày, ngày nào phải đóng, đóng tới ngày, ngày mấy đóng, khi nào phải đóng, chừng nào phải đóng`);
const PAID =
  phrases(`thanh toán chưa, đóng chưa, trả chưa, nộp chưa, đóng tiền chưa, thanh toán rồi chưa, đóng rồi chưa,
  trả tiền chưa, đã thanh toán chưa`);

/** from which reading to which */
export const SPAN =
  phrases(`từ ngày nào tới ngày nào, từ ngày nào đến ngày nào, từ ngày mấy tới ngày mấy, từ ngày mấy đến ngày mấy, tính từ ngày nào, tính từ ngày mấy, từ hôm nào tới hôm nào,
  kỳ này mấy ngày, tháng này mấy ngày, bao nhiêu ngày dùng`);

/** What is asked about the bill that was just shown: its tax, its term, whether it is paid, its days. */
export const BILL_DETAIL = [VAT, DUE, PAID, SPAN];

const spanText = ({ from, to }: Bill): string =>
  from && to
    ? `tính từ ngày ${showDay(from)} đến ngày ${showDay(to)}, ${daysBetween(from, to)} ngày`
    : 'hóa đơn này không ghi ngày đầu và ngày cuối kỳ';

const vatText = ({ vat, vatRate, amount, total, printed, source }: Bill): string =>
  printed || vat === undefined || amount === undefined
    ? `em chỉ có tổng số tiền ${money(total)}, không có phần thuế riêng (${ageText(source.at)})`
    : `tổng ${money(total)} đã gồm thuế GTGT${vatRate === undefined ? '' : ` ${vatRate}%`} là ${money(vat)}; tiền điện chưa thuế ${money(amount)}`;

const dueText = (turn: Turn, { dueOn, paidOn }: Bill): string =>
  dueOn
    ? `hạn thanh toán ${showDay(dueOn)}${dueOn < dayOf(turn.now) && !paidOn ? ', đã qua' : ''}`
    : 'hóa đơn này không ghi hạn thanh toán';

const paidText = ({ paidOn, source }: Bill): string =>
  paidOn
    ? `đã thanh toán ngày ${showDay(paidOn)}`
    : `chưa ghi nhận thanh toán (${ageText(source.at)}); nếu anh/chị vừa đóng thì hệ thống có thể chưa kịp ghi nhận`;

const detail = (turn: Turn, bill: Bill): string => {
  const parts = [
    ...(mentions(turn.text, VAT) ? [vatText(bill)] : []),
    ...(mentions(turn.text, SPAN) ? [spanText(bill)] : []),
    ...(mentions(turn.text, DUE) ? [dueText(turn, bill)] : []),
    ...(mentions(turn.text, PAID) || (mentions(turn.text, DUE) && bill.paidOn) ? [paidText(bill)] : []),
  ];
  const { customer } = bill;
  return `Dạ hóa đơn ${monthText(bill)} của mã ${customer}: ${(parts.length ? parts : [dueText(turn, bill)]).join('; ')}.`;
};

const answer = async (turn: Turn, { accounts, when }: Asked): Promise<Step> => {
  const texts: string[] = [];
  const bills: Bill[] = [];
  for (const { house } of accounts) {
    const read = turn.services.records.bills;
    const found = await rowsFor(when, (month, limit) => read(house.code, month, limit));
    bills.push(...found);
    texts.push(...found.map((bill) => detail(turn, bill)));
    if (!found.length)
      texts.push(nothingFor(turn, when, 'hóa đơn', house.code, (await read(house.code, undefined, 1))[0]));
  }
  const facts = bills.slice(0, 6).flatMap((bill) => billFacts(turn, bill));
  const [only] = bills;
  return {
    say: [choices(texts.join('\n'), only ? afterBill(only) : [])],
    remember: { facts },
    then: { is: 'done' },
  };
};

/** "thuế bao nhiêu", "hạn đóng ngày mấy", "đã thanh toán chưa": what the record of the bill just shown says. */
export const billDetail = accountDialog({ id: 'bill-detail', version: 1, intents: [], amounts: true }, answer);
