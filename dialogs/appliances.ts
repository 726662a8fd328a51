import type { Turn } from '../core/dialog';
import type { Appliance } from '../core/tariff';
import { number } from './show';
import { fold, mentions } from './words';

/** What an appliance uses in a month of 30 days, at least and at most, in whole kWh. */
export interface MonthlyUse {
  called: string;
  hours: number;
  low: number;
  high: number;
}

const DAYS = 30;
const NIGHT_HOURS = 8;

const decimal = (text: string): number => Number(text.replace(',', '.'));
/** "12.000", "12000", "12 000" */
const whole = (text: string): number => Number(text.replace(/[ .,]/g, ''));

const hoursIn = (text: string): number | undefined => {
  const said = /(\d{1,2}(?:[.,]\d)?) ?(?:tieng|gio|h)\b/.exec(text)?.[1];
  if (said) return Math.min(24, decimal(said));
  if (/\bca (?:ngay|ngay dem)\b|\b24\/24\b|\bsuot ngay\b/.test(text)) return 24;
  return /\bca dem\b|\bsuot dem\b|\bqua dem\b|\bban dem\b/.test(text) ? NIGHT_HOURS : undefined;
};

const wattsIn = (text: string): number | undefined => {
  const kilo = /(\d{1,2}(?:[.,]\d{1,2})?) ?kw\b/.exec(text)?.[1];
  if (kilo) return decimal(kilo) * 1000;
  const said = /(\d{1,2}[.,]\d{3}|\d{1,5}) ?w(?:att?)?\b/.exec(text)?.[1];
  return said ? whole(said) : undefined;
};

const HORSE_BTU = 9_000;
const btuIn = (text: string): number | undefined => {
  const said = /(\d{1,2}[., ]?\d{3}) ?btu\b/.exec(text)?.[1];
  if (said) return whole(said);
  const horses = /(\d(?:[.,]\d)?) ?(?:ngua|hp)\b/.exec(text)?.[1];
  // one and a half horses are sold as 12,000 BTU
  return horses
    ? Math.round((decimal(horses) * HORSE_BTU - (decimal(horses) === 1.5 ? 1_500 : 0)) / 500) * 500
    : undefined;
};

const countIn = (text: string): number =>
  Math.min(50, Number(/\b(\d{1,2}) (?:cai|chiec|may|cay|bo)\b/.exec(text)?.[1] ?? 1));

export type Running =
  | { is: 'use'; use: MonthlyUse; row?: Appliance & { citation: string } }
  | { is: 'hours-missing'; called: string }
  | { is: 'watts-missing'; called: string };

/** "điều hòa 12000 BTU chạy 8 tiếng", "quạt 50W chạy cả ngày"; undefined where no appliance is spoken of. */
export const runningIn = (turn: Turn): Running | undefined => {
  const text = fold(turn.text);
  const row = turn.services.tariff.appliances().find(({ called }) => mentions(turn.text, called));
  const named = turn.meaning.entities.find((e) => e.type === 'appliance');
  const watts = wattsIn(text);
  const btu = btuIn(text);
  if (!row && !named && watts === undefined && btu === undefined) return undefined;
  const called = row?.name ?? (named ? String(named.value) : 'thiết bị');
  const hours = hoursIn(text) ?? (row?.alwaysOn ? 24 : undefined);
  if (watts === undefined && !row) return { is: 'watts-missing', called };
  if (hours === undefined) return { is: 'hours-missing', called };
  const scale = row?.perBtu && btu ? btu / row.perBtu : 1;
  const drawn =
    watts !== undefined ? { low: watts, high: watts } : { low: row!.watts.low * scale, high: row!.watts.high * scale };
  const count = countIn(text);
  const month = (power: number) => Math.max(1, Math.round((power * hours * DAYS * count) / 1000));
  const size = watts !== undefined ? ` ${number(watts)} W` : row?.perBtu ? ` ${number(btu ?? row.perBtu)} BTU` : '';
  const use = {
    called: `${count > 1 ? `${count} ` : ''}${called}${size}`,
    hours,
    low: month(drawn.low),
    high: month(drawn.high),
  };
  return { is: 'use', use, ...(watts === undefined && row && { row }) };
};
