import type { Token } from '../text/tokens';
import { type Found, type Grammar, lexicon, lookAt, phraseAt, phrases } from './reading';

/** What uses electricity at home, by one name each; regional names of one thing count as it. */
const NAMES = lexicon([
  ['máy lạnh', 'máy lạnh|điều hòa|máy điều hòa|điều hòa nhiệt độ|máy điều hòa nhiệt độ|điều hoà'],
  ['tủ lạnh', 'tủ lạnh|tủ mát'],
  ['tủ đông', 'tủ đông|tủ cấp đông|tủ kem'],
  ['quạt', 'quạt máy|quạt điện|quạt điều hòa|quạt hơi nước|quạt hơi|quạt đứng|quạt bàn|quạt trần|quạt hút|quạt'],
  ['tivi', 'tivi|ti vi|tv|ti-vi'],
  ['máy giặt', 'máy giặt|máy sấy quần áo|máy sấy đồ'],
  [
    'bình nóng lạnh',
    'bình nóng lạnh|máy nước nóng|bình nước nóng|máy tắm nước nóng|bình tắm nóng lạnh|bình nước nóng lạnh|máy nóng lạnh',
  ],
  ['nồi cơm điện', 'nồi cơm điện|nồi cơm'],
  ['bếp từ', 'bếp từ|bếp điện|bếp hồng ngoại'],
  ['lò vi sóng', 'lò vi sóng|lò vi ba|lò nướng'],
  ['ấm siêu tốc', 'ấm siêu tốc|ấm đun nước|bình đun siêu tốc|ấm điện'],
  ['bàn ủi', 'bàn ủi|bàn là'],
  ['máy sấy tóc', 'máy sấy tóc|máy sấy'],
  ['nồi chiên không dầu', 'nồi chiên không dầu|nồi chiên'],
  ['nồi điện', 'nồi áp suất điện|nồi áp suất|nồi lẩu điện|nồi lẩu'],
  ['máy rửa chén', 'máy rửa chén|máy rửa bát'],
  ['máy hút bụi', 'máy hút bụi|robot hút bụi'],
  ['đèn sưởi', 'đèn sưởi|quạt sưởi|máy sưởi'],
  ['ampli', 'ampli|âm ly|dàn karaoke|đầu karaoke|loa kéo'],
  ['máy bơm', 'máy bơm nước|máy bơm|mô tơ bơm nước|máy sục khí|quạt nước'],
  ['máy tính', 'máy tính|máy vi tính|laptop|máy tính bàn'],
  ['đèn', 'đèn led|bóng đèn|đèn huỳnh quang|đèn tuýp|đèn compact|bóng điện|đèn sợi đốt'],
  ['máy oxy', 'máy oxy|máy thở|máy tạo oxy|máy tạo ô xy|máy trợ thở|máy khí dung|máy xông'],
  ['máy lọc nước', 'máy lọc nước|máy lọc không khí|máy hút ẩm'],
  ['máy hàn', 'máy hàn|máy cưa|mô tơ|máy nén khí'],
  ['xe điện', 'xe điện|xe đạp điện|xe máy điện|ô tô điện|oto điện'],
]);
/** "bóng đèn đường", "quạt nước ao" and a price list of a shop are no appliances of a home */
const NOT_AFTER = phrases('đường|công cộng|quảng cáo');
/** single words that have other meanings once their marks are gone */
const NEEDS_MARKS = new Set(['quat']);
/** "tu dong" is "tự động" far more often */
const NEVER_BARE = new Set(['tu dong']);

/** The one name of what these words say from end to end, when it is known. */
export const applianceNamed = (tokens: readonly Token[], from: number, to: number): string | undefined => {
  const name = lookAt(tokens, from, NAMES);
  return name?.length === to - from ? name.value : undefined;
};

/** Appliances of the household or shop, by one name for each thing. */
export const appliance: Grammar = ({ tokens }) => {
  const found: Found[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const name = lookAt(tokens, i, NAMES);
    if (!name || phraseAt(tokens, i + name.length, NOT_AFTER) > 0) continue;
    if (NEVER_BARE.has(`${tokens[i]!.word} ${tokens[i + 1]?.word}`)) continue;
    const doubtful = name.length === 1 && NEEDS_MARKS.has(tokens[i]!.word);
    found.push({
      type: 'appliance',
      value: name.value,
      from: i,
      to: i + name.length,
      sureness: doubtful ? 0.7 : 0.92,
    });
    i += name.length - 1;
  }
  return found;
};
