import type { Entity } from '../core/understanding';
import { FILLERS, onlyWords, withoutValues } from './bare';
import { fold, mentions, phrases } from './words';

const BY = phrases(
  'theo tên, bằng tên, qua tên, theo số điện thoại, bằng số điện thoại, theo sđt, bằng sđt, theo địa chỉ, bằng địa chỉ, theo căn cước, bằng căn cước, bằng cccd, theo cccd',
);
const LOOKING = phrases('tra, tra cứu, tìm, dò, kiếm, tra được, xem được, kiểm tra, ra mã');
const TRACED = phrases('tra, tra cứu, tìm, dò, ra mã, tra được');
const CALLING = phrases('gọi, liên hệ, liên lạc, nhắn');
const NAMED = new Set(['person', 'phone']);
const AROUND = new Set('ten ho la dung so dien thoai dt sdt chu hop dong la do day'.split(' '));

/** "số 0905… tra được không", "tên Lê Ngọc Nga đó": a name or a number in place of the code. */
export const asksByName = (text: string, entities: Entity[]): boolean => {
  if (entities.some(({ type }) => type === 'customer_code')) return false;
  const types = new Set(entities.map(({ type }) => type));
  if (mentions(text, BY) && mentions(text, LOOKING)) return true;
  if (types.has('phone') && mentions(text, TRACED) && !mentions(text, CALLING)) return true;
  const rest = withoutValues(text, { entities }, NAMED);
  return (
    types.has('person') &&
    /\bten\b/.test(fold(rest)) &&
    onlyWords(rest, (word) => FILLERS.has(word) || AROUND.has(word))
  );
};
