import type { Customer, MeteringPoint, Source } from '../../core/records';
import type { Unit, Utility } from '../../core/utility';
import { CAST, type CastMember } from './cast';
import { between, chance, pick } from './chance';

/** One household of the sample: the customer, its only metering point, and its part in the cast if it has one. */
export interface Household {
  customer: Customer;
  point: MeteringPoint;
  role?: CastMember;
}

const surnames = (
  'Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Huỳnh Hoàng Phan Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý ' +
  'Đoàn Trương Đinh Mai Tôn Thái Lương Châu Tạ Văn'
).split(' ');
const women =
  'Lan Hoa Hương Thảo Ngọc Trang Linh Hà Phương Thu Yến Oanh Nga Tuyết Hạnh Diệu Thủy Quyên Loan Vy Nhung Hiền Tâm Sen'.split(
    ' ',
  );
const men =
  'Hùng Dũng Minh Tuấn Long Sơn Hải Nam Đức Thành Phúc Khoa Bình Quân Hậu Lộc Tài Vinh Cường Thắng Trung Hiếu Tín Quốc'.split(
    ' ',
  );
const womenMiddle = ['Thị', 'Thị', 'Thị', 'Ngọc', 'Thị Kim', 'Thị Thanh', 'Thị Mỹ', 'Bích'];
const menMiddle = ['Văn', 'Văn', 'Văn', 'Đình', 'Hữu', 'Quang', 'Công', 'Xuân', 'Ngọc'];
const streets = [
  'Lê Lợi',
  'Nguyễn Huệ',
  'Trần Hưng Đạo',
  'Phan Châu Trinh',
  'Hùng Vương',
  'Lê Duẩn',
  'Nguyễn Văn Linh',
  'Điện Biên Phủ',
  'Trần Cao Vân',
  'Ngô Quyền',
  'Hoàng Diệu',
  'Lý Thường Kiệt',
  'Nguyễn Tri Phương',
  'Thái Phiên',
  'Ông Ích Khiêm',
  'Bà Triệu',
  'Hai Bà Trưng',
  'Nguyễn Trãi',
  'Quang Trung',
  'Tôn Đức Thắng',
];

const nameOf = (code: string): string => {
  const woman = chance(`${code}/woman`) < 0.5;
  const middle = pick(woman ? womenMiddle : menMiddle, `${code}/middle`);
  return `${pick(surnames, `${code}/surname`)} ${middle} ${pick(woman ? women : men, `${code}/given`)}`;
};

const addressOf = (code: string, unit: Unit): string => {
  const number = between(1, 480, `${code}/number`);
  const alley = chance(`${code}/alley`) < 0.35 ? `K${between(1, 300, `${code}/k`)}/${number}` : String(number);
  return `${alley} ${pick(streets, `${code}/street`)}, ${pick(unit.places, `${code}/place`)}, ${unit.province}`;
};

const householdsOf = (code: string): number =>
  chance(`${code}/shared`) < 0.04 ? between(2, 6, `${code}/households`) : 1;

/** Stations per unit; outages are declared by station (outages.ts says which). */
export const STATIONS = 8;
export const stationOf = (unit: string, number: number): string => `${unit}-T${String(number).padStart(2, '0')}`;

/** Gaps between codes, so that a neighbouring code is mostly nobody's. */
const codeOf = (unit: Unit, place: number): string =>
  unit.code + String(10_000 + place * 37 + between(0, 28, `${unit.code}/${place}`)).padStart(7, '0');

/** The household at place `n`: the cast first, then everybody else, unit by unit in turn. */
export const household = (n: number, utility: Utility, source: Source): Household => {
  const role = CAST[n];
  const rest = n - CAST.length;
  const unit = role
    ? utility.units.find(({ code }) => role.code.startsWith(code))
    : utility.units[rest % utility.units.length];
  if (!unit) throw new RangeError(`the utility ${utility.id} has no unit for the sample customer at place ${n}`);
  const code = role?.code ?? codeOf(unit, Math.floor(rest / utility.units.length));
  return {
    role,
    customer: {
      code,
      name: nameOf(code),
      address: addressOf(code, unit),
      unit: unit.code,
      kind: 'household',
      households: role ? (role.households ?? 1) : householdsOf(code),
      source,
    },
    point: {
      id: `${code}001`,
      customer: code,
      meter: `SM${String(between(0, 99_999_999, `${code}/meter`)).padStart(8, '0')}`,
      register: 'KT',
      multiplier: role?.multiplier ?? 1,
      station: stationOf(unit.code, role?.station ?? between(1, STATIONS, `${code}/station`)),
      unit: unit.code,
      readingDay: role ? (role.movedTo ?? 1) : between(2, 28, `${code}/reading day`),
      source,
    },
  };
};
