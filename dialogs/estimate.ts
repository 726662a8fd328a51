import { type Activity, choices, say, table } from '../core/activity';
import type { Dialog, Step, Turn } from '../core/dialog';
import type { BillRequest, ComputedBill } from '../core/tariff';
import { dayOf } from '../core/time';
import { runningIn } from './appliances';
import { want } from './choosing';
import { PERSON } from './offers';
import { assumedIn, NOT_BILLED, pricesMeant, USE_NAMES, useIn, voltageIn } from './prices';
import { asksVat, kwhInstead, type Reckoned, reckonedFacts, reckonedIn } from './reckoned';
import { entitiesOf, valueSaid } from './said';
import { money, number } from './show';
import { fold, mentions, phrases } from './words';

const ASK = 'Dạ anh/chị cho em biết số kWh (số điện) hoặc số tiền cần tính ạ. Ví dụ: 300 số, hay 1 triệu.';
const TOO_LARGE = 'Dạ con số này lớn quá nên em không tính được, anh/chị xem lại giúp em ạ.';
const NO_PRICES = 'Dạ giá của thời gian đó em không có trong dữ liệu nên chưa tính được ạ.';
const MOST_KWH = 10_000_000;
const MOST_MONEY = 30_000_000_000;
const MORE_KWH = phrases('thêm, tăng thêm, trả thêm');
const LESS_KWH = phrases('bớt, giảm, giảm bớt');
/** "180 ký 1 tháng", which is no entity by itself */
const COUNTED = /\b(\d{1,7}) ?(?:ky|ki|kwh|so dien)\b/;
const FROM_TO = /\btu (\d{1,7}) ?(?:so|ky|kwh|ki)? ?(?:len|den|toi|xuong) ?(\d{1,7})\b/;

type Asked = Omit<BillRequest, 'kwh'>;

type Kept = Reckoned & Record<string, unknown>;

const LOOKUP = want('Bảng giá điện', 'tariff.lookup');

const tiersText = ({ lines }: ComputedBill): string =>
  lines.map(({ kwh, price }) => `${number(kwh)}×${number(price)}`).join(' + ');

const linesTable = (text: string, bill: ComputedBill): Activity => {
  const several = new Set(bill.lines.map(({ decision }) => decision)).size > 1;
  const rows = bill.lines.map(({ tier, kwh, price, amount, decision }) => [
    `${tier ? `Bậc ${tier}` : 'Một giá'}${several ? ` (${decision})` : ''}`,
    `${number(kwh)} × ${number(price)}`,
    money(amount),
  ]);
  rows.push(
    ['Chưa thuế', '', money(bill.amount)],
    [`Thuế GTGT ${bill.vatRate}%`, '', money(bill.vat)],
    ['Tổng cộng', '', money(bill.total)],
  );
  return {
    ...table(text, { columns: ['Bậc', 'kWh × giá', 'Thành tiền'], rows }),
    suggestedActions: choices('', [LOOKUP]).suggestedActions!,
  };
};

const forWhom = (households: number, { use = 'household' }: Asked): string =>
  use === 'household' ? (households > 1 ? ` cho ${households} hộ dùng chung` : '') : ` giá ${USE_NAMES[use]}`;

/** What is computed with: prices and time as said, households and use as said or kept. */
const requestOf = (turn: Turn, kept: Kept): { request: Asked; under: string; note: string; households: number } => {
  const { request, under, assumed } = pricesMeant(turn);
  const use = useIn(turn.text) ?? kept.use ?? 'household';
  const voltage = voltageIn(turn.text);
  const shared = valueSaid(turn, 'households') ?? (use === 'household' ? kept.households : undefined) ?? 1;
  const households = Math.min(1000, Math.max(1, shared));
  const structure = assumed
    ? turn.services.tariff.decided(dayOf(turn.now)).find(({ id }) => id === assumedIn(turn))
    : undefined;
  return {
    request: { ...request, use, households, ...(voltage && { voltage }) },
    under: use === 'household' && (kept.use ?? use) !== use ? `giá ${USE_NAMES[use]} ${under}` : under,
    note: structure ? ` ${NOT_BILLED(structure.decision)}` : '',
    households,
  };
};

const done = (turn: Turn, said: Activity, bill?: ComputedBill, of: Reckoned = {}): Step => ({
  say: [turn.channel.abilities.oneReply ? say(said.text ?? '') : said],
  ...(bill && { remember: { facts: reckonedFacts(turn, bill.total, of, bill.lines[0]?.decision) } }),
  then: { is: 'done' },
});

/** kWh to đồng; two amounts of kWh are compared. */
const byKwh = (turn: Turn, kwhs: number[], kept: Kept): Step => {
  const { request, under, note, households } = requestOf(turn, kept);
  const { tariff } = turn.services;
  const [kwh, second] = kwhs as [number, number?];
  if (second !== undefined) {
    const [less, more] = [Math.min(kwh, second), Math.max(kwh, second)].map((n) =>
      tariff.bill({ ...request, kwh: n }),
    ) as [ComputedBill, ComputedBill];
    const text = `Dạ ${under}${forWhom(households, request)}: ${number(Math.min(kwh, second))} kWh là ${money(less.total)}, ${number(Math.max(kwh, second))} kWh là ${money(more.total)}, chênh ${money(more.total - less.total)} (gồm thuế GTGT ${more.vatRate}%).${note}`;
    return done(turn, choices(text, [LOOKUP]), more, { kwh: Math.max(kwh, second), ...whose(request) });
  }
  const bill = tariff.bill({ ...request, kwh });
  const today =
    note || request.pricesOn === undefined ? tariff.bill({ ...requestToday(turn, request), kwh }) : undefined;
  const against =
    today && today.total !== bill.total
      ? ` Theo giá đang áp dụng là ${money(today.total)} (${bill.total > today.total ? 'thấp hơn' : 'cao hơn'} ${money(Math.abs(bill.total - today.total))}).`
      : '';
  const text = `Dạ ${number(kwh)} kWh${forWhom(households, request)} ${under} là ${money(bill.total)}, gồm thuế GTGT ${bill.vatRate}%.${against}${note}`;
  return done(turn, turn.channel.abilities.oneReply ? say(text) : linesTable(text, bill), bill, {
    kwh,
    ...whose(request),
  });
};

const whose = ({ use, households }: Asked): Reckoned => ({ ...(use && { use }), ...(households && { households }) });

const requestToday = (turn: Turn, { assuming: _, vatRate: __, ...request }: Asked): Asked => ({
  ...request,
  pricesOn: dayOf(turn.now),
});

/** đồng to kWh. */
const byMoney = (turn: Turn, total: number, kept: Kept): Step => {
  const { request, under, note, households } = requestOf(turn, kept);
  const { kwh, bill } = turn.services.tariff.kwhFor(total, request);
  const text = `Dạ ${money(total)}${forWhom(households, request)} ${under} tương đương khoảng ${number(kwh)} kWh (${number(kwh)} kWh là ${money(bill.total)}, gồm thuế GTGT ${bill.vatRate}%).${note}`;
  return done(turn, choices(kwh ? `${text} Cách tính: ${tiersText(bill)}, cộng thuế.` : text, [LOOKUP]), bill, {
    kwh,
    total,
    ...whose(request),
  });
};

/** kWh of the newest bill of the house in use: what an appliance comes on top of. */
const baseOf = async (turn: Turn): Promise<{ code: string; kwh: number; households: number } | undefined> => {
  const { memory, services, disclosure } = turn;
  if (!memory.code || !disclosure.amounts || (await services.admit(memory.code)) === 'closed') return undefined;
  const [bill] = await services.records.bills(memory.code, undefined, 1);
  return bill?.kwh !== undefined && Number.isInteger(bill.kwh) && !bill.printed
    ? { code: memory.code, kwh: bill.kwh, households: bill.households ?? 1 }
    : undefined;
};

/** An appliance: its kWh a month, and what they cost in the lowest and the highest tier, or on top of the newest bill. */
const byAppliance = async (turn: Turn, running: NonNullable<ReturnType<typeof runningIn>>): Promise<Step> => {
  if (running.is !== 'use') {
    const ask =
      running.is === 'hours-missing'
        ? `Dạ ${running.called} mỗi ngày chạy mấy tiếng ạ? Anh/chị nhắn cả tên thiết bị, ví dụ “${running.called} chạy 8 tiếng”.`
        : `Dạ ${running.called} công suất bao nhiêu W (in trên nhãn) và mỗi ngày chạy mấy tiếng ạ? Ví dụ “${running.called} 1500W chạy 2 tiếng”.`;
    return done(turn, choices(ask, [PERSON]));
  }
  const { called, hours, low, high } = running.use;
  const { tariff } = turn.services;
  const { request } = requestOf(turn, {});
  const base = await baseOf(turn);
  const span = (a: string, b: string, of: string) => (a === b ? `${a}${of}` : `${a}–${b}${of}`);
  const kwh = span(number(low), number(high), ' kWh');
  const head = `Dạ ${called} chạy ${String(hours).replace('.', ',')} tiếng mỗi ngày tốn khoảng ${kwh} một tháng (30 ngày)`;
  const why = low === high ? '' : ' Mức thấp hay cao tùy máy và cách dùng.';
  if (base) {
    const own = { ...request, households: base.households };
    const more = (extra: number) =>
      tariff.bill({ ...own, kwh: base.kwh + extra }).total - tariff.bill({ ...own, kwh: base.kwh }).total;
    const text = `${head}. Cộng thêm vào mức ${number(base.kwh)} kWh của hóa đơn gần nhất mã ${base.code} thì tiền điện tăng khoảng ${span(money(more(low)), money(more(high)), '')} (gồm thuế).${why}`;
    return done(turn, choices(text, [LOOKUP]), tariff.bill({ ...own, kwh: high }));
  }
  const row = tariff.household(request.pricesOn ?? dayOf(turn.now), request.assuming);
  const rate = tariff.vat(dayOf(turn.now)).rate;
  const at = (price: number, n: number) => money(Math.round((price * n * (100 + rate)) / 100));
  const [first, last] = [row.tiers[0]!.price, row.tiers.at(-1)!.price];
  const text = `${head}. Tùy nhà mình đang dùng tới bậc nào, số điện này tốn từ ${at(first, low)} (toàn bậc 1) đến ${at(last, high)} (toàn bậc ${row.tiers.length}), gồm thuế GTGT ${rate}%.${why} Anh/chị gửi mã khách hàng thì em tính sát hơn.`;
  return done(turn, choices(text, [LOOKUP]), tariff.bill({ ...request, kwh: high }));
};

const step = async (turn: Turn, state: Kept): Promise<Step> => {
  const running = runningIn(turn);
  const span = FROM_TO.exec(fold(turn.text).replace(/(\d)[.](\d{3})\b/g, '$1$2'));
  const named = entitiesOf(turn, 'kwh').map(({ value }) => Math.round(value));
  const spoken = COUNTED.exec(fold(turn.text))?.[1] ?? kwhInstead(turn.text, turn.memory);
  const said = named.length || !spoken ? named : [Number(spoken)];
  const kwhs = span && said.length ? [Number(span[1]), Number(span[2])] : said.slice(0, 1);
  const total = valueSaid(turn, 'money');
  const changes = mentions(turn.text, MORE_KWH) ? 1 : mentions(turn.text, LESS_KWH) ? -1 : 0;
  const { households: shared, ...before } = reckonedIn(turn.memory);
  // a new amount is reckoned for one household, unless it goes on from the one before
  const goesOn = changes || turn.meaning.cues.following || (!kwhs.length && total === undefined);
  const kept: Kept = { ...before, ...(goesOn && shared && { households: shared }), ...state };
  if (kwhs.some((kwh) => kwh < 0 || kwh > MOST_KWH) || (total ?? 0) > MOST_MONEY)
    return done(turn, choices(TOO_LARGE, [PERSON]));
  try {
    if (running && !kwhs.length) return await byAppliance(turn, running);
    if (kwhs.length === 1 && changes && kept.kwh !== undefined)
      return byChange(turn, kept.kwh, changes * kwhs[0]!, kept);
    if (kwhs.length === 1 && changes > 0) {
      const base = await baseOf(turn);
      if (base) return byMore(turn, base, kwhs[0]!);
    }
    if (kwhs.length) return byKwh(turn, kwhs, kept);
    if (total !== undefined) return byMoney(turn, total, kept);
    if (kept.kwh !== undefined && asksVat(turn.text)) return withVat(turn, kept.kwh, kept);
    if (kept.total !== undefined) return byMoney(turn, kept.total, kept);
    if (kept.kwh !== undefined) return byKwh(turn, [kept.kwh], kept);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return done(turn, choices(NO_PRICES, [LOOKUP, PERSON]));
  }
  const households = valueSaid(turn, 'households') ?? state.households;
  return {
    say: [say(ASK)],
    then: { is: 'wait', state: { ...(households && { households }) }, expects: { entities: ['kwh', 'money'] } },
  };
};

const byMore = (turn: Turn, base: { code: string; kwh: number; households: number }, extra: number): Step => {
  const { request } = requestOf(turn, { households: base.households });
  const at = (kwh: number) => turn.services.tariff.bill({ ...request, kwh });
  const [less, more] = [at(base.kwh), at(base.kwh + extra)];
  const text = `Dạ thêm ${number(extra)} kWh vào mức ${number(base.kwh)} kWh của hóa đơn gần nhất mã ${base.code} thì trả thêm khoảng ${money(more.total - less.total)} (gồm thuế GTGT ${more.vatRate}%).`;
  return done(turn, choices(text, [LOOKUP]), more, { kwh: base.kwh + extra, households: base.households });
};

/** "thêm 50 số nữa", "bớt 20 số" after an estimate. */
const byChange = (turn: Turn, before: number, change: number, kept: Kept): Step => {
  const { request, under, note, households } = requestOf(turn, kept);
  const kwh = Math.max(0, before + change);
  const [old, bill] = [before, kwh].map((n) => turn.services.tariff.bill({ ...request, kwh: n })) as [
    ComputedBill,
    ComputedBill,
  ];
  const how = change > 0 ? ['thêm', 'tăng'] : ['bớt', 'giảm'];
  const text = `Dạ ${number(before)} kWh ${how[0]} ${number(Math.abs(change))} kWh là ${number(kwh)} kWh${forWhom(households, request)}, ${under} hết ${money(bill.total)} (gồm thuế GTGT ${bill.vatRate}%), ${how[1]} ${money(Math.abs(bill.total - old.total))}.${note}`;
  return done(turn, turn.channel.abilities.oneReply ? say(text) : linesTable(text, bill), bill, {
    kwh,
    ...whose(request),
  });
};

/** "thuế tính vô chưa" after an estimate: its two parts. */
const withVat = (turn: Turn, kwh: number, kept: Kept): Step => {
  const { request } = requestOf(turn, kept);
  const bill = turn.services.tariff.bill({ ...request, kwh });
  const text = `Dạ tính rồi ạ: ${money(bill.total)} đã gồm thuế GTGT ${bill.vatRate}%, tức ${money(bill.amount)} tiền điện và ${money(bill.vat)} thuế.`;
  const { total } = kept;
  return done(turn, choices(text, [LOOKUP]), bill, { kwh, ...(total !== undefined && { total }), ...whose(request) });
};

/** "450 số hết bao nhiêu", "2tr thì dùng bao nhiêu kwh", "điều hòa 12000 BTU chạy 8 tiếng": what would be, by the tables. */
export const estimate: Dialog = {
  id: 'tariff.estimate',
  version: 1,
  intents: ['tariff.estimate'],
  start: (turn) => step(turn, {}),
  resume: (state, turn) => step(turn, state as Kept),
};
