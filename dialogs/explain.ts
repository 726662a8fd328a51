import { type Activity, type Choice, choices, say, table } from '../core/activity';
import type { Fact, Order, Step, Turn } from '../core/dialog';
import type { Bill, Reading } from '../core/records';
import type { Month } from '../core/services';
import type { Explanation } from '../core/tariff';
import { dayOf, monthIndex, monthOf, showDay } from '../core/time';
import { type Account, type Asked, accountDialog } from './account';
import { billFacts } from './bill-words';
import { charted, tiersChart } from './charts';
import { want } from './choosing';
import { doubtful, explanationText, findingText, hundredths, PART_NAMES, signed } from './explain-words';
import { nothingFor, rowsFor } from './months';
import { PERSON } from './offers';
import { heldAgainstRecord } from './other-figure';
import { entitiesOf } from './said';
import { ageText, fact, money, monthText, near, number, recordKey } from './show';
import { mentions, phrases } from './words';

const PRINTED = (bill: Bill) =>
  `Dạ hóa đơn ${monthText(bill)} của mã ${bill.customer} em chỉ có bản in: ${money(bill.total)} (${ageText(bill.source.at)}). Bản in không có phần tính nên em không giải thích được, anh/chị để nhân viên xem giúp nhé.`;
const NO_BEFORE = (bill: Bill) =>
  `Dạ tiền điện ${monthText(bill)} của mã ${bill.customer} là ${money(bill.total)}; em chưa có kỳ trước đó để so sánh.`;
const COMPUTED = (bill: Bill) =>
  `Dạ hóa đơn ${monthText(bill)} của mã ${bill.customer} tính như sau (${ageText(bill.source.at)}):`;
const NO_LINES = (bill: Bill) =>
  `Dạ dữ liệu hóa đơn ${monthText(bill)} chỉ có tổng ${money(bill.total)}, không có từng bậc nên em không kể ra được ạ.`;

/** The tax of one bill, and the next rate where one is known. */
const vatText = (turn: Turn, bill: Bill): string => {
  const { vat, vatRate, amount, total } = bill;
  if (vat === undefined || vatRate === undefined || amount === undefined) return NO_LINES(bill);
  const next = turn.services.tariff.next(dayOf(turn.now)).vat;
  const later = next
    ? ` Từ ${showDay(next.from)} thuế suất là ${next.rate}%, trừ khi việc giảm thuế được gia hạn.`
    : '';
  return `Dạ hóa đơn ${monthText(bill)} của mã ${bill.customer} tính thuế GTGT ${vatRate}% là ${money(vat)} trên tiền điện chưa thuế ${money(amount)}, cộng lại ${money(total)}.${later}`;
};

const HOW =
  phrases(`cách tính, tính kiểu gì, tính sao, tính như thế nào, tính thế nào, tính ra sao, tính làm sao, tính răng,
  ở đâu ra, tính bậc, bậc thang sao, nhảy lên bậc, công thức`);
const YEAR_AGO = phrases('năm ngoái, cùng kỳ, năm trước, năm rồi');
const VAT = phrases('thuế, vat, gtgt');
const MORE = phrases('chi tiết, cụ thể, rõ hơn, kỹ hơn, từng phần, phân tích, rõ ràng hơn');
const MORE_SLOT = ';more=1';
const QUOTA: Choice = { title: 'Định mức theo hộ', value: 'article:households-quota' };

/** "chi tiết hơn" after an explanation. */
export const asksMore = (text: string): boolean => mentions(text, MORE);

const oneRegister = (readings: Reading[]): Reading | undefined => {
  const active = readings.filter(({ register }) => register !== 'VC');
  return active.length === 1 ? active[0] : undefined;
};

const indexOf = ({ year, month }: Month): number => monthIndex(year, month);

/** The two bills that were just held against each other, when more is asked about them. */
const justTold = ({ memory: { facts } }: Turn, code: string): [now: Month, before: Month] | undefined => {
  const told = facts.find((one) => one.what === 'bill.difference' && one.customer === code);
  const other = facts.find(
    ({ what, customer, saidAt, month }) =>
      what === 'bill.total' &&
      customer === code &&
      saidAt === told?.saidAt &&
      month &&
      indexOf(month) !== indexOf(told.month!),
  );
  return told?.month && other?.month && [told.month, other.month];
};

/** The bill that is asked about, and the one that it is held against. */
const billsFor = async (turn: Turn, code: string, { when }: Asked): Promise<{ now?: Bill; before?: Bill }> => {
  const read = turn.services.records.bills;
  const told = asksMore(turn.text) && !entitiesOf(turn, 'month').length ? justTold(turn, code) : undefined;
  if (told) {
    const [[now], [before]] = await Promise.all([read(code, told[0]), read(code, told[1])]);
    return { ...(now && { now }), ...(before && { before }) };
  }
  const inMonth = async (index: number) => (await read(code, monthOf(index)))[0];
  const lastYear = mentions(turn.text, YEAR_AGO);
  // "so với cùng kỳ năm ngoái": the year that is named is that of the other bill
  const own = lastYear && (when.year || when.months.length === 1) ? { months: [] } : when;
  const said = (await rowsFor(own, (month, limit) => read(code, month, limit))).sort((a, b) => indexOf(b) - indexOf(a));
  const [now, other] = said;
  if (!now) return {};
  const before =
    other ??
    (await inMonth(indexOf(now) - (lastYear ? 12 : 1))) ??
    (lastYear ? undefined : (await read(code, undefined, 40)).find((one) => indexOf(one) < indexOf(now)));
  return { now, ...(before && { before }) };
};

const explained = async (turn: Turn, { customer }: Account, before: Bill, now: Bill): Promise<Explanation> => {
  const { records, tariff } = turn.services;
  const { code } = customer;
  const yearBefore = async (bill: Bill) => (await records.bills(code, monthOf(indexOf(bill) - 12)))[0];
  const [read, readBefore, points, then, thenBefore] = await Promise.all([
    records.readings(code, now),
    records.readings(code, before),
    records.points(code),
    yearBefore(now),
    yearBefore(before),
  ]);
  const [reading, readingBefore] = [oneRegister(read), oneRegister(readBefore)];
  return tariff.explain({
    before,
    now,
    customer,
    readings: { ...(reading && { now: reading }), ...(readingBefore && { before: readingBefore }) },
    yearAgo: { ...(then && { now: then }), ...(thenBefore && { before: thenBefore }) },
    ...(points[0] && { readingDay: points[0].readingDay }),
  });
};

/** The parts with their sum, and every sentence about the records. */
const details = (told: Explanation, before: Bill, now: Bill, offers: Choice[]): Activity => {
  const { days, kwh, daily, neutral } = told;
  const usage =
    days && kwh && daily
      ? `${monthText(now)}: ${number(kwh[1])} kWh trong ${days[1]} ngày (${hundredths(daily[1])} kWh/ngày); ${monthText(before)}: ${number(kwh[0])} kWh trong ${days[0]} ngày (${hundredths(daily[0])} kWh/ngày).`
      : '';
  const season =
    neutral === undefined ? '' : `Bỏ phần thay đổi theo mùa như năm ngoái thì còn ${hundredths(neutral)} kWh/ngày.`;
  const found = told.findings.map((finding) => findingText(told, finding, before, now));
  const text = [`Dạ chi tiết phần chênh ${signed(told.difference)}:`, usage, season, ...found]
    .filter(Boolean)
    .join('\n');
  const rows = told.parts
    .filter(({ amount }) => amount !== 0)
    .map(({ part, amount }) => [PART_NAMES[part], signed(amount)]);
  const columns = ['Phần (gồm thuế)', 'Số tiền'];
  const shown = table(text, { columns, rows: [...rows, ['Cộng', signed(told.difference)]] });
  return { ...shown, suggestedActions: choices('', offers).suggestedActions! };
};

/** Every line of one bill, as the record has it. */
/** How many households the tiers are reckoned for; of a single one only where that is asked. */
const shared = ({ households = 1 }: Bill, asked: boolean): string => {
  if (households > 1) return `\nCông tơ tính cho ${households} hộ nên mỗi bậc rộng gấp ${households} lần.`;
  return asked ? '\nCông tơ đang tính cho 1 hộ. Nhiều hộ dùng chung thì anh/chị đăng ký định mức với điện lực ạ.' : '';
};

const computation = (bill: Bill, asksHouseholds = false): Activity => {
  if (!bill.lines.length) return say(NO_LINES(bill));
  const rows = bill.lines.map(({ tier, kwh, price, amount, decision }) => [
    tier > 0 ? `Bậc ${tier}` : decision,
    `${number(kwh)} × ${number(price)}`,
    money(amount),
  ]);
  const { amount, vat, vatRate, total } = bill;
  if (amount !== undefined) rows.push(['Cộng chưa thuế', '', money(amount)]);
  if (vat !== undefined) rows.push([`Thuế GTGT${vatRate === undefined ? '' : ` ${vatRate}%`}`, '', money(vat)]);
  rows.push(['Tổng cộng', '', money(total)]);
  return table(`${COMPUTED(bill)}${shared(bill, asksHouseholds)}`, {
    columns: ['Bậc', 'kWh × giá', 'Thành tiền'],
    rows,
  });
};

interface Told {
  say: Activity;
  facts: Fact[];
  month?: Month;
  orders?: Order[];
}

const about = async (turn: Turn, asked: Asked, account: Account): Promise<Told> => {
  const { code } = account.house;
  const { now, before } = await billsFor(turn, code, asked);
  const more = turn.chosen?.endsWith(MORE_SLOT) || asksMore(turn.text);
  if (!now) {
    const newest = (await turn.services.records.bills(code, undefined, 1))[0];
    const other = newest ? [want('Kỳ gần nhất', 'bill.explain', { code, month: newest })] : [];
    return { say: choices(nothingFor(turn, asked.when, 'hóa đơn', code, newest), [...other, PERSON]), facts: [] };
  }
  const facts = billFacts(turn, now);
  if (now.printed || before?.printed) return { say: choices(PRINTED(now.printed ? now : before!), [PERSON]), facts };
  if (asked.kept.vat && !more) return { say: choices(vatText(turn, now), [PERSON]), facts };
  const theirs = ((asked.kept.theirs ?? []) as number[]).find((one) => !near(one, now.total));
  if (theirs !== undefined) {
    const held = await heldAgainstRecord(turn, facts[0]!, theirs);
    return { say: choices(held.text, [PERSON]), facts: [...facts, ...held.facts], orders: held.orders };
  }
  const households = entitiesOf(turn, 'households').length > 0;
  if ((households || asked.kept.how) && !more) {
    const why = want('So với kỳ trước', 'bill.explain', { code, month: now });
    const offered = choices('', [...(households ? [QUOTA] : []), why, PERSON]).suggestedActions!;
    return { say: { ...computation(now, households), suggestedActions: offered }, facts };
  }
  if (!before) return { say: choices(NO_BEFORE(now), [PERSON]), facts };
  const told = await explained(turn, account, before, now);
  const doubt = told.findings.some(doubtful);
  const check = doubt ? [want('Kiểm tra công tơ', 'service.meter_check', { code })] : [];
  const month = { year: now.year, month: now.month, period: now.period };
  const detail = {
    title: 'Chi tiết từng phần',
    value: `${want('', 'bill.explain', { code, month }).value}${MORE_SLOT}`,
  };
  const rest = [want('Chỉ số công tơ', 'reading.lookup', { code, month }), PERSON];
  const difference = fact(turn.now, now, {
    what: 'bill.difference',
    value: told.difference,
    customer: code,
    month,
    record: recordKey('bills', code, now),
  });
  const all = [...facts, ...billFacts(turn, before).slice(0, 1), difference];
  if (more) return { say: details(told, before, now, [...check, ...rest]), facts: all, month };
  const sentences = explanationText(told, before, now);
  if (turn.channel.abilities.oneReply) return { say: say(sentences.slice(0, 2).join(' ')), facts: all, month };
  const said = choices(sentences.join(' '), [detail, ...check, ...(doubt ? [PERSON] : rest)]);
  return { say: charted(said, tiersChart(turn, now, before)), facts: all, month };
};

/** "379.616" */
const BARE_AMOUNT = /(?<![\p{L}\d.])\d{1,3}(?:\.\d{3}){1,2}(?![\d.])/gu;

/** What the message that asked was about, while its code was waited for. */
const keep = ({ text, meaning }: Turn): Record<string, unknown> => {
  const said = meaning.entities.flatMap((one) => (one.type === 'money' ? [one.value] : []));
  const bare = [...text.matchAll(BARE_AMOUNT)].map(([digits]) => Number(digits.replaceAll('.', '')));
  const theirs = meaning.cues.comparing ? [...said, ...bare].slice(0, 4) : [];
  return {
    ...(mentions(text, VAT) && { vat: true }),
    ...(mentions(text, HOW) && { how: true }),
    ...(theirs.length && { theirs }),
  };
};

const MOST = 3;

const answer = async (turn: Turn, asked: Asked): Promise<Step> => {
  const told: Told[] = [];
  for (const account of asked.accounts.slice(0, MOST)) told.push(await about(turn, asked, account));
  const month = told.length === 1 ? told[0]!.month : undefined;
  const facts = told.flatMap((one) => one.facts).slice(0, 12);
  const orders = told.flatMap((one) => one.orders ?? []);
  return {
    say: told.map((one) => one.say),
    remember: { facts, ...(month && { month }) },
    ...(orders.length && { orders }),
    then: { is: 'done' },
  };
};

/** "Sao tháng này tiền điện cao vậy": why a bill differs from the one before, part by part, or how it was computed. */
export const explain = accountDialog(
  { id: 'bill.explain', version: 1, intents: ['bill.explain'], amounts: true, keep },
  answer,
);
