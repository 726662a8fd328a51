import type { Bill } from '../core/records';
import type { Explanation, Finding, Part } from '../core/tariff';
import { showDay } from '../core/time';
import { money, monthText, number } from './show';

/** "+12.345 đ", "-12.345 đ" */
export const signed = (dong: number): string => `${dong > 0 ? '+' : ''}${money(dong)}`;
/** 935 hundredths are "9,35". */
export const hundredths = (n: number): string =>
  (n / 100)
    .toFixed(2)
    .replace(/\.?0+$/, '')
    .replace('.', ',');

export const PART_NAMES: Record<Part, string> = {
  days: 'Số ngày của kỳ',
  quantity: 'Lượng điện mỗi ngày',
  tier: 'Bậc giá',
  households: 'Số hộ',
  price: 'Giá điện',
  vat: 'Thuế GTGT',
  corrections: 'Truy thu, điều chỉnh',
};

type Of<W extends Finding['what']> = Extract<Finding, { what: W }>;
export const findingOf = <W extends Finding['what']>({ findings }: Pick<Explanation, 'findings'>, what: W) =>
  findings.find((one) => one.what === what) as Of<W> | undefined;

/** What one part says, in words that follow "do". */
export const partText = (told: Explanation, part: Part): string => {
  const { days, daily, tiers } = told;
  switch (part) {
    case 'days':
      return days ? `kỳ này ${days[1]} ngày, kỳ so sánh ${days[0]} ngày` : 'số ngày của kỳ';
    case 'quantity':
      return daily
        ? `mỗi ngày dùng ${hundredths(daily[1])} kWh so với ${hundredths(daily[0])} kWh`
        : 'lượng điện dùng khác đi';
    case 'tier':
      return tiers && tiers[1] > tiers[0]
        ? `phần dùng thêm lên tới bậc ${tiers[1]}, giá cao hơn`
        : tiers && tiers[1] < tiers[0]
          ? `không còn phần nằm ở bậc ${tiers[0]}`
          : 'phần điện tính ở bậc cao thay đổi';
    case 'households': {
      const found = findingOf(told, 'households');
      return found ? `số hộ tính định mức từ ${found.from} thành ${found.to}` : 'số hộ tính định mức';
    }
    case 'price': {
      const found = findingOf(told, 'price');
      return found ? `giá điện đổi từ ngày ${showDay(found.on)} (${found.decision})` : 'giá bình quân khác đi';
    }
    case 'vat': {
      const found = findingOf(told, 'vat');
      return found ? `thuế GTGT từ ${found.from}% thành ${found.to}%` : 'thuế GTGT';
    }
    case 'corrections': {
      const found = findingOf(told, 'back-billing');
      return found
        ? `${found.note.charAt(0).toLowerCase()}${found.note.slice(1)} tính thêm trong kỳ này`
        : 'khoản điều chỉnh ngoài biểu giá';
    }
  }
};

/** Records that look wrong: a check of the meter or a person is offered. */
export const doubtful = (finding: Finding): boolean =>
  finding.what === 'repeated' ||
  finding.what === 'broken' ||
  finding.what === 'unreproduced' ||
  finding.what === 'estimated' ||
  finding.what === 'jump' ||
  (finding.what === 'multiplier' && finding.before !== undefined);

const STRETCHED = 'các bậc giá được nới theo số ngày';
const SHRUNK = 'các bậc giá được thu theo số ngày';

/** One finding as a sentence; those that a part says already give ''. */
export const findingText = (told: Explanation, finding: Finding, before: Bill, now: Bill): string => {
  switch (finding.what) {
    case 'merged':
      return `Kỳ này gộp ${finding.months} tháng vì tháng ở giữa không có hóa đơn.`;
    case 'period': {
      const which = finding.which === 'now' ? monthText(now) : monthText(before);
      const how = finding.days > finding.usual ? STRETCHED : SHRUNK;
      return `Kỳ ${which} có ${finding.days} ngày thay vì ${finding.usual} ngày như thường lệ nên ${how}${finding.saved ? `, bớt được ${money(finding.saved)}` : ''}.`;
    }
    case 'moved': {
      const days = told.days ? `, kỳ này có ${told.days[1]} ngày` : '';
      return `Ngày ghi điện đã dời từ ngày ${finding.from} sang ngày ${finding.to}${days} và ${STRETCHED.replace('được nới', 'được tính')}.`;
    }
    case 'price':
      return finding.inside
        ? `Kỳ này có ngày đổi giá ${showDay(finding.on)} nên kWh được chia theo số ngày trước và sau ngày đó.`
        : '';
    case 'vat':
    case 'tier':
      return '';
    case 'year-ago': {
      const { daily, neutral } = told;
      const seasonal = daily && neutral !== undefined && neutral <= daily[0] * 1.15 && daily[1] > daily[0] * 1.15;
      const then = `Cùng kỳ năm ngoái nhà mình dùng ${hundredths(finding.daily)} kWh mỗi ngày`;
      return seasonal ? `${then}, nên phần tăng này chủ yếu là theo mùa nóng.` : `${then}.`;
    }
    case 'estimated':
      return `Chỉ số ${monthText(finding.which === 'now' ? now : before)} là tạm tính, chưa đọc trên công tơ, nên kỳ sau sẽ bù trừ.`;
    case 'repeated':
      return finding.which === 'before'
        ? `Chỉ số ${monthText(before)} đứng yên ở ${number(finding.index)}, nên hóa đơn này có thể gộp điện của cả hai tháng.`
        : `Chỉ số ${monthText(now)} đứng yên ở ${number(finding.index)}; nếu nhà vẫn dùng điện thì kỳ sau có thể bị dồn.`;
    case 'broken':
      return `Chỉ số đầu kỳ là ${number(finding.old)} nhưng cuối kỳ trước là ${number(finding.expected)}, hai số này chưa nối với nhau.`;
    case 'multiplier':
      return finding.before === undefined
        ? `Công tơ có hệ số nhân ${finding.multiplier}: chỉ số tăng ${number(finding.steps)} × ${finding.multiplier} = ${number(finding.steps * finding.multiplier)} kWh.`
        : `Hệ số nhân của công tơ đổi từ ${finding.before} thành ${finding.multiplier}.`;
    case 'households':
      return finding.to < finding.from
        ? `Nếu nhà mình vẫn đủ ${finding.from} hộ dùng chung, anh/chị nên báo nhân viên kiểm tra lại định mức.`
        : '';
    case 'back-billing':
      return `Hóa đơn có ${finding.note.toLowerCase()}: ${number(finding.kwh)} kWh, ${money(finding.amount)} gồm thuế.`;
    case 'unreproduced':
      return `Tính lại theo biểu giá thì lệch ${money(Math.abs(finding.by))} so với hóa đơn, em chưa giải thích được phần này.`;
    case 'jump':
      return `Mức dùng mỗi ngày gấp ${String(finding.times).replace('.', ',')} lần kỳ trước, ngoài mức thay đổi theo mùa; anh/chị nên xem lại thiết bị và đường dây sau công tơ.`;
  }
};

/** What is said in the third sentence: records that look wrong, then what the customer can do about, then the rest. */
const SAID_FIRST: readonly Finding['what'][] = [
  'repeated', 'broken', 'unreproduced', 'estimated', 'households', 'merged', 'moved', 'back-billing', 'multiplier',
  'period', 'price', 'jump', 'year-ago',
]; // biome-ignore format: an order
const FINE = 'Hóa đơn khớp với chỉ số và biểu giá, em không thấy gì bất thường.';
/** a part that is less of the difference than this is left to the details */
const WORTH_SAYING = 0.1;
const amountAgainst = (amount: number, difference: number): boolean => amount > 0 !== difference > 0;

/** Three short sentences: how much, mainly why, and what stands out. */
export const explanationText = (told: Explanation, before: Bill, now: Bill): string[] => {
  const { difference } = told;
  const sizes = difference > 0 ? 'cao hơn' : 'thấp hơn';
  const which = `Dạ tiền điện ${monthText(now)} của mã ${now.customer} là ${money(now.total)}`;
  const head =
    difference === 0
      ? `${which}, bằng ${monthText(before)}.`
      : `${which}, ${sizes} ${monthText(before)} (${money(before.total)}) ${money(Math.abs(difference))}.`;
  const parts = told.parts
    .filter(({ amount }) => amount !== 0 && Math.abs(amount) >= Math.abs(difference) * WORTH_SAYING)
    .sort((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
  const along = parts.filter(({ amount }) => amount > 0 === difference > 0).slice(0, 2);
  const against = parts.filter((one) => amountAgainst(one.amount, difference)).slice(0, 1);
  const said = ({ part, amount }: (typeof parts)[number]) => `${partText(told, part)} (${signed(amount)})`;
  const reason = along.length
    ? `${difference > 0 ? 'Tăng' : 'Giảm'} chủ yếu do ${[...along.map(said), ...against.map((one) => `bù lại ${said(one)}`)].join('; ')}.`
    : '';
  const main = new Set([...along, ...against].map(({ part }) => part));
  const worth = SAID_FIRST.filter((what) => what !== 'year-ago' || main.has('quantity'))
    .filter((what) => what !== 'price' || main.has('price'))
    .flatMap((what) => findingOf(told, what) ?? [])
    .map((one) => findingText(told, one, before, now))
    .find(Boolean);
  return [head, ...(reason ? [reason] : []), worth ?? FINE];
};
