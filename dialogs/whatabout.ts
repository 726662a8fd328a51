import { choices } from '../core/activity';
import type { Dialog, Fact, House, Turn } from '../core/dialog';
import { mask } from '../core/disclosure';
import type { Customer } from '../core/records';
import { openCode } from './account';
import { want } from './choosing';
import { slotsOf } from './slots';

const WHAT = (codes: string) => `Dạ em nhận được ${codes}. Anh/chị muốn xem gì ạ?`;
const MOST_OFFERED = 3;

/** The name, as far as the policy shows it, so that a mistyped code is noticed. */
const named = ({ disclosure }: Turn, { name, printed }: Customer): string =>
  disclosure.name === 'hidden' || printed ? '' : ` (khách hàng ${disclosure.name === 'full' ? name : mask(name)})`;

const short = (title: string): string => (title.length > 20 ? `${title.slice(0, 19)}…` : title);

/** Codes and nothing else: they are kept, with what they were called, for what comes next. */
export const whatabout: Dialog = {
  id: 'whatabout',
  version: 1,
  intents: [],
  async start(turn) {
    const said = turn.meaning.entities.flatMap((e) => (e.type === 'customer_code' ? [e.value] : []));
    const told = slotsOf(turn).houses.filter(({ code }) => said.includes(code));
    const houses: House[] = [];
    const codes: string[] = [];
    for (const house of told) {
      const opened = await openCode(turn, house.code);
      if (opened.is === 'refused') {
        const facts: Fact[] = opened.facts ?? [];
        return { say: opened.say, remember: { facts, houses, ...inUse(houses) }, then: { is: 'done' } };
      }
      houses.push(house);
      codes.push(`mã ${house.code}${house.label ? ` của ${house.label}` : ''}${named(turn, opened.customer)}`);
    }
    // by SMS nothing is asked back: most want the bill
    if (turn.channel.abilities.oneReply) return { say: [], then: { is: 'goto', dialog: 'bill' } };
    const [{ code } = { code: '' }, ...more] = houses;
    const offers = more.length
      ? houses
          .slice(0, MOST_OFFERED)
          .map((house) =>
            want(short(`Tiền điện ${house.label ?? `…${house.code.slice(-5)}`}`), 'bill.lookup', { code: house.code }),
          )
      : [
          want('Tiền điện', 'bill.lookup', { code }),
          want('Còn nợ không?', 'debt.lookup', { code }),
          want('Lịch cắt điện', 'outage.planned', { code }),
        ];
    return {
      say: [choices(WHAT(codes.join(', ')), offers)],
      remember: { houses, ...inUse(houses) },
      then: { is: 'done' },
    };
  },
  resume: (_, turn) => whatabout.start(turn),
};

/** Of several houses none is in use: what is asked next is about all of them. */
const inUse = (houses: House[]) => (houses.length ? { code: houses.length > 1 ? undefined : houses[0]!.code } : {});
