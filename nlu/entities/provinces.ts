import type { Dated } from '../../core/utility';
import { lexicon } from './reading';

/** A province or city of the first level, and since when it has gone up into another one. */
interface Province {
  name: string;
  /** the province of today that it lies in, when it is one no more */
  now?: string;
  /** how it is written besides its name */
  also?: string;
}

const MERGED = {
  citation: 'Nghị quyết 202/2025/QH15 (12/06/2025), hoạt động từ 01/07/2025; nghean24h.vn a753727',
  confidence: 'V' as const,
};
const until = (now: string, names: string): Dated<Province>[] =>
  names.split('|').map((name) => ({ name, now, to: '2025-06-30', ...MERGED }));
const today = (names: string): Dated<Province>[] => names.split('|').map((name) => ({ name, ...MERGED }));

/** The 34 of today and the 29 that were merged into them in 2025, by the names that customers still use. */
const PROVINCES: Dated<Province>[] = [
  ...today(
    'Hà Nội|Huế|Lai Châu|Điện Biên|Sơn La|Lạng Sơn|Quảng Ninh|Thanh Hóa|Nghệ An|Hà Tĩnh|Cao Bằng|Tuyên Quang|Lào Cai|Thái Nguyên|Phú Thọ|Bắc Ninh|Hưng Yên|Hải Phòng|Ninh Bình|Quảng Trị|Đà Nẵng|Quảng Ngãi|Gia Lai|Khánh Hòa|Lâm Đồng|Đắk Lắk|Thành phố Hồ Chí Minh|Đồng Nai|Tây Ninh|Cần Thơ|Vĩnh Long|Đồng Tháp|Cà Mau|An Giang',
  ),
  ...until('Tuyên Quang', 'Hà Giang'),
  ...until('Lào Cai', 'Yên Bái'),
  ...until('Thái Nguyên', 'Bắc Kạn'),
  ...until('Phú Thọ', 'Vĩnh Phúc|Hòa Bình'),
  ...until('Bắc Ninh', 'Bắc Giang'),
  ...until('Hưng Yên', 'Thái Bình'),
  ...until('Hải Phòng', 'Hải Dương'),
  ...until('Ninh Bình', 'Hà Nam|Nam Định'),
  ...until('Quảng Trị', 'Quảng Bình'),
  ...until('Đà Nẵng', 'Quảng Nam'),
  ...until('Quảng Ngãi', 'Kon Tum'),
  ...until('Gia Lai', 'Bình Định'),
  ...until('Khánh Hòa', 'Ninh Thuận'),
  ...until('Lâm Đồng', 'Đắk Nông|Bình Thuận'),
  ...until('Đắk Lắk', 'Phú Yên'),
  ...until('Thành phố Hồ Chí Minh', 'Bình Dương|Bà Rịa Vũng Tàu|Vũng Tàu|Bà Rịa'),
  ...until('Đồng Nai', 'Bình Phước'),
  ...until('Tây Ninh', 'Long An'),
  ...until('Cần Thơ', 'Sóc Trăng|Hậu Giang'),
  ...until('Vĩnh Long', 'Bến Tre|Trà Vinh'),
  ...until('Đồng Tháp', 'Tiền Giang'),
  ...until('Cà Mau', 'Bạc Liêu'),
  ...until('An Giang', 'Kiên Giang'),
  {
    name: 'Thừa Thiên Huế',
    now: 'Huế',
    to: '2024-12-31',
    citation: 'Nghị quyết 175/2024/QH15: thành phố Huế trực thuộc trung ương từ 01/01/2025',
    confidence: 'O',
  },
];

const ALSO: Record<string, string> = {
  'Thành phố Hồ Chí Minh': 'tp hồ chí minh|hồ chí minh|tp hcm|tphcm|hcm|sài gòn|sg|thành phố hồ chí minh',
  'Đắk Lắk': 'đắc lắc|đăk lăk|dak lak|daklak|đắk lắc',
  'Đắk Nông': 'đắc nông|đăk nông|dak nong',
  'Thanh Hóa': 'thanh hoá',
  'Khánh Hòa': 'khánh hoà',
  'Bà Rịa Vũng Tàu': 'brvt|bà rịa - vũng tàu',
  'Hà Nội': 'hà nội',
  'Đà Nẵng': 'đà nẵng',
  'Kon Tum': 'kontum|công tum',
  'Thừa Thiên Huế': 'tt huế|thừa thiên - huế',
};

/** Provinces as customers write them, old and new. */
export const PROVINCE_NAMES = lexicon(
  PROVINCES.map(
    (province) =>
      [province, `${province.name.toLowerCase()}|${ALSO[province.name] ?? province.name.toLowerCase()}`] as const,
  ),
);

const TOWNS =
  'tam kỳ|hội an|điện bàn|quy nhơn|tuy hòa|nha trang|cam ranh|phan thiết|phan rang|đà lạt|bảo lộc|buôn ma thuột|buôn mê thuột|pleiku|kon tum|biên hòa|long khánh|thủ dầu một|dĩ an|thuận an|tân an|mỹ tho|gò công|cao lãnh|sa đéc|long xuyên|châu đốc|rạch giá|hà tiên|phú quốc|vị thanh|ngã bảy|vinh|hạ long|cẩm phả|uông bí|việt trì|thái bình|hải dương|phủ lý|nam định|tam điệp|sầm sơn|đồng hới|đông hà|gò vấp|bình thạnh|tân bình|tân phú|phú nhuận|bình tân|thủ đức|hóc môn|củ chi|nhà bè|bình chánh|cần giờ|cầu giấy|đống đa|hoàn kiếm|ba đình|hai bà trưng|thanh xuân|hoàng mai|long biên|tây hồ|hà đông|nam từ liêm|bắc từ liêm|đông anh|gia lâm|sóc sơn|thanh trì|hải châu|thanh khê|liên chiểu|sơn trà|ngũ hành sơn|cẩm lệ|hòa vang|ninh kiều|cái răng|bình thủy|ô môn|hồng bàng|lê chân|kiến an';

/** Towns and districts whose names stand without "thành phố" or "quận" before them (districts until 30 June 2025). */
export const TOWN_NAMES = lexicon([[true, TOWNS]]);
/** those that are everyday words or people's names as well: only after a word that says where */
export const UNCERTAIN_TOWNS = lexicon([
  [true, 'điện bàn|vinh|ba đình|ngô quyền|hai bà trưng|lê chân|thuận an|tân an|hồng bàng|thanh xuân|tân bình|tân phú'],
]);

const STREET_NAMES =
  'nguyễn huệ|lê lợi|trần phú|lý thường kiệt|nguyễn văn cừ|nguyễn văn linh|nguyễn trãi|lê duẩn|điện biên phủ|hoàng diệu|trần hưng đạo|phan châu trinh|phan bội châu|hai bà trưng|lê thánh tôn|lê hồng phong|nguyễn thị minh khai|cách mạng tháng tám|võ nguyên giáp|ngô quyền|bạch đằng|hùng vương|quang trung|nguyễn tri phương|ông ích khiêm|đinh tiên hoàng|phạm văn đồng|trường chinh|nguyễn du|lê quý đôn|phan đình phùng|tôn đức thắng|võ văn kiệt|nguyễn công trứ|lê văn sỹ|phan văn trị|hoàng hoa thám|nguyễn chí thanh|thái phiên|nguyễn lương bằng|tô hiệu|lạc long quân|âu cơ|hà huy tập|trần cao vân|cao thắng|nguyễn thái học|lê đại hành|tôn đản|trưng nữ vương|nguyễn hữu thọ|huỳnh thúc kháng|trần quốc toản|yên bái|võ thị sáu|kim mã|láng hạ';
/** Names of streets that nearly every town has. */
export const STREETS = lexicon([[true, STREET_NAMES]]);
