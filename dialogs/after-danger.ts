import type { Memory } from '../core/dialog';
import type { Danger } from './danger';
import { mentions, phrases } from './words';

/** What a message says, after a warning, other than where the danger is. */
export type AfterDanger = 'may-i' | 'victim' | 'near' | 'unreached' | 'when' | 'over' | 'on' | 'off';

const DOING = phrases(`
  sờ, chạm, đụng, kéo, trèo, leo, bắt, gỡ, vớt, quấn, chặt, dập, tạt, rút, bật, gạt, nhấc, đẩy, đứng, lại gần, đi qua, băng qua, chạy qua,
  lội, cứu, tháo, dời, lấy, cầm, nắm, buộc, cột lại, quét, dọn, hất, đỡ, cúp, ngắt, tắt, vô nhà, vào nhà, ra ngoài, tự`);
const MAY = phrases(`
  được không, được ko, được k, được hông, được hong, được chưa, được chớ, được hả, đc không, đc ko, đc k, đc hông, đc chưa, dc ko, dc k, dc không, dc chưa,
  có sao không, có sao ko, có sao k, có nên, có nguy hiểm không, có nguy hiểm ko, an toàn không, hay không, chưa vậy, hay sao`);
const HOW =
  phrases(`làm sao, làm gì, làm chi, làm răng, phải làm, xử lý sao, xử lí sao, sơ cứu, hô hấp, ép tim, thổi ngạt, bây giờ sao, giờ sao, what should i do,
  what do i do, what to do`);
const VICTIM = phrases(`
  không thở, ko thở, hổng thở, hông thở, ngưng thở, ngừng thở, tắt thở, bất tỉnh, ngất, xỉu, co giật, tím tái, nằm im, không cử động, ko cử động, bị bỏng, bị phỏng,
  chảy máu, té rồi, té xuống, ngã rồi, ngã xuống, không buông ra, dính vào, đang cầm, sắp chết, chết rồi, không tỉnh, ko tỉnh, mê man`);
const NEAR = phrases(
  'đứng gần, chơi gần, ngồi gần, lại gần rồi, đang ở gần, xúm lại, bu lại, bu đông, đang đứng coi, đang đứng xem, nhiều người qua lại, xe cộ qua lại',
);
const NO_ANSWER = phrases(`
  bận máy, máy bận, bận rồi, bận hoài, không bắt máy, ko bắt máy, không nghe máy, ko nghe máy, gọi không được, gọi ko được, không gọi được, ko gọi được, không liên lạc được,
  không ai bắt máy, không ai nghe, ko ai nghe, hổng ai nghe, chưa ai bắt máy`);
const COMING = phrases(`
  khi nào tới, khi nào đến, khi nào người, khi nào có người, khi nào sửa, khi nào thay, khi nào xử lý, bao giờ tới, bao giờ đến, bao giờ có người, bao giờ sửa, chừng nào tới, chừng nào có người, chừng nào sửa,
  chừng mô, mấy giờ tới, bao lâu tới, bao lâu nữa, có ai tới chưa, có ai đến chưa, có ai tới, ai tới chưa, ai đến chưa, có người tới chưa, có ai ra, khi mô, khi nào người ta, sắp tới chưa, tới chưa, đến chưa,
  cử người, chưa thấy ai`);
const OVER = phrases(`
  hết cháy, hết khói, dập rồi, dập xong, dập tắt, tắt lửa, chữa cháy tới rồi, sửa xong, sửa rồi, xử lý xong, hết nguy hiểm, không nguy hiểm, ko nguy hiểm, không có khói,
  ko có khói, không khói, không có lửa, ko có lửa, không cháy, ko cháy, không có gì, ko có gì, không sao đâu, không sao rồi, giờ hết rồi, hết rồi, ổn rồi, an toàn rồi, báo nhầm, nói đùa`);
const NOT_OVER = phrases('chưa hết, hết hồn, hết cả, hết nhà, không sao hết');
const STILL_ON = phrases(`
  chưa cúp được, chưa tắt được, chưa ngắt được, không cúp được, không tắt được, không ngắt được, ko cúp được, ko tắt được, ko ngắt được, cúp không được, tắt không được, ngắt không được,
  chưa tắt, chưa ngắt, chưa cúp điện, chưa cúp cầu dao, dưới nước, không với tới, không biết tắt, không biết cầu dao`);
const SWITCHED_OFF = phrases(`
  tắt rồi, cúp cầu dao rồi, tắt cầu dao rồi, ngắt cầu dao rồi, ngắt rồi, cúp rồi, gạt rồi, gạt xuống rồi, đã tắt, đã ngắt, đã cúp cầu dao, tắt điện rồi, ngắt điện rồi, rút rồi, rút phích rồi`);

/** Undefined where it may be the place, or something else altogether. */
export const afterDanger = (text: string): AfterDanger | undefined => {
  if (mentions(text, NO_ANSWER)) return 'unreached';
  if (mentions(text, VICTIM)) return 'victim';
  if (mentions(text, NEAR)) return 'near';
  if ((mentions(text, DOING) && mentions(text, MAY)) || mentions(text, HOW)) return 'may-i';
  if (mentions(text, COMING)) return 'when';
  if (mentions(text, STILL_ON)) return 'on';
  if (mentions(text, SWITCHED_OFF)) return 'off';
  return tellsItIsOver(text) ? 'over' : undefined;
};

const JUST_NOW_MS = 15 * 60_000;

/** The danger that was warned of a moment ago; `last` while nothing else has been told since. */
export const dangerTold = ({ facts }: Memory, now: Date): { danger: Danger; last: boolean } | undefined => {
  const told = facts.find(({ what }) => what === 'hazard.told');
  if (!told || now.getTime() - Date.parse(told.saidAt) >= JUST_NOW_MS) return undefined;
  const since = facts.some(
    ({ record, saidAt }) => saidAt > told.saidAt && !/^(?:hotlines|rules|reports)\//.test(`${record}/`),
  );
  return { danger: told.value as Danger, last: !since };
};

/** "xe chữa cháy tới rồi, giờ hết rồi", "không có khói gì hết". */
export const tellsItIsOver = (text: string): boolean => mentions(text, OVER) && !mentions(text, NOT_OVER);

const LONG_AGO = phrases(`
  tháng trước, năm ngoái, năm trước, năm rồi, tuần trước, tuần rồi, hôm trước, bữa trước, bữa hổm, hồi trước, hồi xưa, ngày xưa, hôm nọ, lần trước, từng bị, đã từng, phim, trong phim`);
const STILL = phrases('đang, vẫn, kìa, tới giờ, đến giờ, chưa ai, chưa sửa, còn nằm, mới bị, vừa bị, vừa mới, cứu');

const STILL_THERE = phrases('rò, rỉ, ngập, đứt, xẹt, tóe, khói, cháy, đổ, ngã, nghiêng, rớt, rơi, sà, trụ, cột, dây');

/** Somebody had a shock some time ago, or in a film: told to ask about safety, not for help. */
export const isOfThePast = (text: string): boolean =>
  mentions(text, LONG_AGO) && !mentions(text, STILL) && !mentions(text, STILL_THERE);
