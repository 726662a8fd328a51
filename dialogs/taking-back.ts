import type { Turn } from '../core/dialog';
import { fold } from './words';

const TAKEN_BACK =
  /\b(?:khong|ko|hong|khoi|dung|huy)(?: can| muon)? (?:tin )?bao(?: mat dien| cup dien)?(?: nua| dau| em| nha| nhe| a| luon)*\W*$/;

/** What is said before a wish to report is taken back: "có điện lại rồi" of "có điện lại rồi, không báo nữa". */
export const beforeTakingBack = (text: string): string => text.slice(0, TAKEN_BACK.exec(fold(text))?.index);

/** "thôi không báo nữa": the wish to report is taken back. */
export const takesBack = ({ text, meaning }: Pick<Turn, 'text' | 'meaning'>): boolean =>
  !meaning.cues.question && TAKEN_BACK.test(fold(text));
