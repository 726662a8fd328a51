import { mentions, phrases } from './words';

export type Danger = 'medical' | 'shock' | 'fire' | 'wire';

const MEDICAL = phrases(`
  máy thở, thở máy, thở oxy, thở ô xy, thở oxi, máy oxy, máy oxi, máy ô xy, tạo oxy, bình oxy, trợ thở, hút đàm,
  hút đờm, chạy thận, lọc máu, insulin, cấp cứu, bệnh nặng, nguy kịch, hồi sức`);
const SHOCK = phrases(`
  điện giật, bị giật, giật điện, giật té, giật ngã, rò điện, rỉ điện, chạm điện, tê tay, bất tỉnh`);
const FIRE = phrases('cháy, bốc khói, khói, bốc lửa, phát nổ, nổ lớn, khét');

/** What kind of danger the words tell of, the most urgent first; how to answer, never whether it is one. */
export const dangerOf = (text: string): Danger =>
  mentions(text, SHOCK) ? 'shock' : needsCare(text) ? 'medical' : mentions(text, FIRE) ? 'fire' : 'wire';

/** Someone's life depends on supply, or is in danger. */
export const needsCare = (text: string): boolean => mentions(text, MEDICAL);

const WIRE = phrases('đứt, xẹt lửa, tóe lửa, phóng điện, rớt xuống, rơi xuống, ngã đổ, sắp đổ');

/** The words themselves tell of a danger, whatever else they say. */
export const tellsDanger = (text: string): boolean =>
  needsCare(text) || [SHOCK, FIRE, WIRE].some((words) => mentions(text, words));
