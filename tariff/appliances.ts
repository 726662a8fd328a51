import type { Appliance } from '../core/tariff';
import type { Dated } from '../core/utility';

const MEASURED = 'VnExpress, Jun 2024 (4761869): 12,000 BTU measured at 4.17 kWh in 9 h; 750 W of input per 9,000 BTU';
const HOUSEHOLD_GUIDE = 'tinnuocmy.asia, Jun 2019: what appliances of a household draw';
const COOKING_GUIDE = 'phunutoday.vn: a single induction hob of three hours a day takes 85–95 kWh a month';

/** What appliances draw while they run. One that is not here is asked for its watts. */
export const APPLIANCES: readonly Dated<Appliance>[] = [
  {
    key: 'air-conditioner',
    name: 'điều hòa',
    called: ['điều hòa', 'điều hoà', 'máy lạnh', 'máy điều hòa', 'btu'],
    watts: { low: 463, high: 1000 },
    perBtu: 12_000,
    citation: MEASURED,
    confidence: 'S',
  },
  {
    key: 'fan',
    name: 'quạt điện',
    called: ['quạt', 'quạt điện', 'quạt máy'],
    watts: { low: 40, high: 40 },
    citation: HOUSEHOLD_GUIDE,
    confidence: 'S',
  },
  {
    key: 'fridge',
    name: 'tủ lạnh',
    called: ['tủ lạnh'],
    watts: { low: 63, high: 125 },
    alwaysOn: true,
    citation: `${HOUSEHOLD_GUIDE}: 1.5 kWh a day for a small one, 3 kWh for a large one`,
    confidence: 'S',
  },
  {
    key: 'television',
    name: 'ti vi',
    called: ['ti vi', 'tivi', 'tv', 'vô tuyến'],
    watts: { low: 40, high: 40 },
    citation: `${HOUSEHOLD_GUIDE}: 32 inches`,
    confidence: 'S',
  },
  {
    key: 'induction-hob',
    name: 'bếp từ',
    called: ['bếp từ', 'bếp điện'],
    watts: { low: 944, high: 1056 },
    citation: COOKING_GUIDE,
    confidence: 'S',
  },
];
