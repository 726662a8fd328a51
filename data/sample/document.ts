import type { RecordKind, RecordKinds, Source } from '../../core/records';
import { instant } from '../../core/time';

/** Rows of one kind, ready to be put. */
export type Batch = { [K in RecordKind]: { kind: K; rows: RecordKinds[K][] } }[RecordKind];

const code = 'PP05000974006';
const unit = 'PP0500';
const station = 'PP0500-T00';
const october = { year: 2016, month: 10, period: 1 };
const source: Source = { kind: 'document', name: 'EVNCPC, SMS 8088 (2016)', at: instant('2016-09-30') };
const printed = true as const;

/**
 * The customer of the EVNCPC document of 2016, every figure as printed there. Its figures agree with no tariff, so they
 * carry no lines and are never explained. The document has no name, address or meter; what stands for them says so.
 */
export const documentCustomer: readonly Batch[] = [
  {
    kind: 'customers',
    rows: [
      {
        code,
        name: 'Khách hàng ví dụ',
        address: 'Địa chỉ không có trong tài liệu, Đà Nẵng',
        unit,
        kind: 'household',
        households: 1,
        source,
        printed,
      },
    ],
  },
  {
    kind: 'points',
    rows: [
      {
        id: `${code}001`,
        customer: code,
        meter: 'không có trong tài liệu',
        register: 'KT',
        multiplier: 1,
        station,
        unit,
        readingDay: 6,
        source,
        printed,
      },
    ],
  },
  {
    kind: 'readings',
    rows: [
      {
        ...october,
        customer: code,
        point: `${code}001`,
        register: 'KT',
        multiplier: 1,
        readOn: '2016-10-06',
        old: 9618,
        new: 10004,
        kwh: 386,
        how: 'read',
        source,
        printed,
      },
    ],
  },
  { kind: 'bills', rows: [{ ...october, customer: code, lines: [], total: 500_550, source, printed }] },
  {
    kind: 'debts',
    rows: [{ ...october, customer: code, net: 650_000, tax: 65_000, total: 715_000, stage: 'due', source, printed }],
  },
  {
    kind: 'planned_outages',
    rows: [
      {
        id: `8088-2016/${station}`,
        unit,
        station,
        area: 'Khu vực của khách hàng ví dụ',
        from: instant('2016-10-01', '09:30'),
        to: instant('2016-10-20', '15:00'),
        reason: 'Không ghi trong tài liệu',
        source,
        printed,
      },
    ],
  },
];
