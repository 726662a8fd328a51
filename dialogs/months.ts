import type { Turn } from '../core/dialog';
import type { PeriodOf } from '../core/records';
import type { Month } from '../core/services';
import { monthIndex, partsOf } from '../core/time';
import type { IntentName } from '../core/understanding';
import { monthText } from './show';
import type { When } from './slots';
import { syntaxOf } from './syntax';

type Read<T> = (when?: Month, limit?: number) => Promise<T[]>;

/** Registers of one meter give several rows a period. */
const ROWS_A_PERIOD = 4;
const MOST_MONTHS = 36;

const keyOf = ({ year, month, period }: PeriodOf) => `${year}-${month}-${period}`;

/** The rows of the newest `count` periods. */
const newestPeriods = <T extends PeriodOf>(rows: T[], count: number): T[] => {
  const keys = [...new Set(rows.map(keyOf))].slice(0, count);
  return rows.filter((row) => keys.includes(keyOf(row)));
};

/** The records that a question is about, newest first; those of the newest period when no month was said. */
export const rowsFor = async <T extends PeriodOf>(when: When, read: Read<T>): Promise<T[]> => {
  if (when.year) return (await read(undefined, MOST_MONTHS * ROWS_A_PERIOD)).filter(({ year }) => year === when.year);
  if (when.months.length) return (await Promise.all(when.months.map((month) => read(month)))).flat();
  const count = when.latest ?? 1;
  return newestPeriods(await read(undefined, count * ROWS_A_PERIOD), count);
};

/** Why there is no record of what was asked: not yet, not any more, or none at all; each its own sentence. */
export const nothingFor = (turn: Turn, when: When, thing: string, code: string, newest?: PeriodOf): string => {
  if (!newest) return `Dạ mã ${code} chưa có ${thing} nào trong dữ liệu của em ạ.`;
  const asked = when.months[0];
  if (!asked) return `Dạ em không thấy ${thing} năm ${when.year} của mã ${code} ạ.`;
  const { year, month } = partsOf(turn.now);
  const at = monthIndex(asked.year, asked.month);
  const last = `Gần nhất là ${thing} ${monthText(newest)} ạ.`;
  if (at > monthIndex(year, month)) return `Dạ chưa tới ${monthText(asked)} nên chưa có ${thing}. ${last}`;
  if (at > monthIndex(newest.year, newest.month)) return `Dạ ${monthText(asked)} chưa có ${thing}. ${last}`;
  return `Dạ em không thấy ${thing} ${monthText(asked)} của mã ${code} ạ.`;
};

/** True when the answer should say that it chose the month itself. */
export const newestMeant = (when: When): boolean => !when.months.length && !when.year && !when.latest;

/** By SMS the months that were chosen for the customer, and how to write for another one. */
export const assumed = (turn: Turn, when: When, intent: IntentName): string => {
  const chosen = newestMeant(when) ? 'kỳ mới nhất' : when.year ? `năm ${when.year}` : when.carried ? 'kỳ vừa hỏi' : '';
  return (chosen && ` (${chosen}). Kỳ khác: ${syntaxOf(turn, intent).replace(/^Soạn/, 'soạn')}`) || '.';
};
