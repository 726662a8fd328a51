import { choices } from '../core/activity';
import type { Dialog, Step, Turn } from '../core/dialog';
import type { Bill } from '../core/records';
import { type Asked, accountDialog } from './account';
import { billFacts } from './bill-words';
import { want } from './choosing';
import { ruleOf } from './inforce';
import { nothingFor, rowsFor } from './months';
import { PERSON } from './offers';
import { entityOf } from './said';
import { monthText } from './show';
import { mentions, phrases } from './words';

const LINK = ({ invoiceUrl, customer, ...bill }: Bill) =>
  `Dạ hóa đơn điện tử ${monthText(bill)} của mã ${customer}: ${invoiceUrl}`;
const NO_LINK = (month: string, code: string, site: string) =>
  `Dạ hóa đơn ${month} của mã ${code} chưa có đường dẫn trong dữ liệu của em. ${site || 'Anh/chị để nhân viên gửi giúp nhé.'}`;
const SITE = (site: string) => `Anh/chị tải bản PDF hoặc XML trên trang ${site} bằng mã khách hàng nhé.`;

const answer = async (turn: Turn, { accounts, when }: Asked): Promise<Step> => {
  const texts: string[] = [];
  const bills: Bill[] = [];
  const site = ruleOf(turn, 'care.site');
  for (const { house } of accounts) {
    const read = turn.services.records.bills;
    const found = await rowsFor(when, (month, limit) => read(house.code, month, limit));
    bills.push(...found);
    if (!found.length)
      texts.push(nothingFor(turn, when, 'hóa đơn', house.code, (await read(house.code, undefined, 1))[0]));
    for (const bill of found)
      texts.push(
        bill.invoiceUrl ? LINK(bill) : NO_LINK(monthText(bill), house.code, site ? SITE(String(site.value)) : ''),
      );
  }
  const [only] = bills;
  const offers = only ? [want('Tiền điện kỳ này', 'bill.lookup', { code: only.customer, month: only })] : [];
  return {
    say: [choices(texts.join('\n'), [...offers, PERSON])],
    remember: { facts: [...bills.slice(0, 4).flatMap((bill) => billFacts(turn, bill)), ...(site ? [site.fact] : [])] },
    then: { is: 'done' },
  };
};

const links = accountDialog({ id: 'invoice', version: 1, intents: ['bill.invoice'], amounts: true }, answer);

const IN_GENERAL =
  phrases(`ở đâu, cách nào, làm sao, thế nào, như thế nào, kiểu gì, công ty, xml, e-mail, email, mail, bản giấy, giấy, sai,
  mã số thuế, đỏ`);

/** The e-invoice as the record's own link; how to get one in general is answered by the articles. */
export const invoice: Dialog = {
  ...links,
  start(turn) {
    const own = turn.chosen !== undefined || entityOf(turn, 'customer_code') || entityOf(turn, 'month');
    return own || (turn.memory.code && !mentions(turn.text, IN_GENERAL))
      ? links.start(turn)
      : Promise.resolve({ say: [], then: { is: 'goto', dialog: 'knowledge' } });
  },
};
