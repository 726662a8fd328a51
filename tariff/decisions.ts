import type { DecidedStructure, PriceDecision } from '../core/tariff';
import type { Dated } from '../core/utility';
import type { Beginning } from './rows';

const widths = [50, 50, 100, 100, 100, undefined] as const;
const sixTiers = (...prices: [number, number, number, number, number, number]) =>
  prices.map((price, n) => ({ ...(widths[n] && { width: widths[n] }), price }));

/** Household prices, đồng per kWh before VAT. */
export const HOUSEHOLD: readonly Beginning<PriceDecision>[] = [
  {
    from: '2017-12-01',
    decision: '4495/QĐ-BCT',
    tiers: sixTiers(1549, 1600, 1858, 2340, 2615, 2701),
    citation: 'Decision 4495/QĐ-BCT of 30 Nov 2017; prices as quoted by housing guides of 2018, date from memory',
    confidence: 'S',
  },
  {
    from: '2019-03-20',
    decision: '648/QĐ-BCT',
    tiers: sixTiers(1678, 1734, 2014, 2536, 2834, 2927),
    citation: 'Decision 648/QĐ-BCT of 20 Mar 2019',
    confidence: 'S',
  },
  {
    from: '2023-05-04',
    decision: '1062/QĐ-BCT',
    tiers: sixTiers(1728, 1786, 2074, 2612, 2919, 3015),
    citation: 'Decision 1062/QĐ-BCT of 4 May 2023; date from memory',
    confidence: 'S',
  },
  {
    from: '2023-11-09',
    decision: '2941/QĐ-BCT',
    tiers: sixTiers(1806, 1866, 2167, 2729, 3050, 3151),
    citation: 'Decision 2941/QĐ-BCT of 8 Nov 2023',
    confidence: 'S',
  },
  {
    from: '2024-10-11',
    decision: '2699/QĐ-BCT',
    mean: '2103.1159',
    tiers: sixTiers(1893, 1956, 2271, 2860, 3197, 3302),
    citation: 'Decision 2699/QĐ-BCT of 11 Oct 2024, mean price 2,103.1159 đ/kWh',
    confidence: 'S',
  },
  {
    from: '2025-05-10',
    decision: '1279/QĐ-BCT',
    mean: '2204.0655',
    tiers: sixTiers(1984, 2050, 2380, 2998, 3350, 3460),
    citation: 'Decision 1279/QĐ-BCT of 9 May 2025, mean price 2,204.0655 đ/kWh; applied in sources up to 24 Sep 2026',
    confidence: 'V',
  },
];

/** Decided and not billed: a structure leaves this state by itself once a price decision has its widths. */
export const DECIDED: readonly Dated<DecidedStructure>[] = [
  {
    id: 'five-tiers',
    from: '2025-05-29',
    decision: '14/2025/QĐ-TTg',
    tiers: [
      { width: 100, percent: 90 },
      { width: 100, percent: 108 },
      { width: 200, percent: 136 },
      { width: 300, percent: 162 },
      { percent: 180 },
    ],
    citation:
      'Decision 14/2025/QĐ-TTg of 29 May 2025: takes effect in bills with the next price decision, not found yet',
    confidence: 'V',
  },
];

/** VAT on electricity, in per cent, by the day on which the period ends. */
export const VAT: readonly Beginning<{ rate: number }>[] = [
  { from: '2009-01-01', rate: 10, citation: 'Law on VAT 13/2008/QH12, Art. 8(3)', confidence: 'O' },
  { from: '2022-02-01', rate: 8, citation: 'Decree 15/2022/NĐ-CP', confidence: 'O' },
  { from: '2023-01-01', rate: 10, citation: 'Law on VAT 13/2008/QH12, Art. 8(3)', confidence: 'O' },
  { from: '2023-07-01', rate: 8, citation: 'Decree 44/2023/NĐ-CP and its extensions', confidence: 'S' },
  { from: '2025-07-01', rate: 8, citation: 'Resolution 204/2025/QH15, until 31 Dec 2026', confidence: 'S' },
  {
    from: '2027-01-01',
    rate: 10,
    citation: 'Law on VAT 48/2024/QH15, unless the reduction is extended',
    confidence: 'S',
  },
];

/**
 * A period that is longer or shorter than its month by more than this many days has its tiers scaled to its days.
 * Two readings may each be off by the one day that the reading rule allows, which changes no tier.
 */
export const SCALING: readonly Beginning<{ toleranceDays: number }>[] = [
  {
    from: '2015-01-01',
    toleranceDays: 2,
    citation: 'Scaling: EVNCPC rule page (2016) and EVNHCMC on moved reading dates; the tolerance is twice the ±1 day',
    confidence: '?',
  },
];
