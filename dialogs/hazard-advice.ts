import type { Fact, Turn } from '../core/dialog';
import type { AfterDanger } from './after-danger';
import type { Danger } from './danger';
import { careLine, lineOf, ruleOf } from './inforce';

/** Lines and distance as said; without a row in force they are words alone. */
export interface Numbers {
  line: string;
  ambulance: string;
  fire: string;
  away: string;
}

const FIRST: Record<Danger, (n: Numbers) => string> = {
  wire: (n) =>
    `⚠️ Anh/chị tránh xa chỗ đó${n.away}, không chạm vào dây, trụ hay vật đang dính điện, và gọi ngay ${n.line} ạ.`,
  shock: (n) =>
    `⚠️ Anh/chị gọi ngay ${n.ambulance} và ${n.line}. Đừng chạm vào người đang bị điện giật; ngắt cầu dao (CB) nếu làm được an toàn.`,
  fire: (n) =>
    `⚠️ Anh/chị ra xa chỗ cháy${n.away} và gọi ngay ${n.fire}, rồi ${n.line}. Ngắt cầu dao nếu làm được an toàn; đừng tạt nước vào chỗ có điện.`,
  flood: (n) =>
    `⚠️ Anh/chị ngắt cầu dao (CB) tổng khi tay chân còn khô; nước đã tới cầu dao, ổ cắm thì đừng chạm, đưa mọi người lên chỗ cao khô và gọi ngay ${n.line} ạ.`,
  medical: (n) =>
    `⚠️ Người bệnh cần giúp ngay thì anh/chị gọi ${n.ambulance}; rồi gọi ${n.line}, nói rõ nhà có người bệnh cần điện. Máy có pin hay bình dự phòng thì dùng liền ạ.`,
};
const KEEP_AWAY = '• Giữ người khác và vật nuôi tránh xa, đừng để ai chạm vào.';
const SHOCK = (n: Numbers) =>
  `• Có người bị điện giật: đừng chạm vào người đó, ngắt cầu dao nếu an toàn, gọi ${n.ambulance}.`;
const FIRE = (n: Numbers) => `• Có cháy: gọi ${n.fire}.`;
const NO_WADING = '• Không lội nước gần cột, tủ điện; nước rút, thợ kiểm tra xong mới đóng điện lại.';
const AWAY = (n: Numbers) => `• Đứng cách xa${n.away}, không chạm vào dây hay vật đang dính điện.`;
/** The same in one SMS. */
export const BRIEF: Record<Danger, (n: Numbers) => string> = {
  wire: (n) => `NGUY HIỂM: tránh xa${n.away}, không chạm dây, giữ người và vật nuôi ở xa. Gọi ngay ${n.line}; có người bị giật: không chạm vào họ, gọi ${n.ambulance}; cháy: ${n.fire}.`,
  shock: (n) => `NGUY HIỂM: không chạm người bị điện giật, ngắt cầu dao nếu an toàn. Gọi ngay ${n.ambulance} và ${n.line}. Tránh xa${n.away}.`,
  fire: (n) => `NGUY HIỂM: ra xa${n.away}, gọi ngay ${n.fire} và ${n.line}. Không tạt nước vào chỗ có điện. Có người bị nạn: ${n.ambulance}.`,
  flood: (n) => `NGUY HIỂM: ngắt cầu dao tổng khi tay chân còn khô; nước đã tới ổ điện thì không chạm, lên chỗ cao khô. Gọi ngay ${n.line}; có người bị giật: không chạm vào họ, gọi ${n.ambulance}.`,
  medical: (n) => `Gọi ngay ${n.ambulance} nếu người bệnh nguy cấp, rồi ${n.line} nói rõ nhà có người bệnh cần điện. Dùng pin, bình dự phòng.`,
}; // biome-ignore format: one danger a line
export const numbersOf = (turn: Turn): Numbers & { facts: Fact[] } => {
  const care = careLine(turn);
  const ambulance = lineOf(turn, 'ambulance');
  const fire = lineOf(turn, 'fire');
  const distance = ruleOf(turn, 'safety.distance');
  return {
    line: care.text,
    ambulance: ambulance ? `cấp cứu ${ambulance.value}` : 'cấp cứu',
    fire: fire ? `cứu hỏa ${fire.value}` : 'cứu hỏa',
    away: distance ? ` ít nhất ${distance.value} ${distance.unit ?? 'm'}` : '',
    facts: [...care.facts, ...[ambulance, fire, distance].flatMap((told) => (told ? [told.fact] : []))],
  };
};

/** What to do, the most urgent first, a line each. */
export const adviceFor = (danger: Danger, n: Numbers): string =>
  [
    FIRST[danger](n),
    ...(danger === 'shock' ? [AWAY(n)] : []),
    ...(danger === 'flood' ? [NO_WADING] : danger === 'medical' ? [] : [KEEP_AWAY]),
    ...(['wire', 'fire', 'flood'].includes(danger) ? [SHOCK(n)] : []),
    ...(danger === 'wire' || danger === 'shock' ? [FIRE(n)] : []),
  ].join('\n');

const DO_NOT: Record<Danger, (n: Numbers) => string> = {
  wire: (n) =>
    `Dạ không được ạ: chỗ đó có thể còn điện. Anh/chị đứng xa${n.away}, đừng chạm hay gỡ gì, gọi ${n.line} để cắt điện rồi xử lý.`,
  shock: (n) =>
    `Dạ đừng chạm tay vào khi điện chưa ngắt. Ngắt cầu dao trước; không ngắt được thì đứng chỗ khô, dùng cây khô gạt dây ra, gần dây cao áp thì đừng lại gần. Gọi ${n.ambulance} và ${n.line} ngay ạ.`,
  fire: (n) =>
    `Dạ đừng tự xử lý khi điện chưa ngắt, đừng tạt nước. Ngắt cầu dao nếu làm được an toàn, đưa mọi người ra ngoài và gọi ${n.fire}, rồi ${n.line} ạ.`,
  flood: (n) =>
    `Dạ đừng lội nước hay chạm vào ổ cắm, thiết bị điện. Ở chỗ cao khô và gọi ${n.line} nhờ cắt điện từ ngoài; cần cứu người thì gọi ${n.fire} ạ.`,
  medical: (n) =>
    `Dạ anh/chị gọi ${n.ambulance} để được hướng dẫn theo bệnh ngay, và ${n.line} nói nhà có người bệnh cần điện ạ.`,
};
const VICTIM = (n: Numbers) =>
  `⚠️ Anh/chị gọi ngay ${n.ambulance}. Điện đã ngắt chắc chắn mới chạm vào người bị nạn; ngưng thở thì ép tim, thổi ngạt liên tục tới khi y tế đến. Chưa ngắt được thì giữ mọi người đứng xa và gọi ${n.line} ạ.`;
const NEAR = (n: Numbers) =>
  `Dạ anh/chị gọi mọi người ra xa${n.away} ngay, đứng từ xa mà gọi chứ đừng chạy vào kéo, và gọi ${n.line} ạ.`;
const UNREACHED = (n: Numbers) =>
  `Dạ anh/chị gọi lại liên tục và nhờ thêm người cùng gọi: ${n.ambulance}, ${n.fire}, ${n.line}. Trong lúc chờ, giữ mọi người đứng xa${n.away} ạ.`;
const STILL_ON = (n: Numbers) =>
  `Dạ không ngắt được thì để yên, đừng cố với tới cầu dao. Anh/chị đưa mọi người ra chỗ cao, khô, xa nơi đó và gọi ${n.line} nhờ cắt điện từ ngoài ạ.`;
const SWITCHED_OFF = (n: Numbers) =>
  `Dạ tốt quá ạ. Anh/chị để yên như vậy tới khi thợ kiểm tra xong mới đóng điện lại, và vẫn gọi ${n.line} giúp em.`;
const OVER = (n: Numbers) =>
  `Dạ không còn nguy hiểm là em mừng rồi ạ. Chỗ đó anh/chị vẫn đừng chạm vào và gọi ${n.line} để được kiểm tra nhé.`;
const WHEN = (n: Numbers, at: string | undefined) =>
  `Dạ tin báo nguy hiểm em đã ghi${at ? ` lúc ${at}` : ''}, nhưng em chưa có giờ người tới nên không dám hẹn. ${n.line[0]!.toUpperCase()}${n.line.slice(1)} cử người nhanh nhất, anh/chị gọi giúp em và vẫn đứng xa ạ.`;

/** What is said to what follows a warning; `at` is when it was reported. */
export const adviceAfter = (what: AfterDanger, danger: Danger, n: Numbers, at: string | undefined): string => {
  switch (what) {
    case 'may-i':
      return DO_NOT[danger](n);
    case 'victim':
      return VICTIM(n);
    case 'near':
      return NEAR(n);
    case 'unreached':
      return UNREACHED(n);
    case 'on':
      return STILL_ON(n);
    case 'off':
      return SWITCHED_OFF(n);
    case 'over':
      return OVER(n);
    case 'when':
      return WHEN(n, at);
  }
};

/** To words that are neither a place nor a question: safety first, once more. */
export const safeFirst = (danger: Danger, n: Numbers): string => {
  const keep: Record<Danger, string> = {
    wire: `giữ mọi người đứng xa${n.away} trước đã`,
    fire: `giữ mọi người ở xa${n.away} trước đã`,
    shock: 'đừng để ai chạm vào khi điện chưa ngắt',
    flood: 'ở yên chỗ cao, khô',
    medical: `theo dõi người bệnh, trở nặng thì gọi ${n.ambulance} ngay`,
  };
  return `Dạ anh/chị ${keep[danger]}, và gọi ${n.line} giúp em ạ.`;
};

const digits = (said: string): string => /\d[\d. ]*\d/.exec(said)?.[0] ?? '';

/** A line for who writes in English. */
export const inEnglish = (n: Numbers): string => {
  const metres = /\d+/.exec(n.away)?.[0];
  const numbers = [
    digits(n.line) && `the electricity hotline ${digits(n.line)}`,
    digits(n.ambulance) && `ambulance ${digits(n.ambulance)}`,
    digits(n.fire) && `fire ${digits(n.fire)}`,
  ].filter(Boolean);
  return `⚠️ Danger: keep everyone ${metres ? `at least ${metres} m` : 'well'} away, touch nothing, and call ${numbers.join(', ')} now.`;
};
