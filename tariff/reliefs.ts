import type { Relief } from '../core/tariff';
import type { Dated } from '../core/utility';

/** Rounds of relief of 2020 and 2021, by month of the bill. Of rounds 3 and 5, which were for few kinds of firms, no row is kept. */
export const RELIEFS: readonly Dated<Relief>[] = [
  ...(
    [
      ['1', '2020-05', '2020-07', 'Resolution 41/NQ-CP and letter 2698/BCT-ĐTĐL, Apr 2020; from memory'],
      ['2', '2020-10', '2020-12', 'Resolution 180/NQ-CP and letter 9764/BCT-ĐTĐL, Dec 2020; from memory'],
    ] as const
  ).flatMap(([round, firstMonth, lastMonth, citation]): Dated<Relief>[] => [
    { round, percent: 10, firstMonth, lastMonth, uses: ['household'], tiers: [1, 2, 3, 4], citation, confidence: 'O' },
    { round, percent: 10, firstMonth, lastMonth, uses: ['production', 'business'], citation, confidence: 'O' },
  ]),
  ...(
    [
      [15, { upToKwh: 200 }],
      [10, { overKwh: 200 }],
    ] as const
  ).map(
    ([percent, limit]): Dated<Relief> => ({
      round: '4',
      percent,
      ...limit,
      firstMonth: '2021-08',
      lastMonth: '2021-09',
      uses: ['household'],
      who: 'distancing',
      citation: 'Resolution 83/NQ-CP of 31 Jul 2021: households of provinces under Directive 16; from memory',
      confidence: 'O',
    }),
  ),
];
