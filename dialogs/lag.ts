import type { Activity } from '../core/activity';
import type { Turn } from '../core/dialog';
import type { Lag } from '../core/services';
import { showInstant } from '../core/time';

const WHY: Record<Lag['why'], string> = {
  down: 'Hệ thống dữ liệu của điện lực đang không trả lời',
  slow: 'Hệ thống dữ liệu của điện lực đang trả lời chậm',
  wrong: 'Hệ thống dữ liệu của điện lực đang trả về dữ liệu không đúng',
  old: 'Hệ thống dữ liệu của điện lực chưa cập nhật',
};
const AS_OF = (at: string) => `, nên em trả lời theo dữ liệu lúc ${at}.`;
const UNKNOWN = ', nên em có thể thiếu thông tin mới nhất.';
const BRIEF = (at: string) => `Dữ liệu lúc ${at}, hiện chưa cập nhật được.`;

/** Whoever is answered from older records is told so, and how old they are, once a turn. */
export const withLag = (said: Activity[], { services, channel }: Pick<Turn, 'services' | 'channel'>): Activity[] => {
  const lag = services.lag?.();
  const last = said.at(-1);
  if (!lag || !last) return said;
  const at = lag.asOf && showInstant(lag.asOf);
  const told = channel.abilities.oneReply && at ? BRIEF(at) : WHY[lag.why] + (at ? AS_OF(at) : UNKNOWN);
  return [...said.slice(0, -1), { ...last, text: `${last.text ?? ''}\n${told}`.trim() }];
};
