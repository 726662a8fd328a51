import { fold, mentions, phrases } from './words';

const HOURS =
  phrases(`mấy giờ, giờ làm, làm việc, mở cửa, đóng cửa, giờ nào, còn làm, có làm, nghỉ trưa, buổi trưa, buổi tối, ngoài giờ,
  thứ 7, thứ bảy, t7, chủ nhật, cn, cuối tuần`);
const PHONE = phrases('số đt, số điện thoại, sđt, sdt, số phone, điện thoại, gọi số, số gọi, số liên hệ, số máy');
const ADDRESS = phrases('ở đâu, chỗ nào, chỗ mô, địa chỉ, đường nào, ra đâu, đến đâu, tới đâu, gần nhất');

/** What of an office is asked for, where it is not the whole of it. */
export const askedOfOffice = (text: string): 'hours' | 'phone' | undefined => {
  if (mentions(text, ADDRESS)) return undefined;
  return mentions(text, HOURS) ? 'hours' : mentions(text, PHONE) ? 'phone' : undefined;
};

export const asksOfOffice = (text: string): boolean => askedOfOffice(text) !== undefined;

const WEEK = ['hai', 'ba', 'tu', 'nam', 'sau', 'bay'];
const DAY = /(?:thu (2|3|4|5|6|7|hai|ba|tu|nam|sau|bay)|\bt(7)|(chu nhat|\bcn\b))/;
const indexOf = (day: string): number => (/\d/.test(day) ? Number(day) - 2 : WEEK.indexOf(day));

/** "thứ 7 có làm không": whether an office whose hours read "Thứ Hai đến thứ Sáu, …" is open on the day that is named. */
export const opensOn = (text: string, hours: string): boolean | undefined => {
  const [, day, seventh, sunday] = DAY.exec(fold(text)) ?? [];
  const asked = sunday ? WEEK.length : (day ?? seventh) ? indexOf((day ?? seventh)!) : undefined;
  const [, from, to] = /^thu (hai|ba|tu|nam|sau|bay) den thu (hai|ba|tu|nam|sau|bay)/.exec(fold(hours)) ?? [];
  if (asked === undefined || !from || !to) return undefined;
  return asked >= indexOf(from) && asked <= indexOf(to);
};
