import type { Fact, Turn } from '../core/dialog';
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
