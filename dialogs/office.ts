import { choices } from '../core/activity';
import type { Dialog, Fact, Step, Turn } from '../core/dialog';
import { dayOf, instant } from '../core/time';
import { inForce } from '../core/utility';
import { careLine } from './inforce';
import { articleFor } from './knowledge';
import { PERSON } from './offers';
import { askedOfOffice, opensOn } from './office-words';
import { locate, rememberSupply, type Supply } from './supply';
import { askWhere, gaveUp, refused, unserved, waitWhere } from './where';
import { mentions, phrases } from './words';

interface State extends Record<string, unknown> {
  asked?: number;
}

const NEAREST = (called: string) => `Dạ phòng giao dịch phụ trách ${called}:`;
const SEVERAL = (place: string) => `Dạ ${place} do mấy nơi phụ trách:`;
const NO_PHONE = (name: string, line: string) => `Dạ số riêng của ${name} em chưa có, anh/chị gọi ${line} là được ạ.`;
const WHERE = phrases(
  'ở đâu, chỗ nào, chỗ mô, địa chỉ, gần nhất, gần nhà, gần đây, đường nào, ra đâu, đến đâu, tới đâu',
);
const MOST_ASKED = 2;

type Office = Turn['utility']['offices'][number];

const line = ({ name, address, hours, phone }: Office): string =>
  [`${name}: ${address}.`, `Giờ làm việc: ${hours}.`, phone && `Điện thoại: ${phone}.`].filter(Boolean).join(' ');

const factOf = (turn: Turn, { unit, address, from }: Office): Fact => ({
  what: 'office.address',
  value: address,
  record: `offices/${unit}`,
  asOf: from ? instant(from) : turn.now.toISOString(),
  saidAt: turn.now.toISOString(),
});

const officesOf = (turn: Turn, { unit, served }: Supply): Office[] => {
  const units = unit ? [unit] : (served?.units.map(({ code }) => code) ?? []);
  return inForce(turn.utility.offices, dayOf(turn.now)).filter((office) => units.includes(office.unit));
};

/** Only what is asked for of it: "thứ 7 có làm không", "cho số đt chỗ đó". */
const partOf = (turn: Turn, { name, hours, phone }: Office): string | undefined => {
  const asked = askedOfOffice(turn.text);
  if (asked === 'phone') {
    const care = careLine(turn).text;
    return phone ? `Dạ số điện thoại ${name}: ${phone}.` : NO_PHONE(name, care);
  }
  if (asked !== 'hours') return undefined;
  const open = opensOn(turn.text, hours);
  return `Dạ ${open === undefined ? '' : open ? 'có ạ, ' : 'không ạ, '}${name} làm việc ${hours[0]!.toLowerCase()}${hours.slice(1)}.`;
};

const told = (turn: Turn, supply: Supply): Step => {
  const offices = officesOf(turn, supply);
  const part = offices.length === 1 ? partOf(turn, offices[0]!) : undefined;
  if (part)
    return {
      say: [choices(part, [PERSON])],
      remember: { ...rememberSupply([supply]), facts: offices.map((office) => factOf(turn, office)) },
      then: { is: 'done' },
    };
  const head = offices.length > 1 ? SEVERAL(supply.called) : NEAREST(supply.called);
  return {
    say: [choices([head, ...offices.map(line)].join('\n'), [PERSON])],
    remember: { ...rememberSupply([supply]), facts: offices.map((office) => factOf(turn, office)) },
    then: { is: 'done' },
  };
};

const step = async (turn: Turn, { asked = 0 }: State): Promise<Step> => {
  const located = await locate(turn);
  const wait = waitWhere({ asked: asked + 1 });
  if (located.is === 'refused') return refused(turn, located, wait);
  const supply = located.is === 'found' ? located.supplies[0]! : undefined;
  if (supply && officesOf(turn, supply).length > 0) return told(turn, supply);
  // hours and the like hold everywhere; by SMS nothing is asked back
  const general = turn.channel.abilities.oneReply || (asked === 0 && !supply && !mentions(turn.text, WHERE));
  if (general && articleFor(turn)) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
  if (asked >= MOST_ASKED || turn.channel.abilities.oneReply) return gaveUp(turn);
  const question =
    located.is === 'missing' ? askWhere(located, asked) : unserved(supply?.called ?? turn.text, turn.utility.name);
  return { say: question, then: wait };
};

/** Where the office is that serves a customer code or a place, and when it is open. */
export const office: Dialog = {
  id: 'office',
  version: 1,
  intents: ['service.office'],
  start: (turn) => step(turn, {}),
  resume: (state, turn) => step(turn, state as State),
};
