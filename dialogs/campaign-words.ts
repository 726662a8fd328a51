import type { Campaign, CampaignLaw } from '../core/campaign';
import { addDays, type Day, showDay } from '../core/time';
import { inForce } from '../core/utility';
import type { Phase } from './campaign-which';
import { money } from './show';

/** The sentence that stands under everything about prizes. */
export const NO_FEE = 'Điện lực không bao giờ thu phí, không hỏi mã OTP hay mật khẩu để trao quà.';
const SAMPLE = '(Chương trình mẫu, không có thật)';
const UNCHECKED = 'Phần thuế em chưa đối chiếu với văn bản gốc.';

const upper = (text: string): string => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
export const sentence = (...parts: (string | undefined | false)[]): string =>
  parts
    .filter((part): part is string => Boolean(part))
    .map(ended)
    .join(' ');
export const own = ({ sample }: Campaign): string | false => sample && SAMPLE;

/** "từ 21/11/2017 đến hết 20/12/2017"; a period that its source contradicts is told by its year alone. */
export const period = ({ period: { from, to, doubtful } }: Campaign): string =>
  doubtful
    ? `năm ${from.slice(0, 4)} (tài liệu ghi ngày chưa thống nhất nên em không nêu ngày cụ thể)`
    : to
      ? `từ ${showDay(from)} đến hết ${showDay(to)}`
      : `từ ${showDay(from)}`;

const until = ({ period: { to } }: Campaign): string => (to ? ` (đến hết ${showDay(to)})` : '');

export const infoText = (one: Campaign, phase: Phase): string => {
  const { name, organiser, territory, about, how } = one;
  const head = {
    before: `Dạ chương trình ${name} của ${organiser} sẽ diễn ra ${period(one)}`,
    during: `Dạ chương trình ${name} của ${organiser} đang diễn ra, ${period(one)}`,
    after: `Dạ chương trình ${name} của ${organiser} đã kết thúc; chương trình diễn ra ${period(one)}`,
  }[phase];
  return sentence(
    `${head}, dành cho ${territory.words}`,
    upper(phase === 'after' ? `khi đó chương trình ${about}` : about),
    phase === 'after' ? `Cách chọn khi đó: ${how}` : `Cách chọn: ${how}`,
    own(one),
  );
};

export const rulesText = (one: Campaign, phase: Phase): string =>
  [
    `Dạ thể lệ ${one.name} (${phase === 'after' ? 'đã kết thúc, ' : ''}${period(one)}):`,
    ...one.rules.map((rule, n) => `${n + 1}. ${rule}`),
    own(one),
  ]
    .filter(Boolean)
    .join('\n');

export const joinText = (one: Campaign, phase: Phase): string => {
  const { name, join, territory, excluded } = one;
  const who = `Chương trình dành cho ${territory.words}${excluded.length ? `; ${excluded.join(', ')} không dự` : ''}`;
  if (phase === 'after')
    return sentence(
      `Dạ chương trình ${name} đã kết thúc nên không nhận thêm người tham gia ạ; chương trình diễn ra ${period(one)}`,
      `Khi đó khách hàng ${join}`,
      own(one),
    );
  if (phase === 'before')
    return sentence(
      `Dạ chương trình ${name} chưa bắt đầu ạ; chương trình sẽ diễn ra ${period(one)}`,
      `Khi đó anh/chị ${join} là được tham gia`,
      who,
      own(one),
    );
  return sentence(`Dạ để tham gia ${name}${until(one)}, anh/chị ${join}`, who, own(one));
};

export const eligibleText = (code: string, one: Campaign): string =>
  one.territory.heads.some((head) => code.startsWith(head))
    ? `Mã ${code} thuộc địa bàn của chương trình`
    : `Mã ${code} không thuộc địa bàn của chương trình, nên không được trao quà`;

const worthOf = ({ name, value, thing }: Campaign['prizes'][number]): string =>
  value ? `trị giá ${money(value)}` : thing && thing !== name ? thing : '';

const prizeText = (prize: Campaign['prizes'][number]): string => {
  const { quota, name } = prize;
  const worth = worthOf(prize);
  return [quota, name, worth && (quota ? `(${worth})` : `: ${worth}`)].filter(Boolean).join(' ').replace(' : ', ': ');
};

export const prizesText = (one: Campaign, phase: Phase, law: readonly CampaignLaw[], on: Day): string => {
  const { name, prizes, selection } = one;
  const strata = selection.kind === 'stratified' ? selection.strata.length : 1;
  const had = phase === 'after' ? 'có' : phase === 'before' ? 'sẽ có' : 'có';
  if (!prizes.length) return sentence(`Dạ ${name} không có giải thưởng quay số: ${one.about}`, own(one));
  const each = strata > 1 ? `mỗi tỉnh, thành ${had} ` : `${had} `;
  const list = prizes.map(prizeText).join(', ');
  const counts = prizes.map(({ quota }) => (quota ?? 0) * strata);
  const total = counts.reduce((sum, n) => sum + n, 0);
  const worth = prizes.every(({ value }) => value)
    ? counts.reduce((sum, n, at) => sum + n * prizes[at]!.value!, 0)
    : undefined;
  const per = selection.kind === 'ordinal' ? ' cho mỗi phiếu may mắn (phiếu thứ 1, 200, 400…)' : '';
  const steps = selection.kind === 'ordinal' ? per.replace('200, 400', `${selection.step}, ${selection.step * 2}`) : '';
  return sentence(
    `Dạ chương trình ${name} ${each}${list}${steps}`,
    total > 0 && `Tất cả ${total} giải${worth ? `, tổng trị giá ${money(worth)}` : ''}`,
    `Chương trình ${phase === 'after' ? 'đã kết thúc, diễn ra' : 'diễn ra'} ${period(one)}`,
    taxText(one, law, on),
    own(one),
  );
};

const ruleOf = (law: readonly CampaignLaw[], key: CampaignLaw['key'], on: Day) =>
  inForce([...law], on).find((row) => row.key === key);

/** Said where some prize is above the sum from which tax is due. */
const taxText = ({ prizes }: Campaign, law: readonly CampaignLaw[], on: Day): string | false => {
  const over = ruleOf(law, 'tax.over', on);
  const rate = ruleOf(law, 'tax.rate', on);
  if (!over || !rate || !prizes.some(({ value }) => (value ?? 0) > Number(over.value))) return false;
  const said = `Giải trên ${money(Number(over.value))} thì phần vượt chịu thuế ${rate.value}%`;
  return over.confidence === 'V' ? said : `${said}. ${UNCHECKED}`;
};

export const pendingText = (one: Campaign, phase: Phase): string => {
  const { name, results } = one;
  if (phase === 'before')
    return sentence(
      `Dạ chương trình ${name} chưa bắt đầu (${period(one)}) nên chưa có người trúng ạ`,
      `Kết quả sẽ có ${results}`,
      NO_FEE,
      own(one),
    );
  if (phase === 'during')
    return sentence(
      `Dạ chương trình ${name} còn đang diễn ra${until(one)} nên chưa có kết quả ạ`,
      `Kết quả sẽ có ${results}`,
      NO_FEE,
      own(one),
    );
  return sentence(
    `Dạ chương trình ${name} đã kết thúc (${period(one)}); em chưa có bảng kết quả ở đây ạ`,
    `Kết quả được báo ${results}`,
    NO_FEE,
    own(one),
  );
};

export const publishedText = (one: Campaign, on: Day, winners: number): string =>
  sentence(`Dạ kết quả ${one.name} đã công bố ngày ${showDay(on)}: ${winners} khách hàng trúng`);

export const wonText = (code: string, prize: string, one: Campaign): string =>
  sentence(`Mã ${code} có trong danh sách trúng: ${prize}`, `Anh/chị ${one.claim}`, NO_FEE);

/** What a winner is told who did not ask. */
export const tellingText = (
  winner: { customer: string; tier: string },
  one: Campaign,
  law: readonly CampaignLaw[],
  { published, on, see, line }: { published: Day; on: Day; see?: string; line?: string },
): string => {
  const prize = one.prizes.find(({ tier }) => tier === winner.tier)!;
  const worth = worthOf(prize);
  const check = [see && `xem bảng kết quả tại ${see}`, line && `gọi ${line}`].filter(Boolean).join(' hoặc ');
  return sentence(
    `Chúc mừng anh/chị! Mã khách hàng ${winner.customer} trúng ${prize.name}${worth && ` (${worth})`}, chương trình ${one.name} của ${one.organiser}`,
    `Anh/chị ${one.claim}, hạn nhận hết ngày ${showDay(addDays(published, one.claimDays))}`,
    taxText({ ...one, prizes: [prize] }, law, on),
    NO_FEE,
    check && `Để kiểm tra, anh/chị ${check}`,
    own(one),
  );
};
export const lostText = (code: string): string => `Mã ${code} không có trong danh sách trúng ạ.`;

export const claimText = (one: Campaign, phase: Phase, published: Day | undefined): string => {
  const by = published && showDay(addDays(published, one.claimDays));
  if (!one.prizes.length) return sentence(`Dạ ${one.name} không có giải thưởng để nhận ạ`, own(one));
  const past = phase === 'after' && one.period.to !== undefined && !published;
  return sentence(
    past
      ? `Dạ chương trình ${one.name} đã kết thúc (${period(one)}). Người trúng khi đó ${one.claim}`
      : `Dạ người trúng ${one.name} ${one.claim}`,
    by && `Hạn nhận: hết ngày ${by}`,
    one.confirmation && `Trước khi trao, tổng đài${one.hotline ? ` ${one.hotline}` : ''} gọi xác nhận`,
    NO_FEE,
    own(one),
  );
};

export const scamText = (line: string, running: readonly { one: Campaign; published: boolean }[]): string => {
  const told = running.filter(({ one }) => one.prizes.length > 0);
  const none = told.length > 0 && told.every(({ published }) => !published);
  return sentence(
    `Dạ anh/chị cẩn thận giúp em. ${NO_FEE}`,
    'Ai đòi đóng phí, đóng thuế trước, đọc OTP, bấm link hay chuyển khoản để nhận quà là giả danh',
    none
      ? `Hiện ${told.map(({ one }) => one.name).join(', ')} chưa công bố kết quả, chưa ai được báo trúng`
      : told.length === 0 && 'Hiện em không có chương trình trao giải nào đang diễn ra',
    `Anh/chị gọi ${line} để hỏi lại trước khi làm gì nhé`,
  );
};
