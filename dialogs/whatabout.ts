import { choices } from '../core/activity';
import type { Dialog, Turn } from '../core/dialog';
import { mask } from '../core/disclosure';
import type { Customer } from '../core/records';
import { openCode } from './account';
import { want } from './choosing';
import { valueSaid } from './slots';

const WHAT = (code: string, name: string) => `Dạ em nhận được mã ${code}${name}. Anh/chị muốn xem gì ạ?`;

/** The name, as far as the policy shows it, so that a mistyped code is noticed. */
const named = ({ disclosure }: Turn, { name, printed }: Customer): string =>
  disclosure.name === 'hidden' || printed ? '' : ` (khách hàng ${disclosure.name === 'full' ? name : mask(name)})`;

/** A code and nothing else: it is kept for what comes next. */
export const whatabout: Dialog = {
  id: 'whatabout',
  version: 1,
  intents: [],
  async start(turn) {
    const code = valueSaid(turn, 'customer_code') ?? '';
    const opened = await openCode(turn, code);
    if (opened.is === 'refused')
      return { say: opened.say, remember: { facts: opened.facts ?? [] }, then: { is: 'done' } };
    // by SMS nothing is asked back: most want the bill
    if (turn.channel.abilities.oneReply) return { say: [], then: { is: 'goto', dialog: 'bill' } };
    const offers = [
      want('Tiền điện', 'bill.lookup', { code }),
      want('Còn nợ không?', 'debt.lookup', { code }),
      want('Lịch cắt điện', 'outage.planned', { code }),
    ];
    return {
      say: [choices(WHAT(code, named(turn, opened.customer)), offers)],
      remember: { houses: [{ code }], code },
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => whatabout.start(turn),
};
