import type { Delivery, Ports } from '../../core/channel';
import type { ZaloAnswer } from './api';
import { errorOf, waitOf } from './errors';
import { idOf } from './ids';

/** An answer of the platform as a Delivery. What the platform wrote itself is not passed on: it may hold personal data. */
export const deliveryOf = (answer: ZaloAnswer, { clock, alarm }: Pick<Ports, 'clock' | 'alarm'>): Delivery => {
  switch (answer.is) {
    case 'ok': {
      const platformId = idOf(answer.data.message_id) ?? idOf(answer.data.msg_id);
      return { is: 'accepted', ...(platformId && { platformId }) };
    }
    case 'waiting':
      return { is: 'later', afterMs: answer.afterMs, why: answer.why };
    case 'unreached':
      return { is: 'later', afterMs: 5_000, why: 'the platform cannot be reached' };
    case 'silent':
      return { is: 'unsure', why: answer.why };
    case 'error': {
      const error = errorOf(answer.host, answer.code);
      const why = `${error.means} (${answer.code})`;
      if (error.alarm) alarm('Zalo refuses messages', { code: answer.code, means: error.means });
      if (error.then === 'later' || error.then === 'token')
        return { is: 'later', afterMs: waitOf(error, clock()), why };
      if (error.then === 'unsure') return { is: 'unsure', why };
      return { is: 'refused', code: String(answer.code), why };
    }
  }
};
