import type { TenantFine, TenantRules } from '../core/tariff';
import type { Beginning } from './rows';

/** The tier is named by a kWh, not by number: 101 lies in tier 3 of six and in tier 2 of the five that are decided. */
export const TENANT_RULES: readonly Beginning<TenantRules>[] = [
  {
    from: '2018-10-26',
    personsPerHousehold: 4,
    flatTierOfKwh: 101,
    leaseMonths: 12,
    citation: 'Thông tư 25/2018/TT-BCT',
    confidence: 'S',
  },
  {
    from: '2025-12-02',
    personsPerHousehold: 4,
    flatTierOfKwh: 101,
    leaseMonths: 12,
    citation: 'Thông tư 60/2025/TT-BCT',
    confidence: 'S',
  },
];

export const TENANT_FINES: readonly Beginning<TenantFine>[] = [
  { from: '2026-05-25', low: 20_000_000, high: 30_000_000, citation: 'Nghị định 133/2026/NĐ-CP', confidence: 'S' },
];
