import type { Turn } from '../core/dialog';
import { dayOf } from '../core/time';
import type { IntentName } from '../core/understanding';
import { inForce } from '../core/utility';
import { careLine } from './inforce';
import { WANTS } from './wants';

/** "Soạn TD MaKH Ky MM YYYY gửi 8088": the printed syntax of the first of these wants that has one and is served here, else of the help, else the care line. */
export const syntaxOf = (
  { utility, now }: Pick<Turn, 'utility' | 'now'>,
  ...wanted: (IntentName | undefined)[]
): string => {
  const rows = inForce(utility.sms, dayOf(now)).filter(({ intent }) => !(intent in WANTS));
  const row =
    [...wanted, 'help.menu'].map((name) => rows.find(({ intent }) => intent === name)).find(Boolean) ?? rows[0];
  return row ? `Soạn ${row.syntax} gửi ${row.number}.` : `Gọi ${careLine({ utility, now }).text}.`;
};
