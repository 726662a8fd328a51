import { existsSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { DomdomError } from '../../core/errors';
import { dayOf } from '../../core/time';

const TIME = /^(\d{4}-\d\d-\d\d)(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?$/;

/** A time as an option: ISO 8601, of Vietnam where no zone is written, whatever the zone of the machine; a day alone is its midnight. */
export const timeOption = (text: string): Date => {
  const [, day, time, , , , zone] = TIME.exec(text) ?? [];
  const at = new Date(`${day}${time ?? 'T00:00'}${zone ? '' : '+07:00'}`);
  // a 31st of February is read as a day of March
  const isDay = day !== undefined && dayOf(`${day}T00:00:00+07:00`) === day;
  if (!isDay || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError(
      'It must be an ISO 8601 time such as 2026-03-02T09:00:00+07:00; without a zone it is Vietnamese time.',
    );
  return at;
};

export const countOption = (text: string): number => {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('It must be a whole number above 0.');
  return Number(text);
};

/** @throws DomdomError BAD_PATH */
export const existing = (path: string): string => {
  if (!existsSync(path)) throw new DomdomError('BAD_PATH', `There is no ${path}.`);
  return path;
};
