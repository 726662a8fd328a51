/**
 * Vietnamese civil time. Vietnam is UTC+7 without daylight saving (Asia/Ho_Chi_Minh, since 1975).
 * Instants are ISO 8601 strings in UTC, days are `YYYY-MM-DD` in Vietnam.
 */
export type Instant = string;
export type Day = string;
export type Clock = () => Date;
export interface Timers {
  set(run: () => void, ms: number): unknown;
  clear(timer: never): void;
}

const HOUR = 3_600_000;
const pad = (n: number, width = 2) => String(n).padStart(width, '0');

export const dayOf = (at: Date | Instant): Day =>
  new Date(new Date(at).getTime() + 7 * HOUR).toISOString().slice(0, 10);

/** Civil parts in Vietnam; `weekday` 0 is Sunday. */
export const partsOf = (at: Date | Instant) => {
  const d = new Date(new Date(at).getTime() + 7 * HOUR);
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    hour: d.getUTCHours(),
    minute: d.getUTCMinutes(),
    weekday: d.getUTCDay(),
  };
};

export const day = (year: number, month: number, dayOfMonth: number): Day =>
  `${pad(year, 4)}-${pad(month)}-${pad(dayOfMonth)}`;

/** Midnight in Vietnam, or the given time of that day, as an instant. */
export const instant = (on: Day, time = '00:00'): Instant =>
  new Date(`${on}T${time.padStart(5, '0')}:00+07:00`).toISOString();

export const addDays = (on: Day, days: number): Day =>
  new Date(Date.parse(on) + days * 24 * HOUR).toISOString().slice(0, 10);
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / (24 * HOUR));
export const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A month as a count, so that months can be compared and stepped: year * 12 + month - 1. */
export const monthIndex = (year: number, month: number): number => year * 12 + month - 1;
export const monthOf = (index: number): { year: number; month: number } => ({
  year: Math.floor(index / 12),
  month: (index % 12) + 1,
});

/** "06/10/2016": always day/month/year, never ambiguous with m/d because it is padded and the month is said elsewhere. */
export const showDay = (on: Day): string => `${on.slice(8, 10)}/${on.slice(5, 7)}/${on.slice(0, 4)}`;
/** "9:30 ngày 01/10/2016" */
export const showInstant = (at: Instant): string => {
  const { hour, minute } = partsOf(at);
  return `${hour}:${pad(minute)} ngày ${showDay(dayOf(at))}`;
};
