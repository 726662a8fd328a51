import { choices } from '../core/activity';
import type { Dialog, Step, Turn } from '../core/dialog';
import { showDay } from '../core/time';
import { type Asked, accountDialog } from './account';
import { want } from './choosing';
import { careLine } from './inforce';
import { PERSON } from './offers';
import { readingFacts } from './reading';
import { entitiesOf } from './said';
import { monthText, number } from './show';

const SINCE = (seen: string, last: string, used: string, code: string) =>
  `Dạ chỉ số đã chốt gần nhất của mã ${code} là ${last}; công tơ đang ${seen} thì từ đó tới nay dùng khoảng ${used} kWh.`;
const NOT_TAKEN = (line: string) =>
  `Số này em tính theo chỉ số anh/chị đọc, em chưa nhận ghi thay kỳ chốt được; cần báo chỉ số anh/chị gọi ${line}.`;
const BELOW = (seen: string, last: string, code: string, line: string) =>
  `Dạ chỉ số đã chốt gần nhất của mã ${code} là ${last}, lớn hơn số ${seen} anh/chị đang thấy, nên một trong hai chỗ có thể đọc nhầm. Anh/chị chụp rõ mặt công tơ (lấy số trước phần lẻ màu đỏ) rồi gặp nhân viên, hoặc gọi ${line} để kiểm tra ạ.`;
const SEVERAL = (code: string) =>
  `Dạ công tơ của mã ${code} có nhiều bộ chỉ số nên em không tính một số được, anh/chị để nhân viên xem giúp ạ.`;
/** digits of a meter: fewer are no index */
const LEAST = 100;

/** "300 số" is an amount, "20700 số" may be what the meter shows */
const BARE = /(?<![\p{L}\d.,/-])(?:\d{4,7}|\d{3}(?! ?(?:số|so|kwh|ký|ngàn|nghìn|đ)))(?![\p{L}\d./-])/giu;

/** What the meter shows now, as said: of several the greatest. */
const indexSaid = (turn: Turn): number | undefined => {
  const said = entitiesOf(turn, 'meter_index').map(({ value }) => value);
  const bare = [...turn.text.matchAll(BARE)].map(([digits]) => Number(digits));
  const all = (said.length ? said : bare).filter((value) => value >= LEAST);
  return all.length ? Math.max(...all) : undefined;
};

const answer = async (turn: Turn, { accounts, kept }: Asked): Promise<Step> => {
  const seen = Number(kept.seen);
  const { code } = accounts[0]!.house;
  const line = careLine(turn);
  const newest = await turn.services.records.readings(code, undefined, 4);
  const [last] = newest.filter(({ register }) => register !== 'VC');
  if (!last) return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
  const registers = newest.filter(({ readOn, register }) => readOn === last.readOn && register !== 'VC');
  const remember = { facts: [...readingFacts(turn, last), ...line.facts] };
  const offers = [want('Chỉ số công tơ', 'reading.lookup', { code }), PERSON];
  if (registers.length > 1) return { say: [choices(SEVERAL(code), offers)], remember, then: { is: 'done' } };
  const told = `${number(last.new)} (${monthText(last)}, ghi ngày ${showDay(last.readOn)})`;
  const text =
    seen < last.new
      ? BELOW(number(seen), told, code, line.text)
      : `${SINCE(number(seen), told, number((seen - last.new) * last.multiplier), code)} ${NOT_TAKEN(line.text)}`;
  return { say: [choices(text, offers)], remember, then: { is: 'done' } };
};

const since = accountDialog(
  {
    id: 'meter-now',
    version: 1,
    intents: ['reading.submit'],
    keep: (turn) => {
      const seen = indexSaid(turn);
      return seen === undefined ? {} : { seen };
    },
  },
  answer,
);

/** "công tơ đang 13250": what was used since the last reading; without an index, how readings may be told. */
export const meterNow: Dialog = {
  ...since,
  start: async (turn) =>
    indexSaid(turn) === undefined ? { say: [], then: { is: 'goto', dialog: 'knowledge' } } : since.start(turn),
};
