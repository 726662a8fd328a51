import { mentions, phrases } from './words';

/** What is wrong with the supply, as kept in a report. */
export type Trouble = 'no-supply' | 'low-voltage' | 'flicker' | 'device';
/** Whether the houses around have the same trouble. */
export type Around = 'same' | 'fine' | 'unknown';

const LOW = phrases('điện yếu, yếu điện, tụt áp, yếu xìu, yếu quá, sụt áp, thiếu áp, điện áp thấp, không đủ điện');
const FLICKER = phrases('chập chờn, chớp tắt, nhấp nháy, lúc có lúc không, chớp nháy, cà giật, nháy hoài, chớp hoài');
const DEVICES = phrases(
  'công tơ, đồng hồ, trạm biến áp, cáp điện, dây điện, đèn đường, cầu chì, trụ điện, cột điện, tủ điện, hộp điện',
);
const BROKEN = phrases('hư, hỏng, cháy, nổ, bể, đứt, rớt, không chạy, ko chạy, hổng chạy, không sáng, ko sáng');
const OUT = phrases(
  'mất điện, cúp điện, cắt điện, không có điện, ko có điện, hổng có điện, tối thui, mất đ, cúp đ, mất luồng',
);
const SAME = phrases(`
  cả xóm, xóm tui, xóm tôi, xóm em, xóm mình, khu tui, khu tôi, khu em, cả khu, cả ấp, cả làng, cả phường, cả xã, cả đường, cả hẻm, cả tổ, cả thôn, nguyên xóm, nguyên khu,
  nguyên hẻm, hàng xóm cũng, xung quanh cũng, kế bên cũng, nhà bên cũng, mấy nhà cũng, mọi nhà, mất hết,
  cúp hết, tối hết, tối om hết, cũng mất, cũng cúp, cũng vậy, cũng rứa, cũng không có, cũng ko có, cũng bị`);
const FINE = phrases(`
  chỉ nhà, mỗi nhà, có mình nhà, riêng nhà, một mình nhà, mình nhà tôi, mình nhà tui, hàng xóm vẫn,
  hàng xóm có, hàng xóm còn, xung quanh vẫn, xung quanh có, xung quanh còn, kế bên vẫn, kế bên có, kế bên còn,
  nhà bên vẫn, nhà bên có, nhà khác vẫn, nhà khác có, họ vẫn có, người ta vẫn, vẫn có điện, vẫn sáng`);
const UNKNOWN = phrases(`
  không biết, ko biết, k biết, hổng biết, không rõ, ko rõ, chưa rõ, chưa biết, chưa coi, chưa xem, không để ý,
  ai biết`);
const BACK = phrases(
  'có lại, có điện lại, có điện rồi, có rồi, sáng rồi, sáng lại, lên rồi, được rồi, ổn rồi, đã có điện',
);
const STILL = phrases(`
  vẫn chưa, vẫn không, vẫn ko, vẫn mất, vẫn cúp, vẫn tối, vẫn bị, chưa có, chưa được, không được, ko được,
  hổng được, nhảy, sập, không có, ko có, hổng có, không lên, ko lên, không sao, bình thường`);
const NO_CODE = phrases(`
  không nhớ, ko nhớ, hổng nhớ, quên mã, không có mã, ko có mã, không biết mã, ko biết mã, mất hóa đơn,
  không có hóa đơn, hổng có mã`);

export const troubleIn = (text: string): Trouble | undefined =>
  mentions(text, LOW)
    ? 'low-voltage'
    : mentions(text, FLICKER)
      ? 'flicker'
      : mentions(text, OUT)
        ? 'no-supply'
        : mentions(text, DEVICES) && mentions(text, BROKEN)
          ? 'device'
          : undefined;

/** The device that the words name, as a crew would call it. */
export const deviceIn = (text: string): string | undefined => DEVICES.find((device) => mentions(text, [device]));

const YES = /^(?:dạ |ừ |uhm? )?(?:có|còn|vẫn có|co|con|van co)(?: (?:ạ|chứ|mà|em|con|cháu|a))?[.!]*$/iu;
const NO = /^(?:dạ )?(?:không|ko|hông|hổng|khong|hong|k)(?: (?:có|co|ạ|a|em))*[.!]*$/iu;

/** What is told of the houses around without being asked. */
export const aroundTold = (text: string): Around | undefined =>
  mentions(text, SAME) ? 'same' : mentions(text, FINE) ? 'fine' : undefined;

/** The answer to "do the neighbours have light", also as a bare yes or no. */
export const aroundIn = (text: string): Around | undefined =>
  YES.test(text.trim())
    ? 'fine'
    : NO.test(text.trim())
      ? 'same'
      : (aroundTold(text) ?? (mentions(text, UNKNOWN) ? 'unknown' : undefined));

/** After the breaker was looked at. */
export const outcomeIn = (text: string): 'back' | 'still' | undefined =>
  NO.test(text.trim()) || /^(?:dạ )?(?:chưa|chua)(?: (?:ạ|em|a))?[.!]*$/iu.test(text.trim()) || mentions(text, STILL)
    ? 'still'
    : YES.test(text.trim()) || /^(?:dạ )?(?:rồi|roi)(?: (?:ạ|em|a))?[.!]*$/iu.test(text.trim()) || mentions(text, BACK)
      ? 'back'
      : undefined;

export const hasNoCode = (text: string): boolean => mentions(text, NO_CODE);

const NAMES: Record<string, string> = {
  'no-supply': 'mất điện',
  'low-voltage': 'điện yếu',
  flicker: 'điện chập chờn',
  device: 'thiết bị điện hư hỏng',
  hazard: 'nguy hiểm về điện',
  restored: 'đã có điện lại',
};
const AROUND: Record<string, string> = { same: ', các nhà xung quanh cũng bị', fine: ', chỉ riêng nhà mình' };

/** `OutageReport.what` is `<trouble>` or `<trouble>:<around>`; here in words. */
export const troubleText = (what: string): string => {
  const [trouble = '', around = ''] = what.split(':');
  return (NAMES[trouble] ?? 'sự cố điện') + (AROUND[around] ?? '');
};
