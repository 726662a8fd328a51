import { type Activity, choices, picture } from '../core/activity';
import type { Fact, Next, Step, Turn } from '../core/dialog';
import { CODE_PICTURE, WHERE } from './account';
import { careLine } from './inforce';
import { PERSON } from './offers';

const ASK = 'Dạ anh/chị cho em xin mã khách hàng, hoặc tên xã/phường, để em xem giúp ạ.';
const ASK_HOUSE = (label: string) => `Dạ anh/chị cho em xin mã khách hàng hoặc xã/phường của ${label} ạ.`;
const ASK_WARD = (province: string) =>
  `Dạ ${province} rộng lắm, anh/chị cho em xin tên xã/phường, hoặc mã khách hàng ạ.`;
const ASK_AGAIN =
  'Dạ em chưa nhận ra mã hay địa danh. Mã có 13 ký tự, nằm ở phần đầu hóa đơn như trong hình; không có mã thì anh/chị gõ giúp em tên xã/phường ạ.';
const UNSERVED = (place: string, utility: string) =>
  `Dạ em chưa tìm thấy ${place} trong địa bàn của ${utility}. Anh/chị gõ giúp em tên xã/phường, hoặc mã khách hàng ạ.`;

const NOT_FOUND = (line: string) => `Dạ em chưa tìm ra nơi cần xem. Anh/chị gọi ${line} hoặc gặp nhân viên giúp em ạ.`;

/** The question for a code or a place; `asked` counts how often it was put before. */
export const askWhere = ({ label, province }: { label: string; province?: string }, asked: number): Activity[] =>
  province
    ? [choices(ASK_WARD(province), [WHERE])]
    : asked > 0
      ? [{ ...picture(ASK_AGAIN, CODE_PICTURE), suggestedActions: choices('', [PERSON]).suggestedActions! }]
      : [choices(label ? ASK_HOUSE(label) : ASK, [WHERE])];

/** A place that no unit of ours serves, or that we do not know. */
export const unserved = (place: string, utility: string): Activity[] => [
  choices(UNSERVED(place, utility), [WHERE, PERSON]),
];

export const waitWhere = (state: Record<string, unknown>): Next => ({
  is: 'wait',
  state,
  expects: { entities: ['customer_code', 'place'] },
});

/** An unknown code or a closed gate: said, and another code or place awaited; one reply has no question to wait on. */
export const refused = (turn: Turn, what: { say: Activity[]; facts?: Fact[] }, wait: Next): Step => ({
  say: what.say,
  remember: { facts: what.facts ?? [] },
  then: turn.channel.abilities.oneReply ? { is: 'done' } : wait,
});

/** Asked twice, and still nothing that can be looked up. */
export const gaveUp = (turn: Turn): Step => {
  const line = careLine(turn);
  return { say: [choices(NOT_FOUND(line.text), [PERSON])], remember: { facts: line.facts }, then: { is: 'done' } };
};
