import type { Turn } from '../core/dialog';
import { type Tariff, USES } from '../core/tariff';
import { type Day, dayOf } from '../core/time';
import { inForce } from '../core/utility';
import { careLine, lineOf, ruleOf } from './inforce';
import { money, number } from './show';

/** Tiers as one line: "bậc 1 (0–50 kWh) 1.984, … bậc 6 (từ 401) 3.460". */
const tiersText = (tiers: readonly { width?: number; price: number }[]): string => {
  let from = 0;
  return tiers
    .map(({ width, price }, n) => {
      const start = from === 0 ? 0 : from + 1;
      from += width ?? 0;
      const range = width ? `${start}–${from}` : `từ ${start}`;
      return `bậc ${n + 1} (${range}${n === 0 ? ' kWh' : ''}) ${number(price)}`;
    })
    .join(', ');
};

const bandText = ({ normal, offpeak, peak }: { normal: number; offpeak?: number; peak?: number }): string =>
  offpeak && peak
    ? `bình thường ${number(normal)}, thấp điểm ${number(offpeak)}, cao điểm ${number(peak)}`
    : number(normal);

/** "prices.tiers", "prices.business.low" …: from the tables of prices; undefined where they do not reach back to the day. */
const priceOf = (tariff: Tariff, key: string, on: Day): string | undefined => {
  const [, what, voltage] = key.split('.');
  try {
    const use = USES.find((one) => one === what);
    if (use && use !== 'household' && use !== 'tenant') {
      const row = tariff.prices(on, use).find((one) => one.voltage === voltage);
      return row && bandText(row);
    }
    const { decision, tiers } = tariff.household(on);
    const { rate } = tariff.vat(on);
    const { rules, fine } = tariff.tenants(on);
    if (what === 'decision') return `Quyết định ${decision}`;
    if (what === 'tiers') return tiersText(tiers);
    if (what === 'vat') return `${rate}%`;
    if (what === 'tier1') return number(tiers[0]!.price);
    if (what === 'fine') return fine && `${fine.low / 1_000_000} đến ${fine.high / 1_000_000} triệu đồng`;
    if (what !== 'flat' && what !== 'flat_vat') return undefined;
    let upTo = 0;
    const flat = tiers.find(({ width }) => (upTo += width ?? Number.POSITIVE_INFINITY) >= rules.flatTierOfKwh)!.price;
    return what === 'flat' ? number(flat) : decimal(flat * (100 + rate));
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
};

/** Hundredths as they are written: 257040 is "2.570,4". */
const decimal = (hundredths: number): string => {
  const rest = String(hundredths % 100)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${number(Math.floor(hundredths / 100))}${rest && `,${rest}`}`;
};

/** The figure that stands in the dated rows under a key, in words; undefined when none is in force on the day. */
const figureOf = (turn: Turn, key: string, on: Day): string | undefined => {
  if (key === 'hotline') return careLine(turn).text;
  if (key === 'ambulance' || key === 'fire') return lineOf(turn, key)?.value.toString();
  if (key === 'offices.hours') return inForce(turn.utility.offices, on)[0]?.hours;
  if (/^(prices|tenant)\./.test(key)) return priceOf(turn.services.tariff, key, on);
  const rule = ruleOf({ ...turn, now: on === dayOf(turn.now) ? turn.now : new Date(`${on}T12:00:00+07:00`) }, key);
  if (!rule) return undefined;
  if (rule.unit === 'đồng') return money(Number(rule.value));
  return `${rule.value}${rule.unit ? ` ${rule.unit}` : ''}`;
};

/** A text with its figures, as they are on a day; sentences whose figure no row has are left out. */
export const withFigures = (text: string, turn: Turn, on: Day): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .split(/(?<=[.!?;]) +(?=\p{Lu})/u)
        .flatMap((sentence) => {
          let missing = false;
          const said = sentence.replace(/\{\{([a-zA-Z0-9_.]+)\}\}/g, (_, key: string) => {
            const figure = figureOf(turn, key, on);
            missing ||= figure === undefined;
            return figure ?? '';
          });
          return missing ? [] : [said];
        })
        .join(' '),
    )
    .filter(Boolean)
    .join('\n');
