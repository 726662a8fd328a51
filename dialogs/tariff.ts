import { type Activity, choices, say, table, tableOf } from '../core/activity';
import type { Dialog, Fact, Step, Turn } from '../core/dialog';
import type { UsePrices } from '../core/tariff';
import { dayOf, showDay } from '../core/time';
import { want } from './choosing';
import { articleFor } from './knowledge';
import { PERSON } from './offers';
import {
  assumedIn,
  NOT_BILLED,
  perKwh,
  priceFact,
  rangesOf,
  rangeText,
  sinceText,
  USE_NAMES,
  useIn,
  VOLTAGE_NAMES,
  voltageIn,
  withVatText,
} from './prices';
import { useFact } from './reckoned';
import { entityOf, valueSaid } from './said';
import { money, number } from './show';
import { fold, mentions, phrases } from './words';

const TIER = /\bbac (?:thu )?(\d|nhat|mot|hai|ba|tu|bon|nam|sau)\b/;
const WORDS: Record<string, number> = { nhat: 1, mot: 1, hai: 2, ba: 3, tu: 4, bon: 4, nam: 5, sau: 6 };
const BANDS = phrases('cao điểm, thấp điểm, giờ bình thường, khung giờ, ban đêm, giờ thấp, giờ cao');
const HOURS = phrases('mấy giờ, khung giờ, giờ nào, chủ nhật, ban đêm, lúc nào, từ giờ');
const DIFFERS = phrases(
  'có bị, bị tính, có tính, có áp dụng, có phân, rẻ hơn, đỡ tốn, đỡ hơn, mắc hơn, đắt hơn, khác giá, giá khác, có rẻ, có mắc, có đắt, tiết kiệm hơn',
);
const WHEN = phrases('mấy giờ, giờ nào, khung giờ, lúc nào, từ giờ');
const NO_HOURS =
  'Dạ không ạ, điện sinh hoạt gia đình tính theo bậc, không theo giờ, nên dùng giờ cao điểm hay ban đêm giá như nhau. Chỉ kinh doanh, sản xuất dùng công tơ ba giá mới tính theo giờ.';
const VAT = phrases('thuế, vat, gtgt');
const NEXT = phrases(
  'khi nào tăng, bao giờ tăng, sắp tới, có tăng, có giảm, khi nào giảm, tăng chưa, từ khi nào, khi nào áp dụng, áp dụng chưa, bao giờ áp dụng',
);

/** how many tiers there are, or what was heard of it: what is in force comes first */
const HOW_MANY = phrases('mấy bậc, bao nhiêu bậc, chia bậc, chia mấy');
const HEARSAY = phrases(
  'nghe nói, nghe đồn, nghe bảo, còn 5 bậc, còn năm bậc, rút còn, giảm còn, giảm xuống, hiện nay, hiện tại, đang',
);

const MIDWAY = phrases('giữa tháng, giữa kỳ, giữa kì, nửa tháng, trong kỳ, trong kì');
const CHANGE = phrases('đổi giá, tăng giá, giảm giá, giá mới, giá đổi, giá tăng, giá thay đổi, thay đổi giá');

const ESTIMATE = want('Tính thử tiền điện', 'tariff.estimate');

/** "bậc 3", "bac ba", "bậc thứ tư": its number; never the "5 bậc" of a whole structure. */
export const tierIn = (text: string): number | undefined => {
  const said = TIER.exec(fold(text).replace(/[^a-z0-9 ]+/g, ' '))?.[1];
  return said === undefined ? undefined : (WORDS[said] ?? Number(said));
};

interface Reply {
  say: Activity;
  facts: Fact[];
}

const dayMeant = (turn: Turn): string => {
  const year = turn.meaning.entities.find((e) => e.type === 'year' && !e.assumed)?.value;
  const month = entityOf(turn, 'month')?.value;
  const today = dayOf(turn.now);
  if (typeof year !== 'number') return today;
  const on = `${year}-${String(month ?? 12).padStart(2, '0')}-28`;
  return on < today ? on : today;
};

const household = (turn: Turn): Reply => {
  const { tariff } = turn.services;
  const on = dayMeant(turn);
  const decided = assumedIn(turn);
  const counting = mentions(turn.text, HOW_MANY);
  const assumed = decided !== undefined && !counting && !mentions(turn.text, HEARSAY);
  const row = tariff.household(on, assumed ? decided : undefined);
  const rate = tariff.vat(on).rate;
  const households = valueSaid(turn, 'households') ?? 1;
  const ranges = rangesOf(row.tiers, households);
  const asked = tierIn(turn.text);
  const structure = tariff.decided(on).find(({ id }) => id === decided);
  const note = structure ? `\n${NOT_BILLED(structure.decision)}` : '';
  const since = assumed ? '' : `, áp dụng ${sinceText(row.from)}`;
  if (asked !== undefined) {
    const tier = row.tiers[asked - 1];
    if (!tier)
      return {
        say: choices(`Dạ giá điện sinh hoạt hiện chia ${row.tiers.length} bậc, không có bậc ${asked} ạ.`, [ESTIMATE]),
        facts: [],
      };
    const text = `Dạ bậc ${asked} (${rangeText(ranges[asked - 1]!)} mỗi tháng${households > 1 ? ` cho ${households} hộ` : ''}) giá ${perKwh(tier.price)} chưa thuế, gồm thuế GTGT ${rate}% là ${withVatText(tier.price, rate)}. Theo Quyết định ${row.decision}${since}.${note}`;
    return {
      say: choices(text, [want('Cả bảng giá', 'tariff.lookup'), ESTIMATE]),
      facts: [priceFact(turn, 'tariff.price', tier.price, row)],
    };
  }
  const rows = row.tiers.map(({ price }, n) => [
    `Bậc ${n + 1}: ${rangeText(ranges[n]!)}`,
    money(price),
    withVatText(price, rate).replace('/kWh', ''),
  ]);
  const shared = households > 1 ? ` ${households} hộ dùng chung công tơ thì mỗi bậc rộng gấp ${households} lần.` : '';
  const state = on < dayOf(turn.now) ? ` vào ${showDay(on)}` : '';
  const tiers = counting ? ` chia ${row.tiers.length} bậc,` : '';
  const text = `Dạ giá điện sinh hoạt${state}${tiers} theo Quyết định ${row.decision}${since}.${shared}${note}`;
  const shown = table(text, { columns: ['Bậc (mỗi tháng)', 'đ/kWh chưa thuế', `gồm thuế ${rate}%`], rows });
  return {
    say: {
      ...shown,
      suggestedActions: choices('', [ESTIMATE, want('Giá điện nhà trọ', 'tariff.tenant')]).suggestedActions!,
    },
    facts: row.tiers.slice(0, 1).map(({ price }) => priceFact(turn, 'tariff.price', price, row)),
  };
};

const other = (turn: Turn, use: UsePrices['use']): Reply => {
  const { tariff } = turn.services;
  const on = dayMeant(turn);
  const all = tariff.prices(on, use);
  const voltage = voltageIn(turn.text);
  const some = voltage ? all.filter((row) => row.voltage === voltage) : all;
  const rows = some.length ? some : all;
  const bands = rows.some(({ peak }) => peak !== undefined);
  const cells = rows.map(({ voltage: at, normal, offpeak, peak }) => [
    VOLTAGE_NAMES[at],
    number(normal),
    ...(bands ? [offpeak === undefined ? '' : number(offpeak), peak === undefined ? '' : number(peak)] : []),
  ]);
  const text = `Dạ giá điện ${USE_NAMES[use]}, đ/kWh chưa thuế GTGT ${tariff.vat(on).rate}%, theo Quyết định ${rows[0]!.decision}, áp dụng ${sinceText(rows[0]!.from!)}. Công tơ một giá tính theo giờ bình thường.`;
  const [only, second] = rows;
  if (only && !second && !bands) {
    const rate = tariff.vat(on).rate;
    const single = `Dạ giá điện ${USE_NAMES[use]} là ${perKwh(only.normal)} chưa thuế, gồm thuế GTGT ${rate}% là ${withVatText(only.normal, rate)}, không chia bậc. Theo Quyết định ${only.decision}, áp dụng ${sinceText(only.from!)}.`;
    return {
      say: choices(single, [ESTIMATE, PERSON]),
      facts: [priceFact(turn, 'tariff.price', only.normal, only), useFact(turn, use, only)],
    };
  }
  const columns = ['Cấp điện áp', bands ? 'Bình thường' : 'Giá', ...(bands ? ['Thấp điểm', 'Cao điểm'] : [])];
  const plain = bands ? text : text.replace(' Công tơ một giá tính theo giờ bình thường.', '');
  return {
    say: {
      ...table(plain, { columns, rows: cells }),
      suggestedActions: choices('', [ESTIMATE, PERSON]).suggestedActions!,
    },
    facts: rows
      .slice(0, 1)
      .flatMap((row) => [priceFact(turn, 'tariff.price', row.normal, row), useFact(turn, use, row)]),
  };
};

/** "nhà ở có bị tính cao điểm không", "ban đêm có rẻ hơn không": a household has no hours. */
const hoursOfHome = ({ text }: Turn): Reply | undefined =>
  mentions(text, DIFFERS) && !mentions(text, WHEN)
    ? {
        say: choices(NO_HOURS, [want('Bảng giá sinh hoạt', 'tariff.lookup'), want('Giờ cao điểm', 'tariff.lookup')]),
        facts: [],
      }
    : undefined;

const hours = (turn: Turn): Reply => {
  const rows = turn.services.tariff.bands(dayOf(turn.now));
  const text = (pending: boolean) =>
    rows
      .filter((row) => (row.pending ?? false) === pending)
      .map(({ band, hours, weekdays }) => {
        const name = band === 'peak' ? 'cao điểm' : 'thấp điểm';
        const when = hours.map(({ from, to }) => `${from}–${to}`).join(' và ');
        return `${name} ${when} ${weekdays.includes(0) ? 'mọi ngày' : 'thứ Hai đến thứ Bảy'}`;
      })
      .join('; ');
  const pending = text(true);
  const later = pending ? ` Khung giờ mới (${pending}) đã ban hành, em chưa thấy áp dụng vào hóa đơn.` : '';
  return {
    say: choices(
      `Dạ giờ ${text(false)}; còn lại là giờ bình thường, Chủ nhật không có giờ cao điểm. Giá theo giờ dành cho kinh doanh, sản xuất có công tơ ba giá; điện sinh hoạt tính theo bậc, không theo giờ.${later}`,
      [want('Bảng giá sinh hoạt', 'tariff.lookup'), PERSON],
    ),
    facts: [],
  };
};

const future = (turn: Turn): string => {
  const { tariff } = turn.services;
  const today = dayOf(turn.now);
  const row = tariff.household(today);
  const { price } = tariff.next(today);
  const structure = tariff.decided(today)[0];
  const later = price
    ? `Từ ${showDay(price.from)} sẽ theo Quyết định ${price.decision}.`
    : 'Em chưa có thông tin về quyết định giá mới nào.';
  return `Dạ giá đang áp dụng theo Quyết định ${row.decision} ${sinceText(row.from)}. ${later}${structure ? ` ${NOT_BILLED(structure.decision)}` : ''}`;
};

const vatText = (turn: Turn): string => {
  const { tariff } = turn.services;
  const today = dayOf(turn.now);
  const { vat } = tariff.next(today);
  return `Dạ thuế GTGT của tiền điện đang là ${tariff.vat(today).rate}%.${vat ? ` Từ ${showDay(vat.from)} là ${vat.rate}%, trừ khi việc giảm thuế được gia hạn.` : ''}`;
};

const replyTo = (turn: Turn): Reply => {
  const { text } = turn;
  const use = useIn(text);
  try {
    if (use && use !== 'household') return other(turn, use);
    if (mentions(text, BANDS) && (mentions(text, HOURS) || !voltageIn(text))) return hoursOfHome(turn) ?? hours(turn);
    if (mentions(text, VAT) && tierIn(text) === undefined)
      return { say: choices(vatText(turn), [ESTIMATE]), facts: [] };
    if (mentions(text, NEXT) && tierIn(text) === undefined)
      return { say: choices(future(turn), [want('Bảng giá hiện nay', 'tariff.lookup'), ESTIMATE]), facts: [] };
    return household(turn);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return {
      say: choices('Dạ giá của thời gian đó em không có trong dữ liệu ạ.', [
        want('Bảng giá hiện nay', 'tariff.lookup'),
        PERSON,
      ]),
      facts: [],
    };
  }
};

/** A table as one line: "Bậc 1 1.984; Bậc 2 2.050". */
const inOneLine = ({ text = '', attachments = [] }: Activity): Activity => {
  const rows = attachments.flatMap((one) => tableOf(one)?.rows ?? []);
  const cells = rows.map(([name = '', ...prices]) => [name.replace(/:.*/, ''), prices[0]].join(' '));
  return say(cells.length ? `${text} ${cells.join('; ')}` : text);
};

/** "Giá điện bậc 3": prices, tiers, bands and VAT as the dated tables have them. */
export const tariff: Dialog = {
  id: 'tariff.lookup',
  version: 1,
  intents: ['tariff.lookup'],
  async start(turn): Promise<Step> {
    // a rule, not a price
    if (mentions(turn.text, MIDWAY) && mentions(turn.text, CHANGE) && articleFor(turn))
      return { say: [], then: { is: 'goto', dialog: 'knowledge' } };
    const reply = replyTo(turn);
    const said = turn.channel.abilities.oneReply ? inOneLine(reply.say) : reply.say;
    return { say: [said], remember: { facts: reply.facts }, then: { is: 'done' } };
  },
  resume: (_, turn) => tariff.start(turn),
};
