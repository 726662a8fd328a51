import type { Frame } from '../core/dialog';
import { wantsNoQuestions } from './chasing';
import { tellsDanger } from './danger';
import { tripsAgain } from './outage-breaker';
import type { ReportState } from './outage-where';
import { aroundIn, aroundTold, outcomeIn } from './symptoms';
import { mentions, phrases } from './words';

const DARK = phrases('tối thui, tối om, tối quá, tối lắm, tối mò, tối đen, tối hù, không thấy đường, ko thấy đường');
const OF_THE_GRID = phrases('dây, trụ, cột, điện, tủ, hộp, nước, ướt, tê');

/** "ngõ tối thui nguy hiểm quá" of a lamp that is out: dark, and nothing to keep away from. */
export const isOnlyDark = ({ dialog, state }: Frame, text: string): boolean =>
  dialog === 'outage' &&
  (state as ReportState).trouble === 'device' &&
  mentions(text, DARK) &&
  !mentions(text, OF_THE_GRID) &&
  !tellsDanger(text);

/** Whether the words answer the question that a report waits on, or one that it would ask next. */
export const answersReport = ({ dialog, state }: Frame, text: string): boolean => {
  if (dialog !== 'outage') return false;
  const { asking } = state as ReportState;
  if (asking === 'where') return tripsAgain(text) || aroundTold(text) !== undefined;
  if (asking === 'around') return aroundIn(text) !== undefined || tripsAgain(text) || wantsNoQuestions(text);
  return asking === 'breaker' && (outcomeIn(text) !== undefined || tripsAgain(text, true) || wantsNoQuestions(text));
};
