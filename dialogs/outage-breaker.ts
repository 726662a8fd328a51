import type { Choice } from '../core/activity';
import { mentions, phrases } from './words';

export const BREAKER =
  'Dạ vậy anh/chị xem giúp em cầu dao (CB, aptomat) trong nhà: nếu bị nhảy thì gạt lên lại một lần; có mùi khét, dây nóng hay chỗ đó đang ướt thì đừng chạm vào nhé. Điện có lại chưa ạ?';
export const BREAKER_CHOICES: Choice[] = [
  { title: 'Có điện lại rồi', value: 'breaker:back' },
  { title: 'Vẫn chưa có', value: 'breaker:still' },
];
export const LEAVE_OFF =
  'Dạ cầu dao bật lên lại nhảy thì anh/chị đừng cố gạt lên nữa, rút hết phích cắm các thiết bị điện ra và nhờ thợ điện xem đường dây trong nhà nhé.';
export const BACK_ON = (line: string) =>
  `Dạ có điện lại là em mừng rồi ạ. Nếu cầu dao còn nhảy nữa thì anh/chị đừng cố gạt lên, gọi thợ điện hoặc ${line} nhé.`;

const BREAKERS = phrases(
  'cầu dao, aptomat, aptomát, áp tô mát, attomat, atomat, cb, mcb, rcd, chống giật, bật lên, gạt lên, đóng lên, kéo lên',
);
const TRIPS = phrases(`
  lại nhảy, lại sập, lại ngắt, nhảy lại, sập lại, nhảy tiếp, nhảy nữa, sập nữa, nhảy hoài, sập hoài, nhảy miết, nhảy mãi, nhảy liên tục, sập liên tục, cứ nhảy,
  cứ sập, nó nhảy, nó sập, là nhảy, là sập, thì nhảy, thì sập, không lên được, lên không được`);

/** "tôi bật aptomat lên nó lại nhảy": tried already, and it will not stay up. */
export const tripsAgain = (text: string, asked = false): boolean =>
  mentions(text, TRIPS) && (asked || mentions(text, BREAKERS));
