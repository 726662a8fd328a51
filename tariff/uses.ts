import type { BandHours, UsePrices, Voltage } from '../core/tariff';
import type { Dated } from '../core/utility';
import type { Beginning } from './rows';

type Prices = [normal: number, offpeak?: number, peak?: number];

/** One price decision of the uses without tiers, as rows. */
const of = (
  dated: { from: string; decision: string; citation: string; confidence: 'V' | 'S' | 'O' | '?' },
  table: readonly [UsePrices['use'], Voltage, ...Prices][],
): Beginning<UsePrices>[] =>
  table.map(([use, voltage, normal, offpeak, peak]) => ({
    ...dated,
    use,
    voltage,
    normal,
    ...(offpeak !== undefined && { offpeak }),
    ...(peak !== undefined && { peak }),
  }));

/** Business, production, administration, schools and hospitals, prepaid meters: đồng per kWh before VAT. Oldest first. */
export const USE_PRICES: readonly Beginning<UsePrices>[] = [
  ...of(
    {
      from: '2024-10-11',
      decision: '2699/QĐ-BCT',
      citation:
        'Decision 2699/QĐ-BCT of 11 Oct 2024, from memory; each is that of 2025 by the ratio of the mean prices',
      confidence: 'O',
    },
    [
      ['production', '110kV', 1728, 1094, 3116],
      ['production', '22kV', 1749, 1136, 3242],
      ['production', '6kV', 1812, 1178, 3348],
      ['production', 'low', 1896, 1241, 3474],
      ['business', '22kV', 2755, 1535, 4795],
      ['business', '6kV', 2965, 1746, 4963],
      ['business', 'low', 3007, 1830, 5174],
      ['school', '6kV', 1851],
      ['school', 'low', 1977],
      ['administrative', '6kV', 2040],
      ['administrative', 'low', 2124],
      ['prepaid', 'low', 2776],
    ],
  ),
  ...of(
    {
      from: '2025-05-10',
      decision: '1279/QĐ-BCT',
      citation: 'Decision 1279/QĐ-BCT of 9 May 2025',
      confidence: 'S',
    },
    [
      ['production', '110kV', 1811, 1146, 3266],
      ['production', '22kV', 1833, 1190, 3398],
      ['production', '6kV', 1899, 1234, 3508],
      ['production', 'low', 1987, 1300, 3640],
      ['business', '22kV', 2887, 1609, 5025],
      ['business', '6kV', 3108, 1829, 5202],
      ['business', 'low', 3152, 1918, 5422],
      ['school', '6kV', 1940],
      ['school', 'low', 2072],
      ['administrative', '6kV', 2138],
      ['administrative', 'low', 2226],
      ['prepaid', 'low', 2909],
    ],
  ),
];

const WORKDAYS = [1, 2, 3, 4, 5, 6];
const EVERY_DAY = [0, ...WORKDAYS];

export const BAND_HOURS: readonly Dated<BandHours>[] = [
  {
    band: 'peak',
    hours: [
      { from: '9:30', to: '11:30' },
      { from: '17:00', to: '20:00' },
    ],
    weekdays: WORKDAYS,
    citation: 'Time bands applied on 27 Jul 2026 (Circular 16/2014/TT-BCT and its successors)',
    confidence: 'S',
  },
  {
    band: 'offpeak',
    hours: [{ from: '22:00', to: '4:00' }],
    weekdays: EVERY_DAY,
    citation: 'Time bands applied on 27 Jul 2026 (Circular 16/2014/TT-BCT and its successors)',
    confidence: 'S',
  },
  {
    band: 'peak',
    pending: true,
    hours: [{ from: '17:30', to: '22:30' }],
    weekdays: WORKDAYS,
    from: '2026-04-22',
    citation: 'Decision 963/QĐ-BCT of 22 Apr 2026: issued, not applied to bills in the sources seen',
    confidence: '?',
  },
  {
    band: 'offpeak',
    pending: true,
    hours: [{ from: '0:00', to: '6:00' }],
    weekdays: EVERY_DAY,
    from: '2026-04-22',
    citation: 'Decision 963/QĐ-BCT of 22 Apr 2026: issued, not applied to bills in the sources seen',
    confidence: '?',
  },
];
